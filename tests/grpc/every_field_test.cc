// A stated number never sizes memory or time: each field of each request of the API is sent with
// every odd value, before the office tells the right one and after all of it is told. Whatever was
// accepted is started again.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "grpc/method_table.h"
#include "ledger/domain/limits.h"
#include "tests/grpc/every_command.h"
#include "tests/support/odd_values.h"

namespace bansos::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

// No call takes nearly so long: what does is in a loop that somebody's number drives.
constexpr std::chrono::seconds kForever(20);
// For calls that wait until the log is so long.
constexpr std::chrono::milliseconds kAMoment(20);
// What one call may take beside the fourfold of its own bytes: the server's queues and caches.
constexpr size_t kMostBytes = size_t{96} << 20;

// What the kernel says of this process's memory, in bytes; "VmRSS" or "VmHWM", its peak.
size_t MemoryNow(const std::string& name) {
  std::FILE* file = std::fopen("/proc/self/status", "r");
  char line[256];
  size_t bytes = 0;
  while (file != nullptr && std::fgets(line, sizeof(line), file) != nullptr) {
    unsigned long long kib = 0;
    if (std::sscanf(line, (name + ": %llu kB").c_str(), &kib) == 1) bytes = kib * 1024;
  }
  if (file != nullptr) std::fclose(file);
  return bytes;
}

void ForgetPeak() {
  std::FILE* file = std::fopen("/proc/self/clear_refs", "w");
  if (file == nullptr) return;
  std::fputs("5", file);
  std::fclose(file);
}

std::string PathOf(const MethodRow& row) {
  const std::string name(row.name);
  const size_t dot = name.rfind('.');
  return absl::StrCat("/", name.substr(0, dot), "/", name.substr(dot + 1));
}

std::vector<uint64_t> AllBounds() {
  return {
      kMaxRupiah,    kMaxYear,        kMaxPosition,      kMaxRecipientNumber,  kMaxRecipientGap,
      kMaxQuota,     kMaxTranches,    kMaxVersion,       kMaxPolicyValue,      kMaxIndicatorNumber,
      kMaxAreas,     kMaxBatchNumber, kMaxBatchCount,    kMaxPaymentNumber,    kMaxAttempts,
      kMaxFileLines, kMaxOrderFiles,  kMaxMessageNumber, kMaxRankedCandidates, kMaxRequestItems};
}

// Names what is there, so that the walk goes beyond the look-up.
void NameTheOffice(Message& request) {
  const auto& reflection = *request.GetReflection();
  const auto* descriptor = request.GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    const std::string name(field->name());
    if (field->is_repeated()) continue;
    if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
      if (field->containing_oneof() == nullptr && name != "read" && name != "filter") {
        NameTheOffice(*reflection.MutableMessage(&request, field));
      }
    } else if (name == "program") {
      reflection.SetString(&request, field, "KJS");
    } else if (name == "tranche" || name == "number" || name == "attempt") {
      if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_UINT32) {
        reflection.SetUInt32(&request, field, 1);
      } else if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_UINT64) {
        reflection.SetUInt64(&request, field, 1);
      }
    } else if (name == "recipient") {
      if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_UINT64) {
        reflection.SetUInt64(&request, field, 1);
      }
    } else if (name == "group_by") {
      reflection.SetEnumValue(&request, field, 1);
    }
  }
}

class EveryFieldTest : public EveryCommand {
 protected:
  void BeforeTold(const Message& request, const std::string& actor) override {
    const std::string name = request.GetDescriptor()->full_name();
    if (plain_) return;
    if (walked_.count(name) > 0) return;
    const std::unique_ptr<Message> odd(request.New());
    odd->CopyFrom(request);
    KeepOneItem(*odd);
    Walk(*odd, actor);
  }

  void TellAllPlainly() {
    plain_ = true;
    TellAll();
  }

  // Items are taken or refused one by one: with one of them the answer is about the odd one.
  static void KeepOneItem(Message& request) {
    const auto* items = request.GetDescriptor()->FindFieldByName("items");
    if (items == nullptr) return;
    while (request.GetReflection()->FieldSize(request, items) > 1) {
      request.GetReflection()->RemoveLast(&request, items);
    }
  }

  // Walks all fields; the ledger is at the end what it was.
  void Walk(Message& request, const std::string& actor) {
    const Descriptor& descriptor = *request.GetDescriptor();
    ++walked_[descriptor.full_name()];
    const std::string method = PathOf(MethodOf(descriptor));
    Keep();
    values_.Walk(
        request,
        [&](const OddValue& odd) {
          ++calls_;
          SCOPED_TRACE(absl::StrCat(descriptor.name(), " ", odd.field, " = ", odd.value));
          Send(method, request, odd, actor);
        },
        [&] { TakeBack(); });
  }

  size_t calls() const { return calls_; }
  size_t restarts() const { return restarts_; }
  const std::map<std::string, int>& walked() const { return walked_; }

  // Sends it and watches what it takes.
  grpc::Status SendBytes(const std::string& method, const std::string& bytes,
                         const std::string& actor, std::chrono::milliseconds timeout = kForever) {
    ForgetPeak();
    const size_t before = MemoryNow("VmRSS");
    std::string response;
    const grpc::Status status = CallBytes(method, bytes, response, timeout, actor);
    EXPECT_LT(MemoryNow("VmHWM"), before + kMostBytes + 4 * bytes.size());
    return status;
  }

 private:
  void Send(const std::string& method, const Message& request, const OddValue& odd,
            const std::string& actor) {
    const std::string bytes = request.SerializeAsString();
    const uint64_t size = parts().log().Head().size;
    const bool waits = odd.field == "read.min_position";
    const grpc::Status status = SendBytes(method, bytes, actor, waits ? kAMoment : kForever);
    switch (status.error_code()) {
      case grpc::StatusCode::DEADLINE_EXCEEDED:
        if (waits) break;
        [[fallthrough]];
      case grpc::StatusCode::INTERNAL:
      case grpc::StatusCode::UNKNOWN:
      case grpc::StatusCode::UNAVAILABLE:
        ADD_FAILURE() << status.error_message();
        break;
      default:
        break;
    }
    const bool recorded = parts().log().Head().size > size;
    EXPECT_FALSE(recorded && odd.beyond_all_bounds) << "was recorded";
    recorded_ |= recorded;
    number_recorded_ |= recorded && odd.is_number;
  }

  std::filesystem::path Kept() const { return directory().string() + ".kept"; }

  void Keep() {
    StopServer();
    std::filesystem::remove_all(Kept());
    std::filesystem::copy(directory(), Kept(), std::filesystem::copy_options::recursive);
    StartServer();
  }

  // Starts with the numbers that were recorded, and then without what was.
  void TakeBack() {
    if (number_recorded_) StartAgain();
    if (!recorded_) return;
    number_recorded_ = recorded_ = false;
    StopServer();
    std::filesystem::remove_all(directory());
    std::filesystem::copy(Kept(), directory(), std::filesystem::copy_options::recursive);
    StartServer();
  }

  void StartAgain() {
    ++restarts_;
    const uint64_t size = parts().log().Head().size;
    ForgetPeak();
    const size_t before = MemoryNow("VmRSS");
    Restart();
    EXPECT_EQ(parts().log().Head().size, size);
    EXPECT_LT(MemoryNow("VmHWM"), before + kMostBytes);
  }

  const OddValues values_{AllBounds()};
  std::map<std::string, int> walked_;
  size_t calls_ = 0;
  size_t restarts_ = 0;
  bool recorded_ = false;  // Something, since the ledger was kept.
  bool number_recorded_ = false;
  bool plain_ = false;  // Commands are told without a walk.
};

TEST_F(EveryFieldTest, OfEveryQuestionMayAskWhatItLikes) {
  TellAllPlainly();
  for (const MethodRow& row : AllMethods()) {
    if (row.lane == Lane::kWrite) continue;
    const auto* method =
        google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(std::string(row.name));
    ASSERT_NE(method, nullptr) << row.name;
    if (!AnswersOnce(*method)) continue;  // They answer as long as they are listened to.
    const auto* prototype =
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(method->input_type());
    const std::unique_ptr<Message> request(prototype->New());
    NameTheOffice(*request);
    Walk(*request, "auditor-1");
  }
  std::printf("%zu questions\n", calls());
}

TEST_F(EveryFieldTest, OfEveryCommandMayStateWhatItLikes) {
  TellAll();
  for (const MethodRow& row : AllMethods()) {
    if (row.lane != Lane::kWrite) continue;
    const auto* method =
        google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(std::string(row.name));
    ASSERT_NE(method, nullptr) << row.name;
    // Of the rules there is one version only; a stream is the same items as SendTransfers.
    if (method->name() == "AdoptRules" || method->client_streaming()) continue;
    EXPECT_EQ(walked().count(std::string(method->input_type()->full_name())), 1) << row.name;
  }
  std::printf("%zu calls, %zu ledgers started again\n", calls(), restarts());
}

// Two bytes of a message can be an item that takes a hundred in memory.
TEST_F(EveryFieldTest, AMessageOfEmptyItemsTakesNoMoreThanItsBytes) {
  for (const MethodRow& row : AllMethods()) {
    const auto* method =
        google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(std::string(row.name));
    ASSERT_NE(method, nullptr) << row.name;
    if (!AnswersOnce(*method)) continue;
    for (int i = 0; i < method->input_type()->field_count(); ++i) {
      const auto* field = method->input_type()->field(i);
      if (!field->is_repeated()) continue;
      SCOPED_TRACE(absl::StrCat(std::string(row.name), " ", std::string(field->name())));
      std::string item = {static_cast<char>(field->number() << 3 | 2), '\0'};
      std::string bytes;
      bytes.reserve(kMaxMessageBytes);
      while (bytes.size() + 2 < kMaxMessageBytes - 1024) bytes += item;
      SendBytes(PathOf(row), bytes, "operator-1");
    }
  }
}

}  // namespace
}  // namespace bansos::testing

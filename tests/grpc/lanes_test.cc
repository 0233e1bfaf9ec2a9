// Lanes: a lane whose threads never come back delays no call of another lane, whatever its method.
// The tests look at the order of things, never at the clock.
#include <gmock/gmock.h>

#include <filesystem>
#include <future>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "grpc/limits.h"
#include "grpc/method_table.h"
#include "tests/grpc/lanes_fixture.h"

namespace bansos::testing {
namespace {

using namespace std::chrono_literals;
using google::protobuf::DescriptorPool;
using google::protobuf::MethodDescriptor;

TEST(MethodTableTest, EveryMethodHasOneRow) {
  std::map<std::string, int> rows;
  for (const MethodRow& row : AllMethods()) ++rows[std::string(row.name)];
  const std::filesystem::path protos =
      std::filesystem::path(BANSOS_SOURCE_DIR) / "grpc/proto/bansos/v1";
  size_t methods = 0;
  for (const auto& entry : std::filesystem::directory_iterator(protos)) {
    const std::string name = "bansos/v1/" + entry.path().filename().string();
    const auto* file = DescriptorPool::generated_pool()->FindFileByName(name);
    ASSERT_NE(file, nullptr) << name;
    for (int s = 0; s < file->service_count(); ++s) {
      for (int m = 0; m < file->service(s)->method_count(); ++m, ++methods) {
        const MethodDescriptor* method = file->service(s)->method(m);
        EXPECT_EQ(rows[method->full_name()], 1) << method->full_name();
        EXPECT_EQ(MethodOf(*method->input_type()).name, method->full_name());
      }
    }
  }
  EXPECT_EQ(methods, AllMethods().size());
}

class BlockedLaneTest : public LanesTest, public ::testing::WithParamInterface<Lane> {};

TEST_P(BlockedLaneTest, DelaysNoCallOfAnother) {
  OpenOffice(1);
  v1::GetCheckpointRequest fresh;  // Proofs of what nobody has signed go where signing is.
  fresh.set_fresh(true);
  Call(&v1::LogService::Stub::GetCheckpoint, fresh);
  Block(GetParam());
  for (const MethodRow& row : AllMethods()) {
    const MethodDescriptor& method = DescriptorOf(row);
    if (row.lane == GetParam() || !AnswersOnce(method)) continue;
    // Whatever is wrong with an empty request: somebody looked at it.
    EXPECT_NE(Ask(row).error_code(), grpc::DEADLINE_EXCEEDED) << row.name;
  }
}

INSTANTIATE_TEST_SUITE_P(All, BlockedLaneTest,
                         ::testing::Values(Lane::kWrite, Lane::kRead, Lane::kScan, Lane::kBulk,
                                           Lane::kSign));

TEST_F(LanesTest, ScansThatDoNotEndDelayNoWriteAndNoShortRead) {
  OpenOffice(3);
  const std::vector<uint64_t> people = Entitle(3);
  Block(Lane::kScan);
  std::vector<std::future<v1::GetTrialBalanceResponse>> scans;
  for (int i = 0; i < 4; ++i) {
    scans.push_back(std::async(std::launch::async, [this] {
      return Call(&v1::AuditService::Stub::GetTrialBalance, v1::GetTrialBalanceRequest());
    }));
  }
  ReleaseBatch(1, people);  // Many writes and reads, each after the other.
  v1::GetBalancesRequest balances;
  balances.set_program("KJS");
  EXPECT_EQ(Call(&v1::BalanceService::Stub::GetBalances, balances).rows_size(), 1);
  for (auto& scan : scans) EXPECT_EQ(scan.wait_for(0s), std::future_status::timeout);
  Open();
  for (auto& scan : scans) EXPECT_GT(scan.get().movements(), 0u);
}

TEST_F(LanesTest, AFullLaneRefusesWithAHintWhenToComeAgain) {
  for (const Lane full : {Lane::kScan, Lane::kRead, Lane::kWrite}) {
    Block(full);
    Fill(full);
  }
  for (const MethodRow& row : AllMethods()) {
    if (DescriptorOf(row).client_streaming()) continue;  // Takes part of what its stream has.
    const grpc::Status status = Ask(row);
    EXPECT_EQ(status.error_code(), grpc::RESOURCE_EXHAUSTED) << row.name;
    v1::StatusDetail detail;
    ASSERT_TRUE(detail.ParseFromString(status.error_details())) << row.name;
    ASSERT_EQ(detail.details_size(), 1) << row.name;
    EXPECT_TRUE(detail.details(0).Is<v1::RetryHint>()) << row.name;
  }
  EXPECT_TRUE(Serving());
}

}  // namespace
}  // namespace bansos::testing

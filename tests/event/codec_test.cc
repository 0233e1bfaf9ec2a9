// The stored format against its published description, and against hostile bytes.
#include "ledger/event/codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "absl/strings/str_cat.h"
#include "bansos/ledger/v1/event.pb.h"
#include "ledger/base/hex.h"
#include "tests/event/event_filler.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::OneOfEach;

std::string Text(std::string_view view) { return std::string(view); }

// Numbers and names of a struct's fields, as a visitor meets them.
class FieldNames {
 public:
  template <typename T>
  void operator()(uint32_t number, const char* name, T&) {
    names_[static_cast<int>(number)] = name;
  }
  template <typename T>
  void Decided(uint32_t number, const char* name, T&) {
    names_[static_cast<int>(number)] = name;
  }
  std::map<int, std::string> names_;
};

std::map<int, std::string> NamesIn(const google::protobuf::Descriptor& message) {
  std::map<int, std::string> names;
  for (int i = 0; i < message.field_count(); ++i) {
    if (message.field(i)->real_containing_oneof() != nullptr) continue;
    names[message.field(i)->number()] = message.field(i)->name();
  }
  return names;
}

TEST(CodecTest, FieldListsAgreeWithEventProto) {
  const auto* event_message = ledger::v1::Event::descriptor();
  Event event;
  FieldNames envelope;
  VisitFields(envelope, event.envelope);
  EXPECT_EQ(envelope.names_, NamesIn(*event_message));

  for (Event& filled : testing::OneOfEach()) {
    const int number = static_cast<int>(kFirstBodyField + filled.body.index());
    const auto* field = event_message->FindFieldByNumber(number);
    ASSERT_NE(field, nullptr) << number;
    EXPECT_EQ(field->message_type()->name(), EventName(filled.body));
    FieldNames names;
    std::visit([&](auto& body) { VisitFields(names, body); }, filled.body);
    EXPECT_EQ(names.names_, NamesIn(*field->message_type())) << EventName(filled.body);
  }
}

TEST(CodecTest, NoPublishedBodyIsMissing) {
  const auto* oneof = ledger::v1::Event::descriptor()->FindOneofByName("body");
  EXPECT_EQ(static_cast<size_t>(oneof->field_count()), std::variant_size_v<EventBody>);
}

TEST(CodecTest, GeneratedParserReadsEveryFieldAndWritesTheSameBytes) {
  for (const Event& event : OneOfEach()) {
    const std::string entry = EncodeEvent(event);
    ledger::v1::Event parsed;
    ASSERT_TRUE(parsed.ParseFromString(entry)) << EventName(event.body);
    EXPECT_TRUE(parsed.GetReflection()->GetUnknownFields(parsed).empty());
    EXPECT_EQ(parsed.SerializeAsString(), entry) << parsed.DebugString();
  }
}

TEST(CodecTest, DecodeUndoesEncode) {
  for (const Event& event : OneOfEach()) {
    const std::string entry = EncodeEvent(event);
    ASSERT_OK_AND_ASSIGN(const Event decoded, DecodeEvent(entry));
    EXPECT_EQ(EncodeEvent(decoded), entry) << EventName(event.body);
  }
}

TEST(CodecTest, EmptyBodiesKeepTheirKind) {
  Event event;
  event.body = BatchDrafted{};
  ASSERT_OK_AND_ASSIGN(const Event decoded, DecodeEvent(EncodeEvent(event)));
  EXPECT_TRUE(std::holds_alternative<BatchDrafted>(decoded.body));
}

// Whatever is accepted is exactly what EncodeEvent writes: no two encodings of one event.
void ExpectCanonicalOrRefused(const std::string& bytes) {
  const absl::StatusOr<Event> decoded = DecodeEvent(bytes);
  if (decoded.ok()) {
    EXPECT_EQ(EncodeEvent(*decoded), bytes);
  } else {
    EXPECT_EQ(decoded.status().code(), absl::StatusCode::kDataLoss);
  }
}

TEST(CodecTest, DamagedBytesAreRefusedOrAnotherCanonicalEvent) {
  for (const Event& event : OneOfEach()) {
    const std::string entry = EncodeEvent(event);
    for (size_t cut = 0; cut < entry.size(); ++cut) ExpectCanonicalOrRefused(entry.substr(0, cut));
    for (size_t at = 0; at < entry.size(); ++at) {
      for (const int flip : {0x01, 0x08, 0x80}) {
        std::string damaged = entry;
        damaged[at] = static_cast<char>(damaged[at] ^ flip);
        ExpectCanonicalOrRefused(damaged);
      }
    }
  }
}

TEST(CodecTest, UnknownDoubledAndMisplacedFieldsAreRefused) {
  Event event;
  event.envelope.actor = "amir";
  event.body = RulesAdopted{2};
  const std::string entry = EncodeEvent(event);
  EXPECT_OK(DecodeEvent(entry));
  EXPECT_THAT(DecodeEvent(entry + std::string("\xf8\x06\x01", 3)),
              testing::StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(DecodeEvent(entry + entry), testing::StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(DecodeEvent(std::string("\x12\x00", 2) + entry),
              testing::StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(DecodeEvent(""), testing::StatusIs(absl::StatusCode::kDataLoss));
}

TEST(CodecTest, DeepNestingIsRefused) {
  RuleSetPublished rule_set;
  Expression nested;
  for (int i = 0; i < 100; ++i) {
    Expression outer;
    outer.parts.push_back(nested);
    nested = outer;
  }
  rule_set.criteria.push_back({"deep", "deep", nested});
  Event event;
  event.body = rule_set;
  EXPECT_THAT(DecodeEvent(EncodeEvent(event)), testing::StatusIs(absl::StatusCode::kDataLoss));
}

// The bytes of every event ever released, as hexadecimal: "EventName hex". They never change; a new
// field gets new lines. See docs/formats/event.md.
constexpr char kGoldenFile[] = "tests/event/golden_entries.txt";

TEST(CodecTest, ReleasedEntriesStillReadAndWriteTheSame) {
  std::ifstream file(kGoldenFile);
  ASSERT_TRUE(file) << "run from the source directory";
  std::string name, hex;
  size_t lines = 0;
  while (file >> name >> hex) {
    ++lines;
    const auto entry = HexDecode(hex);
    ASSERT_TRUE(entry) << name;
    ASSERT_OK_AND_ASSIGN(const Event event, DecodeEvent(*entry));
    EXPECT_EQ(EventName(event.body), name);
    EXPECT_EQ(HexEncode(EncodeEvent(event)), hex) << name;
  }
  EXPECT_GE(lines, std::variant_size_v<EventBody>);
}

TEST(CodecTest, FillerStillWritesTheGoldenBytes) {
  std::ifstream file(kGoldenFile);
  std::string name, hex;
  for (const Event& event : OneOfEach()) {
    ASSERT_TRUE(file >> name >> hex);
    EXPECT_EQ(absl::StrCat(Text(EventName(event.body)), " ", HexEncode(EncodeEvent(event))),
              absl::StrCat(name, " ", hex));
  }
}

}  // namespace
}  // namespace bansos

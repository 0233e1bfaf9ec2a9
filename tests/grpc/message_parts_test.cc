// What a message would take in memory is seen from its bytes.
#include "grpc/message_parts.h"

#include <gmock/gmock.h>

#include <string>

#include "bansos/v1/eligibility_service.pb.h"
#include "bansos/v1/program_service.pb.h"
#include "grpc/limits.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using testing::StatusIs;

absl::Status Check(const google::protobuf::Descriptor& type, const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return CheckMessageParts(type, grpc::ByteBuffer(&slice, 1));
}

std::string Times(size_t count, const std::string& bytes) {
  std::string all;
  all.reserve(count * bytes.size());
  for (size_t i = 0; i < count; ++i) all += bytes;
  return all;
}

// A field that none of the requests below has.
constexpr int kUnknown = 15;

// A field of this number with these bytes in it.
std::string Field(int number, const std::string& bytes) {
  std::string all(1, static_cast<char>(number << 3 | 2));
  size_t length = bytes.size();
  for (; length >= 128; length >>= 7) all.push_back(static_cast<char>(length | 128));
  all.push_back(static_cast<char>(length));
  return all + bytes;
}

const google::protobuf::Descriptor& Assessments() {
  return *v1::RecordAssessmentsRequest::descriptor();
}

TEST(MessagePartsTest, AFullRequestHasRoom) {
  v1::RecordAssessmentsRequest request;
  for (size_t i = 0; i < kMaxRequestItems; ++i) {
    v1::Assessment& item = *request.add_items();
    item.mutable_recipient()->set_nik("3374010101900000");
    item.mutable_basis()->mutable_document()->set_number("BAST/1");
    for (int value = 0; value < 46; ++value) item.add_values(value);
  }
  EXPECT_OK(Check(Assessments(), request.SerializeAsString()));
}

TEST(MessagePartsTest, OfEachKindThereIsABound) {
  using ::absl::StatusCode;
  const int items = v1::RecordAssessmentsRequest::kItemsFieldNumber;
  const int names = v1::RecordAssessmentsRequest::kIndicatorsFieldNumber;
  const int values = v1::Assessment::kValuesFieldNumber;
  const auto refused = StatusIs(StatusCode::kResourceExhausted);
  EXPECT_OK(Check(Assessments(), Times(kMaxMessageParts, Field(items, ""))));
  EXPECT_THAT(Check(Assessments(), Times(kMaxMessageParts + 1, Field(items, ""))), refused);
  EXPECT_THAT(Check(Assessments(), Times(kMaxMessageParts + 1, Field(names, ""))), refused);
  EXPECT_THAT(Check(Assessments(), Times(kMaxMessageParts + 1, Field(kUnknown, ""))), refused);
  EXPECT_THAT(Check(Assessments(), Times(kMaxMessageParts + 1, std::string("\x78\x01"))), refused);
  // Within one item, and in all of them together.
  EXPECT_THAT(Check(Assessments(), Field(items, Times(kMaxMessageParts + 1, Field(kUnknown, "")))),
              refused);
  EXPECT_OK(Check(Assessments(), Field(items, Field(values, std::string(kMaxMessageNumbers, 1)))));
  EXPECT_THAT(
      Check(Assessments(), Field(items, Field(values, std::string(kMaxMessageNumbers + 1, 1)))),
      refused);
  const std::string unpacked = {static_cast<char>(values << 3), 1};
  EXPECT_THAT(Check(Assessments(), Field(items, Times(kMaxMessageNumbers + 1, unpacked))), refused);
}

TEST(MessagePartsTest, WhatItCannotCountIsRefused) {
  const std::string fill = Times(kMaxMessageParts - 1, Field(kUnknown, "x"));
  const std::string group = {static_cast<char>(kUnknown << 3 | 3)};
  for (const std::string& end : {std::string("\x0a"), group}) {
    EXPECT_THAT(Check(Assessments(), fill + end), StatusIs(absl::StatusCode::kInvalidArgument));
  }
  // Expressions in expressions, deeper than protobuf reads.
  std::string deep;
  for (int i = 0; i < 200; ++i) {
    deep = Field(ledger::v1::Expression::kPartsFieldNumber, deep);
  }
  const std::string criterion = Field(ledger::v1::Criterion::kExpressionFieldNumber, deep);
  const std::string rule_set = Field(v1::RuleSet::kCriteriaFieldNumber, criterion);
  const std::string rules = Field(v1::PublishRuleSetRequest::kRuleSetFieldNumber, rule_set) + fill;
  EXPECT_THAT(Check(*v1::PublishRuleSetRequest::descriptor(), rules),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace bansos

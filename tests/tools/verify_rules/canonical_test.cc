// One event has one encoding: everything that protobuf reads without a word is a fault here.
#include <gtest/gtest.h>

#include "bansos/ledger/v1/event.pb.h"
#include "tools/bansos-verify/rules/canonical.h"

namespace bansos::testing {
namespace {

namespace v1 = ledger::v1;

v1::Event Policy() {
  v1::Event event;
  event.set_recorded_time_us(300);
  event.set_actor("rina");
  event.mutable_policy_set()->set_name("kk_max");
  event.mutable_policy_set()->set_version(1);
  return event;
}

std::string RuleFor(const std::string& entry) {
  verify::CanonicalReader reader;
  v1::Event event;
  const auto fault = reader.Read(entry, event);
  return fault.has_value() ? fault->rule : "";
}

TEST(CanonicalTest, WhatProtobufWritesIsCanonical) {
  EXPECT_EQ(RuleFor(Policy().SerializeAsString()), "");
  v1::Event zeros = Policy();
  zeros.mutable_eligibility_decided()->set_assessment_position(0);
  zeros.mutable_eligibility_decided()->add_indicator_truths(v1::TRUTH_UNSPECIFIED);
  zeros.mutable_eligibility_decided()->add_indicator_truths(v1::TRUTH_TRUE);
  EXPECT_EQ(RuleFor(zeros.SerializeAsString()), "");
  v1::Event negative = Policy();
  negative.mutable_budget_appropriated()->set_amount(-5);
  EXPECT_EQ(RuleFor(negative.SerializeAsString()), "");
  v1::Event empty_body;
  empty_body.mutable_batch_closed();
  EXPECT_EQ(RuleFor(empty_body.SerializeAsString()), "");
}

TEST(CanonicalTest, OtherEncodingsOfTheSameEventAreFaults) {
  const std::string entry = Policy().SerializeAsString();  // 08 AC 02, 12 04 "rina", 72 ...
  ASSERT_EQ(entry.substr(0, 5), "\x08\xAC\x02\x12\x04");
  EXPECT_EQ(RuleFor("\x08\xAC\x82" + std::string(1, '\0') + entry.substr(3)), "kNotCanonical")
      << "a varint with a byte too many";
  EXPECT_EQ(RuleFor(entry.substr(3, 6) + entry.substr(0, 3) + entry.substr(9)), "kNotCanonical")
      << "fields in another order";
  EXPECT_EQ(RuleFor(entry.substr(0, 3) + entry), "kNotCanonical") << "a field twice";
  EXPECT_EQ(RuleFor(std::string("\x30\0", 2) + entry), "kNotCanonical") << "a zero written";
  EXPECT_EQ(RuleFor(entry + std::string("\x30\0", 2)), "kNotCanonical") << "a zero at the end";
  EXPECT_EQ(RuleFor(entry + entry.substr(9)), "kNotCanonical") << "the body twice";
  EXPECT_EQ(RuleFor(entry.substr(0, 9) + std::string("\x2A\0", 2) + entry.substr(9)),
            "kNotCanonical")
      << "an empty document";
}

TEST(CanonicalTest, UnpackedNumbersAreAFault) {
  v1::Event event = Policy();
  event.mutable_report_resolved()->add_carried_by(7);
  std::string entry = event.SerializeAsString();
  const size_t packed = entry.find(std::string("\x12\x01\x07", 3));
  ASSERT_NE(packed, std::string::npos);
  // 10 07 has one byte less than 12 01 07; the length of the body before it goes down too.
  entry.replace(packed, 3, "\x10\x07");
  --entry[packed - 1];
  ASSERT_TRUE(event.ParseFromString(entry));
  EXPECT_EQ(RuleFor(entry), "kNotCanonical");
}

TEST(CanonicalTest, UnknownFieldsAreAFaultAtAnyDepth) {
  v1::Event outer = Policy();
  outer.GetReflection()->MutableUnknownFields(&outer)->AddVarint(99, 1);
  EXPECT_EQ(RuleFor(outer.SerializeAsString()), "kUnknownField");
  v1::Event inner = Policy();
  v1::PolicySet& policy = *inner.mutable_policy_set();
  policy.GetReflection()->MutableUnknownFields(&policy)->AddFixed64(99, 1);
  EXPECT_EQ(RuleFor(inner.SerializeAsString()), "kUnknownField");
  v1::Event repeated = Policy();
  v1::Area& area = *repeated.mutable_areas_published()->add_areas();
  area.GetReflection()->MutableUnknownFields(&area)->AddLengthDelimited(99, "x");
  EXPECT_EQ(RuleFor(repeated.SerializeAsString()), "kUnknownField");
  v1::Event reserved = Policy();
  reserved.GetReflection()->MutableUnknownFields(&reserved)->AddLengthDelimited(60, "");
  EXPECT_EQ(RuleFor(reserved.SerializeAsString()), "kUnknownField");
}

TEST(CanonicalTest, WhatIsNoEventIsAFault) {
  EXPECT_EQ(RuleFor("\xFF"), "kNotReadable");
  EXPECT_EQ(RuleFor("\x12\x05rina"), "kNotReadable");
  EXPECT_EQ(RuleFor("\x12\x02\xC3\x28"), "kNotReadable") << "no UTF-8";
  v1::Event large = Policy();
  large.set_actor(std::string(verify::kMaxEntryBytes, 'a'));
  EXPECT_EQ(RuleFor(large.SerializeAsString()), "kEntryTooLong");
}

}  // namespace
}  // namespace bansos::testing

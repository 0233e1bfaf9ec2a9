// The decided fields, written out by hand, and the balances of a whole small year.
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "ledger/base/endian.h"
#include "ledger/base/hash.h"
#include "tests/tools/replay/story.h"

namespace bansos::replay {
namespace {

v1::Movement Moved(v1::Bucket from, v1::Bucket to) {
  v1::Movement movement;
  movement.set_batch(1);
  movement.set_area(3319);
  movement.set_amount(1110000);
  movement.set_from(from);
  movement.set_to(to);
  return movement;
}

// The decree of recipient 1 and its batch stand at these positions of DecreedStory,
// InstructedStory.
constexpr uint64_t kPayee1 = 14;
constexpr uint64_t kDecree1 = 46;
constexpr uint64_t kBatchDrafted = 49;
constexpr uint64_t kInstructed1 = 50;
constexpr uint64_t kInstructed2 = 51;

TEST(ReplayDecided, InstructionPinsDecreePayeeAndMoney) {
  Story story = DecreedStory();
  story.Happens(
      "budi 20250201 - | batch_drafted { batch { program: 'KJS' tranche: 1 number: 1 } }");
  v1::Event event = Story::EventAsWritten(
      "budi 20250201 - | payment_instructed { payment { program: 'KJS' tranche: 1 recipient: 1"
      " number: 1 } batch: 1 amount: 1110000 slot: 1 }");
  v1::PaymentInstructed& body = *event.mutable_payment_instructed();
  body.set_decree_position(kDecree1);
  body.set_payee_position(kPayee1);
  *body.mutable_movement() = Moved(v1::BUCKET_AVAILABLE, v1::BUCKET_OBLIGATED);
  event.set_back(kInstructed1 - kDecree1);
  ASSERT_EQ(story.ledger().next_position(), kInstructed1);

  auto refused = [&](const std::string& rule, auto change) {
    v1::Event other = event;
    change(other, *other.mutable_payment_instructed());
    story.Refuses(rule, other);
  };
  using Body = v1::PaymentInstructed;
  refused("kBackDiffers", [](v1::Event& e, Body&) { e.set_back(e.back() + 1); });
  refused("kDecidedDiffers", [](v1::Event&, Body& b) { b.set_slot(2); });
  refused("kDecidedDiffers", [](v1::Event&, Body& b) { b.clear_decree_position(); });
  refused("kDecidedDiffers", [](v1::Event&, Body& b) { b.set_payee_position(1); });
  refused("kDecidedDiffers", [](v1::Event&, Body& b) { b.clear_movement(); });
  refused("kDecidedDiffers", [](v1::Event&, Body& b) { b.mutable_movement()->set_area(3374); });
  refused("kDecidedDiffers", [](v1::Event&, Body& b) { b.mutable_movement()->set_batch(2); });
  refused("kDecidedDiffers", [](v1::Event&, Body& b) { b.mutable_movement()->set_amount(1); });
  refused("kDecidedDiffers",
          [](v1::Event&, Body& b) { b.mutable_movement()->set_to(v1::BUCKET_PAID); });
  const std::optional<Fault> fault = story.ledger().Apply(event);
  EXPECT_FALSE(fault.has_value()) << fault->reason;
}

TEST(ReplayDecided, StepsCarryTheDigestOfTheList) {
  Story story = InstructedStory();
  std::string digested;
  for (uint64_t number : {kInstructed1, uint64_t{1}, uint64_t{1}, uint64_t{1110000}, kInstructed2,
                          uint64_t{2}, uint64_t{1}, uint64_t{1110000}}) {
    AppendU64(digested, number);
  }
  v1::Event event = Story::EventAsWritten(
      "sari 20250202 SPP:1 | batch_submitted { batch { program: 'KJS' tranche: 1 number: 1 }"
      " round: 1 list { count: 2 total: 2220000 } }");
  event.set_back(story.ledger().next_position() - kBatchDrafted);
  story.Refuses("kDecidedDiffers", event);
  const Hash digest = Sha256(digested);
  event.mutable_batch_submitted()->mutable_list()->set_digest(std::string(AsBytes(digest)));
  const std::optional<Fault> fault = story.ledger().Apply(event);
  EXPECT_FALSE(fault.has_value()) << fault->reason;
}

TEST(ReplayDecided, TransferCarriesTheReference) {
  Story story = ReleasedStory();
  v1::Event event = Story::EventAsWritten(
      "bank-out 20250206 - | transfer_sent { payment { program: 'KJS' tranche: 1 recipient: 1"
      " number: 1 } attempt: 1 reference: 'KJS.1.1.1.1' }");
  event.mutable_transfer_sent()->set_payee_position(kPayee1);
  *event.mutable_transfer_sent()->mutable_movement() =
      Moved(v1::BUCKET_OBLIGATED, v1::BUCKET_IN_TRANSIT);
  event.set_back(story.ledger().next_position() - kInstructed1);
  v1::Event other = event;
  other.mutable_transfer_sent()->set_reference("KJS.1.1.1.2");
  story.Refuses("kDecidedDiffers", other);
  const std::optional<Fault> fault = story.ledger().Apply(event);
  EXPECT_FALSE(fault.has_value()) << fault->reason;
}

TEST(ReplayDecided, DecisionDecreeHeldAndResolvedFields) {
  Story story = RegisteredStory();
  v1::Event decision = story.EventOf(
      "rina 20250120 - | eligibility_decided { program: 'BLT' recipient: 1 rule_set_version: 1"
      " fact_version: 5 assessment_position: 15 }");
  ASSERT_EQ(decision.eligibility_decided().fact_truths_size(), 1);
  EXPECT_EQ(decision.eligibility_decided().fact_truths(0), v1::TRUTH_TRUE);
  EXPECT_EQ(decision.eligibility_decided().outcome(), v1::OUTCOME_ELIGIBLE);
  v1::Event other = decision;
  other.mutable_eligibility_decided()->set_outcome(v1::OUTCOME_INELIGIBLE);
  story.Refuses("kDecidedDiffers", other);
  other = decision;
  other.mutable_eligibility_decided()->set_fact_truths(0, v1::TRUTH_FALSE);
  story.Refuses("kDecidedDiffers", other);
  const uint64_t decided = story.ledger().next_position();
  ASSERT_FALSE(story.ledger().Apply(decision).has_value());

  v1::Event decree = story.EventOf(
      "kadis 20250121 SK:1 | recipient_decreed { program: 'BLT' recipient: 1 slot: 1 holder: 1"
      " first_tranche: 1 }");
  EXPECT_EQ(decree.recipient_decreed().decision_position(), decided);
  decree.mutable_recipient_decreed()->set_decision_position(decided - 1);
  story.Refuses("kDecidedDiffers", decree);

  Story sent = SentStory();
  const uint64_t held = sent.Happens(
      "bank-in 20250301 - | report_held { payment { program: 'KJS' tranche: 1 recipient: 1"
      " number: 1 } attempt: 3 kind: REPORT_KIND_SETTLED amount: 1 value_date: 20250207"
      " sealed_reference: 'x'"
      " source { sender: 'BPD' line: 1 } }");
  v1::Event resolved = sent.EventOf(
      absl::StrCat("edi 20250302 SURAT:1 | report_resolved { held_position: ", held, " }"));
  EXPECT_EQ(resolved.report_resolved().payment().recipient(), 1u);
  EXPECT_EQ(resolved.back(), 1u);
  resolved.mutable_report_resolved()->clear_payment();
  sent.Refuses("kDecidedDiffers", resolved);
}

TEST(ReplayDecided, AReferenceNeverPasses35Characters) {
  const std::string payment =
      " payment { program: 'ABCDEFGHIJKL' tranche: 100 recipient: 123456789 number: 123456 }";
  const std::string line =
      "budi 20250120 - | payment_instructed {" + payment + " batch: 1 amount: 5 }";
  const Story story = OpenedStory();
  story.Refuses("kReferenceTooLong", line);
  // One character less is looked for among the programmes.
  story.Refuses("kProgramUnknown", absl::StrReplaceAll(line, {{"ABCDEFGHIJKL", "ABCDEFGHIJK"}}));
}

TEST(ReplayBalances, FollowTheMoneyOfASmallYear) {
  Story story = SentStory();
  story.Happen({
      "bank-in 20250210 - | transfer_settled { payment { program: 'KJS' tranche: 1 recipient: 1"
      " number: 1 } attempt: 1 value_date: 20250207 amount: 1110000"
      " source { sender: 'BPD' line: 1 } }",
      "bank-in 20250210 - | transfer_returned { payment { program: 'KJS' tranche: 1 recipient: 2"
      " number: 1 } attempt: 1 value_date: 20250207 amount: 1110000 reason: RETURN_REASON_BE01"
      " source { sender: 'BPD' line: 2 } }",
      "edi 20250301 STS:1 | payment_remitted { payment { program: 'KJS' tranche: 1 recipient: 2"
      " number: 1 } }",
      "agus 20250302 - | batch_closed { batch { program: 'KJS' tranche: 1 number: 1 } round: 1 }",
  });
  const ReferenceLedger& ledger = story.ledger();
  const Balance program = ledger.OfProgram("KJS");
  EXPECT_EQ(program.appropriated, 10000000);
  EXPECT_EQ(program.instructed, 2220000);
  EXPECT_EQ(program.in(v1::BUCKET_AVAILABLE), 7780000);
  EXPECT_EQ(program.in(v1::BUCKET_PAID), 1110000);
  EXPECT_EQ(program.in(v1::BUCKET_REMITTED), 1110000);
  for (const Balance& balance : {ledger.OfTranche({"KJS", 1}), ledger.OfBatch({"KJS", 1, 1}),
                                 ledger.OfArea(3319), ledger.OfArea("KJS", 3319)}) {
    EXPECT_EQ(balance.instructed, 2220000);
    EXPECT_EQ(balance.in(v1::BUCKET_PAID), 1110000);
    EXPECT_EQ(balance.in(v1::BUCKET_REMITTED), 1110000);
    EXPECT_EQ(balance.in(v1::BUCKET_AVAILABLE), 0);
  }
  EXPECT_EQ(ledger.OfRecipient(1).in(v1::BUCKET_PAID), 1110000);
  EXPECT_EQ(ledger.OfRecipient(2).in(v1::BUCKET_REMITTED), 1110000);
  EXPECT_EQ(ledger.PaymentOf({"KJS", 1, 2, 1})->state, PaymentState::kRemitted);
  EXPECT_EQ(ledger.PaymentOf({"KJS", 1, 2, 2}), nullptr);
  const std::optional<Fault> fault = ledger.CheckTotals();
  EXPECT_FALSE(fault.has_value()) << fault->reason;
}

}  // namespace
}  // namespace bansos::replay

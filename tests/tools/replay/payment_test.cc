// Rules of batches and payments.
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "tests/tools/replay/story.h"

namespace bansos::replay {
namespace {

std::string Replace(const std::string& line, const std::string& piece, const std::string& instead) {
  const std::string replaced = absl::StrReplaceAll(line, {{piece, instead}});
  EXPECT_NE(replaced, line) << piece << " is not in " << line;
  return replaced;
}

const char kOfRecipient1[] = "payment { program: 'KJS' tranche: 1 recipient: 1 number: 1 }";

// The step of batch KJS.1.1 with its true list.
std::string Step(const std::string& head, const std::string& step, int round = 1) {
  return absl::StrCat(head, " | ", step,
                      " { batch { program: 'KJS' tranche: 1 number: 1 } round: ", round,
                      step == "batch_closed" ? " }" : " list { count: 2 total: 2220000 } }");
}

std::string Sent(const Story& story, uint32_t attempt = 1) {
  return absl::StrCat(
      "bank-out 20250301 - | transfer_sent { ", kOfRecipient1, " attempt: ", attempt,
      " payee_position: ", *story.ledger().state().recipients.at(1).latest_payee, " }");
}

// The bank returns the payment of recipient 1.
std::string Returned(const std::string& reason) {
  return absl::StrCat("bank-in 20250210 - | transfer_returned { ", kOfRecipient1,
                      " attempt: 1 value_date: 20250208 amount: 1110000 reason: RETURN_REASON_",
                      reason, " source { sender: 'BPD' line: 1 } }");
}

const char kReissued[] =
    "edi 20250301 - | payment_reissued { payment { program: 'KJS' tranche: 1 recipient: 1"
    " number: 1 } attempt: 2 }";
const char kRemitted[] =
    "edi 20250301 STS:1 | payment_remitted { payment { program: 'KJS' tranche: 1 recipient: 1"
    " number: 1 } }";
const char kDied[] =
    "rina 20250301 AKTA:1 | recipient_died { recipient: 1 died_on: 20250220"
    " source: DEATH_SOURCE_FAMILY }";
const char kHeldAmount[] =
    "bank-in 20250301 - | report_held { payment { program: 'KJS' tranche: 1 recipient: 1"
    " number: 1 } attempt: 1 kind: REPORT_KIND_SETTLED amount: 7 value_date: 20250207"
    " sealed_reference: 'x'"
    " source { sender: 'BPD' line: 77 } }";

TEST(ReplayInstruction, IsRefusedByName) {
  Story story = DecreedStory();
  story.Happens(
      "budi 20250201 - | batch_drafted { batch { program: 'KJS' tranche: 1 number: 1 } }");
  const std::string good = absl::StrCat("budi 20250201 - | payment_instructed { ", kOfRecipient1,
                                        " batch: 1 amount: 1110000 }");
  Story(story).Happens(good);
  story.Refuses({
      {"kTrancheUnknown", Replace(good, "tranche: 1", "tranche: 3")},
      {"kBatchUnknown", Replace(good, "batch: 1", "batch: 2")},
      {"kTrancheNotOwed", Replace(good, "recipient: 1", "recipient: 3")},
      {"kNumberOutOfOrder", Replace(good, "number: 1", "number: 2")},
      {"kAmountNotTranche", Replace(good, "1110000", "1110001")},
      {"kBadAmount", Replace(good, "1110000", "0")},
      {"kBadAmount", Replace(good, "1110000", "-9223372036854775808")},
      {"kBadNumber", Replace(good, "number: 1", "number: 0")},
      {"kTrancheUnknown",
       "budi 20250201 - | batch_drafted { batch { program: 'KJS' tranche: 9 number: 1 } }"},
      {"kKeyTaken",
       "budi 20250201 - | batch_drafted { batch { program: 'KJS' tranche: 1 number: 1 } }"},
  });
  Story poor = story;
  poor.Happens("rina 20250201 DPA:9 | budget_appropriated { program: 'KJS' amount: -8900000 }");
  poor.Refuses("kNotEnoughAvailable", good);
  Story dead = story;
  dead.Happens(kDied);
  dead.Refuses("kRecipientDead", Replace(good, "20250201", "20250301"));
}

TEST(ReplayInstruction, OnePaymentForEachRecipientAndSlot) {
  Story story = InstructedStory();
  const std::string again = absl::StrCat("budi 20250301 - | payment_instructed { ", kOfRecipient1,
                                         " batch: 1 amount: 1110000 }");
  const std::string second = Replace(again, "number: 1", "number: 2");
  story.Refuses({{"kKeyTaken", again}, {"kPaymentExists", second}});
  const std::string withdrawn =
      absl::StrCat("budi 20250301 - | payment_withdrawn { ", kOfRecipient1, " }");
  story.Happens(withdrawn);
  story.Refuses({{"kKeyTaken", withdrawn}, {"kKeyTaken", again}});
  story.Happens(second);
  EXPECT_EQ(story.ledger().OfProgram("KJS").withdrawn, 1110000);
  EXPECT_EQ(story.ledger().OfProgram("KJS").in(v1::BUCKET_OBLIGATED), 2220000);
}

// Recipient 3 takes over slot 1 from recipient 1, who is still owed tranche 1.
Story ReplacedStory() {
  Story story = InstructedStory();
  story.Happens(
      "kadis 20250301 SK:6 | entitlement_ended { program: 'KJS' recipient: 1 slot: 1 holder: 1"
      " reason: END_REASON_WITHDREW ended_on: 20250228 last_tranche: 1 }");
  const RecipientRecord& record = story.ledger().state().recipients.at(3);
  story.Happens(absl::StrCat(
      "rina 20250301 - | eligibility_decided { program: 'KJS' recipient: 3 rule_set_version: 1"
      " fact_version: ",
      record.fact_version, " assessment_position: ", record.latest_assessment->second,
      " indicator_truths: TRUTH_TRUE }"));
  story.Happens(
      "kadis 20250301 SK:7 | recipient_decreed { program: 'KJS' recipient: 3 slot: 1 holder: 2"
      " first_tranche: 1 replaces: 1 }");
  return story;
}

TEST(ReplayInstruction, ASlotIsPaidOnceInATranche) {
  Story story = ReplacedStory();
  const std::string successor =
      "budi 20250301 - | payment_instructed { payment { program: 'KJS' tranche: 1 recipient: 3"
      " number: 1 } batch: 1 amount: 1110000 }";
  story.Refuses("kSlotAlreadyPaid", successor);
  story.Happens(absl::StrCat("budi 20250301 - | payment_withdrawn { ", kOfRecipient1, " }"));
  story.Happens(successor);
}

TEST(ReplayInstruction, NeedsAPayee) {
  Story story = OpenedStory();
  story.Happen({
      "rina 20250120 - | recipient_registered { recipient: 9 kind: RECIPIENT_KIND_PERSON"
      " area: 3374 kk_token: 7 sealed_identity: 'x' key_commitment: H(k) }",
      "rina 20250120 USUL:9 | candidate_proposed { program: 'BLT' recipient: 9"
      " proposer: 'DISNAKER' candidate_class: 'PABRIK' work_area: 3319 }",
      "rina 20250120 - | eligibility_decided { program: 'BLT' recipient: 9 rule_set_version: 1"
      " fact_version: 2 }",
      "kadis 20250120 SK:1 | recipient_decreed { program: 'BLT' recipient: 9 slot: 3 holder: 1"
      " first_tranche: 1 }",
      "budi 20250120 - | batch_drafted { batch { program: 'BLT' tranche: 1 number: 4 } }",
  });
  story.Refuses("kPayeeMissing",
                "budi 20250120 - | payment_instructed { payment { program: 'BLT' tranche: 1"
                " recipient: 9 number: 1 } batch: 4 amount: 600000 }");
}

TEST(ReplayBatch, StepsAreRefusedByName) {
  Story story = InstructedStory();
  const std::string submit = Step("sari 20250302 SPP:1", "batch_submitted");
  story.Refuses({
      {"kRoundOutOfOrder", Replace(submit, "round: 1", "round: 2")},
      {"kBadNumber", Replace(submit, "round: 1", "round: 0")},
      {"kBatchEmpty", Replace(submit, "count: 2", "count: 0")},
      {"kListDiffers", Replace(submit, "count: 2", "count: 3")},
      {"kListDiffers", Replace(submit, "2220000", "2220001")},
      {"kDocumentRequired", Replace(submit, "SPP:1", "-")},
      {"kBatchUnknown", Replace(submit, "number: 1", "number: 2")},
      {"kWrongBatchState", Step("wati 20250303 -", "batch_verified")},
      {"kWrongBatchState", Step("agus 20250303 SPM:1", "batch_approved")},
      {"kWrongBatchState", Step("agus 20250303 SP2D:1", "batch_released")},
      {"kWrongBatchState", Step("agus 20250303 -", "batch_sent_back")},
      {"kWrongBatchState", Step("agus 20250303 -", "batch_closed")},
  });
  story.Happens(submit);
  story.Refuses({
      {"kKeyTaken", submit},
      {"kBatchNotDraft",
       absl::StrCat("budi 20250303 - | payment_withdrawn { ", kOfRecipient1, " }")},
  });
  story.Happens(Step("wati 20250303 -", "batch_verified"));
  story.Happens(Step("wati 20250303 -", "batch_sent_back"));
  story.Refuses("kRoundOutOfOrder", Step("wati 20250303 -", "batch_verified", 3));
  story.Refuses("kRoundOutOfOrder", Step("wati 20250303 -", "batch_sent_back", 3));
  story.Happens(Step("sari 20250304 SPP:1", "batch_submitted", 2));
  story.Refuses("kBatchNotDraft",
                "budi 20250305 - | payment_instructed { payment { program: 'KJS' tranche: 1"
                " recipient: 1 number: 2 } batch: 1 amount: 1110000 }");
}

TEST(ReplayBatch, FourEyes) {
  Story story = InstructedStory();
  story.Happens(absl::StrCat("dian 20250301 - | payment_withdrawn { ", kOfRecipient1, " }"));
  const auto step = [](const std::string& head, const std::string& name) {
    return Replace(Step(head, name), "count: 2 total: 2220000", "count: 1 total: 1110000");
  };
  story.Happens(step("sari 20250302 SPP:1", "batch_submitted"));
  story.Happens(step("budi 20250302 -", "batch_verified"));
  for (const char* actor : {"budi", "dian", "sari"}) {
    story.Refuses("kFourEyes", step(absl::StrCat(actor, " 20250303 SPM:1"), "batch_approved"));
  }
  story.Refuses("kPayeeRecorder", step("rina 20250303 SPM:1", "batch_approved"));
  story.Happens(step("agus 20250303 SPM:1", "batch_approved"));
  for (const char* actor : {"budi", "dian", "sari", "agus"}) {
    story.Refuses("kFourEyes", step(absl::StrCat(actor, " 20250304 SP2D:1"), "batch_released"));
  }
  story.Happens(step("rina 20250304 SP2D:1", "batch_released"));
}

TEST(ReplayTransfer, NothingIsSentBeforeRelease) {
  const Story story = InstructedStory();
  story.Refuses({
      {"kBatchNotReleased", Sent(story)},
      {"kWrongState", kRemitted},
  });
}

TEST(ReplayTransfer, SendingIsRefusedByName) {
  const Story story = ReleasedStory();
  const std::string good = Sent(story);
  story.Refuses({
      {"kAttemptOutOfOrder", Replace(good, "attempt: 1", "attempt: 2")},
      {"kPaymentUnknown", Replace(good, "number: 1", "number: 2")},
      {"kProgramUnknown", Replace(good, "KJS", "PKH")},
      {"kPayeeNotPinned", Replace(good, "payee_position: ", "payee_position: 1")},
      {"kWrongState", kReissued},
      {"kBatchOpenMoney", Step("agus 20250303 -", "batch_closed")},
      {"kRoundOutOfOrder", Step("agus 20250303 -", "batch_closed", 2)},
  });
  Story dead = story;
  dead.Happens(kDied);
  dead.Refuses("kRecipientDead", good);
  dead.Happens(kRemitted);
  dead.Refuses("kWrongState", good);
  Story ended = story;
  ended.Happens(
      "kadis 20250301 SK:6 | entitlement_ended { program: 'KJS' recipient: 1 slot: 1 holder: 1"
      " reason: END_REASON_CENTRAL_AID ended_on: 20250228 }");
  ended.Refuses("kTrancheNotOwed", good);
  Story blocked = story;
  blocked.Happens(kHeldAmount);
  blocked.Refuses({{"kReportOpen", good}, {"kReportOpen", kRemitted}});
  Story sent = story;
  sent.Happens(good);
  sent.Refuses({{"kKeyTaken", good}, {"kWrongState", kRemitted}});
}

TEST(ReplayReissue, IsRefusedByName) {
  const Story story = SentStory();
  Story technical = story;
  technical.Happens(Returned("DS28"));
  technical.Refuses("kAttemptOutOfOrder", Replace(kReissued, "attempt: 2", "attempt: 3"));
  technical.Refuses("kPayeeRecorder", Replace(kReissued, "edi", "rina"));
  Story blocked = technical;
  blocked.Happens(kHeldAmount);
  blocked.Refuses({{"kReportOpen", kReissued}, {"kReportOpen", kRemitted}});
  Story dead = technical;
  dead.Happens(kDied);
  dead.Refuses("kRecipientDead", kReissued);
  technical.Happens(kReissued);
  technical.Refuses("kKeyTaken", kReissued);
  technical.Happens(Sent(technical, 2));

  Story closed = story;
  closed.Happens(Returned("AC04"));
  closed.Refuses("kPayeeUnchanged", kReissued);
  closed.Happens(
      "dewi 20250301 SRPR:1 | payee_assigned { recipient: 1 channel: CHANNEL_BANK_ACCOUNT"
      " account_token: 950 holder: HOLDER_SELF sealed_details: 'x' }");
  closed.Refuses("kPayeeRecorder", Replace(kReissued, "edi", "dewi"));
  closed.Happens(kReissued);
  closed.Happens(Sent(closed, 2));
}

TEST(ReplayReissue, APaymentHasAtMost63Attempts) {
  Story story = ReleasedStory();
  auto of_attempt = [](const std::string& line, uint32_t attempt, int line_number) {
    return absl::StrReplaceAll(line, {{"attempt: 1", absl::StrCat("attempt: ", attempt)},
                                      {"attempt: 2", absl::StrCat("attempt: ", attempt)},
                                      {"20250210 -", "20250301 -"},
                                      {"line: 1", absl::StrCat("line: ", line_number)}});
  };
  for (uint32_t attempt = 1; attempt <= 63; ++attempt) {
    if (attempt > 1) story.Happens(of_attempt(kReissued, attempt, 1));
    story.Happens(Sent(story, attempt));
    story.Happens(of_attempt(Returned("DS28"), attempt, static_cast<int>(attempt)));
  }
  story.Refuses("kAttemptOutOfOrder", of_attempt(kReissued, 64, 1));
}

TEST(ReplayInstruction, AnOpenReportBlocksTheRecipientInAnotherSlotToo) {
  Story story = InstructedStory();
  for (int number : {1, 2}) {
    story.Happens(
        absl::StrCat("budi 20250301 - | payment_withdrawn { payment { program: 'KJS'"
                     " tranche: 1 recipient: ",
                     number, " number: 1 } }"));
    story.Happens(absl::StrCat(
        "kadis 20250301 SK:6 | entitlement_ended { program: 'KJS'"
        " recipient: ",
        number, " slot: ", number, " holder: 1 reason: END_REASON_MOVED ended_on: 20250228 }"));
  }
  story.Happens(kHeldAmount);
  const RecipientRecord& record = story.ledger().state().recipients.at(1);
  story.Happens(absl::StrCat(
      "rina 20250301 - | eligibility_decided { program: 'KJS' recipient: 1 rule_set_version: 1"
      " fact_version: ",
      record.fact_version, " assessment_position: ", record.latest_assessment->second,
      " indicator_truths: TRUTH_TRUE }"));
  story.Happens(
      "kadis 20250301 SK:7 | recipient_decreed { program: 'KJS' recipient: 1 slot: 2 holder: 2"
      " first_tranche: 1 replaces: 2 }");
  story.Refuses("kReportOpen",
                "budi 20250301 - | payment_instructed { payment { program: 'KJS' tranche: 1"
                " recipient: 1 number: 2 } batch: 1 amount: 1110000 }");
}

TEST(ReplayInstruction, AnOpenReportBlocksRecipientAndSlot) {
  Story story = ReplacedStory();
  story.Happens(absl::StrCat("budi 20250301 - | payment_withdrawn { ", kOfRecipient1, " }"));
  story.Happens(kHeldAmount);  // about the withdrawn payment
  story.Refuses({
      {"kReportOpen",
       "budi 20250301 - | payment_instructed { payment { program: 'KJS' tranche: 1 recipient: 3"
       " number: 1 } batch: 1 amount: 1110000 }"},
      {"kReportOpen",
       "budi 20250301 - | payment_instructed { payment { program: 'KJS' tranche: 1 recipient: 1"
       " number: 2 } batch: 1 amount: 1110000 }"},
  });
}

}  // namespace
}  // namespace bansos::replay

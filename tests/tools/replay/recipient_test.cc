// Rules of recipients, candidates, decisions and entitlements.
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

TEST(ReplayRecipient, RegistrationIsRefusedByName) {
  const Story story = RegisteredStory();
  const std::string good =
      "rina 20250120 - | recipient_registered { recipient: 6 kind: RECIPIENT_KIND_PERSON area: 3374"
      " kk_token: 71 sealed_identity: 'x' key_commitment: H(k) }";
  Story(story).Happens(good);
  story.Refuses({
      {"kKeyTaken", Replace(good, "recipient: 6", "recipient: 1")},
      {"kBadNumber", Replace(good, "recipient: 6", "recipient: 0")},
      {"kBadEnum", Replace(good, "KIND_PERSON", "KIND_UNSPECIFIED")},
      {"kAreaUnknown", Replace(good, "3374", "3301")},
      {"kAreaUnknown", Replace(good, "3374", "33")},
      {"kBadKk", Replace(good, "kk_token: 71", "")},
      {"kBadKk", Replace(good, "KIND_PERSON", "KIND_INSTITUTION")},
      {"kBadSealed", Replace(good, "sealed_identity: 'x'", "")},
      {"kBadSealed", Replace(good, "H(k)", "'short'")},
      {"kAreaUnknown",
       "rina 20250120 SURAT:9 | identity_corrected { recipient: 1 area: 3301 kk_token: 7"
       " sealed_identity: 'x' }"},
      {"kBadKk",
       "rina 20250120 SURAT:9 | identity_corrected { recipient: 5 area: 3374 kk_token: 7"
       " sealed_identity: 'x' }"},
      {"kRecipientUnknown",
       "rina 20250120 SURAT:9 | identity_corrected { recipient: 66 area: 3374 kk_token: 7"
       " sealed_identity: 'x' }"},
  });
}

TEST(ReplayRecipient, PayeeIsRefusedByName) {
  Story story = RegisteredStory();
  const std::string good =
      "rina 20250120 SRPR:1 | payee_assigned { recipient: 1 channel: CHANNEL_BANK_ACCOUNT"
      " account_token: 950 holder: HOLDER_SELF sealed_details: 'x' }";
  const std::string shared = Replace(good, "950", "902");
  story.Refuses({
      {"kBadAccount", Replace(good, "account_token: 950", "")},
      {"kBadAccount", Replace(good, "BANK_ACCOUNT", "POST_CASH")},
      {"kAccountShared", shared},
      {"kBadEnum", Replace(good, "HOLDER_SELF", "HOLDER_UNSPECIFIED")},
      {"kBadEnum", Replace(good, "sealed_details", "shared_account_reason: 9 sealed_details")},
      {"kBadSealed", Replace(good, "sealed_details: 'x'", "")},
      {"kKeyTaken", Replace(good, "SRPR:1", "SPTJM:1")},
  });
  Story(story).Happens(Replace(good, "holder:", "name_differs: true holder:"));
  Story(story).Happens(Replace(shared, "holder:",
                               "shared_account_reason: SHARED_ACCOUNT_REASON_SAME_HOUSEHOLD"
                               " holder:"));
  story.Happens(
      "rina 20250120 SRPR:2 | payee_assigned { recipient: 2 channel: CHANNEL_POST_CASH"
      " holder: HOLDER_SELF sealed_details: 'x' }");
  story.Happens(shared);  // 902 is not the latest of recipient 2 any more
}

TEST(ReplayRecipient, AssessmentDeathAndProposalAreRefusedByName) {
  const Story story = RegisteredStory();
  const std::string survey =
      "rina 20250120 SURAT:9 | assessment_recorded { recipient: 1 catalogue: 'DT-JATENG'"
      " catalogue_version: 1 survey_date: 20250120 sealed_values: 'x' }";
  const std::string death =
      "rina 20250120 AKTA:1 | recipient_died { recipient: 1 died_on: 20250120"
      " source: DEATH_SOURCE_VILLAGE }";
  const std::string proposal =
      "rina 20250120 USUL:9 | candidate_proposed { program: 'BANJIR' recipient: 5"
      " proposer: 'DINSOS' candidate_class: 'LKS' work_area: 3374 }";
  Story(story).Happen({survey, death, proposal});
  story.Refuses({
      {"kCatalogueUnknown", Replace(survey, "catalogue_version: 1", "catalogue_version: 2")},
      {"kDateInFuture", Replace(survey, "survey_date: 20250120", "survey_date: 20250121")},
      {"kBadDate", Replace(survey, "survey_date: 20250120", "")},
      {"kBadSealed", Replace(survey, "sealed_values: 'x'", "")},
      {"kDateInFuture", Replace(death, "died_on: 20250120", "died_on: 20250121")},
      {"kNotDead", Replace(death, "died_on: 20250120", "")},
      {"kBadEnum", Replace(death, "DEATH_SOURCE_VILLAGE", "DEATH_SOURCE_UNSPECIFIED")},
      {"kKindNotAllowed", Replace(proposal, "BANJIR", "BLT")},
      {"kAreaUnknown", Replace(proposal, "3374", "3301")},
      {"kProgramUnknown", Replace(proposal, "BANJIR", "PKH")},
      {"kBadCode", Replace(proposal, "LKS", "sakit")},
      {"kBadCode", Replace(proposal, "proposer: 'DINSOS'", "")},
  });
}

TEST(ReplayEligibility, DecisionIsRefusedByName) {
  Story story = RegisteredStory();
  const RecipientRecord& recipient = story.ledger().state().recipients.at(1);
  const std::string good = absl::StrCat(
      "rina 20250120 - | eligibility_decided { program: 'KJS' recipient: 1 rule_set_version: 1"
      " fact_version: ",
      recipient.fact_version, " assessment_position: ", recipient.latest_assessment->second,
      " indicator_truths: TRUTH_TRUE }");
  const std::string facts = absl::StrCat("fact_version: ", recipient.fact_version);
  const std::string pin =
      absl::StrCat("assessment_position: ", recipient.latest_assessment->second);
  story.Refuses({
      {"kNotProposed", Replace(Replace(good, "recipient: 1 ", "recipient: 5 "), "KJS", "BLT")},
      {"kDateInFuture", Replace(good, "| ", "| effective_date: 20250121 ")},
      {"kRuleSetNotInForce", Replace(good, "| ", "| effective_date: 20241231 ")},
      {"kRuleSetNotInForce", Replace(good, "rule_set_version: 1", "rule_set_version: 2")},
      {"kFactsChanged", Replace(good, facts, "fact_version: 99")},
      {"kAssessmentNotLatest", Replace(good, pin, "assessment_position: 1")},
      {"kAssessmentNotLatest", Replace(good, pin, "")},
      {"kBadTruths", Replace(good, "indicator_truths: TRUTH_TRUE", "")},
      {"kBadTruths", Replace(good, "TRUTH_TRUE", "TRUTH_UNSPECIFIED")},
      {"kBadTruths", Replace(good, "TRUTH_TRUE", "[TRUTH_TRUE, TRUTH_TRUE]")},
      {"kBadEnum", Replace(good, "TRUTH_TRUE", "9")},
  });
  story.Happens(good);
  story.Refuses("kKeyTaken", Replace(good, "TRUTH_TRUE", "TRUTH_FALSE"));
}

TEST(ReplayEligibility, WithoutAnAssessmentEveryTruthIsUnknown) {
  Story story = OpenedStory();
  story.Happen({
      "rina 20250120 - | recipient_registered { recipient: 9 kind: RECIPIENT_KIND_PERSON"
      " area: 3374 kk_token: 7 sealed_identity: 'x' key_commitment: H(k) }",
      "rina 20250120 USUL:9 | candidate_proposed { program: 'KJS' recipient: 9"
      " proposer: 'DINSOS' candidate_class: 'UMUM' }",
  });
  const std::string decision =
      "rina 20250120 - | eligibility_decided { program: 'KJS' recipient: 9 rule_set_version: 1"
      " fact_version: 2 indicator_truths: TRUTH_UNKNOWN }";
  story.Refuses("kBadTruths", Replace(decision, "TRUTH_UNKNOWN", "TRUTH_TRUE"));
  EXPECT_EQ(story.EventOf(decision).eligibility_decided().outcome(), v1::OUTCOME_UNDETERMINED);
  story.Happens(decision);
}

TEST(ReplayEntitlement, DecreeIsRefusedByName) {
  const Story story = DecreedStory();
  const std::string banjir =
      "kadis 20250121 SK:5 | recipient_decreed { program: 'BANJIR' recipient: 4 slot: 1 holder: 1"
      " first_tranche: 1 amount: 5 }";
  Story(story).Happens(banjir);
  story.Refuses({
      {"kNotProposed",
       Replace(banjir, "'BANJIR' recipient: 4 slot: 1", "'BLT' recipient: 5 slot: 2")},
      {"kNotDecided", Replace(banjir, "recipient: 4", "recipient: 3")},
      {"kDecisionStale",
       Replace(banjir, "'BANJIR' recipient: 4 slot: 1", "'KJS' recipient: 1 slot: 3")},
      {"kQuotaExceeded", Replace(banjir, "slot: 1", "slot: 10")},
      {"kHolderOutOfOrder", Replace(banjir, "holder: 1", "holder: 2")},
      {"kWrongPredecessor", Replace(banjir, "amount: 5", "amount: 5 replaces: 1")},
      {"kTrancheUnknown", Replace(banjir, "first_tranche: 1", "first_tranche: 2")},
      {"kAmountNotTranche", Replace(banjir, "amount: 5", "")},
      {"kBadAmount", Replace(banjir, "amount: 5", "amount: -5")},
      {"kBadNumber", Replace(banjir, "slot: 1", "slot: 0")},
      {"kKeyTaken",
       "kadis 20250121 SK:5 | recipient_decreed { program: 'KJS' recipient: 3 slot: 1 holder: 1"
       " first_tranche: 1 }"},
      {"kDecisionStale",
       "kadis 20250121 SK:5 | recipient_decreed { program: 'BLT' recipient: 3 slot: 2 holder: 1"
       " first_tranche: 1 }"},
  });
}

// A fresh decision about a recipient whose facts changed.
std::string FreshDecision(const Story& story, uint64_t recipient, const std::string& truth) {
  const RecipientRecord& record = story.ledger().state().recipients.at(recipient);
  return absl::StrCat("rina 20250301 - | eligibility_decided { program: 'KJS' recipient: ",
                      recipient, " rule_set_version: 1 fact_version: ", record.fact_version,
                      " assessment_position: ", record.latest_assessment->second,
                      " indicator_truths: ", truth, " }");
}

TEST(ReplayEntitlement, AReplacementTakesTheSlotOfItsPredecessor) {
  Story story = DecreedStory();
  story.Happens(FreshDecision(story, 3, "TRUTH_TRUE"));
  story.Happens(FreshDecision(story, 4, "TRUTH_FALSE"));
  const std::string decree =
      "kadis 20250301 SK:7 | recipient_decreed { program: 'KJS' recipient: 3 slot: 1 holder: 2"
      " first_tranche: 2 replaces: 1 }";
  const std::string end =
      "kadis 20250301 SK:6 | entitlement_ended { program: 'KJS' recipient: 1 slot: 1 holder: 1"
      " reason: END_REASON_DIED ended_on: 20250228 last_tranche: 1 }";
  story.Refuses({
      {"kQuotaExceeded", decree},
      {"kNotEligible", Replace(decree, "recipient: 3", "recipient: 4")},
      {"kNotEntitled", Replace(end, "recipient: 1", "recipient: 2")},
      {"kNotEntitled", Replace(end, "holder: 1", "holder: 2")},
      {"kTrancheUnknown", Replace(end, "last_tranche: 1", "last_tranche: 3")},
      {"kBadDate", Replace(end, "ended_on: 20250228", "ended_on: 20250229")},
      {"kBadEnum", Replace(end, "END_REASON_DIED", "END_REASON_UNSPECIFIED")},
  });
  story.Happens(end);
  story.Refuses({
      {"kKeyTaken", Replace(end, "SK:6", "SK:66")},
      {"kSlotTaken", Replace(decree, "slot: 1", "slot: 2")},
      {"kWrongPredecessor", Replace(decree, "replaces: 1", "replaces: 2")},
  });
  story.Happens(decree);
  EXPECT_EQ(story.ledger().CountEntitled("KJS"), 2u);
  story.Happens(FreshDecision(story, 3, "TRUTH_TRUE"));
  story.Refuses("kAlreadyEntitled", Replace(decree, "slot: 1 holder: 2", "slot: 1 holder: 3"));
}

TEST(ReplayEntitlement, OnlyTheLatestFactsCount) {
  Story story = DecreedStory();
  story.Happens(FreshDecision(story, 3, "TRUTH_TRUE"));
  story.Happens(
      "kadis 20250301 SK:6 | entitlement_ended { program: 'KJS' recipient: 1 slot: 1 holder: 1"
      " reason: END_REASON_WITHDREW ended_on: 20250228 }");
  story.Happens(
      "rina 20250302 SURAT:8 | identity_corrected { recipient: 3 area: 3374 kk_token: 7"
      " sealed_identity: 'x' }");
  story.Refuses("kDecisionStale",
                "kadis 20250303 SK:7 | recipient_decreed { program: 'KJS' recipient: 3 slot: 1"
                " holder: 2 first_tranche: 2 replaces: 1 }");
}

}  // namespace
}  // namespace bansos::replay

// Rules of the ledger itself, publications, programmes, rule sets, and the shapes of every event.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/tools/replay/story.h"

namespace bansos::replay {
namespace {

TEST(ReplayOpening, NothingComesBeforeLedgerOpenedAndItComesOnce) {
  Story story;
  story.Refuses({
      {"kLedgerNotOpen",
       "rina 20250101 - | policy_set { name: 'x' version: 1 legal_basis: 'b' date_in_force: "
       "20250101 }"},
      {"kRulesVersionUnknown",
       "rina 20250101 - | ledger_opened { ledger_id: 'a' rules_version: 99 }"},
      {"kBadNumber", "rina 20250101 - | ledger_opened { ledger_id: 'a' }"},
  });
  OpenedStory().Refuses({
      {"kLedgerAlreadyOpen", "rina 20250201 - | ledger_opened { ledger_id: 'a' rules_version: 1 }"},
      {"kVersionOutOfOrder", "rina 20250201 - | rules_adopted { version: 3 }"},
      {"kRulesVersionUnknown", "rina 20250201 - | rules_adopted { version: 2 }"},
  });
}

TEST(ReplayShapes, EnvelopeIsRefusedByName) {
  const Story story = OpenedStory();
  const std::string body =
      " | policy_set { name: 'kk_max' version: 1 value: 1 legal_basis: 'b' date_in_force: 20250101 "
      "}";
  story.Refuses({
      {"kActorMissing", " 20250201 -" + body},
      {"kActorMissing", "Rina 20250201 -" + body},
      {"kActorIsPersonal", "a3374010101700001 20250201 -" + body},
      {"kActorIsPersonal", "rina 20250201 SK:3374010101700001" + body},
      {"kActorIsPersonal", "rina 20250201 SK:3374.0101.0170-0001" + body},
      {"kBadCode", "rina 20250201 sk:1" + body},
      {"kTextTooLong", "rina 20250201 SK:" + std::string(201, 'x') + body},
      {"kBadText", "rina 20250201 SK:" + body},
      {"kTimeGoesBack", "rina 20250103 -" + body},
      {"kTimeLeaps", "rina 20270101 -" + body},
      {"kTimeLeaps",
       "rina 20270101 - | policy_set { name: 'clock_accepted' version: 1 value: 1"
       " legal_basis: 'b' date_in_force: 20250101 }"},
      {"kBadDate", "rina 20250201 - | effective_date: 20250231" + body.substr(2)},
      {"kBadDate", "rina 20250201 - | document { kind: 'SK' number: '1' }" + body.substr(2)},
      {"kActorIsPersonal", "rina 20250201 - | request_id: '3374010101700001'" + body.substr(2)},
      {"kDocumentRequired", "rina 20250201 - | budget_appropriated { program: 'KJS' amount: 1 }"},
  });
}

TEST(ReplayShapes, AnEventWithoutABodyIsAFault) {
  const Story story = OpenedStory();
  v1::Event empty;
  empty.set_actor("rina");
  story.Refuses("kBodyMissing", empty);
}

// A catalogue with one indicator.
std::string CatalogueOf(const std::string& rest) {
  return absl::StrCat(
      "rina 20250201 - | catalogue_published { name: 'DTSEN' version: 1 legal_basis: 'b'",
      " date_in_force: 20250101 indicators { number: 1 id: 'a' ", rest, " } }");
}

TEST(ReplayPublications, RulesRefuseByName) {
  OpenedStory().Refuses({
      {"kVersionOutOfOrder",
       "rina 20250201 - | catalogue_published { name: 'DT-JATENG' version: 3"
       " legal_basis: 'b' date_in_force: 20250101 indicators { number: 1 id: 'a' kind: "
       "INDICATOR_KIND_CODED } }"},
      {"kDoubledEntry",
       "rina 20250201 - | catalogue_published { name: 'DTSEN' version: 1 legal_basis: 'b' "
       "date_in_force: 20250101"
       " indicators { number: 1 id: 'a' kind: INDICATOR_KIND_CODED values { last: 1 } }"
       " indicators { number: 2 id: 'a' kind: INDICATOR_KIND_CODED values { last: 1 } } }"},
      {"kBadNumber",
       "rina 20250201 - | catalogue_published { name: 'DTSEN' version: 1"
       " legal_basis: 'b' date_in_force: 20250101 }"},
      {"kBadEnum",
       "rina 20250201 - | catalogue_published { name: 'DTSEN' version: 1 legal_basis: 'b' "
       "date_in_force: 20250101"
       " indicators { number: 1 id: 'a' } }"},
      {"kBadNumber", CatalogueOf("kind: INDICATOR_KIND_CODED")},
      {"kBadNumber", CatalogueOf("kind: INDICATOR_KIND_NUMBER values { first: 2 last: 1 }")},
      {"kBadNumber", CatalogueOf("kind: INDICATOR_KIND_CODED values { first: 1 last: 5 }"
                                 " values { first: 5 last: 9 }")},
      {"kBadNumber", CatalogueOf("kind: INDICATOR_KIND_BITMASK values { first: 3 last: 3 }")},
      {"kBadNumber", CatalogueOf("kind: INDICATOR_KIND_BITMASK values { first: 1 last: 2 }")},
      {"kBadNumber", CatalogueOf("kind: INDICATOR_KIND_DATE values { first: 1 last: 2 }")},
      {"kKeyTaken",
       "rina 20250201 - | catalogue_published { name: 'DT-JATENG' version: 1"
       " legal_basis: 'b' date_in_force: 20250101 indicators { number: 1 id: 'a' kind: "
       "INDICATOR_KIND_CODED } }"},
      {"kAreaNotBelowParent",
       "rina 20250201 - | areas_published { name: 'K' version: 1 parent: '33.19'"
       " legal_basis: 'b' date_in_force: 20250101 areas { code: '33.20.01' name: 'a' } }"},
      {"kAreaNotBelowParent",
       "rina 20250201 - | areas_published { name: 'K' version: 1 parent: '33'"
       " legal_basis: 'b' date_in_force: 20250101 areas { code: '33.20.01' name: 'a' } }"},
      {"kDoubledEntry",
       "rina 20250201 - | areas_published { name: 'K' version: 1 parent: '33'"
       " legal_basis: 'b' date_in_force: 20250101 areas { code: '33.20' name: 'a' } areas { code: "
       "'33.20' name: 'a' } }"},
      {"kVersionOutOfOrder",
       "rina 20250201 - | policy_set { name: 'return_days' version: 3 legal_basis: 'b' "
       "date_in_force: 20250101 }"},
      {"kKeyTaken",
       "rina 20250201 - | policy_set { name: 'return_days' version: 1 legal_basis: 'b' "
       "date_in_force: 20250101 }"},
      {"kBadDate",
       "rina 20250201 - | policy_set { name: 'return_days' version: 2 legal_basis: 'b' }"},
      {"kBadCode",
       "rina 20250201 - | policy_set { version: 1 legal_basis: 'b' date_in_force: 20250101 }"},
  });
}

// A programme that could be opened, with one piece of its text replaced.
std::string OpeningWith(const std::string& piece, const std::string& instead) {
  const std::string line =
      "rina 20250201 - | program_opened { program: 'PKH-2' name: 'n' fiscal_year: 2025"
      " fiscal_year_end: 20251231 quota: 1 fund: FUND_APBD_GENERAL"
      " recipient_kinds: RECIPIENT_KIND_PERSON"
      " tranches { number: 1 amount: 5 entitlement_date: 20250101 } }";
  return absl::StrReplaceAll(line, {{piece, instead}});
}

TEST(ReplayProgram, OpeningIsRefusedByName) {
  const Story story = OpenedStory();
  Story(story).Happens(OpeningWith("nothing", "else"));
  story.Refuses({
      {"kBadCode", OpeningWith("'PKH-2'", "'2PKH'")},
      {"kBadCode", OpeningWith("'PKH-2'", "'PKH-123456789'")},
      {"kBadNumber", OpeningWith("quota: 1", "quota: 0")},
      {"kBadEnum", OpeningWith("FUND_APBD_GENERAL", "FUND_UNSPECIFIED")},
      {"kBadNumber", OpeningWith("recipient_kinds: RECIPIENT_KIND_PERSON", "")},
      {"kBadEnum", OpeningWith("RECIPIENT_KIND_PERSON", "RECIPIENT_KIND_UNSPECIFIED")},
      {"kBadDate", OpeningWith("20251231", "20250229")},
      {"kTrancheNumbering", OpeningWith("number: 1", "number: 2")},
      {"kBadAmount", OpeningWith("amount: 5", "amount: 0")},
      {"kBadAmount", OpeningWith("amount: 5", "amount: 1000000000000001")},
      {"kBadAmount", OpeningWith("quota: 1", "quota: 1 amount_by_decree: true")},
      {"kKeyTaken", OpeningWith("PKH-2", "KJS")},
  });
}

TEST(ReplayProgram, AmendingKeepsEntitlementsAndInstructedTranches) {
  const Story story = InstructedStory();
  const std::string second = " tranches { number: 2 amount: 5 entitlement_date: 20250401 }";
  auto amended = [&](const std::string& quota, const std::string& amount) {
    return "rina 20250210 SK:9 | program_amended { program: 'KJS' quota: " + quota +
           " tranches { number: 1 amount: " + amount + " entitlement_date: 20250101 }" + second +
           " }";
  };
  Story(story).Happens(amended("3", "1110000"));
  story.Refuses({
      {"kQuotaBelowEntitlements", amended("1", "1110000")},
      {"kTrancheInUse", amended("2", "1110001")},
      {"kBadNumber", amended("0", "1110000")},
      {"kBadAmount", amended("2", "0")},
      {"kProgramUnknown",
       "rina 20250210 SK:9 | program_amended { program: 'PKH' quota: 1"
       " tranches { number: 1 amount: 5 entitlement_date: 20250401 } }"},
  });
}

TEST(ReplayProgram, ARevisionNeverTakesWhatIsPromised) {
  Story story = InstructedStory();
  story.Refuses({
      {"kTakesPromisedMoney",
       "rina 20250210 DPA:9 | budget_appropriated { program: 'KJS' amount: -7780001 }"},
      {"kBadAmount", "rina 20250210 DPA:9 | budget_appropriated { program: 'KJS' }"},
      {"kBadAmount",
       "rina 20250210 DPA:9 | budget_appropriated { program: 'KJS' amount: 1000000000000000 }"},
      {"kKeyTaken",
       "rina 20250210 DPA:1 | budget_appropriated { program: 'KJS' amount: 10000000 }"},
  });
  story.Happens("rina 20250210 DPA:9 | budget_appropriated { program: 'KJS' amount: -7780000 }");
  EXPECT_EQ(story.ledger().OfProgram("KJS").in(v1::BUCKET_AVAILABLE), 0);
  EXPECT_EQ(story.ledger().OfProgram("KJS").in(v1::BUCKET_OBLIGATED), 2220000);
}

// Version 2 of KJS with one criterion of this expression.
std::string CriterionLine(const std::string& expression) {
  return "rina 20250201 - | rule_set_published { program: 'KJS' version: 2"
         " legal_basis: 'b' date_in_force: 20250101 criteria { id: 'c' title: 't' expression { " +
         expression + " } } }";
}

TEST(ReplayRuleSet, VersionsAndIdsAreRefusedByName) {
  const std::string good = "operator: OPERATOR_EQUAL fact: LEDGER_FACT_ALIVE numbers: 1";
  const std::string line = CriterionLine(good);
  const Story story = OpenedStory();
  Story(story).Happens(line);
  story.Refuses({
      {"kVersionOutOfOrder", absl::StrReplaceAll(line, {{"version: 2", "version: 3"}})},
      {"kDateOutOfOrder", absl::StrReplaceAll(line, {{"20250101", "20241231"}})},
      {"kDoubledEntry",
       absl::StrReplaceAll(line, {{"criteria {", "criteria { id: 'c' title: 't' expression { " +
                                                     good + " } } criteria {"}})},
      {"kKeyTaken", absl::StrReplaceAll(line, {{"version: 2", "version: 1"}})},
      {"kBadEnum", CriterionLine("operator: 77 fact: LEDGER_FACT_ALIVE numbers: 1")},
  });
}

TEST(ReplayRuleSet, CriteriaMustBeWellFormed) {
  const std::string leaf = "operator: OPERATOR_EQUAL fact: LEDGER_FACT_ALIVE numbers: 1";
  const std::string part = "parts { " + leaf + " } ";
  std::string deep = leaf;
  for (int i = 0; i < 16; ++i) deep = "operator: OPERATOR_ALL parts { " + deep + " }";
  std::string wide = "operator: OPERATOR_ANY ";
  for (int i = 0; i < 256; ++i) wide += part;
  for (const std::string& bad : std::vector<std::string>{
           "", "operator: OPERATOR_ALL", "operator: OPERATOR_ALL fact: LEDGER_FACT_ALIVE " + part,
           "operator: OPERATOR_AT_LEAST " + part, "operator: OPERATOR_AT_LEAST at_least: 2 " + part,
           "operator: OPERATOR_EQUAL numbers: 1", leaf + " indicator: 'penyakit'",
           leaf + " numbers: 2", "operator: OPERATOR_EQUAL fact: LEDGER_FACT_ALIVE",
           "operator: OPERATOR_IN fact: LEDGER_FACT_KIND", leaf + " texts: 'x'",
           "operator: OPERATOR_LESS fact: LEDGER_FACT_CLASS texts: 'x'",
           "operator: OPERATOR_EQUAL fact: LEDGER_FACT_CLASS numbers: 1", deep, wide}) {
    OpenedStory().Refuses("kBadCriterion", CriterionLine(bad));
  }
  OpenedStory().Refuses({
      {"kMixedCriterion", CriterionLine("operator: OPERATOR_ALL " + part +
                                        " parts { operator: OPERATOR_LESS indicator: 'penyakit'"
                                        " numbers: 1 }")},
      {"kIndicatorUnknown", CriterionLine("operator: OPERATOR_LESS indicator: 'luas' numbers: 1")},
      {"kIndicatorUnknown", CriterionLine("operator: OPERATOR_LESS indicator: 'nik' numbers: 1")},
      {"kIndicatorUnknown",
       CriterionLine("operator: OPERATOR_ALL parts { operator: OPERATOR_LESS indicator: 'nik'"
                     " numbers: 1 }")},
  });
}

}  // namespace
}  // namespace bansos::replay

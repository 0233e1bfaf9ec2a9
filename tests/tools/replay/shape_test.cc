// Shapes of every event: one good line each, and what makes it bad.
#include <gtest/gtest.h>

#include <limits>

#include "absl/strings/str_replace.h"
#include "tests/tools/replay/story.h"

namespace bansos::replay {
namespace {

// One piece of a line, what stands there instead, and the rule that refuses it then.
struct Damage {
  std::string piece;
  std::string instead;
  std::string rule;
};

// Shapes come before all else, so the line itself need not be allowed.
void Refuses(const std::string& line, const std::vector<Damage>& damages) {
  static const Story* const story = new Story(OpenedStory());
  for (const Damage& damage : damages) {
    const std::string damaged = absl::StrReplaceAll(line, {{damage.piece, damage.instead}});
    ASSERT_NE(damaged, line) << damage.piece << " is not in " << line;
    story->Refuses(damage.rule, damaged);
  }
}

const std::string& LongText() {
  static const std::string* const text = new std::string("'" + std::string(201, 'x') + "'");
  return *text;
}

TEST(ReplayShapes, Envelope) {
  Refuses(
      "rina 20250201 - | request_id: 'r' document { kind: 'SK' number: '1' date: 20250101"
      " signatory: 'kadis' } rules_adopted { version: 2 }",
      {{"'r'", LongText(), "kTextTooLong"},
       {"'kadis'", LongText(), "kActorMissing"},
       {"'kadis'", "'Kadis A'", "kActorMissing"},
       {"'kadis'", "'1234567890123456'", "kActorIsPersonal"},
       {"date: 20250101", "date: 20250132", "kBadDate"}});
  v1::Event early = Story::EventAsWritten("rina 20250201 - | rules_adopted { version: 2 }");
  early.set_recorded_time_us(-1);
  Story().Refuses("kBadDate", early);
  early.set_recorded_time_us(std::numeric_limits<int64_t>::max());
  Story().Refuses("kBadDate", early);
}

TEST(ReplayShapes, LedgerAndPublications) {
  Refuses("rina 20250201 - | ledger_opened { ledger_id: 'a' rules_version: 1 }",
          {{"'a'", "''", "kBadText"},
           {"'a'", LongText(), "kTextTooLong"},
           {"'a'", "'1234567890123456'", "kActorIsPersonal"}});
  Refuses("rina 20250201 - | rules_adopted { version: 2 }", {{"2 }", "0 }", "kBadNumber"}});
  Refuses(
      "rina 20250201 - | catalogue_published { name: 'A' version: 1 legal_basis: 'b'"
      " date_in_force: 20250101 indicators { number: 7 id: 'c' kind: INDICATOR_KIND_CODED"
      " codes: 'd' meaning: 'e' source: 'f' values { last: 3 } } }",
      {{"'d'", LongText(), "kTextTooLong"},
       {"'e'", "'e\\n'", "kBadText"},
       {"'f'", "'\\033[2J'", "kBadText"},
       {"'b'", "''", "kBadText"},
       {"'A'", "'a b'", "kBadCode"},
       {"version: 1", "", "kBadNumber"},
       {"'b'", LongText(), "kTextTooLong"},
       {"20250101", "20251301", "kBadDate"},
       {"number: 7", "number: 0", "kBadNumber"},
       {"'c'", "''", "kBadCode"},
       {"INDICATOR_KIND_CODED", "9", "kBadEnum"}});
  Refuses(
      "rina 20250201 - | areas_published { name: 'A' version: 1 parent: '33' legal_basis: 'b'"
      " date_in_force: 20250101 areas { code: '33.74' name: 'c' } }",
      {{"'A'", "''", "kBadCode"},
       {"version: 1", "", "kBadNumber"},
       {"'33'", "''", "kBadCode"},
       {"'b'", LongText(), "kTextTooLong"},
       {"20250101", "0", "kBadDate"},
       {"areas { code: '33.74' name: 'c' }", "", "kBadNumber"},
       {"'33.74'", "''", "kBadCode"},
       {"'33.74'", "'33.AB'", "kBadCode"},
       {"'33.74'", "'33.1'", "kBadCode"},
       {"'33'", "'01'", "kBadCode"},
       {"'c'", "' '", "kBadText"},
       {"'c'", LongText(), "kTextTooLong"}});
  Refuses(
      "rina 20250201 - | policy_set { name: 'a' version: 1 legal_basis: 'b'"
      " date_in_force: 20250101 }",
      {{"version: 1", "", "kBadNumber"}, {"'b'", LongText(), "kTextTooLong"}});
}

TEST(ReplayShapes, ProgrammesAndRuleSets) {
  Refuses(
      "rina 20250201 - | program_opened { program: 'A' name: 'n' fiscal_year: 2025"
      " fiscal_year_end: 20251231 quota: 1 fund: FUND_APBD_GENERAL"
      " recipient_kinds: RECIPIENT_KIND_PERSON"
      " tranches { number: 1 amount: 5 entitlement_date: 20250101 } }",
      {{"'n'", LongText(), "kTextTooLong"},
       {"'n'", "''", "kBadText"},
       {"fiscal_year: 2025", "fiscal_year: 1899", "kBadNumber"},
       {"20251231", "30000101", "kBadDate"},
       {"fiscal_year: 2025", "", "kBadNumber"},
       {"tranches { number: 1 amount: 5 entitlement_date: 20250101 }", "", "kBadNumber"},
       {"number: 1", "number: 0", "kBadNumber"},
       {"entitlement_date: 20250101", "", "kBadDate"}});
  Refuses(
      "rina 20250201 SK:1 | program_amended { program: 'A' quota: 1"
      " tranches { number: 1 amount: 5 entitlement_date: 20250101 } }",
      {{"'A'", "'a'", "kBadCode"}, {"SK:1", "-", "kDocumentRequired"}});
  Refuses("rina 20250201 DPA:1 | budget_appropriated { program: 'A' amount: 5 }",
          {{"'A'", "''", "kBadCode"},
           {"amount: 5", "amount: -1000000000000001", "kBadAmount"},
           {"amount: 5", "amount: -9223372036854775808", "kBadAmount"}});
  Refuses(
      "rina 20250201 - | rule_set_published { program: 'A' version: 1 legal_basis: 'b'"
      " date_in_force: 20250101 criteria { id: 'c' title: 't' expression {"
      " operator: OPERATOR_ALL parts { operator: OPERATOR_EQUAL fact: LEDGER_FACT_ALIVE"
      " numbers: 1 } } } }",
      {{"'A'", "''", "kBadCode"},
       {"version: 1", "", "kBadNumber"},
       {"'b'", LongText(), "kTextTooLong"},
       {"20250101", "20250001", "kBadDate"},
       {"'c'", "''", "kBadCode"},
       {"'t'", LongText(), "kTextTooLong"},
       {"'t'", "''", "kBadText"},
       {"LEDGER_FACT_ALIVE", "77", "kBadEnum"},
       {"OPERATOR_EQUAL", "77", "kBadEnum"}});
  Refuses(
      "rina 20250201 - | rule_set_published { program: 'A' version: 1 legal_basis: 'b'"
      " date_in_force: 20250101 criteria { id: 'c' } }",
      {{"criteria { id: 'c' }", "", "kBadNumber"}});
}

TEST(ReplayShapes, RecipientsAndEntitlements) {
  Refuses(
      "rina 20250201 SRPR:1 | payee_assigned { recipient: 1 channel: CHANNEL_POST_CASH"
      " holder: HOLDER_SELF sealed_details: 'x' }",
      {{"CHANNEL_POST_CASH", "CHANNEL_UNSPECIFIED", "kBadEnum"}});
  Refuses(
      "rina 20250201 SURAT:1 | identity_corrected { recipient: 1 area: 3374"
      " sealed_identity: 'x' }",
      {{"'x'", "''", "kBadSealed"}});
  Refuses(
      "rina 20250201 SURAT:1 | assessment_recorded { recipient: 1 catalogue: 'A'"
      " catalogue_version: 1 survey_date: 20250101 sealed_values: 'x' }",
      {{"'A'", "''", "kBadCode"}, {"catalogue_version: 1", "", "kBadNumber"}});
  Refuses(
      "rina 20250201 AKTA:1 | recipient_died { recipient: 1 died_on: 20250101"
      " source: DEATH_SOURCE_BANK }",
      {{"20250101", "20250230", "kBadDate"}});
  Refuses(
      "rina 20250201 USUL:1 | candidate_proposed { program: 'A' recipient: 1"
      " proposer: 'P' candidate_class: 'C' }",
      {{"'A'", "''", "kBadCode"}, {"'C'", "''", "kBadCode"}});
  Refuses(
      "rina 20250201 - | eligibility_decided { program: 'A' recipient: 1 rule_set_version: 1"
      " fact_version: 1 }",
      {{"'A'", "''", "kBadCode"},
       {"rule_set_version: 1", "", "kBadNumber"},
       {"fact_version: 1", "", "kBadNumber"}});
  Refuses(
      "rina 20250201 SK:1 | recipient_decreed { program: 'A' recipient: 1 slot: 1 holder: 1"
      " first_tranche: 1 }",
      {{"'A'", "''", "kBadCode"},
       {"holder: 1", "", "kBadNumber"},
       {"first_tranche: 1", "", "kBadNumber"}});
  Refuses(
      "rina 20250201 SK:1 | entitlement_ended { program: 'A' recipient: 1 slot: 1 holder: 1"
      " reason: END_REASON_MOVED ended_on: 20250101 }",
      {{"'A'", "''", "kBadCode"}, {"slot: 1", "", "kBadNumber"}, {"holder: 1", "", "kBadNumber"}});
}

TEST(ReplayShapes, BatchesAndPayments) {
  const std::string payment = "payment { program: 'A' tranche: 1 recipient: 1 number: 1 }";
  Refuses("rina 20250201 - | payment_instructed { " + payment + " batch: 1 amount: 5 }",
          {{"'A'", "''", "kBadCode"},
           {"tranche: 1", "", "kBadNumber"},
           {"batch: 1", "", "kBadNumber"}});
  Refuses("rina 20250201 - | transfer_sent { " + payment + " attempt: 3 payee_position: 1 }",
          {{"'A'", "''", "kBadCode"}, {"attempt: 3", "", "kBadNumber"}});
  Refuses("rina 20250201 - | batch_drafted { batch { program: 'A' tranche: 1 number: 2 } }",
          {{"'A'", "''", "kBadCode"},
           {"tranche: 1", "", "kBadNumber"},
           {"number: 2", "", "kBadNumber"}});
  Refuses("rina 20250201 - | batch_closed { batch { program: 'A' tranche: 1 number: 2 } round: 1 }",
          {{"'A'", "''", "kBadCode"}});
}

TEST(ReplayShapes, Reports) {
  const std::string common =
      "payment { program: 'A' tranche: 1 recipient: 1 number: 1 } attempt: 1"
      " value_date: 20250101 amount: 5 source { sender: 'BPD' line: 1 }";
  Refuses("rina 20250201 - | transfer_returned { " + common + " reason: RETURN_REASON_AC01 }",
          {{"'A'", "''", "kBadCode"},
           {"reason: RETURN_REASON_AC01", "", "kBadEnum"},
           {"line: 1", "line: 1 file_position: 3", "kBadCode"}});
  Refuses("rina 20250201 - | report_held { kind: REPORT_KIND_RETURNED sealed_reference: 'x' " +
              common + " reason: RETURN_REASON_AC01 }",
          {{"'A'", "''", "kBadCode"},
           {"REPORT_KIND_RETURNED", "REPORT_KIND_UNSPECIFIED", "kBadEnum"},
           {"REPORT_KIND_RETURNED", "REPORT_KIND_SETTLED", "kBadEnum"},
           {"reason: RETURN_REASON_AC01", "", "kBadEnum"},
           {"sealed_reference: 'x'", "", "kBadSealed"},
           {"attempt: 1", "", "kBadNumber"},
           {"attempt: 1", "attempt: 64", "kAttemptOutOfOrder"}});
  Refuses("rina 20250201 - | report_held { kind: REPORT_KIND_SETTLED sealed_reference: 'x' " +
              common + " }",
          {{"REPORT_KIND_SETTLED", "9", "kBadEnum"},
           {"payment { program: 'A' tranche: 1 recipient: 1 number: 1 } ", "", "kBadNumber"}});
  Refuses(
      "rina 20250201 - | result_file_received { kind: 'MIXED' sender: 'BPD' sha256: H(f) lines: 1 "
      "}",
      {{"'BPD'", "''", "kBadCode"},
       {"lines: 1", "", "kBadNumber"},
       {"lines: 1", "lines: 10000001", "kBadNumber"},
       {"lines: 1", "lines: 1 settled_total: -1", "kBadAmount"}});
}

}  // namespace
}  // namespace bansos::replay

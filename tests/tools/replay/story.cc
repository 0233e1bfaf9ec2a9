#include "tests/tools/replay/story.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "ledger/base/check.h"

namespace bansos::replay {
namespace {

// "20250110" at 09:00 WIB.
int64_t TimeUs(const std::string& day) {
  const int date = std::stoi(day);
  const absl::CivilSecond morning(date / 10000, date / 100 % 100, date % 100, 2);
  return absl::ToUnixMicros(absl::FromCivil(morning, absl::UTCTimeZone()));
}

}  // namespace

v1::Event Story::EventAsWritten(const std::string& line) {
  const std::vector<std::string> halves = absl::StrSplit(line, absl::MaxSplits(" | ", 1));
  CHECK(halves.size() == 2) << line;
  const std::vector<std::string> head = absl::StrSplit(halves[0], ' ');
  CHECK(head.size() == 3) << line;
  std::string body = halves[1];
  for (char c = 'a'; c <= 'z'; ++c) {
    body =
        absl::StrReplaceAll(body, {{std::string("H(") + c + ")", "'" + std::string(32, c) + "'"}});
  }
  v1::Event event;
  CHECK(google::protobuf::TextFormat::ParseFromString(body, &event)) << line;
  event.set_actor(head[0]);
  event.set_recorded_time_us(TimeUs(head[1]));
  if (head[2] != "-") {
    const std::vector<std::string> document = absl::StrSplit(head[2], ':');
    event.mutable_document()->set_kind(document[0]);
    event.mutable_document()->set_number(document[1]);
    event.mutable_document()->set_date(std::stoi(head[1]));
  }
  return event;
}

v1::Event Story::EventOf(const std::string& line) const {
  return ledger_.Completed(EventAsWritten(line));
}

uint64_t Story::Happens(const std::string& line) {
  const uint64_t position = ledger_.next_position();
  const std::optional<Fault> fault = ledger_.Apply(EventOf(line));
  EXPECT_FALSE(fault.has_value()) << line << "\n" << fault->rule << ": " << fault->reason;
  return position;
}

uint64_t Story::Happen(const std::vector<std::string>& lines) {
  uint64_t last = 0;
  for (const std::string& line : lines) last = Happens(line);
  return last;
}

void Story::Refuses(const std::string& rule, const v1::Event& event) const {
  ReferenceLedger ledger = ledger_;
  const std::optional<Fault> fault = ledger.Apply(event);
  ASSERT_TRUE(fault.has_value()) << "expected " << rule << "\n" << event.DebugString();
  EXPECT_EQ(fault->rule, rule) << fault->reason << "\n" << event.DebugString();
  EXPECT_FALSE(fault->reason.empty());
  EXPECT_TRUE(ledger.state() == ledger_.state()) << "a refusal changed the state\n"
                                                 << event.DebugString();
}

void Story::Refuses(const std::string& rule, const std::string& line) const {
  Refuses(rule, EventOf(line));
}

void Story::Refuses(const std::vector<RefusedLine>& lines) const {
  for (const RefusedLine& refused : lines) Refuses(refused.rule, refused.line);
}

Story OpenedStory() {
  Story story;
  story.Happen({
      "sistem 20250101 - | ledger_opened { ledger_id: 'bansos.test/2025' rules_version: 1 }",
      "rina 20250102 - | catalogue_published { name: 'DT-JATENG' version: 1 legal_basis: 'Pergub 1'"
      "  date_in_force: 20250101 indicators { number: 1 id: 'nik' kind: INDICATOR_KIND_IDENTITY }"
      "  indicators { number: 2 id: 'penyakit' kind: INDICATOR_KIND_CODED"
      "  values { last: 18 } } }",
      "rina 20250102 - | areas_published { name: 'KEMENDAGRI' version: 1 parent: '33'"
      "  legal_basis: 'b' date_in_force: 20250101 areas { code: '33.19' name: 'Kudus' }"
      "  areas { code: '33.74' name: 'Kota Semarang' } }",
      "rina 20250102 - | policy_set { name: 'return_days' version: 1 value: 30"
      "  legal_basis: 'b' date_in_force: 20250101 }",
      "rina 20250102 - | program_opened { program: 'KJS' name: 'Kartu Jateng Sejahtera'"
      "  fiscal_year: 2025 fiscal_year_end: 20251231 quota: 2 fund: FUND_APBD_GENERAL"
      "  recipient_kinds: RECIPIENT_KIND_PERSON"
      "  tranches { number: 1 amount: 1110000 entitlement_date: 20250101 }"
      "  tranches { number: 2 amount: 1110000 entitlement_date: 20250401 } }",
      "rina 20250102 - | program_opened { program: 'BLT' name: 'BLT DBHCHT' fiscal_year: 2025"
      "  fiscal_year_end: 20251231 quota: 3 fund: FUND_APBD_EARMARKED"
      "  recipient_kinds: RECIPIENT_KIND_PERSON"
      "  tranches { number: 1 amount: 600000 entitlement_date: 20250101 } }",
      "rina 20250102 - | program_opened { program: 'BANJIR' name: 'n' fiscal_year: 2025"
      "  fiscal_year_end: 20251231 quota: 9 fund: FUND_APBD_GENERAL amount_by_decree: true"
      "  recipient_kinds: [RECIPIENT_KIND_PERSON, RECIPIENT_KIND_INSTITUTION]"
      "  tranches { number: 1 entitlement_date: 20250101 } }",
      "rina 20250103 - | rule_set_published { program: 'KJS' version: 1 legal_basis: 'Pergub 2'"
      "  date_in_force: 20250101"
      "  criteria { id: 'sakit' title: 't' expression { operator: OPERATOR_GREATER indicator: "
      "'penyakit'"
      "    numbers: 0 } }"
      "  criteria { id: 'hidup' title: 't' expression { operator: OPERATOR_EQUAL fact: "
      "LEDGER_FACT_ALIVE"
      "    numbers: 1 } } }",
      "rina 20250103 - | rule_set_published { program: 'BLT' version: 1 legal_basis: 'b' "
      "date_in_force: 20250101"
      "  criteria { id: 'tunggal' title: 't' expression { operator: OPERATOR_EQUAL"
      "    fact: LEDGER_FACT_OTHER_ENTITLEMENTS numbers: 0 } } }",
      "rina 20250103 - | rule_set_published { program: 'BANJIR' version: 1 legal_basis: 'b' "
      "date_in_force: 20250101"
      "  criteria { id: 'kudus' title: 't' expression { operator: OPERATOR_EQUAL"
      "    fact: LEDGER_FACT_RESIDENCE numbers: 3319 } } }",
      "rina 20250104 DPA:1 | budget_appropriated { program: 'KJS' amount: 10000000 }",
      "rina 20250104 DPA:2 | budget_appropriated { program: 'BLT' amount: 10000000 }",
      "rina 20250104 DPA:3 | budget_appropriated { program: 'BANJIR' amount: 10000000 }",
  });
  return story;
}

Story RegisteredStory() {
  Story story = OpenedStory();
  for (int number = 1; number <= 5; ++number) {
    const bool person = number != 5;
    story.Happens(absl::StrCat("rina 20250110 - | recipient_registered { recipient: ", number,
                               " kind: RECIPIENT_KIND_", person ? "PERSON" : "INSTITUTION",
                               " area: 3319 kk_token: ", person ? 70 + number : 0,
                               " sealed_identity: 'x' key_commitment: H(k) }"));
    story.Happens(absl::StrCat("rina 20250110 SPTJM:", number,
                               " | payee_assigned { recipient: ", number,
                               " channel: CHANNEL_BANK_ACCOUNT account_token: ", 900 + number,
                               " holder: HOLDER_SELF sealed_details: 'x' }"));
    story.Happens(absl::StrCat("rina 20250110 SURAT:", number, " | assessment_recorded {",
                               " recipient: ", number, " catalogue: 'DT-JATENG'",
                               " catalogue_version: 1 survey_date: 20250105 sealed_values: 'x' }"));
  }
  for (const char* program : {"KJS", "BLT", "BANJIR"}) {
    for (int number = 1; number <= (std::string(program) == "BANJIR" ? 5 : 4); ++number) {
      story.Happens(absl::StrCat(
          "rina 20250113 USUL:", number, " | candidate_proposed { program: '", program,
          "' recipient: ", number, " proposer: 'DINSOS'", " candidate_class: 'UMUM' }"));
    }
  }
  return story;
}

namespace {

// The decision about a recipient as the facts now stand.
std::string DecisionLine(const Story& story, const std::string& program, uint64_t recipient) {
  const RecipientRecord& record = story.ledger().state().recipients.at(recipient);
  return absl::StrCat("rina 20250120 - | eligibility_decided { program: '", program,
                      "' recipient: ", recipient,
                      " rule_set_version: 1 fact_version: ", record.fact_version,
                      " assessment_position: ", record.latest_assessment->second,
                      program == "KJS" ? " indicator_truths: TRUTH_TRUE }" : " }");
}

}  // namespace

Story DecreedStory() {
  Story story = RegisteredStory();
  story.Happen({
      DecisionLine(story, "KJS", 1),
      DecisionLine(story, "KJS", 2),
      DecisionLine(story, "BLT", 3),
      DecisionLine(story, "BANJIR", 4),
      DecisionLine(story, "BANJIR", 5),
      "kadis 20250121 SK:1 | recipient_decreed { program: 'KJS' recipient: 1 slot: 1 holder: 1"
      "  first_tranche: 1 }",
      "kadis 20250121 SK:1 | recipient_decreed { program: 'KJS' recipient: 2 slot: 2 holder: 1"
      "  first_tranche: 1 }",
      "kadis 20250121 SK:2 | recipient_decreed { program: 'BLT' recipient: 3 slot: 1 holder: 1"
      "  first_tranche: 1 }",
  });
  return story;
}

Story InstructedStory() {
  Story story = DecreedStory();
  story.Happen({
      "budi 20250201 - | batch_drafted { batch { program: 'KJS' tranche: 1 number: 1 } }",
      "budi 20250201 - | payment_instructed { payment { program: 'KJS' tranche: 1 recipient: 1"
      "  number: 1 } batch: 1 amount: 1110000 }",
      "budi 20250201 - | payment_instructed { payment { program: 'KJS' tranche: 1 recipient: 2"
      "  number: 1 } batch: 1 amount: 1110000 }",
  });
  return story;
}

Story ReleasedStory() {
  Story story = InstructedStory();
  const std::string step =
      " { batch { program: 'KJS' tranche: 1 number: 1 } round: 1 list { count: 2 total: 2220000 } "
      "}";
  story.Happen({
      "sari 20250202 SPP:1 | batch_submitted" + step,
      "wati 20250203 - | batch_verified" + step,
      "agus 20250204 SPM:1 | batch_approved" + step,
      "tuti 20250205 SP2D:1 | batch_released" + step,
  });
  return story;
}

Story SentStory() {
  Story story = ReleasedStory();
  for (uint64_t number : {1, 2}) {
    story.Happens(absl::StrCat(
        "bank-out 20250206 - | transfer_sent { payment { program: 'KJS' tranche: 1 recipient: ",
        number, " number: 1 } attempt: 1 payee_position: ",
        *story.ledger().state().recipients.at(number).latest_payee, " }"));
  }
  return story;
}

}  // namespace bansos::replay

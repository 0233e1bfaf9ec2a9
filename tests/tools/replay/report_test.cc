// What becomes of reports: the list of RULES.md, step by step, citing and resolving.
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "tests/tools/replay/story.h"

namespace bansos::replay {
namespace {

// A report line from a message of sender BPD about the payment of recipient 1.
struct Report {
  std::string kind = "SETTLED";
  uint32_t attempt = 1;
  int value_date = 20250208;
  int64_t amount = 1110000;
  int line = 1;
};

std::string Common(const Report& report) {
  return absl::StrCat("payment { program: 'KJS' tranche: 1 recipient: 1 number: 1 } attempt: ",
                      report.attempt, " value_date: ", report.value_date,
                      " amount: ", report.amount, " source { sender: 'BPD' line: ", report.line,
                      " } ", report.kind == "RETURNED" ? "reason: RETURN_REASON_AC01 " : "");
}

std::string Booked(const Report& report) {
  return absl::StrCat("bank-in 20250301 - | transfer_",
                      report.kind == "SETTLED" ? "settled" : "returned", " { ", Common(report),
                      "}");
}

std::string Held(const Report& report) {
  return absl::StrCat("bank-in 20250301 - | report_held { kind: REPORT_KIND_", report.kind,
                      " sealed_reference: 'x' ", Common(report), "}");
}

// The ledger holds the report by this rule, and refuses to book it or to hold it by another rule.
uint64_t IsHeld(Story& story, const Report& report, v1::HoldRule rule) {
  story.Refuses("kReportOutcomeDiffers", Booked(report));
  v1::Event held = story.EventOf(Held(report));
  EXPECT_EQ(held.report_held().rule(), rule) << v1::HoldRule_Name(held.report_held().rule());
  v1::Event other = held;
  other.mutable_report_held()->set_rule(
      rule == v1::HOLD_RULE_CONTRADICTS ? v1::HOLD_RULE_NEVER_SENT : v1::HOLD_RULE_CONTRADICTS);
  story.Refuses("kReportOutcomeDiffers", other);
  const bool open = rule != v1::HOLD_RULE_REPEATED && rule != v1::HOLD_RULE_SUPERSEDED;
  const uint64_t position = story.Happens(Held(report));
  EXPECT_EQ(story.ledger().OpenReports().contains(position), open);
  return position;
}

// The ledger books the report and refuses to hold it by any rule.
void IsBooked(Story& story, const Report& report) {
  v1::Event held = story.EventOf(Held(report));
  for (int rule = 0; rule < v1::HoldRule_ARRAYSIZE; ++rule) {
    held.mutable_report_held()->set_rule(static_cast<v1::HoldRule>(rule));
    story.Refuses("kReportOutcomeDiffers", held);
  }
  story.Happens(Booked(report));
}

v1::Bucket PaidBucket(const Story& story) {
  for (v1::Bucket bucket : {v1::BUCKET_OBLIGATED, v1::BUCKET_IN_TRANSIT, v1::BUCKET_PAID,
                            v1::BUCKET_RETURNED, v1::BUCKET_REMITTED}) {
    if (story.ledger().OfRecipient(1).in(bucket) == 1110000) return bucket;
  }
  return v1::BUCKET_UNSPECIFIED;
}

TEST(ReplayReport, Step1AnUnknownReferenceIsHeldWithoutAPayment) {
  Story story = SentStory();
  const std::string line =
      "bank-in 20250301 - | report_held { kind: REPORT_KIND_SETTLED amount: 5"
      " value_date: 20250208 sealed_reference: 'x' source { sender: 'BPD' line: 1 } }";
  EXPECT_EQ(story.EventOf(line).report_held().rule(), v1::HOLD_RULE_UNKNOWN_REFERENCE);
  story.Happens(line);
  story.Refuses("kPaymentUnknown",
                absl::StrReplaceAll(Held({.line = 2}), {{"number: 1", "number: 9"}}));
}

TEST(ReplayReport, Step2ARepeatedReportIsResolvedAtBirth) {
  Story story = SentStory();
  IsBooked(story, {.line = 1});
  IsHeld(story, {.line = 2}, v1::HOLD_RULE_REPEATED);
  IsHeld(story, {.amount = 7, .line = 3}, v1::HOLD_RULE_AMOUNT_DIFFERS);
  IsHeld(story, {.amount = 7, .line = 4}, v1::HOLD_RULE_REPEATED);
}

TEST(ReplayReport, Step3To6ReportsThatFitNoAttempt) {
  Story story = SentStory();
  IsHeld(story, {.attempt = 2, .line = 1}, v1::HOLD_RULE_NEVER_SENT);
  IsHeld(story, {.amount = 1109999, .line = 2}, v1::HOLD_RULE_AMOUNT_DIFFERS);
  Story unsent = ReleasedStory();
  IsHeld(unsent, {.kind = "RETURNED", .line = 1}, v1::HOLD_RULE_NEVER_SENT);
  Story reissued = SentStory();
  reissued.Happens(absl::StrReplaceAll(Booked({.kind = "RETURNED"}), {{"AC01", "DS28"}}));
  reissued.Happens(
      "edi 20250301 - | payment_reissued { payment { program: 'KJS' tranche: 1 recipient: 1"
      " number: 1 } attempt: 2 }");
  IsHeld(reissued, {.attempt = 2, .line = 2}, v1::HOLD_RULE_NEVER_SENT);
  IsHeld(reissued, {.attempt = 1, .line = 3}, v1::HOLD_RULE_EARLIER_ATTEMPT);
  IsHeld(reissued, {.kind = "RETURNED", .line = 4}, v1::HOLD_RULE_REPEATED);
  Story remitted = ReleasedStory();
  remitted.Happens(
      "edi 20250301 STS:1 | payment_remitted { payment { program: 'KJS' tranche: 1 recipient: 1"
      " number: 1 } }");
  IsHeld(remitted, {.line = 1}, v1::HOLD_RULE_PAYMENT_ENDED);
}

TEST(ReplayReport, Step7To10TheLaterValueDateStandsInAnyOrder) {
  Story story = SentStory();
  IsBooked(story, {.kind = "RETURNED", .value_date = 20250210, .line = 1});
  EXPECT_EQ(PaidBucket(story), v1::BUCKET_RETURNED);
  IsHeld(story, {.value_date = 20250209, .line = 2}, v1::HOLD_RULE_SUPERSEDED);
  IsBooked(story, {.value_date = 20250211, .line = 3});
  EXPECT_EQ(PaidBucket(story), v1::BUCKET_PAID);
  IsHeld(story, {.kind = "RETURNED", .value_date = 20250211, .line = 4}, v1::HOLD_RULE_CONTRADICTS);
  IsHeld(story, {.value_date = 20250212, .line = 5}, v1::HOLD_RULE_CONTRADICTS);
  IsBooked(story, {.kind = "RETURNED", .value_date = 20250213, .line = 6});
  EXPECT_EQ(PaidBucket(story), v1::BUCKET_RETURNED);
  EXPECT_FALSE(story.ledger().CheckTotals().has_value());
}

TEST(ReplayReport, SourceIsRefusedByName) {
  Story story = SentStory();
  const std::string file_line =
      "bank-in 20250301 - | result_file_received { kind: 'MIXED' sender: 'BPD' sha256: H(f)"
      " lines: 2 settled_total: 1110000 }";
  story.Refuses({
      {"kBadSealed", absl::StrReplaceAll(file_line, {{"H(f)", "'short'"}})},
      {"kBadAmount", absl::StrReplaceAll(file_line, {{"1110000", "-1"}})},
      {"kBadCode", absl::StrReplaceAll(file_line, {{"'MIXED'", "''"}})},
  });
  const uint64_t file = story.Happens(file_line);
  story.Refuses("kKeyTaken", file_line);
  auto from = [](uint64_t position, int line) {
    return absl::StrReplaceAll(
        Booked({}),
        {{"sender: 'BPD' line: 1", absl::StrCat("file_position: ", position, " line: ", line)}});
  };
  story.Refuses({
      {"kFileUnknown", from(file - 1, 1)},
      {"kLineUnknown", from(file, 3)},
      {"kLineUnknown", absl::StrReplaceAll(from(file, 3), {{"source {", "cites: 1 source {"}})},
      {"kLineUnknown", absl::StrReplaceAll(Held({.kind = "RETURNED"}),
                                           {{"sender: 'BPD' line: 1",
                                             absl::StrCat("file_position: ", file, " line: 3")}})},
      {"kBadNumber", from(file, 0)},
      {"kBadCode", absl::StrReplaceAll(Booked({}), {{"sender: 'BPD' ", ""}})},
      {"kBadDate", absl::StrReplaceAll(Booked({}), {{"value_date: 20250208", ""}})},
      {"kBadAmount", Booked({.amount = 0})},
      {"kBadNumber", Booked({.attempt = 0})},
  });
  story.Happens(from(file, 2));
  story.Refuses("kKeyTaken", from(file, 2));
  story.Refuses("kKeyTaken",
                absl::StrReplaceAll(Held({.kind = "RETURNED"}),
                                    {{"sender: 'BPD' line: 1",
                                      absl::StrCat("file_position: ", file, " line: 2")}}));
}

std::string Citing(uint64_t held, const Report& report) {
  return absl::StrReplaceAll(Booked(report),
                             {{"source {", absl::StrCat("cites: ", held, " source {")}});
}

TEST(ReplayCiting, SettlesAnUnsentPaymentAndResolvesTheReport) {
  Story story = ReleasedStory();
  const uint64_t held = IsHeld(story, {.line = 1}, v1::HOLD_RULE_NEVER_SENT);
  const std::string good = Citing(held, {.line = 2});
  story.Refuses({
      {"kReportNotOpen", Citing(held - 1, {.line = 2})},
      {"kCitedReportDiffers", Citing(held, {.value_date = 20250209, .line = 2})},
      {"kCitedReportDiffers", Citing(held, {.amount = 1110001, .line = 2})},
      {"kCitedReportDiffers", absl::StrReplaceAll(good, {{"recipient: 1", "recipient: 2"}})},
      {"kAttemptOutOfOrder", Citing(held, {.attempt = 2, .line = 2})},
  });
  story.Happens(good);
  EXPECT_EQ(PaidBucket(story), v1::BUCKET_PAID);
  EXPECT_TRUE(story.ledger().OpenReports().empty());
  story.Refuses("kReportNotOpen", Citing(held, {.line = 3}));
  // Later lines of its attempt meet the standing date.
  IsHeld(story, {.line = 4}, v1::HOLD_RULE_REPEATED);
  IsHeld(story, {.kind = "RETURNED", .value_date = 20250207, .line = 5}, v1::HOLD_RULE_SUPERSEDED);
  IsBooked(story, {.kind = "RETURNED", .value_date = 20250209, .line = 6});
}

TEST(ReplayCiting, NeedsASettlementThatCouldBeThePayments) {
  Story story = SentStory();
  const uint64_t returned =
      IsHeld(story, {.kind = "RETURNED", .attempt = 2, .line = 1}, v1::HOLD_RULE_NEVER_SENT);
  story.Refuses("kCitedReportDiffers", Citing(returned, {.line = 2}));
  const uint64_t other = IsHeld(story, {.amount = 7, .line = 3}, v1::HOLD_RULE_AMOUNT_DIFFERS);
  story.Refuses("kCitedReportDiffers", Citing(other, {.amount = 7, .line = 4}));
  IsBooked(story, {.line = 5});
  const uint64_t late =
      IsHeld(story, {.value_date = 20250301, .line = 6}, v1::HOLD_RULE_CONTRADICTS);
  story.Refuses("kWrongState", Citing(late, {.value_date = 20250301, .line = 7}));
  Story draft = InstructedStory();
  const uint64_t early = IsHeld(draft, {.line = 1}, v1::HOLD_RULE_NEVER_SENT);
  draft.Refuses("kWrongState", Citing(early, {.line = 2}));
}

TEST(ReplayResolution, IsRefusedByName) {
  Story story = SentStory();
  const uint64_t held = IsHeld(story, {.amount = 7, .line = 1}, v1::HOLD_RULE_AMOUNT_DIFFERS);
  const uint64_t repeated = IsHeld(story, {.amount = 7, .line = 2}, v1::HOLD_RULE_REPEATED);
  auto resolved = [](const std::string& document, uint64_t position, const std::string& carried) {
    return absl::StrCat("edi 20250302 ", document, " | report_resolved { held_position: ", position,
                        " ", carried, " }");
  };
  story.Refuses({
      {"kReportNotOpen", resolved("SURAT:1", held - 1, "")},
      {"kReportNotOpen", resolved("SURAT:1", repeated, "")},
      {"kBadNumber", "edi 20250302 SURAT:1 | report_resolved { }"},
      {"kPositionUnknown", resolved("-", held, "carried_by: 99999")},
      {"kDocumentRequired", resolved("-", held, "")},
  });
  Story(story).Happens(resolved("-", held, "carried_by: 5"));
  story.Happens(resolved("SURAT:1", held, ""));
  EXPECT_TRUE(story.ledger().OpenReports().empty());
  story.Refuses("kKeyTaken", resolved("SURAT:2", held, ""));
}

}  // namespace
}  // namespace bansos::replay

#include "tests/support/paired_ledger.h"

#include <gtest/gtest.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/domain/key.h"
#include "ledger/domain/report.h"
#include "ledger/event/codec.h"
#include "ledger/event/compare.h"

namespace bansos::testing {
namespace {

namespace v1 = ::bansos::ledger::v1;

v1::Event ToProto(const Event& event) {
  v1::Event proto;
  EXPECT_TRUE(proto.ParseFromString(EncodeEvent(event)));
  return proto;
}

// "QUOTA_EXCEEDED" -> "kQuotaExceeded", the name that docs/RULES.md and the reference use.
std::string RuleName(std::string_view refusal_name) {
  std::string rule = "k";
  const std::vector<std::string> words =
      absl::StrSplit(absl::string_view(refusal_name.data(), refusal_name.size()), '_');
  for (std::string word : words) {
    absl::AsciiStrToLower(&word);
    word[0] = absl::ascii_toupper(static_cast<unsigned char>(word[0]));
    rule += word;
  }
  return rule;
}

std::string HoldName(HoldRule rule) {
  const std::string name = v1::HoldRule_Name(static_cast<v1::HoldRule>(rule));
  return name.substr(sizeof("HOLD_RULE_") - 1);
}

void ExpectSameBuckets(const std::array<Rupiah, kBucketCount>& ours, const replay::Balance& theirs,
                       const std::string& where) {
  for (int bucket = 1; bucket < kBucketCount; ++bucket) {
    EXPECT_EQ(ours[bucket], theirs.buckets[bucket])
        << where << ' ' << v1::Bucket_Name(static_cast<v1::Bucket>(bucket));
  }
}

}  // namespace

std::string PairedLedger::Do(const Command& command) {
  const Decision decision = Decide(state_, command, now_us_);
  if (const auto* refusal = std::get_if<Refusal>(&decision)) {
    last_refusal_ = *refusal;
    const std::string name(TextOf(refusal->code).name);
    ExpectRejected(command, RuleName(name));
    return name;
  }
  if (const auto* already = std::get_if<AlreadyRecorded>(&decision)) {
    ExpectRejected(command, "kKeyTaken");
    return AnswerRetry(command, already->walk_from);
  }
  return Accept(std::get<Event>(decision));
}

std::string PairedLedger::Accept(const Event& event) {
  entries_.push_back(EncodeEvent(event));
  const auto fault = reference_.Apply(ToProto(event));
  EXPECT_FALSE(fault) << "the reference rejects " << EventName(event.body) << " at "
                      << state_.next.value() << ": " << fault->rule << ": " << fault->reason;
  const absl::Status evolved = Evolve(state_, event);
  EXPECT_TRUE(evolved.ok()) << evolved;
  if (std::holds_alternative<TransferSettled>(event.body)) return "settled";
  if (std::holds_alternative<TransferReturned>(event.body)) return "returned";
  if (const auto* held = std::get_if<ReportHeld>(&event.body))
    return "held " + HoldName(held->rule);
  return "recorded";
}

std::string PairedLedger::AnswerRetry(const Command& command, Position walk_from) {
  uint64_t at = walk_from.value();
  while (true) {
    const absl::StatusOr<Event> event = DecodeEvent(entries_[at]);
    EXPECT_TRUE(event.ok());
    const Event stated = AsStated(command, &event->body);
    if (BusinessKey(*event) == BusinessKey(stated)) {
      const auto differs = FirstDifferingField(stated, *event);
      return differs ? "KEY_TAKEN" : absl::StrCat("already recorded at ", at);
    }
    EXPECT_GT(event->envelope.back, 0u) << "the chain ends without the key";
    if (event->envelope.back == 0) return "lost";
    at -= event->envelope.back;
  }
}

void PairedLedger::ExpectRejected(const Command& command, const std::string& rule) {
  Event stated = AsStated(command, nullptr);
  if (const auto* report = std::get_if<ReportTransfer>(&command.body)) {
    stated.body = DecideReport(state_, *report);
  }
  stated.envelope.recorded_time_us = now_us_;
  const v1::Event event = reference_.Completed(ToProto(stated));
  const auto fault = reference_.Apply(event);
  ASSERT_TRUE(fault) << "refused as " << rule << ", but the reference allows "
                     << event.ShortDebugString();
  EXPECT_EQ(fault->rule, rule) << fault->reason << "\n" << event.ShortDebugString();
}

void PairedLedger::CompareMoney() const {
  for (const ProgramState& program : state_.programs) {
    const std::string& code = program.terms.program;
    const replay::Balance theirs = reference_.OfProgram(code);
    EXPECT_EQ(program.appropriated, theirs.appropriated) << code;
    EXPECT_EQ(program.running_entitlements, reference_.CountEntitled(code));
    ExpectSameBuckets(program.buckets, theirs, code);
    Rupiah sum = 0;
    for (const Rupiah bucket : program.buckets) sum += bucket;
    EXPECT_EQ(sum, program.appropriated) << "invariant 3, " << code;
  }
  for (const BatchState& batch : state_.batches) {
    const BatchKey key = state_.KeyOf(batch);
    replay::Balance theirs = reference_.OfBatch({key.program, key.tranche, key.number});
    Rupiah sum = 0;
    for (int bucket = 2; bucket < kBucketCount; ++bucket) {
      EXPECT_EQ(batch.buckets[bucket], theirs.buckets[bucket]) << key.program << key.number;
      sum += batch.buckets[bucket];
    }
    EXPECT_EQ(sum, theirs.instructed - theirs.withdrawn) << "invariant 3";
  }
}

}  // namespace bansos::testing

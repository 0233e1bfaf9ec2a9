#include "tools/bansos-verify/replay/reference_ledger.h"

#include <utility>
#include <vector>

#include "tools/bansos-verify/replay/body.h"
#include "tools/bansos-verify/replay/business_key.h"
#include "tools/bansos-verify/replay/decided.h"
#include "tools/bansos-verify/replay/rules.h"
#include "tools/bansos-verify/replay/shape_checks.h"

namespace bansos::replay {
namespace {

// Column D of the table.
bool NeedsDocument(const v1::Event& event) {
  switch (event.body_case()) {
    case v1::Event::kProgramAmended:
    case v1::Event::kBudgetAppropriated:
    case v1::Event::kIdentityCorrected:
    case v1::Event::kPayeeAssigned:
    case v1::Event::kAssessmentRecorded:
    case v1::Event::kRecipientDied:
    case v1::Event::kCandidateProposed:
    case v1::Event::kRecipientDecreed:
    case v1::Event::kEntitlementEnded:
    case v1::Event::kBatchSubmitted:
    case v1::Event::kBatchApproved:
    case v1::Event::kBatchReleased:
    case v1::Event::kPaymentRemitted:
      return true;
    default:
      return false;
  }
}

constexpr int64_t kDayUs = int64_t{24} * 60 * 60 * 1'000'000;

// No ledger rests longer (docs/RULES.md, "Recorded time").
constexpr int64_t kMaxRestUs = 400 * kDayUs;
constexpr char kClockAcceptedPolicy[] = "clock_accepted";

Verdict CheckAllShapes(const v1::Event& event) {
  RETURN_IF_FAULT(CheckEnvelope(event));
  RETURN_IF_FAULT(VisitBody(event, [](const auto& body) { return CheckShape(body); }));
  FAULT_UNLESS(!NeedsDocument(event) || event.has_document(), "kDocumentRequired", EventName(event),
               " rests on no document");
  return kAllowed;
}

// A recorded time leaps only where an operator accepted the clock that said it.
Verdict CheckLeap(const State& state, const v1::Event& event) {
  const int64_t leap_us = event.recorded_time_us() - state.recorded_time_us;
  if (leap_us <= kMaxRestUs) return kAllowed;
  const bool accepted = event.has_policy_set() &&
                        event.policy_set().name() == kClockAcceptedPolicy &&
                        event.policy_set().value() == event.recorded_time_us();
  FAULT_UNLESS(accepted, "kTimeLeaps", "recorded ", leap_us / kDayUs,
               " days after the event before it, and no operator accepted that clock");
  return kAllowed;
}

Verdict CheckOpen(const State& state, const v1::Event& event) {
  const bool first = state.next_position == 0;
  FAULT_UNLESS(!first || event.has_ledger_opened(), "kLedgerNotOpen", EventName(event),
               " comes first");
  FAULT_UNLESS(first || !event.has_ledger_opened(), "kLedgerAlreadyOpen",
               "LedgerOpened at position ", state.next_position);
  FAULT_UNLESS(event.recorded_time_us() >= state.recorded_time_us, "kTimeGoesBack", "recorded at ",
               event.recorded_time_us(), " after ", state.recorded_time_us);
  return first ? kAllowed : CheckLeap(state, event);
}

// What the event names is there, but for what it creates.
Verdict CheckNamed(const State& state, const v1::Event& event) {
  const Names names = NamesIn(event);
  if (names.program.has_value() && !event.has_program_opened()) {
    FAULT_UNLESS(state.programs.contains(*names.program), "kProgramUnknown", "programme ",
                 *names.program, " is not there");
  }
  if (names.recipient.has_value() && !event.has_recipient_registered()) {
    FAULT_UNLESS(state.recipients.contains(*names.recipient), "kRecipientUnknown", "recipient ",
                 *names.recipient, " is not there");
  }
  if (names.batch.has_value() && !event.has_batch_drafted()) {
    FAULT_UNLESS(state.batches.contains(*names.batch), "kBatchUnknown", "batch ",
                 Text(*names.batch), " is not there");
  }
  if (names.payment.has_value() && !event.has_payment_instructed()) {
    FAULT_UNLESS(state.payments.contains(*names.payment), "kPaymentUnknown", "payment ",
                 Text(*names.payment), " is not there");
  }
  return kAllowed;
}

Verdict CheckKey(const State& state, const v1::Event& event, const KeyDigest& key) {
  const uint64_t* first = Find(state.keys, key);
  FAULT_UNLESS(first == nullptr, "kKeyTaken", BusinessKey(event), " is recorded at position ",
               *first);
  return kAllowed;
}

}  // namespace

std::optional<Fault> ReferenceLedger::Check(const v1::Event& event, const KeyDigest& key,
                                            std::vector<BookedLine>& after) const {
  RETURN_IF_FAULT(CheckAllShapes(event));
  RETURN_IF_FAULT(CheckOpen(state_, event));
  RETURN_IF_FAULT(CheckNamed(state_, event));
  RETURN_IF_FAULT(CheckKey(state_, event, key));
  RETURN_IF_FAULT(
      VisitBody(event, [&](const auto& body) { return CheckRules(state_, event, body); }));
  RETURN_IF_FAULT(CheckDecided(state_, event));
  return CheckBooking(state_, event, after);
}

std::optional<Fault> ReferenceLedger::Apply(const v1::Event& event) {
  FAULT_UNLESS(event.body_case() != v1::Event::BODY_NOT_SET, "kBodyMissing", "event at position ",
               state_.next_position, " has no body that this version knows");
  const KeyDigest key = DigestOf(BusinessKey(event));
  std::vector<BookedLine> after;
  RETURN_IF_FAULT(Check(event, key, after));
  VisitBody(event, [&](const auto& body) { Record(state_, event, body); });
  for (auto& [line, balance] : after) state_.balances[std::move(line)] = balance;
  state_.keys[key] = state_.next_position;
  state_.last_about[Subject(event)] = state_.next_position;
  state_.recorded_time_us = event.recorded_time_us();
  ++state_.next_position;
  return kAllowed;
}

v1::Event ReferenceLedger::Completed(v1::Event event) const {
  FillDecided(state_, event);
  return event;
}

std::optional<Fault> ReferenceLedger::CheckTotals() const { return replay::CheckTotals(state_); }

Balance ReferenceLedger::OfProgram(const std::string& program) const {
  return BalanceOf(state_, ProgramLine(program));
}

Balance ReferenceLedger::OfTranche(const TrancheId& tranche) const {
  return BalanceOf(state_, TrancheLine(tranche));
}

Balance ReferenceLedger::OfBatch(const BatchId& batch) const {
  return BalanceOf(state_, BatchLine(batch));
}

Balance ReferenceLedger::OfArea(uint32_t area) const { return BalanceOf(state_, AreaLine(area)); }

Balance ReferenceLedger::OfArea(const std::string& program, uint32_t area) const {
  return BalanceOf(state_, ProgramAreaLine(program, area));
}

Balance ReferenceLedger::OfRecipient(uint64_t recipient) const {
  return BalanceOf(state_, RecipientLine(recipient));
}

uint32_t ReferenceLedger::CountEntitled(const std::string& program) const {
  const ProgramRecord* record = Find(state_.programs, program);
  return record == nullptr ? 0 : static_cast<uint32_t>(record->running_slots.size());
}

std::set<uint64_t> ReferenceLedger::OpenReports() const {
  std::set<uint64_t> open;
  for (const auto& [position, held] : state_.held) {
    if (held.open) open.insert(position);
  }
  return open;
}

const PaymentRecord* ReferenceLedger::PaymentOf(const PaymentId& payment) const {
  return Find(state_.payments, payment);
}

}  // namespace bansos::replay

// ReferenceLedger: the naive, independent ledger. It knows only stored events: given each at its
// position it says whether every rule of docs/RULES.md allows it there, and keeps the state that
// follows. Written from docs/RULES.md and event.proto alone, sharing nothing with ledger/domain, so
// that the two can disagree; the replayer of bansos-verify and the model of the property tests.
//
// Faults have the rule's name as in RULES.md. Those that no command can cause have names of their
// own:
//   kBodyMissing                     the event has no body
//   kTimeGoesBack                    recorded before the event before it
//   kTimeLeaps                       recorded long after it, by a clock that nobody accepted
//   kDecidedDiffers, kBackDiffers    a field that Decide fills in is not what it must be
//   kReportOutcomeDiffers            a report is booked or held otherwise than the list says
//   kBucketBelowZero, kEquationBroken, kTotalTooLarge, kTotalsDiffer    the money does not add up
// Unknown fields and other bytes are the business of who reads the event (rules/canonical.h).
// The retry check means here that a business key never occurs twice: kKeyTaken.
//
// Not thread-safe. A value: a copy is an independent ledger.
#ifndef TOOLS_BANSOS_VERIFY_REPLAY_REFERENCE_LEDGER_H_
#define TOOLS_BANSOS_VERIFY_REPLAY_REFERENCE_LEDGER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/bansos-verify/replay/booking.h"
#include "tools/bansos-verify/replay/fault.h"
#include "tools/bansos-verify/replay/state.h"

namespace bansos::replay {

class ReferenceLedger {
 public:
  // Applies the event at the next position (0, 1, ...) if every rule allows it there; else returns
  // what is wrong and changes nothing.
  std::optional<Fault> Apply(const v1::Event& event);

  // The event with its decided fields and `back` as they must be at the next position, whether it
  // is allowed there or not: what a refused command would have made. REQUIRES: the event has a
  // body.
  v1::Event Completed(v1::Event event) const;

  uint64_t next_position() const { return state_.next_position; }

  // Every balance, made anew from the payments and their states, is what the movements made it.
  // Takes time for all payments: meant for the end of a replay.
  std::optional<Fault> CheckTotals() const;

  // The balances; all zero where no money was.
  Balance OfProgram(const std::string& program) const;
  Balance OfTranche(const TrancheId& tranche) const;
  Balance OfBatch(const BatchId& batch) const;
  // Over all programmes, and within one.
  Balance OfArea(uint32_t area) const;
  Balance OfArea(const std::string& program, uint32_t area) const;
  // Over all programmes.
  Balance OfRecipient(uint64_t recipient) const;

  // Running entitlements of a programme.
  uint32_t CountEntitled(const std::string& program) const;
  // Positions of the held reports that are not resolved.
  std::set<uint64_t> OpenReports() const;
  // nullptr when there is no such payment.
  const PaymentRecord* PaymentOf(const PaymentId& payment) const;
  // Everything else that a comparison needs (state.h).
  const State& state() const { return state_; }

 private:
  // All checks in the order of docs/RULES.md; `after` receives the touched balances.
  std::optional<Fault> Check(const v1::Event& event, const KeyDigest& key,
                             std::vector<BookedLine>& after) const;

  State state_;
};

}  // namespace bansos::replay

#endif  // TOOLS_BANSOS_VERIFY_REPLAY_REFERENCE_LEDGER_H_

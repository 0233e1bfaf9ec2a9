// PairedLedger: the domain and the independent reference ledger side by side. Every accepted
// command must be an event that the reference allows, every refused one an event that it rejects
// for the same reason, and both must hold the same money. A test that drives it checks both at
// once.
#ifndef TESTS_SUPPORT_PAIRED_LEDGER_H_
#define TESTS_SUPPORT_PAIRED_LEDGER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/domain/decide.h"
#include "ledger/domain/event.h"
#include "ledger/domain/state.h"
#include "tools/bansos-verify/replay/reference_ledger.h"

namespace bansos::testing {

class PairedLedger {
 public:
  explicit PairedLedger(int64_t now_us) : now_us_(now_us) {}

  // What became of the command: "recorded", "settled", "returned", "held REPEATED",
  // "already recorded at 7", "KEY_TAKEN", or the refusal's name. Disagreement is a test failure.
  std::string Do(const Command& command);

  // The clock goes on.
  void Wait(int64_t hours) { now_us_ += hours * int64_t{3'600'000'000}; }

  const State& state() const { return state_; }
  const replay::ReferenceLedger& reference() const { return reference_; }
  const std::vector<std::string>& entries() const { return entries_; }
  const Refusal& last_refusal() const { return last_refusal_; }

  // Compares every balance of a programme and its batches with the reference; the equation of
  // DOMAIN 3 is checked on the way (invariant 3).
  void CompareMoney() const;

 private:
  std::string Accept(const Event& event);
  // Finds the recorded fact on its chain and compares the content, as the sequencer does.
  std::string AnswerRetry(const Command& command, Position walk_from);
  void ExpectRejected(const Command& command, const std::string& rule);

  int64_t now_us_;
  State state_;
  replay::ReferenceLedger reference_;
  std::vector<std::string> entries_;
  Refusal last_refusal_{};
};

}  // namespace bansos::testing

#endif  // TESTS_SUPPORT_PAIRED_LEDGER_H_

// Decider: turns requests into entries and outcomes, in the order in which they come, against the
// state with all that it decided before. Owns the state. No I/O, no clock; used by one thread.
#ifndef LEDGER_SEQUENCER_DECIDER_H_
#define LEDGER_SEQUENCER_DECIDER_H_

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "ledger/domain/decide.h"
#include "ledger/domain/state.h"
#include "ledger/sequencer/commit_group.h"

namespace bansos {

class Decider {
 public:
  explicit Decider(State state) : state_(std::move(state)) {}

  // Recorded time of the last entry; 0 when there is none.
  int64_t last_time_us() const { return state_.last_time_us; }

  // An empty group with its recorded time: now_us, or the last commit's where that is later.
  CommitGroup Begin(int64_t now_us) const;

  // Decides all of a request. REQUIRES: the group has room for as many entries.
  void Decide(PendingRequest pending, CommitGroup& group);

  State TakeState() { return std::exchange(state_, State()); }

 private:
  // An event and its entry, which fits into the log.
  struct Fact {
    Event event;
    std::string entry;
  };
  using Verdict = std::variant<Fact, AlreadyRecorded, Refusal>;

  Verdict Judge(const Command& command, int64_t time_us) const;
  void DecideEach(DecidedRequest& decided, CommitGroup& group);
  void DecideAtomic(DecidedRequest& decided, CommitGroup& group);
  // Whether all commands of an atomic request may be recorded; else fills in the outcomes.
  bool MayRecordAll(DecidedRequest& decided, int64_t time_us) const;
  // Evolves the state; returns the position.
  Position Record(Fact fact, CommitGroup& group);

  State state_;
};

}  // namespace bansos

#endif  // LEDGER_SEQUENCER_DECIDER_H_

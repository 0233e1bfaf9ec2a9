#include "tools/bansos-verify/rules/replayer.h"

#include <utility>

#include "tools/bansos-verify/finding/require.h"

namespace bansos::verify {

Fault AtPosition(uint64_t position, replay::Fault fault) {
  return {.position = position, .rule = std::move(fault.rule), .reason = std::move(fault.reason)};
}

std::optional<Fault> Replayer::Check(uint64_t position, std::string_view entry) {
  REQUIRE(position == ledger_.next_position());
  if (replay::Verdict fault = reader_.Read(entry, event_)) {
    return AtPosition(position, *std::move(fault));
  }
  if (replay::Verdict fault = ledger_.Apply(event_)) return AtPosition(position, *std::move(fault));
  return std::nullopt;
}

std::optional<Fault> Replayer::Finish(uint64_t size) const {
  REQUIRE(size == ledger_.next_position());
  if (replay::Verdict fault = ledger_.CheckTotals()) {
    return AtPosition(size == 0 ? 0 : size - 1, *std::move(fault));
  }
  return std::nullopt;
}

std::vector<std::string> ExclusionsOfEveryProfile() {
  return {
      ("That the events tell the truth about the world was not checked: only that every rule "
       "allows "
       "them."),
      ("That actors and signatories are who they are called was not checked: the log names them by "
       "opaque ids."),
      "That the recorded times are the true ones was not checked: only that they never go back.",
      "The lines and totals that result files state were not compared with their events.",
      "Which events were one commit was not checked: the log does not show it.",
  };
}

}  // namespace bansos::verify

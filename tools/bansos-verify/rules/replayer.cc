#include "tools/bansos-verify/rules/replayer.h"

#include <utility>

#include "absl/strings/str_cat.h"
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

// As the server's exception FILE_INCOMPLETE: a fact of the sender is never refused for its figures.
std::vector<std::string> Replayer::Findings() const {
  std::vector<std::string> findings;
  uint64_t more = 0;
  for (const auto& [position, file] : ledger_.state().files) {
    if (file.in_order()) continue;
    if (findings.size() == kMaxFindings) {
      ++more;
    } else if (file.missing != 0) {
      findings.push_back(absl::StrCat("the result file at position ", position, " states ",
                                      file.lines, " lines, and ", file.missing,
                                      " of them are not in"));
    } else {
      findings.push_back(absl::StrCat(
          "the result file at position ", position,
          " has all its lines, and its totals are not theirs: it states Rp ", file.settled_open,
          " more than they say settled, and Rp ", file.returned_open, " more returned"));
    }
  }
  if (more != 0) findings.push_back(absl::StrCat("and ", more, " more result files"));
  return findings;
}

std::vector<std::string> ExclusionsOfEveryProfile() {
  return {
      ("That the events tell the truth about the world was not checked: only that every rule "
       "allows "
       "them."),
      ("That actors and signatories are who they are called was not checked: the log names them by "
       "opaque ids."),
      "That the recorded times are the true ones was not checked: only that they never go back and "
      "never leap.",
      "Which events were one commit was not checked: the log does not show it.",
  };
}

}  // namespace bansos::verify

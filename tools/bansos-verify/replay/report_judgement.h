// What becomes of a report: the list of docs/RULES.md, first that fits. Pure function, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_REPLAY_REPORT_JUDGEMENT_H_
#define TOOLS_BANSOS_VERIFY_REPLAY_REPORT_JUDGEMENT_H_

#include <optional>
#include <string>

#include "tools/bansos-verify/replay/state.h"

namespace bansos::replay {

struct Judgement {
  // HOLD_RULE_UNSPECIFIED: not held, it becomes the TransferSettled or TransferReturned that it
  // says.
  v1::HoldRule held = v1::HOLD_RULE_UNSPECIFIED;
  bool operator==(const Judgement&) const = default;
};

// The report of `content` about an attempt of a payment; nullopt when it names no payment.
Judgement Judge(const State& state, const std::optional<AttemptId>& about,
                const ReportContent& content);

// For reasons: "becomes TransferSettled", "is held as HOLD_RULE_REPEATED".
std::string Text(const Judgement& judgement, v1::ReportKind kind);

}  // namespace bansos::replay

#endif  // TOOLS_BANSOS_VERIFY_REPLAY_REPORT_JUDGEMENT_H_

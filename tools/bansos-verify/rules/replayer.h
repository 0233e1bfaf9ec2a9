// Replayer: the checks of the profile `public`, entry by entry, and what a further profile reads
// after each: the event and the ledger that follows from it. Not thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_RULES_REPLAYER_H_
#define TOOLS_BANSOS_VERIFY_RULES_REPLAYER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bansos/ledger/v1/event.pb.h"
#include "tools/bansos-verify/replay/reference_ledger.h"
#include "tools/bansos-verify/rules/canonical.h"
#include "tools/bansos-verify/rules/event_check.h"

namespace bansos::verify {

class Replayer {
 public:
  // As EventCheck.
  std::optional<Fault> Check(uint64_t position, std::string_view entry);
  std::optional<Fault> Finish(uint64_t size) const;

  std::vector<std::string> Findings() const;

  // The event checked last, and the ledger after it.
  const ledger::v1::Event& event() const { return event_; }
  const replay::ReferenceLedger& ledger() const { return ledger_; }

 private:
  CanonicalReader reader_;
  ledger::v1::Event event_;
  replay::ReferenceLedger ledger_;
};

// The fault of a rule at a position.
Fault AtPosition(uint64_t position, replay::Fault fault);

// What no profile can see in a log.
std::vector<std::string> ExclusionsOfEveryProfile();

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_RULES_REPLAYER_H_

// AssessedValues: the opened values of each recipient's latest assessment, and whether the truth
// values of a decision follow from them. What is not among the values is unknown.
//
// Not thread-safe. Kept compact: 46 indicators of 100,000 people are 75 MB.
#ifndef TOOLS_BANSOS_VERIFY_KEYS_ASSESSED_VALUES_H_
#define TOOLS_BANSOS_VERIFY_KEYS_ASSESSED_VALUES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "bansos/ledger/v1/event.pb.h"
#include "tools/bansos-verify/replay/fault.h"
#include "tools/bansos-verify/replay/state.h"

namespace bansos::verify {

class AssessedValues {
 public:
  // Takes the assessment at the last position of `state`. Faults: kSealedLayout, kBadValues.
  // REQUIRES: every rule allowed it.
  replay::Verdict Record(const replay::State& state,
                         const ledger::v1::AssessmentRecorded& assessment,
                         const std::string& plaintext);

  // Fault: kTruthDiffers. REQUIRES: every rule allowed the decision.
  replay::Verdict CheckTruths(const replay::State& state,
                              const ledger::v1::EligibilityDecided& decided) const;

  // Of the recipient's latest assessment; nullopt: unknown.
  std::optional<int64_t> ValueOf(uint64_t recipient, const std::string& indicator) const;

 private:
  // Number of an indicator's id, and its value.
  using Values = std::vector<std::pair<uint32_t, int64_t>>;

  uint32_t NumberOf(const std::string& indicator);

  absl::flat_hash_map<std::string, uint32_t> numbers_;
  absl::flat_hash_map<uint64_t, Values> latest_;  // by recipient
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_KEYS_ASSESSED_VALUES_H_

// GenerateRegistry: `bansosctl generate registry`: the files of an invented registry, deterministic
// by seed on any machine.
//
// Writes recipients.csv, assessments.csv, proposals.csv, payees.csv, deaths.csv and summary.json.
#ifndef TOOLS_BANSOSCTL_GENERATE_REGISTRY_H_
#define TOOLS_BANSOSCTL_GENERATE_REGISTRY_H_

#include <string>

#include "absl/status/statusor.h"
#include "tools/bansosctl/generate/population.h"
#include "tools/bansosctl/generate/summary.h"

namespace bansos {

// Fewer would leave programmes without the faults that tests need.
inline constexpr uint32_t kCandidatesMin = 100;
// All are held in memory, some 700 bytes each.
inline constexpr uint32_t kCandidatesMax = 2'000'000;

// Creates `folder` if it is missing; replaces files of the same names. Errors: InvalidArgument for
// options out of range, and those of the file system.
absl::StatusOr<Summary> GenerateRegistry(const RegistryOptions& options, const std::string& folder);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_GENERATE_REGISTRY_H_

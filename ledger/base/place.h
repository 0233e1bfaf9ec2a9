// Places in the file system: which file or folder a path means, whatever its spelling and the links
// on its way, also where nothing is yet. Functions without state.
#ifndef LEDGER_BASE_PLACE_H_
#define LEDGER_BASE_PLACE_H_

#include <filesystem>
#include <string>

#include "absl/status/statusor.h"

namespace bansos {

// Absolute and without links. INVALID_ARGUMENT when the links lead in a circle.
absl::StatusOr<std::filesystem::path> PlaceOf(const std::string& path);

// Whether `place` is `folder` or lies in it. REQUIRES: both come from PlaceOf.
bool LiesIn(const std::filesystem::path& place, const std::filesystem::path& folder);

// Whether they are one file or folder: also by two names (hard links), or by two mounts of one
// folder. REQUIRES: both come from PlaceOf.
bool AreSame(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace bansos

#endif  // LEDGER_BASE_PLACE_H_

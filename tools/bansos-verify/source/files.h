// Reading files whole, never writing. A file that is not there is an answer, not an error; one that
// cannot be read is UNAVAILABLE: the verifier could not look. Thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_SOURCE_FILES_H_
#define TOOLS_BANSOS_VERIFY_SOURCE_FILES_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"

namespace bansos::verify {

// nullopt when there is no such file. Of a file with more than `max_bytes` only max_bytes + 1 are
// read, so that the caller sees that it is too long.
absl::StatusOr<std::optional<std::string>> ReadFile(const std::string& path, uint64_t max_bytes);

// For a file that the user named: INVALID_ARGUMENT when it is not there or too long.
absl::StatusOr<std::string> ReadNamedFile(const std::string& path, uint64_t max_bytes);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_SOURCE_FILES_H_

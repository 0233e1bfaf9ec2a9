// How the verifier tells a fault from a failure to look. Both are absl::Status: a fault has the
// code DATA_LOSS and a message that begins with its place ("at position 7: ...", "in tile/0/000:
// ..."); every other code means that something could not be looked at. Also the two macros that
// hand a status on: the verifier shares no code with the server, so it has its own. Thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_FINDING_FINDING_H_
#define TOOLS_BANSOS_VERIFY_FINDING_FINDING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

namespace bansos::verify {

// A fault at a position of the log, and one in a file, row or tree that has no single position.
absl::Status FaultAtPosition(uint64_t position, const std::string& reason);
absl::Status FaultInPlace(const std::string& place, const std::string& reason);

template <typename... Parts>
absl::Status FaultAt(uint64_t position, const Parts&... parts) {
  return FaultAtPosition(position, absl::StrCat(parts...));
}

template <typename... Parts>
absl::Status FaultIn(const std::string& place, const Parts&... parts) {
  return FaultInPlace(place, absl::StrCat(parts...));
}

inline bool IsFault(const absl::Status& status) { return absl::IsDataLoss(status); }

// The position that a fault was made with.
std::optional<uint64_t> PositionOf(const absl::Status& status);

}  // namespace bansos::verify

#define VERIFY_CONCAT_INNER(a, b) a##b
#define VERIFY_CONCAT(a, b) VERIFY_CONCAT_INNER(a, b)

#define TRY(expression)                                                    \
  do {                                                                     \
    if (::absl::Status tried_ = (expression); !tried_.ok()) return tried_; \
  } while (false)

#define TRY_ASSIGN(declaration, expression) \
  TRY_ASSIGN_TO(VERIFY_CONCAT(tried_, __LINE__), declaration, expression)
#define TRY_ASSIGN_TO(result, declaration, expression) \
  auto result = (expression);                          \
  if (!result.ok()) return std::move(result).status(); \
  declaration = *std::move(result)

#endif  // TOOLS_BANSOS_VERIFY_FINDING_FINDING_H_

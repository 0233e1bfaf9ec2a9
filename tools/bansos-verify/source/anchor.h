// The anchor file (docs/formats/log.md, "Anchor file"): size and root of a log, kept beside its
// database; the vault has one of the same form. Pure functions, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_SOURCE_ANCHOR_H_
#define TOOLS_BANSOS_VERIFY_SOURCE_ANCHOR_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "tools/bansos-verify/source/log_source.h"

namespace bansos::verify {

inline constexpr char kAnchorFile[] = "anchor";

struct Anchor {
  StatedRoot stated;
  int damaged_slots = 0;  // one may be: a write that a power cut tore
};

// `name` is what a fault calls the file.
absl::StatusOr<Anchor> ParseAnchor(std::string_view bytes, const std::string& name);

// `name` in a directory; nullopt when there is none.
absl::StatusOr<std::optional<Anchor>> ReadAnchor(const std::string& directory,
                                                 const std::string& name);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_SOURCE_ANCHOR_H_

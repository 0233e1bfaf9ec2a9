// C2SP entry bundles: each entry as its length in two bytes, big-endian, and its bytes. Pure
// functions, thread-safe; the results point into the given bytes.
#ifndef TOOLS_BANSOS_VERIFY_TREE_BUNDLE_H_
#define TOOLS_BANSOS_VERIFY_TREE_BUNDLE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/bansos-verify/tree/merkle.h"

namespace bansos::verify {

inline constexpr uint64_t kLengthBytes = 2;
inline constexpr uint64_t kMaxBundleEntryBytes = 65535;
inline constexpr uint64_t kMaxBundleBytes = kTileWidth * (kLengthBytes + kMaxBundleEntryBytes);

// Takes the first entry off `bytes`; false, changing nothing, when it does not hold a whole one.
bool TakeEntry(std::string_view& bytes, std::string_view& entry);

// Exactly `count` entries, the first at position `first`, and nothing after them. `name` is the
// bundle's, for the fault.
absl::StatusOr<std::vector<std::string_view>> ParseBundle(std::string_view bytes, uint64_t first,
                                                          uint64_t count, const std::string& name);

// How many bytes the first `count` entries take.
absl::StatusOr<uint64_t> BytesOfEntries(std::string_view bytes, uint64_t first, uint64_t count,
                                        const std::string& name);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_TREE_BUNDLE_H_

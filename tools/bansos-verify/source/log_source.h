// LogSource: a log as it is stored somewhere, to be checked against what its entries give. The
// verifying run reads the bundles in order, recomputes the tree and hands every tile and entry back
// to the source, which compares them with whatever it stores of them.
//
// ReadBundle is called by one thread (the reading one), everything else by another. A source never
// writes.
#ifndef TOOLS_BANSOS_VERIFY_SOURCE_LOG_SOURCE_H_
#define TOOLS_BANSOS_VERIFY_SOURCE_LOG_SOURCE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tools/bansos-verify/tree/bundle_pipeline.h"
#include "tools/bansos-verify/tree/merkle.h"

namespace bansos::verify {

// What something says of the log: the root of its first `size` entries.
struct StatedRoot {
  uint64_t size = 0;
  Hash root{};
  std::string where;  // "the anchor"
};

class LogSource {
 public:
  virtual ~LogSource() = default;

  // "exported directory", "data directory"
  virtual std::string Kind() const = 0;
  virtual uint64_t size() const = 0;
  // Origin of its checkpoint; empty when it has none.
  virtual std::string origin() const = 0;
  // The roots that it states, each to be compared; sizes at most size().
  virtual std::vector<StatedRoot> StatedRoots() const = 0;

  // The entries of bundle 0, 1, ...: exactly those below size().
  virtual absl::StatusOr<RawBundle> ReadBundle(uint64_t index) = 0;

  // Each level's tiles in order.
  virtual absl::Status CheckTile(const Tile& tile) = 0;
  // Every entry in order.
  virtual absl::Status CheckEntry(uint64_t position, std::string_view entry) = 0;
  // After all of them: nothing is left over. `edge` is that of size().
  virtual absl::Status CheckEnd(std::span<const Hash> edge) = 0;

  // What it has checked, and what it holds that is not; complete after CheckEnd.
  virtual std::vector<std::string> Checked() const = 0;
  virtual std::vector<std::string> NotChecked() const = 0;
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_SOURCE_LOG_SOURCE_H_

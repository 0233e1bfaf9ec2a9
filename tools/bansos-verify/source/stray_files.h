// StrayFiles: the files of an exported directory that its checkpoint does not ask for. A partial
// tile or bundle that a fuller one superseded must be the beginning of that; what lies beyond the
// checkpoint (an export under way) must agree where it overlaps; everything else is listed as not
// checked. To be used after all files that the checkpoint asks for were checked. Not thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_SOURCE_STRAY_FILES_H_
#define TOOLS_BANSOS_VERIFY_SOURCE_STRAY_FILES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tools/bansos-verify/source/tile_path.h"

namespace bansos::verify {

class StrayFiles {
 public:
  StrayFiles(std::string directory, uint64_t size)
      : directory_(std::move(directory)), size_(size) {}

  absl::Status Check();

  uint64_t compared() const { return compared_; }
  std::vector<std::string> NotChecked() const;

 private:
  // `path` is below the directory.
  absl::Status CheckFile(const std::string& path);
  absl::Status CheckOverlap(const TileName& name, uint64_t width);

  const std::string directory_;
  const uint64_t size_;
  uint64_t compared_ = 0;
  uint64_t beyond_ = 0;
  uint64_t foreign_ = 0;
  std::vector<std::string> foreign_names_;  // the first of them
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_SOURCE_STRAY_FILES_H_

// TilesDirectory: an exported log as C2SP tlog-tiles lays it out: `checkpoint`, `tile/<L>/<N>` and
// `tile/entries/<N>`. Every file that its checkpoint asks for is compared byte for byte; a partial
// file may be missing once the full one is there; other files are compared where they overlap
// (stray_files.h) or listed as not checked.
#ifndef TOOLS_BANSOS_VERIFY_SOURCE_TILES_DIRECTORY_H_
#define TOOLS_BANSOS_VERIFY_SOURCE_TILES_DIRECTORY_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/bansos-verify/note/checkpoint.h"
#include "tools/bansos-verify/source/log_source.h"
#include "tools/bansos-verify/source/tile_path.h"

namespace bansos::verify {

inline constexpr char kCheckpointFile[] = "checkpoint";

class TilesDirectory : public LogSource {
 public:
  // Reads and checks the checkpoint.
  static absl::StatusOr<std::unique_ptr<TilesDirectory>> Open(const std::string& directory,
                                                              const VerifierKey& key);

  std::string Kind() const override { return "exported directory"; }
  uint64_t size() const override { return checkpoint_.size; }
  std::string origin() const override { return checkpoint_.origin; }
  std::vector<StatedRoot> StatedRoots() const override;
  absl::StatusOr<RawBundle> ReadBundle(uint64_t index) override;
  absl::Status CheckTile(const Tile& tile) override;
  absl::Status CheckEntry(uint64_t position, std::string_view entry) override;
  absl::Status CheckEnd(std::span<const Hash> edge) override;
  std::vector<std::string> Checked() const override;
  std::vector<std::string> NotChecked() const override { return not_checked_; }

 private:
  TilesDirectory(std::string directory, Checkpoint checkpoint)
      : directory_(std::move(directory)), checkpoint_(std::move(checkpoint)) {}

  const std::string directory_;
  const Checkpoint checkpoint_;
  uint64_t tiles_compared_ = 0;
  uint64_t strays_compared_ = 0;
  std::vector<std::string> not_checked_;
};

// A tile or bundle as it is stored: the named file, or for a partial one whose file is gone the
// beginning of the full one. The bytes of a bundle are exactly its entries.
struct StoredTile {
  std::string path;  // of the file that was read, below the directory
  std::string bytes;
};

// A fault when neither file is there, or it has not the length or entries that its name asks for.
absl::StatusOr<StoredTile> ReadTile(const std::string& directory, const TileName& name);
// The named file and no other; nullopt when it is not there.
absl::StatusOr<std::optional<std::string>> ReadTileFile(const std::string& directory,
                                                        const TileName& name);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_SOURCE_TILES_DIRECTORY_H_

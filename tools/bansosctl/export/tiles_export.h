// TilesExport: writes the log as a static C2SP tlog-tiles directory that any verifier of that
// format can read: tiles and entry bundles first, `checkpoint` last.
//
// An export into a directory that holds an earlier one adds what is missing and compares the rest,
// byte by byte; so an interrupted export is resumed by starting it again. A directory with another
// log's files, other bytes, or a checkpoint that this export cannot follow is refused as it is.
// Blocks; several requests are under way at the same time, all files are written by the caller's
// thread. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_EXPORT_TILES_EXPORT_H_
#define TOOLS_BANSOSCTL_EXPORT_TILES_EXPORT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bansos/v1/log_service.pb.h"
#include "ledger/base/clock.h"
#include "tools/bansosctl/client/connection.h"
#include "tools/bansosctl/export/checkpoint_text.h"
#include "tools/bansosctl/export/export_folder.h"
#include "tools/bansosctl/export/tile_layout.h"
#include "tools/bansosctl/format/progress_bar.h"

namespace bansos {

struct TilesSummary {
  std::string origin;
  uint64_t size = 0;           // entries
  uint64_t files_written = 0;  // the checkpoint apart
  uint64_t files_present = 0;  // compared and found equal
};

class TilesExport {
 public:
  TilesExport(Connection& connection, Clock& clock) : connection_(connection), clock_(clock) {}

  // With `min_size`: up to the smallest checkpoint that covers so many entries; without: up to one
  // of now. Errors: those of the calls and of the files; FAILED_PRECONDITION naming the file that
  // stands in the way; DATA_LOSS when the server's answers do not fit each other.
  absl::StatusOr<TilesSummary> Run(const std::string& directory, std::optional<uint64_t> min_size);

 private:
  // The checkpoint that is there already.
  struct Earlier {
    CheckpointText text;
    std::vector<TileRow> rows;
  };

  absl::Status FetchCheckpoint(std::optional<uint64_t> min_size);
  absl::Status ReadEarlier();
  absl::Status CheckEarlierRoot();
  absl::Status ExportFiles();
  absl::Status ExportTiles(const TileRow& row);
  absl::Status ExportBundles(const TileRow& row);
  absl::Status PutTile(const TileRow& row, uint64_t index, const std::string& tile);
  absl::Status PutBundle(const TileRow& row, uint64_t index, const std::string& bundle);
  absl::Status Put(const std::string& path, const std::string& earlier_path,
                   const std::string& bytes);
  // The width of the partial file that the earlier export had here; 0 when it had none.
  uint32_t EarlierWidth(const TileRow& row, uint64_t index) const;

  Connection& connection_;
  Clock& clock_;
  std::unique_ptr<ExportFolder> folder_;
  std::string checkpoint_;
  CheckpointText text_;
  std::optional<Earlier> earlier_;
  std::optional<ProgressBar> bar_;
  TilesSummary summary_;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_EXPORT_TILES_EXPORT_H_

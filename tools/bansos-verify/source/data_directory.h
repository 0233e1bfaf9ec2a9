// DataDirectory: the log in the data directory of a stopped server, as docs/formats/log.md tells:
// the database `log/` and the file `anchor`. It is checked whole: every row of every family, the
// anchor, every stored checkpoint, the checksum of every file. Nothing in it is written.
#ifndef TOOLS_BANSOS_VERIFY_SOURCE_DATA_DIRECTORY_H_
#define TOOLS_BANSOS_VERIFY_SOURCE_DATA_DIRECTORY_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/bansos-verify/note/verifier_key.h"
#include "tools/bansos-verify/source/anchor.h"
#include "tools/bansos-verify/source/database.h"
#include "tools/bansos-verify/source/directory_locks.h"
#include "tools/bansos-verify/source/entry_rows.h"
#include "tools/bansos-verify/source/head_row.h"
#include "tools/bansos-verify/source/log_source.h"
#include "tools/bansos-verify/source/time_rows.h"
#include "tools/bansos-verify/source/tree_rows.h"

namespace bansos::verify {

inline constexpr char kLogDirectory[] = "log";

enum class Entries { kLedger, kOpaque };

class DataDirectory : public LogSource {
 public:
  // Locks it, opens the database and checks what does not need the entries. Without a key the
  // signatures of stored checkpoints are not checked.
  static absl::StatusOr<std::unique_ptr<DataDirectory>> Open(const std::string& directory,
                                                             const std::optional<VerifierKey>& key,
                                                             Entries entries);

  std::string Kind() const override { return "data directory"; }
  uint64_t size() const override { return meta_.head.size; }
  std::string origin() const override { return origin_; }
  std::vector<StatedRoot> StatedRoots() const override { return stated_roots_; }
  absl::StatusOr<RawBundle> ReadBundle(uint64_t index) override { return entry_rows_->Next(); }
  absl::Status CheckTile(const Tile& tile) override { return tree_rows_->Check(tile); }
  absl::Status CheckEntry(uint64_t position, std::string_view entry) override;
  absl::Status CheckEnd(std::span<const Hash> edge) override;
  std::vector<std::string> Checked() const override;
  std::vector<std::string> NotChecked() const override { return not_checked_; }

 private:
  DataDirectory(std::string directory, Entries entries)
      : directory_(std::move(directory)), entries_(entries) {}

  absl::Status OpenDatabase();
  absl::Status TakeAnchor();
  absl::Status TakeCheckpoints(const std::optional<VerifierKey>& key);
  void ListRest();

  const std::string directory_;
  const Entries entries_;
  DirectoryLocks locks_;
  std::unique_ptr<Database> database_;  // null: the log was never begun
  MetaRows meta_;
  std::string origin_;
  std::vector<StatedRoot> stated_roots_;
  std::unique_ptr<EntryRows> entry_rows_;
  std::unique_ptr<TreeRows> tree_rows_;
  std::unique_ptr<TimeRows> time_rows_;
  bool signatures_checked_ = false;
  std::vector<std::string> not_checked_;
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_SOURCE_DATA_DIRECTORY_H_

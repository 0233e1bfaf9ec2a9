#include "tools/bansos-verify/source/data_directory.h"

#include <algorithm>
#include <filesystem>

#include "absl/strings/str_join.h"
#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/note/checkpoint.h"

namespace bansos::verify {
namespace {

// A longer entry is none of ours (docs/formats/log.md, "Limits").
constexpr uint64_t kMaxStoredEntryBytes = 61440;

}  // namespace

absl::StatusOr<std::unique_ptr<DataDirectory>> DataDirectory::Open(
    const std::string& directory, const std::optional<VerifierKey>& key, Entries entries) {
  std::unique_ptr<DataDirectory> opened(new DataDirectory(directory, entries));
  TRY(opened->locks_.Take(directory));
  TRY(opened->OpenDatabase());
  TRY(opened->TakeAnchor());
  TRY(opened->TakeCheckpoints(key));
  opened->ListRest();
  return opened;
}

absl::Status DataDirectory::OpenDatabase() {
  const std::string log = absl::StrCat(directory_, "/", kLogDirectory);
  std::error_code error;
  if (!std::filesystem::exists(log + "/CURRENT", error)) {
    if (error) {
      return absl::UnavailableError(absl::StrCat("cannot read ", log, ": ", error.message()));
    }
    if (std::filesystem::exists(log, error) && !std::filesystem::is_empty(log, error)) {
      return FaultIn("the database log/", "the file CURRENT is missing");
    }
    return absl::OkStatus();
  }
  TRY_ASSIGN(database_, Database::Open(log));
  if (!database_->foreign_families().empty()) {
    return FaultIn("the database log/", "the format has no column family ",
                   absl::StrJoin(database_->foreign_families(), ", "));
  }
  TRY_ASSIGN(meta_, ReadMetaRows(*database_->Rows(Family::kMeta)));
  entry_rows_ = std::make_unique<EntryRows>(database_->Rows(Family::kEntries), size());
  tree_rows_ = std::make_unique<TreeRows>([this] { return database_->Rows(Family::kTree); });
  time_rows_ = std::make_unique<TimeRows>(database_->Rows(Family::kTimes));
  return absl::OkStatus();
}

absl::Status DataDirectory::TakeAnchor() {
  TRY_ASSIGN(const std::optional<Anchor> anchor, ReadAnchor(directory_, kAnchorFile));
  if (size() > 0) stated_roots_.push_back({size(), meta_.head.root, "the head row"});
  if (!anchor) {
    if (size() == 0) return absl::OkStatus();
    return FaultIn(kAnchorFile, "the log holds ", size(),
                   " entries but its anchor is missing, so nothing tells whether that is all");
  }
  if (anchor->stated.size > size()) {
    return FaultAt(size(), "the log ends here, but the anchor says that ", anchor->stated.size,
                   " entries were acknowledged",
                   database_ && !database_->cut().empty()
                       ? "; its write-ahead log is damaged: " + database_->cut()
                       : "");
  }
  stated_roots_.push_back(anchor->stated);
  if (anchor->damaged_slots > 0) {
    not_checked_.push_back(
        "the slot of the anchor that does not count: it is not whole (a torn write may leave "
        "that)");
  }
  return absl::OkStatus();
}

absl::Status DataDirectory::TakeCheckpoints(const std::optional<VerifierKey>& key) {
  for (const CheckpointRow& row : meta_.checkpoints) {
    const std::string place = absl::StrCat("the stored checkpoint of size ", row.size);
    TRY_ASSIGN(const Checkpoint checkpoint, ReadCheckpoint(row.note, key, place));
    if (checkpoint.size != row.size) return FaultIn(place, "it states size ", checkpoint.size);
    if (row.size > size()) return FaultIn(place, "the log has only ", size(), " entries");
    if (!origin_.empty() && origin_ != checkpoint.origin) {
      return FaultIn(place, "it is of the origin '", checkpoint.origin, "', the one before of '",
                     origin_, "'");
    }
    origin_ = checkpoint.origin;
    stated_roots_.push_back({row.size, checkpoint.root, place});
  }
  signatures_checked_ = key.has_value() && !meta_.checkpoints.empty();
  if (meta_.checkpoints.empty()) {
    not_checked_.push_back("No signature was checked: the log holds no checkpoint yet.");
  } else if (!key) {
    not_checked_.push_back("No signature was checked: no --vkey was given.");
  }
  return absl::OkStatus();
}

void DataDirectory::ListRest() {
  if (database_ && !database_->cut().empty()) {
    not_checked_.push_back(absl::StrCat(
        "What followed the damage of the write-ahead log was not checked; the anchor does not ask "
        "for it: ",
        database_->cut()));
  }
  std::error_code ignored;
  if (std::filesystem::exists(directory_ + "/views", ignored)) {
    not_checked_.push_back("The views (views/) were not checked: they are made anew from the log.");
  }
}

absl::Status DataDirectory::CheckEntry(uint64_t position, std::string_view entry) {
  if (entry.size() > kMaxStoredEntryBytes) {
    return FaultAt(position, "the entry is ", entry.size(), " bytes long, more than the ",
                   kMaxStoredEntryBytes, " that a log takes");
  }
  if (entries_ == Entries::kOpaque) return absl::OkStatus();
  return time_rows_->Check(position, RecordedTimeUs(entry));
}

absl::Status DataDirectory::CheckEnd(std::span<const Hash> edge) {
  if (!database_) return absl::OkStatus();
  TRY(entry_rows_->CheckEnd());
  TRY(tree_rows_->CheckEnd());
  if (!std::ranges::equal(edge, meta_.head.edge)) {
    return FaultIn("the head row", "its edge is not that of the entries");
  }
  if (entries_ == Entries::kLedger) return time_rows_->CheckEnd(meta_.head.last_time_us);
  return time_rows_->CheckShape(size(), meta_.head.last_time_us);
}

std::vector<std::string> DataDirectory::Checked() const {
  std::vector<std::string> checked;
  if (!database_) return checked;
  checked = {"the checksum of every file of the database",
             absl::StrCat("every row: ", entry_rows_->fragments(), " fragments without a gap, ",
                          tree_rows_->compared(), " tree rows, the times, head and edge"),
             "that the log holds at least what the anchor says, with its root"};
  if (!meta_.checkpoints.empty()) {
    checked.push_back(absl::StrCat(meta_.checkpoints.size(), " stored checkpoints",
                                   signatures_checked_ ? ", each with its signature" : ""));
  }
  return checked;
}

}  // namespace bansos::verify

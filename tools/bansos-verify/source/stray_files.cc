#include "tools/bansos-verify/source/stray_files.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/source/tiles_directory.h"
#include "tools/bansos-verify/tree/bundle.h"

namespace bansos::verify {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxNames = 10;  // more would hide the rest of the report

}  // namespace

absl::Status StrayFiles::Check() {
  std::error_code error;
  fs::recursive_directory_iterator it(directory_, error);
  for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
    if (it->is_directory(error) && !it->is_symlink(error)) continue;
    TRY(CheckFile(fs::path(it->path()).lexically_relative(directory_).string()));
  }
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("cannot list the files of ", directory_, ": ", error.message()));
  }
  std::ranges::sort(foreign_names_);
  return absl::OkStatus();
}

absl::Status StrayFiles::CheckFile(const std::string& path) {
  if (path == kCheckpointFile) return absl::OkStatus();
  const std::optional<TileName> name = ParseTilePath(path);
  if (!name) {
    ++foreign_;
    if (foreign_names_.size() < kMaxNames) foreign_names_.push_back(path);
    return absl::OkStatus();
  }
  const int level = name->level.value_or(0);
  const uint64_t hashes = level < kTileLevels ? HashesAtLevel(size_, level) : 0;
  if (name->index > hashes / kTileWidth ||
      (name->index == hashes / kTileWidth && hashes % kTileWidth == 0)) {
    ++beyond_;
    return absl::OkStatus();
  }
  const uint64_t width = std::min(kTileWidth, hashes - name->index * kTileWidth);
  if (name->width == width) return absl::OkStatus();  // asked for, and checked already
  if (name->width > width) ++beyond_;
  return CheckOverlap(*name, width);
}

absl::Status StrayFiles::CheckOverlap(const TileName& name, uint64_t width) {
  TRY_ASSIGN(const std::optional<std::string> bytes, ReadTileFile(directory_, name));
  if (!bytes) return absl::OkStatus();  // removed since it was listed
  const TileName truth{.level = name.level, .index = name.index, .width = width};
  TRY_ASSIGN(const StoredTile fuller, ReadTile(directory_, truth));
  const size_t common = std::min(bytes->size(), fuller.bytes.size());
  const auto difference =
      std::mismatch(bytes->begin(), bytes->begin() + common, fuller.bytes.begin());
  if (difference.first != bytes->begin() + common) {
    return FaultIn(TilePath(name), "it differs from ", fuller.path, " at byte ",
                   difference.first - bytes->begin());
  }
  ++compared_;
  return absl::OkStatus();
}

std::vector<std::string> StrayFiles::NotChecked() const {
  std::vector<std::string> found;
  if (beyond_ > 0) {
    found.push_back(absl::StrCat("What lies beyond the checkpoint was not checked (in ", beyond_,
                                 " tiles and bundles)."));
  }
  if (foreign_ > 0) {
    const uint64_t more = foreign_ - foreign_names_.size();
    found.push_back(
        absl::StrCat("Files that are no part of a tlog-tiles directory were not checked: ",
                     absl::StrJoin(foreign_names_, ", "),
                     more > 0 ? absl::StrCat(" and ", more, " more.") : "."));
  }
  return found;
}

}  // namespace bansos::verify

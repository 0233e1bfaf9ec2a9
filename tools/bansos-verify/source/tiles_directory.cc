#include "tools/bansos-verify/source/tiles_directory.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/note/signed_note.h"
#include "tools/bansos-verify/source/files.h"
#include "tools/bansos-verify/source/stray_files.h"
#include "tools/bansos-verify/tree/bundle.h"

namespace bansos::verify {
namespace {

uint64_t MaxBytes(const TileName& name) {
  return name.level ? kTileWidth * kHashBytes : kMaxBundleBytes;
}

// How many bytes the first `width` hashes or entries of the file take.
absl::StatusOr<uint64_t> BytesOf(std::string_view bytes, const TileName& name, uint64_t width,
                                 const std::string& path) {
  if (name.level) return width * kHashBytes;
  return BytesOfEntries(bytes, name.index * kTileWidth, width, path);
}

}  // namespace

absl::StatusOr<std::optional<std::string>> ReadTileFile(const std::string& directory,
                                                        const TileName& name) {
  const std::string path = TilePath(name);
  TRY_ASSIGN(std::optional<std::string> bytes,
             ReadFile(absl::StrCat(directory, "/", path), MaxBytes(name)));
  if (!bytes) return std::nullopt;
  TRY_ASSIGN(const uint64_t wanted, BytesOf(*bytes, name, name.width, path));
  if (bytes->size() < wanted) {
    return FaultIn(path, "it is ", bytes->size(), " bytes long and should be ", wanted);
  }
  if (bytes->size() > wanted) return FaultIn(path, "it goes on after its ", wanted, " bytes");
  return bytes;
}

absl::StatusOr<StoredTile> ReadTile(const std::string& directory, const TileName& name) {
  TRY_ASSIGN(std::optional<std::string> bytes, ReadTileFile(directory, name));
  if (bytes) return StoredTile{TilePath(name), *std::move(bytes)};
  if (!name.is_partial()) return FaultIn(TilePath(name), "the file is missing");
  TileName full = name;
  full.width = kTileWidth;
  TRY_ASSIGN(bytes, ReadTileFile(directory, full));
  if (!bytes) return FaultIn(TilePath(name), "the file is missing, and so is the full one");
  TRY_ASSIGN(const uint64_t length, BytesOf(*bytes, name, name.width, TilePath(full)));
  bytes->resize(length);
  return StoredTile{TilePath(full), *std::move(bytes)};
}

absl::StatusOr<std::unique_ptr<TilesDirectory>> TilesDirectory::Open(const std::string& directory,
                                                                     const VerifierKey& key) {
  TRY_ASSIGN(const std::string note,
             ReadNamedFile(absl::StrCat(directory, "/", kCheckpointFile), kMaxNoteBytes));
  TRY_ASSIGN(Checkpoint checkpoint, ReadCheckpoint(note, key, kCheckpointFile));
  return std::unique_ptr<TilesDirectory>(new TilesDirectory(directory, std::move(checkpoint)));
}

std::vector<StatedRoot> TilesDirectory::StatedRoots() const {
  return {{checkpoint_.size, checkpoint_.root, kCheckpointFile}};
}

absl::StatusOr<RawBundle> TilesDirectory::ReadBundle(uint64_t index) {
  const uint64_t width = std::min(kTileWidth, size() - index * kTileWidth);
  TRY_ASSIGN(StoredTile stored,
             ReadTile(directory_, {.level = std::nullopt, .index = index, .width = width}));
  return RawBundle{std::move(stored.bytes), std::move(stored.path)};
}

absl::Status TilesDirectory::CheckTile(const Tile& tile) {
  const TileName name{.level = tile.level, .index = tile.index, .width = tile.hashes.size()};
  TRY_ASSIGN(const StoredTile stored, ReadTile(directory_, name));
  ++tiles_compared_;
  for (size_t i = 0; i < tile.hashes.size(); ++i) {
    if (Bytes(tile.hashes[i]) == std::string_view(stored.bytes).substr(i * kHashBytes, kHashBytes))
      continue;
    const uint64_t number = tile.index * kTileWidth + i;
    if (tile.level == 0) {
      return FaultAt(number, "the entry in tile/entries has the leaf hash ", Hex(tile.hashes[i]),
                     ", and ", stored.path, " states another");
    }
    return FaultIn(stored.path, "hash ", i, " should be ", Hex(tile.hashes[i]),
                   ", the root of tile ", number, " of level ", tile.level - 1);
  }
  return absl::OkStatus();
}

absl::Status TilesDirectory::CheckEntry(uint64_t, std::string_view) { return absl::OkStatus(); }

absl::Status TilesDirectory::CheckEnd(std::span<const Hash>) {
  StrayFiles strays(directory_, size());
  TRY(strays.Check());
  strays_compared_ = strays.compared();
  not_checked_ = strays.NotChecked();
  if (checkpoint_.extensions > 0) {
    not_checked_.push_back(absl::StrCat(
        "What the ", checkpoint_.extensions,
        " more lines of the checkpoint say was not checked: only that they are signed."));
  }
  return absl::OkStatus();
}

std::vector<std::string> TilesDirectory::Checked() const {
  std::vector<std::string> checked = {
      "the signature of the checkpoint, and that its root is that of the entries",
      absl::StrCat(tiles_compared_, " tiles, byte for byte, and every entry bundle")};
  if (strays_compared_ > 0) {
    checked.push_back(absl::StrCat(strays_compared_, " superseded partial files"));
  }
  return checked;
}

}  // namespace bansos::verify

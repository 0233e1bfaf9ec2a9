#include "ledger/base/anchor.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/durable_files.h"
#include "ledger/base/endian.h"
#include "ledger/base/rocksdb_status.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

constexpr std::string_view kMagic = "bansosA1";
constexpr size_t kChecksumBytes = 8;
constexpr size_t kCheckedBytes = kAnchorSlotBytes - kChecksumBytes;
constexpr int kSlots = 2;

std::string Checksum(std::string_view bytes) {
  return std::string(AsBytes(Sha256(bytes)).substr(0, kChecksumBytes));
}

}  // namespace

std::string EncodeAnchorSlot(const AnchorRecord& record) {
  std::string slot(kMagic);
  AppendU64(slot, record.size);
  slot.append(AsBytes(record.root));
  slot.append(Checksum(slot));
  return slot;
}

std::optional<AnchorRecord> DecodeAnchorSlot(std::string_view bytes) {
  if (bytes.size() < kAnchorSlotBytes || !bytes.starts_with(kMagic)) return std::nullopt;
  const std::string_view checked = bytes.substr(0, kCheckedBytes);
  if (bytes.substr(kCheckedBytes, kChecksumBytes) != Checksum(checked)) return std::nullopt;
  AnchorRecord record = {.size = LoadBigEndian<uint64_t>(checked.substr(kMagic.size()))};
  std::copy_n(checked.begin() + kMagic.size() + sizeof(uint64_t), sizeof(Hash),
              record.root.begin());
  return record;
}

absl::StatusOr<std::unique_ptr<AnchorFile>> AnchorFile::Create(
    const std::shared_ptr<rocksdb::FileSystem>& files, const std::string& path,
    const AnchorRecord& record) {
  std::string slot = EncodeAnchorSlot(record);
  slot.resize(kAnchorSlotSpacing);
  RETURN_IF_ERROR(CreateFileDurably(*files, path, slot + slot));
  return Open(files, path);
}

absl::StatusOr<std::unique_ptr<AnchorFile>> AnchorFile::Open(
    const std::shared_ptr<rocksdb::FileSystem>& files, const std::string& path) {
  ASSIGN_OR_RETURN(const bool exists, FileExists(*files, path));
  if (!exists) return absl::NotFoundError(absl::StrCat("no anchor at ", path));
  std::unique_ptr<rocksdb::FSRandomRWFile> file;
  RETURN_IF_ERROR(
      FromRocksDb(files->NewRandomRWFile(path, {}, &file, nullptr), "opening the anchor " + path));
  ASSIGN_OR_RETURN(HeldName name, HeldName::Of(path));
  std::unique_ptr<AnchorFile> anchor(new AnchorFile(std::move(file), path, std::move(name)));
  RETURN_IF_ERROR(anchor->Load());
  return anchor;
}

absl::Status AnchorFile::Load() {
  std::array<std::optional<AnchorRecord>, kSlots> slots;
  for (int i = 0; i < kSlots; ++i) {
    std::array<char, kAnchorSlotBytes> scratch;
    rocksdb::Slice bytes;
    RETURN_IF_ERROR(FromRocksDb(
        file_->Read(i * kAnchorSlotSpacing, scratch.size(), {}, &bytes, scratch.data(), nullptr),
        "reading the anchor " + path_));
    slots[i] = DecodeAnchorSlot({bytes.data(), bytes.size()});
  }
  if (!slots[0] && !slots[1]) {
    return absl::DataLossError(absl::StrCat("neither slot of the anchor ", path_, " is whole"));
  }
  if (slots[0] && slots[1] && slots[0]->size == slots[1]->size &&
      slots[0]->root != slots[1]->root) {
    return absl::DataLossError(absl::StrCat("the slots of the anchor ", path_,
                                            " give two roots for size ", slots[0]->size));
  }
  current_slot_ = slots[1] && (!slots[0] || slots[1]->size > slots[0]->size) ? 1 : 0;
  record_ = *slots[current_slot_];
  return absl::OkStatus();
}

absl::Status AnchorFile::Write(const AnchorRecord& record) {
  CHECK(record.size >= record_.size) << record.size << " after " << record_.size;
  const int slot = 1 - current_slot_;
  RETURN_IF_ERROR(
      FromRocksDb(file_->Write(slot * kAnchorSlotSpacing, EncodeAnchorSlot(record), {}, nullptr),
                  "writing the anchor " + path_));
  RETURN_IF_ERROR(FromRocksDb(file_->Sync({}, nullptr), "syncing the anchor " + path_));
  RETURN_IF_ERROR(name_.Check());
  current_slot_ = slot;
  record_ = record;
  return absl::OkStatus();
}

}  // namespace bansos

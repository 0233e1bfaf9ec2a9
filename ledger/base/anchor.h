// AnchorFile: the unsigned (size, root) kept beside a database: how much was acknowledged. RocksDB
// cannot tell a tail cut at a record boundary from the true end; the anchor can. The log's tells
// entries and their tree's root, the vault's tells writes and the mark of the last.
//
//   file = slot at byte 0, slot at byte 4096 (8192 bytes, written whole when the file is created)
//   slot = "bansosA1", u64 size, root (32 bytes), first 8 bytes of SHA-256 over what stands before;
//          integers big-endian
// Writes go to the two slots in turn, each followed by fdatasync: a torn write leaves the other
// slot whole, and the valid slot of the larger size counts. A write whose file has lost its name
// fails (held_name.h). Threads: one caller at a time. Owner: RocksDbLog, VaultStore.
#ifndef LEDGER_BASE_ANCHOR_H_
#define LEDGER_BASE_ANCHOR_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/base/hash.h"
#include "ledger/base/held_name.h"
#include "rocksdb/file_system.h"

namespace bansos {

struct AnchorRecord {
  uint64_t size = 0;
  Hash root = {};
};

// Apart by a page, so that no torn write reaches both.
inline constexpr size_t kAnchorSlotSpacing = 4096;
inline constexpr size_t kAnchorSlotBytes = 8 + 8 + 32 + 8;

std::string EncodeAnchorSlot(const AnchorRecord& record);
// nullopt unless `bytes` begins with a whole slot whose checksum is right.
std::optional<AnchorRecord> DecodeAnchorSlot(std::string_view bytes);

class AnchorFile {
 public:
  // Creates the file with `record` in both slots, or not at all. REQUIRES: `path` does not exist.
  static absl::StatusOr<std::unique_ptr<AnchorFile>> Create(
      const std::shared_ptr<rocksdb::FileSystem>& files, const std::string& path,
      const AnchorRecord& record);

  // NOT_FOUND when there is no file; DATA_LOSS when neither slot is whole.
  static absl::StatusOr<std::unique_ptr<AnchorFile>> Open(
      const std::shared_ptr<rocksdb::FileSystem>& files, const std::string& path);

  const AnchorRecord& record() const { return record_; }

  // Durable when it returns OK; after an error nobody knows. REQUIRES: the size does not go back.
  absl::Status Write(const AnchorRecord& record);

 private:
  AnchorFile(std::unique_ptr<rocksdb::FSRandomRWFile> file, std::string path, HeldName name)
      : file_(std::move(file)), path_(std::move(path)), name_(std::move(name)) {}

  absl::Status Load();

  std::unique_ptr<rocksdb::FSRandomRWFile> file_;
  std::string path_;
  HeldName name_;
  AnchorRecord record_;
  int current_slot_ = 0;
};

}  // namespace bansos

#endif  // LEDGER_BASE_ANCHOR_H_

#include "projections/snapshot_store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/endian.h"
#include "ledger/base/rocksdb_status.h"
#include "ledger/base/status_macros.h"
#include "ledger/base/store_limits.h"
#include "ledger/base/store_log.h"
#include "projections/sha256_stream.h"
#include "rocksdb/options.h"
#include "rocksdb/snapshot.h"

namespace bansos {
namespace {

constexpr char kHeaderTag = 'h';
constexpr char kChunkTag = 'c';
constexpr size_t kHashBytes = 32;
constexpr size_t kHeaderBytes = size_t{4} * 8 + size_t{3} * kHashBytes;

rocksdb::Slice ToSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

// What the keys of all snapshots of a view begin with.
std::string ViewPrefix(char tag, const Fold& fold) {
  std::string key(1, tag);
  key.append(fold.name());
  key.push_back('\0');
  return key;
}

std::string HeaderKey(const Fold& fold, uint64_t size) {
  std::string key = ViewPrefix(kHeaderTag, fold);
  AppendU32(key, fold.version());
  AppendU64(key, size);
  return key;
}

// REQUIRES: `header_key` is the key of a header.
std::string ChunkPrefix(std::string_view header_key) {
  std::string key(header_key);
  key.front() = kChunkTag;
  return key;
}

std::string ChunkKey(std::string prefix, uint32_t number) {
  AppendU32(prefix, number);
  return prefix;
}

// REQUIRES: `header_key` is the key of a header.
uint64_t SizeOf(std::string_view header_key) {
  return LoadBigEndian<uint64_t>(header_key.substr(header_key.size() - 8));
}

// The chunks hold nothing that a crash could not lose, so they skip the write-ahead log.
rocksdb::WriteOptions Unlogged() {
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  return options;
}

class StoreSink final : public ByteSink {
 public:
  StoreSink(rocksdb::DB& db, std::string prefix) : db_(db), prefix_(std::move(prefix)) {}

  absl::Status Append(std::string_view chunk) override {
    hash_.Append(chunk);
    bytes_ += chunk.size();
    return FromRocksDb(db_.Put(Unlogged(), ChunkKey(prefix_, chunks_++), ToSlice(chunk)),
                       "saving a view");
  }

  uint32_t chunks() const { return chunks_; }
  uint64_t bytes() const { return bytes_; }
  Hash Finish() { return hash_.Finish(); }

 private:
  rocksdb::DB& db_;
  const std::string prefix_;
  uint32_t chunks_ = 0;
  uint64_t bytes_ = 0;
  Sha256Stream hash_;
};

class StoreSource final : public ByteSource {
 public:
  StoreSource(rocksdb::DB& db, const rocksdb::ReadOptions& read, std::string prefix,
              uint64_t chunks)
      : db_(db), read_(read), prefix_(std::move(prefix)), chunks_(chunks) {}

  absl::StatusOr<std::string_view> Next() override {
    if (next_ == chunks_) return std::string_view();
    RETURN_IF_ERROR(
        FromRocksDb(db_.Get(read_, ChunkKey(prefix_, static_cast<uint32_t>(next_)), &chunk_),
                    "loading a view"));
    ++next_;
    hash_.Append(chunk_);
    return chunk_;
  }

  Hash Finish() { return hash_.Finish(); }

 private:
  rocksdb::DB& db_;
  const rocksdb::ReadOptions read_;
  const std::string prefix_;
  const uint64_t chunks_;
  uint64_t next_ = 0;
  std::string chunk_;
  Sha256Stream hash_;
};

rocksdb::Options StoreOptions(const std::string& directory, rocksdb::Env* env) {
  rocksdb::Options options;
  options.env = env;
  options.create_if_missing = true;
  options.max_open_files = kMaxStoreFiles;
  options.compression = rocksdb::kZSTD;
  options.info_log = std::make_shared<StoreLog>(directory);
  return options;
}

}  // namespace

absl::StatusOr<std::unique_ptr<SnapshotStore>> SnapshotStore::Open(const std::string& directory,
                                                                   rocksdb::Env* env) {
  const rocksdb::Options options = StoreOptions(directory, env);
  rocksdb::DB* db = nullptr;
  const rocksdb::Status opened = rocksdb::DB::Open(options, directory, &db);
  // Damaged views are made anew. What is there and is no store of views is somebody's.
  if (!opened.ok() && !opened.IsCorruption()) {
    return FromRocksDb(opened, absl::StrCat("opening the views in ", directory,
                                            " (if they are views, remove them: they are made anew "
                                            "from the log)"));
  }
  if (!opened.ok()) {
    // DestroyDB asks for the lock first, so it never takes the files from under another process.
    RETURN_IF_ERROR(FromRocksDb(rocksdb::DestroyDB(directory, options), "clearing views"));
    RETURN_IF_ERROR(FromRocksDb(rocksdb::DB::Open(options, directory, &db), "opening views"));
  }
  return std::unique_ptr<SnapshotStore>(new SnapshotStore(std::unique_ptr<rocksdb::DB>(db)));
}

uint64_t RungSpacing(uint64_t size) {
  uint64_t spacing = kMinRungSpacing;
  while (size / spacing > kMaxRungs) spacing *= 2;
  return spacing;
}

absl::StatusOr<uint64_t> SnapshotStore::Save(const Fold& fold, const SnapshotPoint& point) {
  absl::MutexLock lock(&save_mutex_);
  const std::string key = HeaderKey(fold, point.size);
  RETURN_IF_ERROR(Remove(key));
  StoreSink sink(*db_, ChunkPrefix(key));
  SnapshotWriter writer(sink);
  fold.Save(writer);
  RETURN_IF_ERROR(writer.Finish());

  std::string header;
  AppendU64(header, point.size);
  AppendU64(header, static_cast<uint64_t>(point.last_time_us));
  AppendU64(header, sink.chunks());
  AppendU64(header, sink.bytes());
  header.append(AsBytes(point.last_entry));
  header.append(AsBytes(sink.Finish()));
  header.append(AsBytes(Sha256(header)));
  RETURN_IF_ERROR(FromRocksDb(db_->Put(Unlogged(), key, header), "saving a view"));
  RETURN_IF_ERROR(Prune(fold));
  RETURN_IF_ERROR(FromRocksDb(db_->Flush(rocksdb::FlushOptions()), "saving a view"));
  return sink.bytes();
}

std::optional<SnapshotPoint> SnapshotStore::LoadNewest(
    Fold& fold, uint64_t max_size, absl::FunctionRef<bool(const SnapshotPoint&)> belongs) {
  rocksdb::ManagedSnapshot as_it_is(db_.get());
  rocksdb::ReadOptions read;
  read.snapshot = as_it_is.snapshot();
  std::vector<std::string> keys = Keys(read, fold, /*this_version=*/true);
  for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
    const uint64_t size = SizeOf(*key);
    if (size > max_size) continue;
    const absl::StatusOr<Header> header = ReadHeader(read, fold, size);
    if (header.ok() && belongs(header->point) && LoadAt(read, fold, *header).ok()) {
      return header->point;
    }
    fold.Reset();
    // Best effort: what stays behind is met, and refused, again.
    Remove(*key).IgnoreError();
  }
  return std::nullopt;
}

StoredSnapshot SnapshotStore::Newest(const Fold& fold) const {
  const rocksdb::ReadOptions read;
  const std::vector<std::string> keys = Keys(read, fold, /*this_version=*/true);
  if (keys.empty()) return {};
  const absl::StatusOr<Header> header = ReadHeader(read, fold, SizeOf(keys.back()));
  if (!header.ok()) return {};
  return {.size = header->point.size, .bytes = header->bytes};
}

bool SnapshotStore::Has(const Fold& fold, uint64_t size) const {
  return ReadHeader(rocksdb::ReadOptions(), fold, size).ok();
}

absl::StatusOr<SnapshotStore::Header> SnapshotStore::ReadHeader(const rocksdb::ReadOptions& read,
                                                                const Fold& fold,
                                                                uint64_t size) const {
  std::string row;
  RETURN_IF_ERROR(
      FromRocksDb(db_->Get(read, HeaderKey(fold, size), &row), "reading a snapshot's header"));
  const std::string_view bytes = row;
  if (bytes.size() != kHeaderBytes || AsBytes(Sha256(bytes.substr(0, kHeaderBytes - kHashBytes))) !=
                                          bytes.substr(kHeaderBytes - kHashBytes)) {
    return absl::DataLossError("a snapshot's header is damaged");
  }
  Header header;
  header.point.size = LoadBigEndian<uint64_t>(bytes);
  header.point.last_time_us = static_cast<int64_t>(LoadBigEndian<uint64_t>(bytes.substr(8)));
  header.chunks = LoadBigEndian<uint64_t>(bytes.substr(16));
  header.bytes = LoadBigEndian<uint64_t>(bytes.substr(24));
  std::copy_n(bytes.begin() + 32, kHashBytes, header.point.last_entry.begin());
  std::copy_n(bytes.begin() + 64, kHashBytes, header.digest.begin());
  if (header.point.size != size) return absl::DataLossError("a snapshot's header is misplaced");
  return header;
}

absl::Status SnapshotStore::LoadAt(const rocksdb::ReadOptions& read, Fold& fold,
                                   const Header& header) const {
  StoreSource source(*db_, read, ChunkPrefix(HeaderKey(fold, header.point.size)), header.chunks);
  SnapshotReader reader(source);
  RETURN_IF_ERROR(fold.Load(reader));
  RETURN_IF_ERROR(reader.Finish());
  if (source.Finish() != header.digest) return absl::DataLossError("a snapshot is damaged");
  return absl::OkStatus();
}

std::vector<std::string> SnapshotStore::Keys(const rocksdb::ReadOptions& read, const Fold& fold,
                                             bool this_version) const {
  const std::string prefix = ViewPrefix(kHeaderTag, fold);
  std::vector<std::string> keys;
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(read));
  for (it->Seek(prefix); it->Valid() && it->key().starts_with(prefix); it->Next()) {
    const std::string_view key = ToView(it->key());
    if (key.size() != prefix.size() + 4 + 8) continue;
    const bool same = LoadBigEndian<uint32_t>(key.substr(prefix.size())) == fold.version();
    if (same == this_version) keys.emplace_back(key);
  }
  return keys;
}

absl::Status SnapshotStore::Remove(std::string_view header_key) {
  // The header first: without it the chunks are nothing.
  RETURN_IF_ERROR(FromRocksDb(db_->Delete(Unlogged(), ToSlice(header_key)), "removing a snapshot"));
  const std::string prefix = ChunkPrefix(header_key);
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(rocksdb::ReadOptions()));
  for (it->Seek(prefix); it->Valid() && it->key().starts_with(prefix); it->Next()) {
    RETURN_IF_ERROR(FromRocksDb(db_->Delete(Unlogged(), it->key()), "removing a snapshot"));
  }
  return absl::OkStatus();
}

absl::Status SnapshotStore::Prune(const Fold& fold) {
  const rocksdb::ReadOptions read;
  for (const std::string& key : Keys(read, fold, /*this_version=*/false)) {
    RETURN_IF_ERROR(Remove(key));
  }
  const std::vector<std::string> keys = Keys(read, fold, /*this_version=*/true);
  if (keys.size() <= kKept) return absl::OkStatus();
  const uint64_t spacing = RungSpacing(SizeOf(keys.back()));
  // Before the first rung the start of the log is near enough.
  uint64_t rung = 0;
  for (size_t i = 0; i + kKept < keys.size(); ++i) {
    const uint64_t last_rung = std::exchange(rung, SizeOf(keys[i]) / spacing);
    if (rung == last_rung) RETURN_IF_ERROR(Remove(keys[i]));
  }
  return absl::OkStatus();
}

}  // namespace bansos

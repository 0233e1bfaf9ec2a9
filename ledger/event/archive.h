// ArchiveWriter and ArchiveReader: the two directions of a snapshot, driven by one list of members
// (state_members.h). Integers are varints, strings and lists carry their length, maps go by rising
// key. The bytes travel in pieces: neither side ever holds the whole.
//
// The reader takes its bytes as hostile (invariant 10): what it allocates grows with what it read,
// not with a count that was stated.
#ifndef LEDGER_EVENT_ARCHIVE_H_
#define LEDGER_EVENT_ARCHIVE_H_

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "ledger/event/decoder.h"
#include "ledger/event/encoder.h"
#include "ledger/event/sort_while.h"
#include "ledger/event/wire.h"

namespace bansos {

// Bodies and values of events travel in their own encoding.
template <typename T>
concept EventValue = requires(Encoder& encoder, const T& value) {
  VisitFields(encoder, value);
};

// Bytes of a piece; the last one is shorter.
inline constexpr size_t kArchivePieceBytes = size_t{32} * 1024;

// A text of a State is part of an event of at most 60 KiB, or the terms of a programme, which grow
// with its amendments by some 40 bytes a tranche.
inline constexpr uint64_t kMaxArchiveTextBytes = size_t{1024} * 1024;

class ArchiveWriter {
 public:
  // Takes each piece in order.
  using Take = absl::FunctionRef<void(std::string_view)>;
  // Asked before each piece and each kSortedAtOnce rows that are sorted.
  using KeepGoing = absl::FunctionRef<bool()>;

  // Both outlive the writer.
  ArchiveWriter(Take take, KeepGoing keep_going) : take_(take), keep_going_(keep_going) {}

  // False once `keep_going` said no: nothing more is taken, and every loop ends.
  bool ok() const { return ok_; }

  // Hands over what is left.
  void Finish() {
    if (!out_.empty() && Ask()) take_(out_);
    out_.clear();
  }

  template <typename... T>
  void operator()(const T&... values) {
    (Write(values), ...);
  }

 private:
  template <VarintLike T>
  void Write(const T& value) {
    WriteCount(ToVarint(value));
  }
  void WriteCount(uint64_t count) {
    if (!ok_) return;
    wire::AppendVarint(out_, count);
    HandOver();
  }
  void Write(const std::string& value) {
    if (!ok_) return;
    wire::AppendVarint(out_, value.size());
    out_.append(value);
    HandOver();
  }
  void HandOver() {
    if (out_.size() < kArchivePieceBytes) return;
    const std::string_view all = out_;
    size_t at = 0;
    for (; all.size() - at >= kArchivePieceBytes && Ask(); at += kArchivePieceBytes) {
      take_(all.substr(at, kArchivePieceBytes));
    }
    out_.erase(0, at);
  }
  bool Ask() { return ok_ = ok_ && keep_going_(); }
  template <typename T>
  void Write(const std::optional<T>& value) {
    Write(value.has_value());
    if (value) Write(*value);
  }
  template <typename T>
  void Write(const std::vector<T>& values) {
    WriteCount(values.size());
    WriteRows(values, [this](const T& value) { Write(value); });
  }
  template <typename T, size_t N>
  void Write(const std::array<T, N>& values) {
    WriteRows(values, [this](const T& value) { Write(value); });
  }
  template <typename K, typename V>
  void Write(const absl::flat_hash_map<K, V>& map) {
    using Entry = std::pair<const K, V>;
    WriteSorted(
        map, [](const Entry& a, const Entry& b) { return a.first < b.first; },
        [this](const Entry& entry) { (*this)(entry.first, entry.second); });
  }
  template <typename K, typename V>
  void Write(const absl::btree_map<K, V>& map) {
    WriteCount(map.size());
    WriteRows(map, [this](const auto& entry) { (*this)(entry.first, entry.second); });
  }
  template <typename K>
  void Write(const absl::flat_hash_set<K>& set) {
    WriteSorted(set, std::less<K>(), [this](const K& key) { Write(key); });
  }
  template <typename Rows, typename WriteRow>
  void WriteRows(const Rows& rows, WriteRow write_row) {
    for (auto row = rows.begin(); ok_ && row != rows.end(); ++row) write_row(*row);
  }
  template <typename Rows, typename Less, typename WriteRow>
  void WriteSorted(const Rows& rows, Less less, WriteRow write_row) {
    WriteCount(rows.size());
    std::vector<const typename Rows::value_type*> sorted;
    if (ok_) sorted.reserve(rows.size());
    WriteRows(rows, [&](const auto& row) {
      sorted.push_back(&row);
      if (sorted.size() % kSortedAtOnce == 0) Ask();
    });
    const auto less_of = [&less](const auto* a, const auto* b) { return less(*a, *b); };
    ok_ = ok_ && SortWhile(sorted, less_of, keep_going_);
    WriteRows(sorted, [&](const auto* row) { write_row(*row); });
  }
  template <typename T>
  requires(!VarintLike<T>) void Write(const T& value) {
    if constexpr (EventValue<T>) {
      std::string body;
      Encoder encoder(body);
      VisitFields(encoder, value);
      Write(body);
    } else {
      Members(*this, value);
    }
  }

  const Take take_;
  const KeepGoing keep_going_;
  std::string out_;
  bool ok_ = true;
};

class ArchiveReader {
 public:
  // Gives the next piece; an empty one says that there is none.
  using Next = absl::FunctionRef<std::string()>;

  // `next` outlives the reader.
  explicit ArchiveReader(Next next) : next_(next) {}

  // False once anything was wrong; what was read is then useless.
  bool ok() const { return ok_; }
  bool Finished() {
    Fill(1);
    return ok_ && in_.empty();
  }
  // For members that find themselves what cannot be.
  void Fail() { ok_ = false; }

  template <typename... T>
  void operator()(T&... values) {
    (Read(values), ...);
  }

 private:
  // Takes pieces until `bytes` of them are at hand, or there are no more.
  void Fill(size_t bytes) {
    while (in_.size() < bytes && !ended_) {
      const std::string piece = next_();
      ended_ = piece.empty();
      std::string rest(in_);
      rest += piece;
      buffer_ = std::move(rest);
      in_ = buffer_;
    }
  }
  template <VarintLike T>
  void Read(T& value) {
    Fill(kMaxVarintBytes);
    uint64_t varint = 0;
    ok_ = ok_ && wire::TakeVarint(in_, varint) && FromVarint(varint, value);
  }
  void Read(std::string& value) {
    uint64_t size = 0;
    Read(size);
    ok_ = ok_ && size <= kMaxArchiveTextBytes;
    if (!ok_) return;
    Fill(size);
    ok_ = size <= in_.size();
    if (!ok_) return;
    value = in_.substr(0, size);
    in_.remove_prefix(size);
  }
  template <typename T>
  void Read(std::optional<T>& value) {
    bool set = false;
    Read(set);
    if (ok_ && set) Read(value.emplace());
  }
  size_t ReadCount() {
    uint64_t count = 0;
    Read(count);
    return ok_ ? count : 0;
  }
  template <typename T>
  void Read(std::vector<T>& values) {
    const size_t count = ReadCount();
    for (size_t i = 0; ok_ && i < count; ++i) {
      // At the end exactly as large as what it holds, and never twice as large as what was read.
      if (i == values.capacity()) {
        values.reserve(std::min(count, std::max(kFirstRows, 2 * values.capacity())));
      }
      Read(values.emplace_back());
    }
  }
  template <typename T, size_t N>
  void Read(std::array<T, N>& values) {
    for (T& value : values) Read(value);
  }
  template <typename K, typename V>
  void Read(absl::flat_hash_map<K, V>& map) {
    const size_t count = ReadCount();
    map.reserve(std::min(count, kFirstRows));
    ReadRows(count, map);
  }
  template <typename K, typename V>
  void Read(absl::btree_map<K, V>& map) {
    ReadRows(ReadCount(), map);
  }
  template <typename Map>
  void ReadRows(size_t count, Map& map) {
    for (size_t i = 0; ok_ && i < count; ++i) {
      typename Map::key_type key{};
      Read(key);
      if (ok_) Read(map[std::move(key)]);
    }
  }
  template <typename K>
  void Read(absl::flat_hash_set<K>& set) {
    std::vector<K> entries;
    Read(entries);
    set.insert(entries.begin(), entries.end());
  }
  template <typename T>
  requires(!VarintLike<T>) void Read(T& value) {
    if constexpr (EventValue<T>) {
      std::string body;
      Read(body);
      ok_ = ok_ && Decoder::ReadMessage(body, value, 0);
    } else {
      Members(*this, value);
    }
  }

  // Ten bytes hold 64 bits by seven.
  static constexpr size_t kMaxVarintBytes = 10;
  // Rows for which there is room before any was read.
  static constexpr size_t kFirstRows = 64;

  const Next next_;
  std::string buffer_;
  std::string_view in_;  // What of it was not read yet.
  bool ended_ = false;
  bool ok_ = true;
};

}  // namespace bansos

#endif  // LEDGER_EVENT_ARCHIVE_H_

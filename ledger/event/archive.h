// ArchiveWriter and ArchiveReader: the two directions of a snapshot, driven by one list of members
// (state_members.h). Integers are varints, strings and lists carry their length, maps go by rising
// key.
#ifndef LEDGER_EVENT_ARCHIVE_H_
#define LEDGER_EVENT_ARCHIVE_H_

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "ledger/event/decoder.h"
#include "ledger/event/encoder.h"
#include "ledger/event/wire.h"

namespace bansos {

// Bodies and values of events travel in their own encoding.
template <typename T>
concept EventValue = requires(Encoder& encoder, const T& value) {
  VisitFields(encoder, value);
};

class ArchiveWriter {
 public:
  explicit ArchiveWriter(std::string& out) : out_(out) {}

  template <typename... T>
  void operator()(const T&... values) {
    (Write(values), ...);
  }

 private:
  template <VarintLike T>
  void Write(const T& value) {
    wire::AppendVarint(out_, ToVarint(value));
  }
  void Write(const std::string& value) {
    wire::AppendVarint(out_, value.size());
    out_.append(value);
  }
  template <typename T>
  void Write(const std::optional<T>& value) {
    Write(value.has_value());
    if (value) Write(*value);
  }
  template <typename T>
  void Write(const std::vector<T>& values) {
    wire::AppendVarint(out_, values.size());
    for (const T& value : values) Write(value);
  }
  template <typename T, size_t N>
  void Write(const std::array<T, N>& values) {
    for (const T& value : values) Write(value);
  }
  template <typename K, typename V>
  void Write(const absl::flat_hash_map<K, V>& map) {
    std::vector<const std::pair<const K, V>*> entries;
    entries.reserve(map.size());
    for (const auto& entry : map) entries.push_back(&entry);
    std::sort(entries.begin(), entries.end(),
              [](const auto* a, const auto* b) { return a->first < b->first; });
    wire::AppendVarint(out_, entries.size());
    for (const auto* entry : entries) {
      Write(entry->first);
      Write(entry->second);
    }
  }
  template <typename K>
  void Write(const absl::flat_hash_set<K>& set) {
    std::vector<K> entries(set.begin(), set.end());
    std::sort(entries.begin(), entries.end());
    Write(entries);
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

  std::string& out_;
};

class ArchiveReader {
 public:
  explicit ArchiveReader(std::string_view in) : in_(in) {}

  // False once anything was wrong; what was read is then useless.
  bool ok() const { return ok_; }
  bool Finished() const { return ok_ && in_.empty(); }
  // For members that find themselves what cannot be.
  void Fail() { ok_ = false; }

  template <typename... T>
  void operator()(T&... values) {
    (Read(values), ...);
  }

 private:
  template <VarintLike T>
  void Read(T& value) {
    uint64_t varint = 0;
    ok_ = ok_ && wire::TakeVarint(in_, varint) && FromVarint(varint, value);
  }
  void Read(std::string& value) {
    std::string_view bytes;
    ok_ = ok_ && wire::TakeBytes(in_, bytes);
    if (ok_) value = bytes;
  }
  template <typename T>
  void Read(std::optional<T>& value) {
    bool set = false;
    Read(set);
    if (ok_ && set) Read(value.emplace());
  }
  // A count of entries, each of at least one byte: a larger one is damage.
  size_t ReadCount() {
    uint64_t count = 0;
    Read(count);
    ok_ = ok_ && count <= in_.size();
    return ok_ ? count : 0;
  }
  template <typename T>
  void Read(std::vector<T>& values) {
    const size_t count = ReadCount();
    values.resize(count);
    for (size_t i = 0; ok_ && i < count; ++i) Read(values[i]);
  }
  template <typename T, size_t N>
  void Read(std::array<T, N>& values) {
    for (T& value : values) Read(value);
  }
  template <typename K, typename V>
  void Read(absl::flat_hash_map<K, V>& map) {
    const size_t count = ReadCount();
    map.reserve(count);
    for (size_t i = 0; ok_ && i < count; ++i) {
      K key{};
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

  std::string_view in_;
  bool ok_ = true;
};

}  // namespace bansos

#endif  // LEDGER_EVENT_ARCHIVE_H_

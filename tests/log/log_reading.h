// What the log tests share: entries to write, whole logs read back, and a naive RFC 6962 root that
// shares no code with ledger/log/merkle.
#ifndef TESTS_LOG_LOG_READING_H_
#define TESTS_LOG_LOG_READING_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "ledger/base/hash.h"
#include "ledger/log/event_log.h"
#include "ledger/log/rocksdb_log.h"

namespace bansos::testing {

// The entry that tests write at `position`: all differ, lengths from 5 to about 60 bytes.
inline std::string EntryFor(uint64_t position) {
  return absl::StrCat("entry", position, std::string(position % 50, 'x'));
}

inline std::vector<std::string> EntriesFor(uint64_t first, uint64_t count) {
  std::vector<std::string> entries;
  for (uint64_t i = first; i < first + count; ++i) entries.push_back(EntryFor(i));
  return entries;
}

// What a read visited, and how it ended.
struct Reading {
  absl::Status status;
  std::vector<std::pair<uint64_t, std::string>> entries;
};

inline Reading Forward(const EventLog& log, uint64_t from, uint64_t to) {
  Reading reading;
  reading.status = log.ReadForward(Position(from), Position(to), [&](Position at, auto entry) {
    reading.entries.emplace_back(at.value(), std::string(entry));
    return true;
  });
  return reading;
}

inline Reading Backward(const EventLog& log, uint64_t from) {
  Reading reading;
  reading.status = log.ReadBackward(Position(from), [&](Position at, auto entry) {
    reading.entries.emplace_back(at.value(), std::string(entry));
    return true;
  });
  return reading;
}

// RFC 6962 section 2.1, word by word.
inline Hash NaiveRoot(absl::Span<const std::string> entries) {
  if (entries.empty()) return Sha256("");
  if (entries.size() == 1) return Sha256(std::string(1, '\0') + entries[0]);
  size_t split = 1;
  while (split * 2 < entries.size()) split *= 2;
  const Hash left = NaiveRoot(entries.first(split));
  const Hash right = NaiveRoot(entries.subspan(split));
  return Sha256(absl::StrCat("\x01", std::string(AsBytes(left)), std::string(AsBytes(right))));
}

inline RocksDbLogOptions OptionsIn(const std::string& directory) {
  return {.directory = directory + "/log",
          .anchor_path = directory + "/anchor",
          .create_if_missing = true};
}

}  // namespace bansos::testing

#endif  // TESTS_LOG_LOG_READING_H_

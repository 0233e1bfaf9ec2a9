#include "tests/log/stored_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "ledger/base/check.h"
#include "tests/log/log_reading.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {

namespace fs = std::filesystem;

StoredLog::StoredLog() {
  options_ = OptionsIn(directory_.path());
  options_.env = env_.get();
}

void StoredLog::Commit(const std::vector<uint64_t>& counts) {
  auto log = Open();
  CHECK_OK(log.status());
  for (const uint64_t count : counts) {
    const LogHead head = (*log)->Head();
    CHECK_OK(
        (*log)->Append(head.size, head.last_time_us + 1, EntriesFor(head.size, count)).status());
  }
}

void StoredLog::CommitUnanchored(uint64_t count) {
  const std::string anchor = ReadFile(options_.anchor_path);
  Commit({count});
  WriteFile(options_.anchor_path, anchor);
}

void StoredLog::ChangeRows(const std::function<void(const LogDatabase&)>& change) {
  auto database = LogDatabase::OpenForWriting(database_options(), TornTail::kTolerateUnfinished,
                                              /*create=*/false);
  CHECK_OK(database.status());
  change(**database);
}

LogDatabaseOptions StoredLog::database_options() const {
  LogDatabaseOptions database;
  database.directory = options_.directory;
  database.env = options_.env;
  return database;
}

void StoredLog::Keep() {
  kept_.clear();
  for (const auto& file : fs::directory_iterator(options_.directory)) {
    kept_[file.path()] = ReadFile(file.path());
  }
  kept_[options_.anchor_path] = ReadFile(options_.anchor_path);
}

void StoredLog::Restore() const {
  fs::remove_all(options_.directory);
  fs::create_directory(options_.directory);
  for (const auto& [path, bytes] : kept_) WriteFile(path, bytes);
}

std::vector<fs::path> StoredLog::Files(const std::string& extension) const {
  std::vector<fs::path> found;
  for (const auto& file : fs::directory_iterator(options_.directory)) {
    if (file.path().extension() == extension && file.file_size() > 0) found.push_back(file.path());
  }
  std::ranges::sort(found);
  return found;
}

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void WriteFile(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

void FlipByte(const fs::path& path, uint64_t offset) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekg(static_cast<std::streamoff>(offset));
  const char byte = static_cast<char>(file.get() ^ 0x55);
  file.seekp(static_cast<std::streamoff>(offset));
  file.put(byte);
}

bool ServesOnlyWhatWasWritten(const RocksDbLog& log, uint64_t size) {
  const LogHead head = log.Head();
  EXPECT_EQ(head.size, size);
  bool whole = true;
  const auto check = [&](const Reading& reading, auto position_of) {
    for (size_t i = 0; i < reading.entries.size(); ++i) {
      EXPECT_EQ(reading.entries[i], std::pair(position_of(i), EntryFor(position_of(i))));
    }
    if (reading.status.ok()) {
      EXPECT_EQ(reading.entries.size(), size);
      return;
    }
    whole = false;
    EXPECT_THAT(reading.status,
                StatusIs(absl::StatusCode::kDataLoss, ::testing::HasSubstr("position")));
  };
  check(Forward(log, 0, size), [](size_t i) -> uint64_t { return i; });
  check(Backward(log, size - 1), [size](size_t i) -> uint64_t { return size - 1 - i; });
  for (int64_t time_us = 1; time_us <= head.last_time_us + 1; ++time_us) {
    if (!log.SeekTime(time_us).ok()) whole = false;
  }
  return whole;
}

}  // namespace bansos::testing

// CheckpointsTest: a log with its checkpoints and their key, to be closed, opened again and set
// back. The key lies in a folder of its own. Not thread-safe but for what the parts allow.
#ifndef TESTS_LOG_CHECKPOINTS_FIXTURE_H_
#define TESTS_LOG_CHECKPOINTS_FIXTURE_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ledger/base/check.h"
#include "ledger/log/checkpoint_key.h"
#include "ledger/log/checkpoint_memory.h"
#include "ledger/log/checkpoints.h"
#include "tests/log/log_reading.h"
#include "tests/log/scratch_directory.h"
#include "tests/log/stored_log.h"

namespace bansos::testing {

class CheckpointsTest : public ::testing::Test {
 protected:
  CheckpointOptions Options() {
    return {.origin = "ledger.example",
            .key_file = KeyFile(),
            .on_fatal = [this](const absl::Status& status) { fatal_.push_back(status); }};
  }
  std::string KeyFile() const { return keys_.path() + "/checkpoint.key"; }

  void OpenLog() {
    Close();
    auto log = stored_.Open();
    CHECK_OK(log.status());
    log_ = *std::move(log);
  }
  absl::Status OpenCheckpoints() { return OpenCheckpoints(Options()); }
  // Makes the key where there is none and never was one.
  absl::Status OpenCheckpoints(CheckpointOptions options) {
    checkpoints_.reset();
    if (!std::exchange(key_made_, true) && !std::filesystem::exists(KeyFile())) {
      CHECK_OK(CreateCheckpointKey(KeyFile(), "ledger.example").status());
    }
    auto opened = Checkpoints::Open(*log_, std::move(options));
    if (opened.ok()) checkpoints_ = *std::move(opened);
    return opened.status();
  }
  void OpenBoth() {
    OpenLog();
    CHECK_OK(OpenCheckpoints());
  }
  void Close() {
    checkpoints_.reset();
    log_.reset();
  }
  void Append(uint64_t count) {
    const LogHead head = log_->Head();
    CHECK_OK(log_->Append(head.size, head.last_time_us + 1, EntriesFor(head.size, count)).status());
  }

  std::string MemoryFile() const { return CheckpointMemoryPath(KeyFile()); }
  // Closes both and keeps a copy of the data directory as it is now.
  std::filesystem::path CopyLog() {
    Close();
    const std::filesystem::path copy = std::filesystem::path(keys_.path()) / "copy";
    std::filesystem::remove_all(copy);
    std::filesystem::create_directories(copy);
    std::filesystem::copy(stored_.options().directory, copy / "log",
                          std::filesystem::copy_options::recursive);
    std::filesystem::copy(stored_.options().anchor_path, copy / "anchor");
    return copy;
  }
  void RestoreLog(const std::filesystem::path& copy) {
    Close();
    std::filesystem::remove_all(stored_.options().directory);
    std::filesystem::remove(stored_.options().anchor_path);
    std::filesystem::copy(copy / "log", stored_.options().directory,
                          std::filesystem::copy_options::recursive);
    std::filesystem::copy(copy / "anchor", stored_.options().anchor_path);
    OpenLog();
  }

  bool key_made_ = false;
  ScratchDirectory keys_;
  StoredLog stored_;
  std::unique_ptr<RocksDbLog> log_;
  std::unique_ptr<Checkpoints> checkpoints_;
  std::vector<absl::Status> fatal_;
};

}  // namespace bansos::testing

#endif  // TESTS_LOG_CHECKPOINTS_FIXTURE_H_

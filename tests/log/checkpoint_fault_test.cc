// Checkpoints when an operation on the log's files fails, or the power goes.
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <random>

#include "absl/strings/str_cat.h"
#include "ledger/log/checkpoint_key.h"
#include "ledger/log/checkpoints.h"
#include "tests/log/faulty_files.h"
#include "tests/log/log_reading.h"
#include "tests/log/scratch_directory.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::EntriesFor;
using ::bansos::testing::Fault;
using ::bansos::testing::FaultyFiles;
using ::bansos::testing::NaiveRoot;
using ::bansos::testing::ScratchDirectory;

// Whatever operation fails or loses its power while checkpoints are signed: what was shown is still
// stored after the restart, and what is signed then continues it.
class CheckpointFaultTest : public ::testing::TestWithParam<Fault> {};

TEST_P(CheckpointFaultTest, WhatWasShownIsStored) {
  std::mt19937_64 random(20250602);
  bool happened = true;
  int memory_failures = 0;
  int log_failures = 0;
  for (uint64_t operation = 1; happened; ++operation) {
    SCOPED_TRACE(absl::StrCat("operation ", operation));
    ScratchDirectory directory;
    auto files = std::make_shared<FaultyFiles>(directory.path());
    const std::unique_ptr<rocksdb::Env> env = rocksdb::NewCompositeEnv(files);
    RocksDbLogOptions options = testing::OptionsIn(directory.path());
    options.env = env.get();
    bool fatal = false;
    const CheckpointOptions signing = {.origin = "o",
                                       .key_file = directory.path() + "/checkpoint.key",
                                       .on_fatal = [&fatal](const absl::Status&) { fatal = true; }};
    ASSERT_OK(CreateCheckpointKey(signing.key_file, signing.origin));
    std::optional<Checkpoint> shown;
    uint64_t acknowledged = 0;
    {
      auto log = RocksDbLog::Open(options);
      ASSERT_OK(log);
      auto checkpoints = Checkpoints::Open(**log, signing);
      ASSERT_OK(checkpoints);
      files->FailOperation(operation, GetParam());
      for (int i = 0; i < 4; ++i) {
        const auto head = (*log)->Append(acknowledged, 1, EntriesFor(acknowledged, 3));
        if (!head.ok()) break;
        acknowledged = head->size;
        auto checkpoint = (*checkpoints)->Fresh();
        if (!checkpoint.ok()) {
          const bool stopped = fatal;
          EXPECT_TRUE(stopped || absl::IsUnavailable(checkpoint.status())) << checkpoint.status();
          checkpoint = (*checkpoints)->Fresh();
          EXPECT_FALSE(stopped && checkpoint.ok()) << "signs after a failure of the log";
          EXPECT_TRUE(stopped || GetParam() == Fault::kPowerCut || checkpoint.ok())
              << "signs no more after a failure of the key's memory: " << checkpoint.status();
          (stopped ? log_failures : memory_failures) += 1;
          if (!checkpoint.ok()) break;
        }
        shown = *checkpoint;
      }
      happened = files->fault_happened();
    }
    files->RestorePower(random);
    auto log = RocksDbLog::Open(options);
    ASSERT_OK(log);
    auto checkpoints = Checkpoints::Open(**log, signing);
    ASSERT_OK(checkpoints);
    if (shown.has_value()) {
      const auto stored = (*checkpoints)->AtLeast(shown->size);
      ASSERT_OK(stored);
      ASSERT_EQ(stored->note, shown->note);
    }
    if ((*log)->Head().size == 0) continue;
    const auto next = (*checkpoints)->Fresh();
    ASSERT_OK(next);
    ASSERT_EQ(next->root, NaiveRoot(EntriesFor(0, next->size)));
  }
  EXPECT_GT(memory_failures, 0);
  EXPECT_GT(log_failures, 0);
}

INSTANTIATE_TEST_SUITE_P(EachFault, CheckpointFaultTest,
                         ::testing::Values(Fault::kNotPersisted, Fault::kPersisted,
                                           Fault::kPowerCut),
                         [](const auto& info) { return testing::ToString(info.param); });

}  // namespace
}  // namespace bansos

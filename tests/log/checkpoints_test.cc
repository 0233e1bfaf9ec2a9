// What is signed, when, and what is never signed: no two checkpoints contradict each other,
// whatever happens in between.
#include "ledger/log/checkpoints.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "ledger/log/bundle.h"
#include "ledger/log/checkpoint_key.h"
#include "ledger/log/checkpoint_memory.h"
#include "ledger/log/checkpoint_rows.h"
#include "ledger/log/log_format.h"
#include "tests/log/checkpoints_fixture.h"
#include "tests/log/log_reading.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::CheckpointsTest;
using ::bansos::testing::EntriesFor;
using ::bansos::testing::NaiveRoot;
using ::bansos::testing::ReadFile;
using ::bansos::testing::StatusIs;
using ::bansos::testing::WriteFile;
using ::testing::HasSubstr;

namespace fs = std::filesystem;
constexpr auto kFailedPrecondition = absl::StatusCode::kFailedPrecondition;
constexpr auto kDataLoss = absl::StatusCode::kDataLoss;

TEST_F(CheckpointsTest, FreshStatesSizeAndRootOfTheLog) {
  OpenBoth();
  EXPECT_EQ(checkpoints_->Newest(), std::nullopt);
  EXPECT_THAT(checkpoints_->Fresh(), StatusIs(absl::StatusCode::kOutOfRange));
  Append(300);
  const auto checkpoint = checkpoints_->Fresh();
  ASSERT_OK(checkpoint);
  EXPECT_EQ(checkpoint->size, 300);
  EXPECT_EQ(checkpoint->root, NaiveRoot(EntriesFor(0, 300)));
  const auto stated = ParseCheckpoint(checkpoint->note);
  ASSERT_OK(stated);
  EXPECT_EQ(stated->origin, "ledger.example");
  EXPECT_EQ(stated->size, 300);
  EXPECT_EQ(stated->root, checkpoint->root);
}

TEST_F(CheckpointsTest, OneASizeAndTheSameAfterARestart) {
  OpenBoth();
  Append(5);
  const Checkpoint first = *checkpoints_->Fresh();
  EXPECT_EQ(checkpoints_->Fresh()->note, first.note);
  const std::string vkey = checkpoints_->vkey();
  OpenBoth();
  EXPECT_EQ(checkpoints_->vkey(), vkey);
  ASSERT_TRUE(checkpoints_->Newest().has_value());
  EXPECT_EQ(checkpoints_->Newest()->note, first.note);
  EXPECT_EQ(checkpoints_->Fresh()->note, first.note);
}

TEST_F(CheckpointsTest, SmallestOfAtLeastASize) {
  OpenBoth();
  for (int i = 0; i < 3; ++i) {
    Append(10);
    ASSERT_OK(checkpoints_->Fresh());
  }
  EXPECT_EQ(checkpoints_->AtLeast(0)->size, 10);
  EXPECT_EQ(checkpoints_->AtLeast(10)->size, 10);
  EXPECT_EQ(checkpoints_->AtLeast(11)->size, 20);
  EXPECT_EQ(checkpoints_->AtLeast(30)->size, 30);
  EXPECT_THAT(checkpoints_->AtLeast(31), StatusIs(absl::StatusCode::kOutOfRange));
  Append(10);
  EXPECT_THAT(checkpoints_->AtLeast(31), StatusIs(absl::StatusCode::kOutOfRange));
}

TEST_F(CheckpointsTest, KeyIsMadeOnceForItsOwnerOnly) {
  OpenBoth();
  struct stat info {};
  ASSERT_EQ(stat(KeyFile().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600);
  const std::string key = ReadFile(KeyFile());
  OpenBoth();
  EXPECT_EQ(ReadFile(KeyFile()), key);
  EXPECT_THAT(CreateCheckpointKey(KeyFile(), "ledger.example"),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_EQ(ReadFile(KeyFile()), key);
}

TEST_F(CheckpointsTest, KeyMadeBeforeItsLogIsUsed) {
  const auto signer = CreateCheckpointKey(KeyFile(), "ledger.example");
  ASSERT_OK(signer);
  OpenBoth();
  EXPECT_EQ(checkpoints_->vkey(), signer->VerifierKey());
}

TEST_F(CheckpointsTest, WrongKeyFilesAreRefused) {
  OpenLog();
  EXPECT_THAT(CreateCheckpointKey(KeyFile(), "two words"),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_FALSE(fs::exists(KeyFile()));
  EXPECT_FALSE(fs::exists(MemoryFile()));
  WriteFile(KeyFile(), "no key\n");
  chmod(KeyFile().c_str(), 0600);
  EXPECT_THAT(OpenCheckpoints(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(KeyFile())));
  chmod(KeyFile().c_str(), 0640);
  EXPECT_THAT(OpenCheckpoints(), StatusIs(kFailedPrecondition, HasSubstr("chmod 600")));
}

TEST_F(CheckpointsTest, OriginNeverChanges) {
  OpenBoth();
  CheckpointOptions other = Options();
  other.origin = "other.example";
  EXPECT_THAT(OpenCheckpoints(other), StatusIs(kFailedPrecondition, HasSubstr("ledger.example")));
  ASSERT_OK(OpenCheckpoints());
  Append(1);
  ASSERT_OK(checkpoints_->Fresh());
  other.key_file = keys_.path() + "/other.key";
  ASSERT_OK(CreateCheckpointKey(other.key_file, other.origin));
  EXPECT_THAT(OpenCheckpoints(other),
              StatusIs(kFailedPrecondition, HasSubstr("checkpoints of the origin")));
}

TEST_F(CheckpointsTest, KeyOfStoredCheckpointsMustBeThere) {
  OpenBoth();
  Append(1);
  ASSERT_OK(checkpoints_->Fresh());
  fs::rename(KeyFile(), KeyFile() + ".away");
  EXPECT_THAT(OpenCheckpoints(), StatusIs(kFailedPrecondition, HasSubstr("is missing")));
  EXPECT_FALSE(fs::exists(KeyFile()));
  fs::rename(MemoryFile(), MemoryFile() + ".away");
  ASSERT_OK(CreateCheckpointKey(KeyFile(), "ledger.example"));
  EXPECT_THAT(OpenCheckpoints(), StatusIs(kFailedPrecondition, HasSubstr("signed with the key")));
  fs::rename(KeyFile() + ".away", KeyFile());
  fs::rename(MemoryFile() + ".away", MemoryFile());
  EXPECT_OK(OpenCheckpoints());
}

// The whole log is written again, with its anchor, after a checkpoint was signed; the checkpoints
// stay.
TEST_F(CheckpointsTest, RewrittenHistoryIsNotSigned) {
  OpenBoth();
  Append(10);
  const Checkpoint first = *checkpoints_->Fresh();
  Close();
  fs::remove_all(stored_.options().directory);
  fs::remove(stored_.options().anchor_path);
  OpenLog();
  auto entries = EntriesFor(0, 12);
  entries[3] = "another";
  ASSERT_OK(log_->Append(0, 1, entries));
  ASSERT_OK(CheckpointRows(log_->database()).Put(first.size, first.note));
  EXPECT_THAT(OpenCheckpoints(), StatusIs(kDataLoss, HasSubstr("checkpoint of size 10")));
}

TEST_F(CheckpointsTest, LogShorterThanItsCheckpointIsRefused) {
  OpenBoth();
  Append(10);
  const Checkpoint first = *checkpoints_->Fresh();
  Close();
  fs::remove_all(stored_.options().directory);
  fs::remove(stored_.options().anchor_path);
  OpenLog();
  Append(9);
  ASSERT_OK(CheckpointRows(log_->database()).Put(first.size, first.note));
  EXPECT_THAT(OpenCheckpoints(), StatusIs(kDataLoss, HasSubstr("only 9")));
}

TEST_F(CheckpointsTest, DamagedRowIsRefusedAtStartAndNotServed) {
  OpenBoth();
  Append(10);
  const Checkpoint first = *checkpoints_->Fresh();
  Append(10);
  const Checkpoint second = *checkpoints_->Fresh();
  for (size_t i = 0; i < first.note.size(); ++i) {
    std::string note = first.note;
    note[i] ^= 1;
    ASSERT_OK(CheckpointRows(log_->database()).Put(first.size, note));
    EXPECT_THAT(checkpoints_->AtLeast(1), StatusIs(kDataLoss)) << "byte " << i;
  }
  ASSERT_OK(CheckpointRows(log_->database()).Put(first.size, first.note));
  EXPECT_OK(checkpoints_->AtLeast(1));
  for (size_t i = 0; i < second.note.size(); ++i) {
    std::string note = second.note;
    note[i] ^= 1;
    ASSERT_OK(CheckpointRows(log_->database()).Put(second.size, note));
    EXPECT_FALSE(OpenCheckpoints().ok()) << "byte " << i;
  }
  // The right note at another size.
  ASSERT_OK(CheckpointRows(log_->database()).Put(second.size, first.note));
  EXPECT_THAT(OpenCheckpoints(), StatusIs(kDataLoss));
}

TEST_F(CheckpointsTest, AlteredEntryStopsSigningForEver) {
  OpenBoth();
  Append(10);
  ASSERT_OK(checkpoints_->Fresh());
  Append(10);
  std::string fragment;
  for (const std::string& entry : EntriesFor(0, 10)) AppendToBundle(entry, fragment);
  std::string altered = fragment;
  altered[2] ^= 1;
  const auto put = [&](const std::string& bytes) {
    const U64Key key = EncodeU64(0);
    const LogDatabase& database = log_->database();
    ASSERT_TRUE(database.db().Put({}, database.entries(), {key.data(), key.size()}, bytes).ok());
  };
  put(altered);
  EXPECT_THAT(checkpoints_->Fresh(), StatusIs(kDataLoss, HasSubstr("position 0")));
  ASSERT_EQ(fatal_.size(), 1);
  put(fragment);
  EXPECT_THAT(checkpoints_->Fresh(), StatusIs(kDataLoss, HasSubstr("no checkpoint is signed")));
  EXPECT_EQ(fatal_.size(), 1);
  EXPECT_EQ(checkpoints_->Newest()->size, 10);
}

// Many ask while the log grows: each gets one that covers what was there when it asked, and all of
// them are points of one tree.
TEST_F(CheckpointsTest, ConcurrentOnesNeverContradict) {
  constexpr int kAskers = 4;
  constexpr uint64_t kCommits = 150, kCommitEntries = 7;
  OpenBoth();
  Append(1);
  std::atomic<bool> done = false;
  std::vector<std::map<uint64_t, std::set<std::string>>> seen(kAskers);
  std::vector<std::thread> askers;
  for (auto& notes : seen) {
    askers.emplace_back([&] {
      do {
        const uint64_t size = log_->Head().size;
        const auto checkpoint = checkpoints_->Fresh();
        ASSERT_OK(checkpoint);
        ASSERT_GE(checkpoint->size, size);
        notes[checkpoint->size].insert(checkpoint->note);
        const auto stored = checkpoints_->AtLeast(checkpoint->size);
        ASSERT_OK(stored);
        ASSERT_EQ(stored->note, checkpoint->note);
      } while (!done);
    });
  }
  for (uint64_t i = 0; i < kCommits; ++i) Append(kCommitEntries);
  done = true;
  for (std::thread& asker : askers) asker.join();
  std::map<uint64_t, std::set<std::string>> all;
  for (auto& notes : seen) {
    for (auto& [size, texts] : notes) all[size].insert(texts.begin(), texts.end());
  }
  const auto entries = EntriesFor(0, 1 + kCommits * kCommitEntries);
  for (const auto& [size, notes] : all) {
    ASSERT_EQ(notes.size(), 1) << "at size " << size;
    const auto stated = ParseCheckpoint(*notes.begin());
    ASSERT_OK(stated);
    ASSERT_EQ(stated->root, NaiveRoot(absl::MakeConstSpan(entries).first(size)));
  }
  EXPECT_TRUE(fatal_.empty());
}

}  // namespace
}  // namespace bansos

// What a checkpoint key remembers: it signs one log, whatever data directory it is given.
#include "ledger/log/checkpoint_memory.h"

#include <gtest/gtest.h>

#include "ledger/log/checkpoint_rows.h"
#include "tests/log/checkpoints_fixture.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::ReadFile;
using ::bansos::testing::StatusIs;
using ::bansos::testing::WriteFile;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace fs = std::filesystem;
constexpr auto kFailedPrecondition = absl::StatusCode::kFailedPrecondition;
constexpr auto kUnavailable = absl::StatusCode::kUnavailable;
constexpr auto kDataLoss = absl::StatusCode::kDataLoss;

class CheckpointMemoryTest : public testing::CheckpointsTest {};

// The class "a key signs two logs": whatever of the data directory is older or another one.
TEST_F(CheckpointMemoryTest, OlderCopyOfTheLogIsRefused) {
  OpenBoth();
  Append(10);
  ASSERT_OK(checkpoints_->Fresh());
  const fs::path copy = CopyLog();
  OpenBoth();
  Append(1);
  const Checkpoint newest = *checkpoints_->Fresh();
  RestoreLog(copy);
  EXPECT_THAT(OpenCheckpoints(), StatusIs(kFailedPrecondition, HasSubstr("signed a log of 11")));
  EXPECT_EQ(ReadFile(MemoryFile()), newest.note);
  // Grown past it by other entries it is another log.
  ASSERT_OK(log_->Append(10, 100, {"another", "and one"}));
  EXPECT_THAT(OpenCheckpoints(),
              StatusIs(kFailedPrecondition, HasSubstr("Put the newer data directory back")));
  EXPECT_EQ(ReadFile(MemoryFile()), newest.note);
}

TEST_F(CheckpointMemoryTest, NewLogUnderAKeyThatSignedIsRefused) {
  OpenBoth();
  Append(3);
  ASSERT_OK(checkpoints_->Fresh());
  Close();
  fs::remove_all(stored_.options().directory);
  fs::remove(stored_.options().anchor_path);
  OpenLog();
  EXPECT_THAT(OpenCheckpoints(), StatusIs(kFailedPrecondition, HasSubstr("signed a log of 3")));
  Append(3);  // the same entries at another time are the same tree
  EXPECT_OK(OpenCheckpoints());
}

TEST_F(CheckpointMemoryTest, MissingMemoryIsRefused) {
  OpenBoth();
  fs::rename(MemoryFile(), MemoryFile() + ".away");
  EXPECT_THAT(OpenCheckpoints(), StatusIs(kFailedPrecondition, HasSubstr("is missing")));
  fs::rename(MemoryFile() + ".away", MemoryFile());
  ASSERT_OK(OpenCheckpoints());
  Append(1);
  ASSERT_OK(checkpoints_->Fresh());
  fs::remove(MemoryFile());
  EXPECT_THAT(OpenCheckpoints(), StatusIs(kFailedPrecondition, HasSubstr("is missing")));
  EXPECT_FALSE(fs::exists(MemoryFile()));
}

TEST_F(CheckpointMemoryTest, OlderMemoryIsBroughtUpToDate) {
  OpenBoth();
  const std::string empty = ReadFile(MemoryFile());
  Append(1);
  const Checkpoint newest = *checkpoints_->Fresh();
  WriteFile(MemoryFile(), empty);
  ASSERT_OK(OpenCheckpoints());
  EXPECT_EQ(checkpoints_->Newest()->note, newest.note);
  EXPECT_EQ(ReadFile(MemoryFile()), newest.note);
}

TEST_F(CheckpointMemoryTest, DamagedMemoryIsRefused) {
  OpenBoth();
  Append(2);
  const Checkpoint newest = *checkpoints_->Fresh();
  for (size_t i = 0; i < newest.note.size(); ++i) {
    std::string note = newest.note;
    note[i] ^= 1;
    WriteFile(MemoryFile(), note);
    EXPECT_FALSE(OpenCheckpoints().ok()) << "byte " << i;
    WriteFile(MemoryFile(), newest.note.substr(0, i));
    EXPECT_THAT(OpenCheckpoints(), StatusIs(kDataLoss, HasSubstr("is damaged"))) << "cut at " << i;
  }
  WriteFile(MemoryFile(), std::string(1 << 20, 'x'));
  EXPECT_THAT(OpenCheckpoints(), StatusIs(kDataLoss, HasSubstr("is damaged")));
  WriteFile(MemoryFile(), newest.note);
  EXPECT_OK(OpenCheckpoints());
}

TEST_F(CheckpointMemoryTest, MemoryOfAnotherKeyIsRefused) {
  OpenBoth();
  Append(2);
  ASSERT_OK(checkpoints_->Fresh());
  const std::string other = keys_.path() + "/other.key";
  ASSERT_OK(CreateCheckpointKey(other, "ledger.example"));
  fs::copy_file(CheckpointMemoryPath(other), MemoryFile(), fs::copy_options::overwrite_existing);
  EXPECT_THAT(OpenCheckpoints(),
              StatusIs(kFailedPrecondition, HasSubstr("another checkpoint key")));
}

// The log goes on without checkpoints, and they with the key.
TEST_F(CheckpointMemoryTest, KeyThatCannotRememberSignsNothing) {
  OpenBoth();
  Append(2);
  // Nothing can be written where the new file comes first, whoever runs the test.
  fs::create_symlink(keys_.path() + "/not/there", MemoryFile() + ".new");
  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT(checkpoints_->Fresh(), StatusIs(kUnavailable, HasSubstr("cannot remember")));
    Append(1);
  }
  EXPECT_EQ(checkpoints_->Newest(), std::nullopt);
  EXPECT_FALSE(CheckpointRows(log_->database()).Newest()->has_value());
  EXPECT_THAT(OpenCheckpoints(), StatusIs(kUnavailable));
  fs::remove(MemoryFile() + ".new");
  ASSERT_OK(OpenCheckpoints());
  fs::create_symlink(keys_.path() + "/not/there", MemoryFile() + ".new");
  EXPECT_THAT(checkpoints_->Fresh(), StatusIs(kUnavailable));
  fs::remove(MemoryFile() + ".new");
  const auto signed_later = checkpoints_->Fresh();
  ASSERT_OK(signed_later);
  EXPECT_EQ(signed_later->size, 4);
  EXPECT_EQ(ReadFile(MemoryFile()), signed_later->note);
  EXPECT_THAT(fatal_, IsEmpty());
}

TEST_F(CheckpointMemoryTest, MemoryThatCannotBeReadSignsNothing) {
  OpenBoth();
  Append(2);
  const Checkpoint first = *checkpoints_->Fresh();
  Append(1);
  fs::rename(MemoryFile(), MemoryFile() + ".away");
  EXPECT_THAT(checkpoints_->Fresh(), StatusIs(kUnavailable, HasSubstr("is missing")));
  EXPECT_FALSE(fs::exists(MemoryFile()));
  fs::create_directory(MemoryFile());
  EXPECT_THAT(checkpoints_->Fresh(), StatusIs(kUnavailable, HasSubstr("cannot remember")));
  fs::remove(MemoryFile());
  WriteFile(MemoryFile(), first.note.substr(0, 40));
  EXPECT_THAT(checkpoints_->Fresh(), StatusIs(kUnavailable, HasSubstr("is damaged")));
  fs::rename(MemoryFile() + ".away", MemoryFile());
  EXPECT_EQ(checkpoints_->Newest()->note, first.note);
  EXPECT_OK(checkpoints_->Fresh());
  EXPECT_THAT(fatal_, IsEmpty());
}

// The class "a key signs two logs", while it is served.
TEST_F(CheckpointMemoryTest, MemoryOfAnotherLogEndsTheSigning) {
  for (const uint64_t size : {2, 9}) {  // within the log, and beyond its end
    OpenBoth();
    fatal_.clear();
    Append(3);
    const Checkpoint newest = *checkpoints_->Fresh();
    Append(1);
    const auto signer = OpenCheckpointKey(KeyFile(), "ledger.example");
    ASSERT_OK(signer);
    WriteFile(MemoryFile(), SignCheckpoint(*signer, size, Sha256("another")).note);
    const absl::Status refused = checkpoints_->Fresh().status();
    EXPECT_THAT(refused, StatusIs(kFailedPrecondition, HasSubstr("does not continue it")));
    EXPECT_THAT(fatal_, ElementsAre(refused));
    WriteFile(MemoryFile(), newest.note);
    EXPECT_EQ(checkpoints_->Fresh().status(), refused);
    EXPECT_EQ(fatal_.size(), 1);
  }
}

TEST_F(CheckpointMemoryTest, KeyIsUsedByOneProcessAtATime) {
  OpenBoth();
  EXPECT_THAT(Checkpoints::Open(*log_, Options()),
              StatusIs(kFailedPrecondition, HasSubstr("lock")));
  EXPECT_OK(OpenCheckpoints());
}

// The process ended after the key remembered and before the row was stored.
TEST_F(CheckpointMemoryTest, RememberedCheckpointIsStoredAtTheNextStart) {
  OpenBoth();
  Append(2);
  const fs::path copy = CopyLog();
  OpenBoth();
  const Checkpoint newest = *checkpoints_->Fresh();
  RestoreLog(copy);
  ASSERT_OK(OpenCheckpoints());
  EXPECT_EQ(checkpoints_->Newest()->note, newest.note);
  EXPECT_EQ(checkpoints_->AtLeast(1)->note, newest.note);
}

}  // namespace
}  // namespace bansos

// What the start accepts, mends and refuses, and what it says (DESIGN 3, "Start").
#include <gtest/gtest.h>

#include <filesystem>

#include "ledger/base/anchor.h"
#include "ledger/log/bundle.h"
#include "ledger/log/log_format.h"
#include "tests/log/log_reading.h"
#include "tests/log/stored_log.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::EntriesFor;
using ::bansos::testing::NaiveRoot;
using ::bansos::testing::ReadFile;
using ::bansos::testing::ServesOnlyWhatWasWritten;
using ::bansos::testing::StatusIs;
using ::bansos::testing::StoredLog;
using ::bansos::testing::WriteFile;
using ::testing::HasSubstr;

namespace fs = std::filesystem;

class StartTest : public ::testing::Test {
 protected:
  std::string AnchorPath() { return stored_.options().anchor_path; }

  uint64_t AnchoredSize() {
    auto anchor = AnchorFile::Open(stored_.options().env->GetFileSystem(), AnchorPath());
    CHECK_OK(anchor.status());
    return (*anchor)->record().size;
  }

  void WriteAnchor(const AnchorRecord& record) {
    std::string slot = EncodeAnchorSlot(record);
    slot.resize(kAnchorSlotSpacing);
    WriteFile(AnchorPath(), slot + slot);
  }

  void Put(rocksdb::ColumnFamilyHandle* (LogDatabase::*family)() const, std::string_view key,
           std::string_view value) {
    stored_.ChangeRows([&](const LogDatabase& database) {
      ASSERT_TRUE(
          database.db()
              .Put({}, (database.*family)(), {key.data(), key.size()}, {value.data(), value.size()})
              .ok());
    });
  }

  StoredLog stored_;
};

TEST_F(StartTest, NoLogIsCreatedUnlessAskedFor) {
  stored_.options().create_if_missing = false;
  EXPECT_THAT(stored_.Open(), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_FALSE(fs::exists(stored_.options().directory));
  EXPECT_FALSE(fs::exists(AnchorPath()));
}

TEST_F(StartTest, HeadSurvivesAnyNumberOfRestarts) {
  uint64_t size = 0;
  for (const uint64_t count : {1, 255, 300, 1, 700}) {
    stored_.Commit({count});
    size += count;
    auto log = stored_.Open();
    ASSERT_OK(log);
    EXPECT_EQ((*log)->Head().root, NaiveRoot(EntriesFor(0, size)));
    EXPECT_TRUE(ServesOnlyWhatWasWritten(**log, size));
    EXPECT_EQ((*log)->SeekTime((*log)->Head().last_time_us).value(), Position(size - count));
  }
}

TEST_F(StartTest, EdgeIsBuiltFromStoredTilesOfAllLevels) {
  stored_.Commit({65'536, 513});
  EXPECT_OK(stored_.Open());
}

TEST_F(StartTest, SecondOpenIsRefusedWhileTheFirstLives) {
  auto log = stored_.Open();
  ASSERT_OK(log);
  EXPECT_THAT(stored_.Open(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("another process")));
  log->reset();
  EXPECT_OK(stored_.Open());
}

TEST_F(StartTest, MissingAnchorIsRefused) {
  stored_.Commit({5});
  fs::remove(AnchorPath());
  EXPECT_THAT(stored_.Open(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                       HasSubstr("holds 5 entries but its anchor")));
  EXPECT_FALSE(fs::exists(AnchorPath()));
}

TEST_F(StartTest, MissingDatabaseIsRefused) {
  stored_.Commit({5});
  fs::remove_all(stored_.options().directory);
  EXPECT_THAT(stored_.Open(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                       HasSubstr("5 entries were acknowledged")));
  EXPECT_FALSE(fs::exists(stored_.options().directory));
}

TEST_F(StartTest, EmptyDatabaseBesideAnAnchorIsRefused) {
  stored_.Commit({5});
  const std::string anchor = ReadFile(AnchorPath());
  fs::remove_all(stored_.options().directory);
  fs::remove(AnchorPath());
  ASSERT_OK(stored_.Open());
  WriteFile(AnchorPath(), anchor);
  EXPECT_THAT(stored_.Open(), StatusIs(absl::StatusCode::kDataLoss,
                                       HasSubstr("holds 0 entries, but 5 were acknowledged")));
}

TEST_F(StartTest, CreationCutShortIsTakenUp) {
  ASSERT_OK(stored_.Open());
  fs::remove(AnchorPath());  // the database was made, the anchor not yet
  ASSERT_OK(stored_.Open());
  EXPECT_EQ(AnchoredSize(), 0);
}

TEST_F(StartTest, AnchorBehindTheLogMovesUp) {
  stored_.Commit({300});
  const std::string before = ReadFile(AnchorPath());
  stored_.Commit({7, 256});
  WriteFile(AnchorPath(), before);
  ASSERT_EQ(AnchoredSize(), 300);
  auto log = stored_.Open();
  ASSERT_OK(log);
  EXPECT_EQ((*log)->Head().size, 563);
  EXPECT_EQ(AnchoredSize(), 563);
}

TEST_F(StartTest, AnchorOfOtherEntriesIsRefused) {
  stored_.Commit({300, 10});
  for (const uint64_t size : {0, 1, 255, 256, 300, 310}) {
    WriteAnchor({.size = size, .root = Sha256("another log")});
    EXPECT_THAT(stored_.Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("root"))) << size;
    WriteAnchor({.size = size, .root = NaiveRoot(EntriesFor(0, size))});
    EXPECT_OK(stored_.Open()) << size;
  }
}

TEST_F(StartTest, AnchorAheadOfTheLogIsRefused) {
  stored_.Commit({10});
  WriteAnchor({.size = 11, .root = NaiveRoot(EntriesFor(0, 11))});
  EXPECT_THAT(stored_.Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("position 10")));
}

TEST_F(StartTest, OneTornAnchorSlotIsMended) {
  stored_.Commit({10, 10});
  const std::string whole = ReadFile(AnchorPath());
  for (const size_t slot : {size_t{0}, kAnchorSlotSpacing}) {
    for (size_t offset = 0; offset < kAnchorSlotBytes; offset += 7) {
      std::string torn = whole;
      torn[slot + offset] = static_cast<char>(torn[slot + offset] ^ 1);
      WriteFile(AnchorPath(), torn);
      ASSERT_OK(stored_.Open()) << slot + offset;
      const std::string mended = ReadFile(AnchorPath());
      ASSERT_TRUE(DecodeAnchorSlot(mended)) << slot + offset;
      ASSERT_TRUE(DecodeAnchorSlot(mended.substr(kAnchorSlotSpacing))) << slot + offset;
    }
  }
}

TEST_F(StartTest, TwoTornAnchorSlotsAreRefused) {
  stored_.Commit({10});
  const std::string whole = ReadFile(AnchorPath());
  std::string torn = whole;
  torn[20] ^= 1;
  torn[kAnchorSlotSpacing + 20] ^= 1;
  for (const std::string& bytes :
       {torn, std::string(), whole.substr(0, 30), std::string(8192, 0)}) {
    WriteFile(AnchorPath(), bytes);
    EXPECT_THAT(stored_.Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("neither slot")));
  }
}

TEST_F(StartTest, LaterFormatIsRefused) {
  stored_.Commit({10});
  Put(&LogDatabase::meta, kFormatKey, "bansos-log/2");
  EXPECT_THAT(stored_.Open(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("bansos-log/2")));
}

TEST_F(StartTest, HeadRowThatContradictsItselfIsRefused) {
  stored_.Commit({10});
  stored_.Keep();
  const RightEdge edge = [] {
    RightEdge edge;
    for (uint64_t i = 0; i < 10; ++i) edge.Append(LeafHash(testing::EntryFor(i)));
    return edge;
  }();
  const std::string right =
      EncodeHead({.head = {.size = 10, .root = edge.Root(), .last_time_us = 1}, .edge = edge});
  Put(&LogDatabase::meta, kHeadKey, right);
  ASSERT_OK(stored_.Open());
  for (size_t i = 0; i < right.size(); i += 11) {
    stored_.Restore();
    std::string wrong = right;
    wrong[i] = static_cast<char>(wrong[i] ^ 0x10);
    Put(&LogDatabase::meta, kHeadKey, wrong);
    EXPECT_THAT(stored_.Open(), StatusIs(absl::StatusCode::kDataLoss)) << i;
  }
  for (const size_t length : {size_t{0}, size_t{47}, right.size() - 1}) {
    stored_.Restore();
    Put(&LogDatabase::meta, kHeadKey, right.substr(0, length));
    EXPECT_THAT(stored_.Open(), StatusIs(absl::StatusCode::kDataLoss)) << length;
  }
}

TEST_F(StartTest, TailThatDoesNotFitTheHeadIsRefused) {
  stored_.Commit({300, 5});
  stored_.Keep();
  std::string other;
  for (int i = 0; i < 5; ++i) AppendToBundle("forged", other);
  Put(&LogDatabase::entries, AsBytes(EncodeU64(300)), other);
  EXPECT_THAT(stored_.Open(), StatusIs(absl::StatusCode::kDataLoss));
  stored_.Restore();
  Put(&LogDatabase::entries, AsBytes(EncodeU64(305)), other);
  EXPECT_THAT(stored_.Open(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("end at position 310")));
  stored_.Restore();
  Put(&LogDatabase::tree, AsBytes(EncodeTreeKey(1, 0)), std::string(32, 'x'));
  EXPECT_THAT(stored_.Open(), StatusIs(absl::StatusCode::kDataLoss));
  stored_.Restore();
  Put(&LogDatabase::times, AsBytes(EncodeU64(77)), AsBytes(EncodeU64(5)));
  EXPECT_THAT(stored_.Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("time row")));
}

// Beyond the anchor only the tree of the same commit can tell.
TEST_F(StartTest, UnanchoredTailThatDoesNotFitItsTreeIsRefused) {
  stored_.Commit({300});
  stored_.CommitUnanchored(5);
  std::string other;
  for (int i = 0; i < 5; ++i) AppendToBundle("forged", other);
  Put(&LogDatabase::entries, AsBytes(EncodeU64(300)), other);
  ASSERT_EQ(AnchoredSize(), 300);
  EXPECT_THAT(stored_.Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("stored edge")));
}

}  // namespace
}  // namespace bansos

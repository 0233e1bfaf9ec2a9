// The end of the write-ahead log after a crash: what was not acknowledged may go, what was may not,
// and a refused log is left as it was found (DESIGN 3, "Start").
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/log/log_reading.h"
#include "tests/log/stored_log.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::FlipByte;
using ::bansos::testing::ServesOnlyWhatWasWritten;
using ::bansos::testing::StatusIs;
using ::bansos::testing::StoredLog;
using ::testing::HasSubstr;

namespace fs = std::filesystem;

// A log of 7 acknowledged entries and one that was synced but never anchored. All are in one
// write-ahead log, whose last record begins at record_begin and ends at record_end.
class TornTailTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto log = stored_.Open();
    ASSERT_OK(log);
    ASSERT_OK((*log)->Append(0, 1, testing::EntriesFor(0, 3)));
    ASSERT_OK((*log)->Append(3, 2, testing::EntriesFor(3, 4)));
    const std::string anchor = testing::ReadFile(stored_.options().anchor_path);
    record_begin_ = fs::file_size(stored_.Wal());
    ASSERT_OK((*log)->Append(7, 3, testing::EntriesFor(7, 1)));
    record_end_ = fs::file_size(stored_.Wal());
    ASSERT_GT(record_end_, record_begin_ + 50);
    log->reset();
    anchored_ = testing::ReadFile(stored_.options().anchor_path);
    testing::WriteFile(stored_.options().anchor_path, anchor);
    stored_.Keep();
  }

  void Acknowledge() {
    testing::WriteFile(stored_.options().anchor_path, anchored_);
    stored_.Keep();
  }

  void ExpectOpensWith(uint64_t size) {
    auto log = stored_.Open();
    ASSERT_OK(log);
    EXPECT_TRUE(ServesOnlyWhatWasWritten(**log, size));
    ASSERT_OK((*log)->Append(size, 9, testing::EntriesFor(size, 2)));
    EXPECT_EQ((*log)->Head().root, testing::NaiveRoot(testing::EntriesFor(0, size + 2)));
  }

  StoredLog stored_;
  uint64_t record_begin_ = 0;
  uint64_t record_end_ = 0;
  std::string anchored_;
};

TEST_F(TornTailTest, WholeUnacknowledgedCommitIsKept) { ExpectOpensWith(8); }

TEST_F(TornTailTest, AnyCutOfTheUnacknowledgedRecordLosesJustThat) {
  for (uint64_t length = record_begin_; length < record_end_; ++length) {
    SCOPED_TRACE(length);
    stored_.Restore();
    fs::resize_file(stored_.Wal(), length);
    ExpectOpensWith(7);
    if (HasFailure()) return;
  }
}

TEST_F(TornTailTest, AnyDamageInTheUnacknowledgedRecordLosesJustThat) {
  for (uint64_t offset = record_begin_; offset < record_end_; offset += 3) {
    SCOPED_TRACE(offset);
    stored_.Restore();
    FlipByte(stored_.Wal(), offset);
    ExpectOpensWith(7);
    if (HasFailure()) return;
  }
}

TEST_F(TornTailTest, CutOfAnAcknowledgedRecordIsRefusedThroughTheAnchor) {
  Acknowledge();
  for (uint64_t length = record_begin_; length < record_end_; length += 11) {  // boundary first
    SCOPED_TRACE(length);
    stored_.Restore();
    fs::resize_file(stored_.Wal(), length);
    ASSERT_THAT(stored_.Open(),
                StatusIs(absl::StatusCode::kDataLoss,
                         HasSubstr("the log holds 7 entries, but 8 were acknowledged")));
  }
}

// Opening for writing would have replaced the write-ahead log and lost what stands after the
// damage.
TEST_F(TornTailTest, DamageInTheMiddleIsRefusedAndNothingIsTouched) {
  Acknowledge();
  for (uint64_t offset = 0; offset < record_end_; offset += 13) {
    SCOPED_TRACE(offset);
    stored_.Restore();
    const fs::path wal = stored_.Wal();
    FlipByte(wal, offset);
    ASSERT_THAT(stored_.Open(), StatusIs(absl::StatusCode::kDataLoss));
    FlipByte(wal, offset);
    ExpectOpensWith(8);
    if (HasFailure()) return;
  }
}

TEST_F(TornTailTest, MissingWriteAheadLogIsRefused) {
  fs::remove(stored_.Wal());
  EXPECT_THAT(stored_.Open(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("7 were acknowledged")));
}

}  // namespace
}  // namespace bansos

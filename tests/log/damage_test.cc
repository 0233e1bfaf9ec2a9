// Invariant 7: no stored byte changes unnoticed. Either the log refuses to open, or a read reports
// the damage, or the byte did not matter; nothing damaged is served.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "ledger/log/bundle.h"
#include "ledger/log/log_format.h"
#include "tests/log/log_reading.h"
#include "tests/log/stored_log.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::Backward;
using ::bansos::testing::Forward;
using ::bansos::testing::ServesOnlyWhatWasWritten;
using ::bansos::testing::StatusIs;
using ::bansos::testing::StoredLog;
using ::testing::HasSubstr;

namespace fs = std::filesystem;

struct Outcomes {
  int refused = 0;
  int reported = 0;
  int harmless = 0;
};

// Flips every `stride`-th byte of each file in turn.
Outcomes FlipBytesOf(StoredLog& stored, const std::vector<fs::path>& files, uint64_t stride,
                     uint64_t size) {
  Outcomes outcomes;
  for (const fs::path& file : files) {
    const uint64_t bytes = fs::file_size(file);
    for (uint64_t offset = 0; offset < bytes; offset += stride) {
      SCOPED_TRACE(file.filename().string() + " at " + std::to_string(offset));
      stored.Restore();
      testing::FlipByte(file, offset);
      const auto log = stored.Open();
      if (!log.ok()) {
        ++outcomes.refused;
      } else if (ServesOnlyWhatWasWritten(**log, size)) {
        ++outcomes.harmless;
      } else {
        ++outcomes.reported;
      }
      if (::testing::Test::HasFailure()) return outcomes;
    }
  }
  stored.Restore();
  return outcomes;
}

TEST(DamageTest, FlippedByteInATableIsReportedWithItsPosition) {
  StoredLog stored;
  stored.Commit({1, 400, 3, 600, 256, 5});
  EXPECT_OK(stored.Open());  // writes the tables
  stored.Keep();
  const auto tables = stored.Files(".sst");
  ASSERT_GE(tables.size(), 4) << "one for each column family";
  const Outcomes outcomes = FlipBytesOf(stored, tables, 61, 1265);
  EXPECT_GT(outcomes.refused, 0);
  EXPECT_GT(outcomes.reported, 0);
}

TEST(DamageTest, FlippedByteInTheManifestIsRefused) {
  StoredLog stored;
  stored.Commit({1, 400});
  EXPECT_OK(stored.Open());
  stored.Keep();
  std::vector<fs::path> files;
  for (const auto& file : fs::directory_iterator(stored.options().directory)) {
    if (file.path().filename().string().starts_with("MANIFEST")) files.push_back(file.path());
  }
  const Outcomes outcomes = FlipBytesOf(stored, files, 37, 401);
  EXPECT_GT(outcomes.refused, 0);
  EXPECT_EQ(outcomes.reported, 0);
}

// Rows that are whole for RocksDB but wrong for the log, in the middle where the start does not
// look.
class RowDamageTest : public ::testing::Test {
 protected:
  void SetUp() override { stored_.Commit({100, 100, 100, 100}); }

  void PutFragment(uint64_t first, const std::string& value) {
    stored_.ChangeRows([&](const LogDatabase& database) {
      const U64Key key = EncodeU64(first);
      ASSERT_TRUE(database.db().Put({}, database.entries(), {key.data(), key.size()}, value).ok());
    });
  }

  void ExpectReported(uint64_t first_bad, uint64_t last_bad, const std::string& message) {
    auto log = stored_.Open();
    ASSERT_OK(log);
    const auto reported = StatusIs(absl::StatusCode::kDataLoss, HasSubstr(message));
    const testing::Reading upward = Forward(**log, 0, 400);
    EXPECT_THAT(upward.status, reported);
    EXPECT_EQ(upward.entries.size(), first_bad);
    const testing::Reading downward = Backward(**log, 399);
    EXPECT_THAT(downward.status, StatusIs(absl::StatusCode::kDataLoss));
    EXPECT_EQ(downward.entries.size(), 399 - last_bad);
    EXPECT_THAT((*log)->Read(Position(first_bad)), reported);
    EXPECT_EQ((*log)->Read(Position(first_bad - 1)).value(), testing::EntryFor(first_bad - 1));
  }

  StoredLog stored_;
};

TEST_F(RowDamageTest, MissingFragmentIsReported) {
  stored_.ChangeRows([](const LogDatabase& database) {
    const U64Key key = EncodeU64(100);
    ASSERT_TRUE(database.db().Delete({}, database.entries(), {key.data(), key.size()}).ok());
  });
  ExpectReported(100, 199, "position 100");
}

TEST_F(RowDamageTest, ShortenedFragmentIsReported) {
  std::string fragment;
  for (uint64_t i = 100; i < 150; ++i) AppendToBundle(testing::EntryFor(i), fragment);
  PutFragment(100, fragment);
  auto log = stored_.Open();
  ASSERT_OK(log);
  EXPECT_THAT(Forward(**log, 0, 400).status,
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("position 150")));
  EXPECT_THAT(Backward(**log, 399).status,
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("position 199")));
  EXPECT_THAT((*log)->Read(Position(170)), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(RowDamageTest, FragmentThatIsNoBundleIsReported) {
  PutFragment(100, "\x7f");
  ExpectReported(100, 199, "position 100");
}

TEST_F(RowDamageTest, OverlappingFragmentIsReported) {
  std::string fragment;
  AppendToBundle("intruder", fragment);
  PutFragment(150, fragment);
  auto log = stored_.Open();
  ASSERT_OK(log);
  for (const auto& reading : {Forward(**log, 0, 400), Backward(**log, 399)}) {
    EXPECT_THAT(reading.status, StatusIs(absl::StatusCode::kDataLoss));
    for (const auto& [position, entry] : reading.entries) {
      EXPECT_EQ(entry, testing::EntryFor(position));
    }
  }
}

}  // namespace
}  // namespace bansos

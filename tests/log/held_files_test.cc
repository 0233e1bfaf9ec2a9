// A log whose files are moved, removed or replaced while it is open acknowledges nothing that the
// next start would not find.
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

#include "tests/log/log_reading.h"
#include "tests/log/stored_log.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

namespace fs = std::filesystem;
using ::bansos::testing::EntriesFor;
using ::bansos::testing::StatusIs;
using ::testing::HasSubstr;

constexpr auto kUnavailable = absl::StatusCode::kUnavailable;

// What comes where a path was. (What is removed looks as what is moved.)
enum class Instead { kNothing, kAnother };

TEST(HeldFilesTest, NothingIsAcknowledgedThatWouldBeLost) {
  for (const Instead instead : {Instead::kNothing, Instead::kAnother}) {
    for (const bool anchor : {false, true}) {
      SCOPED_TRACE(std::string(instead == Instead::kNothing ? "moved" : "replaced") +
                   (anchor ? " anchor" : " database"));
      testing::StoredLog stored;
      stored.options().env = rocksdb::Env::Default();  // the other knows files by their names
      auto opened = stored.Open();
      ASSERT_OK(opened);
      std::unique_ptr<RocksDbLog> log = *std::move(opened);
      ASSERT_OK(log->Append(0, 1, EntriesFor(0, 3)));
      const fs::path path = anchor ? stored.options().anchor_path : stored.options().directory;
      const fs::path away = path.string() + ".away";
      fs::rename(path, away);
      if (instead == Instead::kAnother && anchor) fs::copy(away, path);
      if (instead == Instead::kAnother && !anchor) fs::create_directory(path);
      const auto refused = StatusIs(kUnavailable, HasSubstr("moved, removed or replaced"));
      EXPECT_THAT(log->Append(3, 2, EntriesFor(3, 1)), refused);
      EXPECT_EQ(log->Head().size, 3);
      fs::remove_all(path);
      fs::rename(away, path);
      EXPECT_THAT(log->Append(3, 2, EntriesFor(3, 1)), refused) << "for good";
      log.reset();
      const auto again = stored.Open();
      ASSERT_OK(again);
      EXPECT_GE((*again)->Head().size, 3);
      EXPECT_OK((*again)->Append((*again)->Head().size, 3, {"more"}));
    }
  }
}

TEST(HeldFilesTest, WhatElseIsHeldCounts) {
  testing::StoredLog stored;
  const auto log = stored.Open();
  ASSERT_OK(log);
  const fs::path other = stored.options().anchor_path + ".other";
  testing::WriteFile(other, "x");
  ASSERT_OK_AND_ASSIGN(HeldName name, HeldName::Of(other));
  (*log)->AlsoHold(std::move(name));
  ASSERT_OK((*log)->Append(0, 1, {"a"}));
  fs::remove(other);
  EXPECT_THAT((*log)->Append(1, 1, {"b"}), StatusIs(kUnavailable, HasSubstr(".other was moved")));
}

}  // namespace
}  // namespace bansos

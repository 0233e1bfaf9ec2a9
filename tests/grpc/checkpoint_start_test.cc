// When a ledger signs by itself, and with which keys it does not start.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "absl/synchronization/notification.h"
#include "grpc/ledger_parts.h"
#include "grpc/new_ledger.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/checkpoint_key.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

using ::testing::HasSubstr;

constexpr auto kFailedPrecondition = absl::StatusCode::kFailedPrecondition;

class CheckpointStartTest : public ::testing::Test {
 protected:
  CheckpointStartTest() {
    std::string pattern = std::filesystem::temp_directory_path() / "bansos-start-XXXXXX";
    CHECK(mkdtemp(pattern.data()) != nullptr);
    directory_ = pattern;
  }
  ~CheckpointStartTest() override { std::filesystem::remove_all(directory_); }

  LedgerOptions Options() {
    LedgerOptions options;
    options.data_dir = directory_ / "data";
    options.key_file = directory_ / "wrapping.key";
    options.clock = &clock_;
    return options;
  }
  // A new ledger, opened.
  static absl::StatusOr<std::unique_ptr<LedgerParts>> Begin(LedgerOptions options) {
    RETURN_IF_ERROR(CreateLedger(options));
    return LedgerParts::Open(std::move(options));
  }
  std::string DefaultKey() const { return directory_ / "wrapping.key.checkpoint"; }

  std::filesystem::path directory_;
  ManualClock clock_{1'748'833'200'000'000};
};

TEST_F(CheckpointStartTest, NothingIsSignedUnlessAsked) {
  auto parts = Begin(Options());
  ASSERT_OK(parts);
  (*parts)->Stop();
  EXPECT_EQ((*parts)->checkpoints().Newest(), std::nullopt);
  EXPECT_TRUE(std::filesystem::exists(DefaultKey()));
}

TEST_F(CheckpointStartTest, TimerSignsWhatIsThere) {
  absl::Notification is_signed;
  LedgerOptions options = Options();
  options.checkpoint_period = absl::Hours(24);
  options.tell = [&](const std::string& event, const std::string& details) {
    if (event != "checkpoint_signed") return;
    EXPECT_EQ(details, "size=1");
    is_signed.Notify();  // a second one would end the test here
  };
  auto parts = Begin(std::move(options));
  ASSERT_OK(parts);
  is_signed.WaitForNotification();
  (*parts)->Stop();
  EXPECT_EQ((*parts)->checkpoints().Newest()->size, 1);
}

TEST_F(CheckpointStartTest, TimerRunsAgainAndAgain) {
  std::atomic<int> runs = 0;
  absl::Notification three;
  const CheckpointTimer timer(absl::Microseconds(1), [&] {
    if (++runs == 3) three.Notify();
  });
  three.WaitForNotification();
}

TEST_F(CheckpointStartTest, OriginIsTheLedgersOrTheStatedOne) {
  LedgerOptions options = Options();
  options.ledger_id = "bansos.example/2025";
  ASSERT_OK(CreateLedger(options));
  const auto parts = LedgerParts::Open(Options());
  ASSERT_OK(parts);
  EXPECT_EQ((*parts)->checkpoints().origin(), "bansos.example/2025");
  ASSERT_OK((*parts)->checkpoints().Fresh());
  (*parts)->Stop();
}

TEST_F(CheckpointStartTest, StatedOriginIsKept) {
  LedgerOptions options = Options();
  options.checkpoint_origin = "log.example";
  options.checkpoint_key_file = directory_ / "signing.key";
  {
    const auto parts = Begin(options);
    ASSERT_OK(parts);
    EXPECT_EQ((*parts)->checkpoints().origin(), "log.example");
    ASSERT_OK((*parts)->checkpoints().Fresh());
  }
  EXPECT_FALSE(std::filesystem::exists(DefaultKey()));
  EXPECT_THAT(LedgerParts::Open(Options()), StatusIs(kFailedPrecondition, HasSubstr("missing")));
  EXPECT_FALSE(std::filesystem::exists(DefaultKey()));
  options.checkpoint_origin.clear();
  EXPECT_THAT(LedgerParts::Open(options),
              StatusIs(kFailedPrecondition, HasSubstr("--checkpoint-origin")));
  options.checkpoint_origin = "log.example";
  EXPECT_OK(LedgerParts::Open(options));
}

TEST_F(CheckpointStartTest, KeyNeverLiesInTheDataDirectory) {
  LedgerOptions options = Options();
  options.checkpoint_key_file = directory_ / "data" / "signing.key";
  EXPECT_THAT(CreateLedger(options), StatusIs(kFailedPrecondition, HasSubstr("lies in")));
  EXPECT_FALSE(std::filesystem::exists(options.data_dir));
  ASSERT_OK(CreateLedger(Options()));
  EXPECT_THAT(LedgerParts::Open(options), StatusIs(kFailedPrecondition, HasSubstr("lies in")));
  EXPECT_FALSE(std::filesystem::exists(options.checkpoint_key_file));
}

TEST_F(CheckpointStartTest, LedgerIdThatCannotNameAKeyNeedsAnOrigin) {
  LedgerOptions options = Options();
  options.ledger_id = "Bansos Jateng";
  EXPECT_THAT(CreateLedger(options),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--checkpoint-origin")));
  EXPECT_TRUE(std::filesystem::is_empty(directory_));
  options.checkpoint_origin = "bansos-jateng";
  EXPECT_OK(Begin(options));
}

}  // namespace
}  // namespace bansos::testing

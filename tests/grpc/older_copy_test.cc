// Parts of a ledger put back from an older copy, each by itself and in all combinations: what would
// give somebody else's number, or contradict what was signed, is refused; what can be made again is
// made again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <future>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "grpc/ledger_parts.h"
#include "grpc/new_ledger.h"
#include "ledger/base/check.h"
#include "tests/support/commands.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// What of a ledger is put back.
enum Part : unsigned { kLog = 1, kVault = 2, kViews = 4, kMemory = 8, kAllParts = 16 };

class OlderCopyTest : public ::testing::TestWithParam<unsigned> {
 protected:
  OlderCopyTest() {
    std::string pattern = fs::temp_directory_path() / "bansos-older-XXXXXX";
    CHECK(mkdtemp(pattern.data()) != nullptr);
    root_ = pattern;
    fs::create_directories(root_ / "now");
    CHECK_OK(CreateLedger(Options()));
  }
  ~OlderCopyTest() override { fs::remove_all(root_); }

  LedgerOptions Options() {
    LedgerOptions options;
    options.data_dir = root_ / "now" / "data";
    options.key_file = root_ / "now" / "key";
    options.clock = &clock_;
    return options;
  }
  absl::StatusOr<std::unique_ptr<LedgerParts>> Open() { return LedgerParts::Open(Options()); }

  static void Record(LedgerParts& parts, std::vector<Command> commands) {
    std::promise<absl::StatusOr<WriteResult>> promise;
    parts.sequencer().Submit(
        WriteRequest{std::move(commands)},
        [&](absl::StatusOr<WriteResult> answer) { promise.set_value(std::move(answer)); });
    const absl::StatusOr<WriteResult> result = promise.get_future().get();
    ASSERT_OK(result);
    for (const CommandOutcome& outcome : result->outcomes) {
      ASSERT_FALSE(outcome.refusal.has_value()) << Message(*outcome.refusal);
    }
  }

  // Registers somebody, whom the log then shows with a number and a KK token, and signs.
  void Work(uint64_t person) {
    ASSERT_OK_AND_ASSIGN(const auto parts, Open());
    if (person == 1) {
      std::vector<Command> founding = FoundLedger();
      founding.erase(founding.begin());  // The ledger is open.
      Record(*parts, std::move(founding));
    }
    const std::string name = absl::StrCat("person ", person);
    ASSERT_OK_AND_ASSIGN(const auto reserved, parts->vault().ReserveRecipients({name}));
    ASSERT_OK_AND_ASSIGN(const auto kks, parts->vault().ReserveTokens(TokenKind::kKk, {name}));
    Command command = Register(reserved[0].number.value());
    auto& registered = std::get<RecipientRegistered>(std::get<EventBody>(command.body));
    registered.key_commitment = reserved[0].key_commitment;
    registered.kk_token = KkToken(kks[0]);
    Record(*parts, {command});
    ASSERT_OK(parts->checkpoints().Fresh());
  }

  void Copy(const std::string& to) {
    fs::copy(root_ / "now", root_ / to, fs::copy_options::recursive);
  }
  // Puts a file or folder back as it was.
  void PutBack(const std::string& name) {
    ASSERT_TRUE(fs::exists(root_ / "old" / name)) << name;
    fs::remove_all(root_ / "now" / name);
    fs::copy(root_ / "old" / name, root_ / "now" / name, fs::copy_options::recursive);
  }
  void PutBack(unsigned parts) {
    const auto each = [&](Part part, std::vector<std::string> names) {
      if ((parts & part) == 0) return;
      for (const std::string& name : names) PutBack(name);
    };
    each(kLog, {"data/log", "data/anchor"});
    each(kVault, {"data/vault", "data/vault.anchor"});
    each(kViews, {"data/views"});
    each(kMemory, {"key.checkpoint.newest"});
  }

  uint64_t PeopleOfTheViews(LedgerParts& parts) {
    absl::Notification there;
    parts.projector().CallAtPosition(parts.log().Head().size, [&] { there.Notify(); });
    there.WaitForNotification();
    uint64_t people = 0;
    CHECK_OK(parts.projector().Read([&](const ViewSet&, const ProjectionHead&) {
      people = parts.records().state().recipients.size();
    }));
    return people;
  }

  fs::path root_;
  ManualClock clock_{kTestTimeUs};
};

TEST_P(OlderCopyTest, IsRefusedOrServedWhole) {
  const unsigned older = GetParam();
  Work(1);
  Copy("old");
  Work(2);
  PutBack(older);

  const auto parts = Open();
  if ((older & kLog) != 0 && (older & kMemory) == 0) {
    EXPECT_THAT(parts, StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("signed")));
  } else if ((older & kVault) != 0 && (older & kLog) == 0) {
    EXPECT_THAT(parts, StatusIs(absl::StatusCode::kDataLoss, HasSubstr("older than the log")));
  } else {
    ASSERT_OK(parts);
    EXPECT_EQ(PeopleOfTheViews(**parts), (older & kLog) != 0 ? 1 : 2);
    ASSERT_OK((*parts)->checkpoints().Fresh());
  }
}

INSTANTIATE_TEST_SUITE_P(Parts, OlderCopyTest, ::testing::Range(1u, unsigned{kAllParts}));

}  // namespace
}  // namespace bansos::testing

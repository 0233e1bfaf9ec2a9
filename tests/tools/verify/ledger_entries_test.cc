// Logs of our own events: the rules are replayed and the rows of times compared with them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "bansos/ledger/v1/event.pb.h"
#include "tests/support/commands.h"
#include "tests/support/paired_ledger.h"
#include "tests/support/status_matchers.h"
#include "tests/tools/verify/naive_tree.h"
#include "tests/tools/verify/shared_vectors.h"
#include "tests/tools/verify/small_data_directory.h"
#include "tests/tools/verify/small_export.h"
#include "tests/tools/verify/verify_run.h"
#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/note/base64.h"

namespace bansos::verify {
namespace {

namespace fs = std::filesystem;
using ::bansos::testing::RunVerify;
using ::bansos::testing::SigningKey;
using ::bansos::testing::SmallDataDirectory;
using ::bansos::testing::U64;
using ::bansos::testing::WriteFileWhole;
using ::testing::Contains;
using ::testing::HasSubstr;

constexpr uint64_t kRecipients = 60;

class LedgerEntriesTest : public ::testing::Test {
 protected:
  // A programme with money and some entitled recipients, all recorded at one time.
  LedgerEntriesTest() {
    testing::PairedLedger ledger(testing::kTestTimeUs);
    for (const bansos::Command& command : testing::FoundLedger()) ledger.Do(command);
    for (uint64_t recipient = 1; recipient <= kRecipients; ++recipient) {
      for (const bansos::Command& command : testing::Entitle(recipient)) ledger.Do(command);
    }
    entries_ = ledger.entries();
  }
  Report RunOver(const std::vector<std::string>& entries) {
    fs::remove_all(export_directory());
    testing::WriteTiles(export_directory(), entries);
    testing::WriteCheckpoint(export_directory(), entries, key_);
    return RunVerify(options());
  }
  verify::Options options() const {
    Options options = testing::OpaqueOptions(export_directory(), key_);
    options.entries = Entries::kLedger;
    return options;
  }
  fs::path export_directory() const { return fs::path(scratch_.path()) / "export"; }
  void ExpectFaultAt(const Report& report, uint64_t position, const std::string& rule) {
    EXPECT_EQ(ExitCode(report.status), kExitFault);
    EXPECT_EQ(PositionOf(report.status), position);
    EXPECT_THAT(std::string(report.status.message()), HasSubstr(rule));
  }
  std::string Receipt(uint64_t position) const {
    std::string text = absl::StrCat("c2sp.org/tlog-proof@v1\nextra ",
                                    EncodeBase64(entries_[position]), "\nindex ", position, "\n");
    for (const std::string& hash : testing::NaiveInclusion(position, entries_)) {
      absl::StrAppend(&text, EncodeBase64(hash), "\n");
    }
    return absl::StrCat(text, "\n",
                        key_.Sign(testing::CheckpointText(key_.name(), entries_.size(),
                                                          testing::NaiveRoot(entries_))));
  }

  const testing::ScratchDirectory scratch_;
  const SigningKey key_{"ledger.example", 'k'};
  std::vector<std::string> entries_;
};

TEST_F(LedgerEntriesTest, WholeLedgerIsAccepted) {
  ASSERT_GT(entries_.size(), 256);
  const Report report = RunOver(entries_);
  EXPECT_OK(report.status);
  EXPECT_EQ(report.profile, "public");
  EXPECT_THAT(report.checked, Contains(HasSubstr("every event against the rules")));
  EXPECT_THAT(report.not_checked, Contains(HasSubstr("--since")));
}

// As an operator would who holds the key: all hashes and the signature are right.
TEST_F(LedgerEntriesTest, ReSignedChangesThatBreakARuleAreFoundAtTheirPosition) {
  const uint64_t size = entries_.size();
  auto doubled = entries_;
  doubled.push_back(entries_.back());
  ExpectFaultAt(RunOver(doubled), size, "k");
  auto dropped = entries_;
  dropped.erase(dropped.begin() + 4);
  EXPECT_EQ(ExitCode(RunOver(dropped).status), kExitFault);
  auto swapped = entries_;
  std::swap(swapped[size - 1], swapped[size - 2]);
  ExpectFaultAt(RunOver(swapped), size - 2, "k");
  auto padded = entries_;
  padded[7] += std::string("\xf8\x7f\x01", 3);  // a field that no event has
  ExpectFaultAt(RunOver(padded), 7, "k");
}

TEST_F(LedgerEntriesTest, RowsOfTimesAreThoseOfTheEvents) {
  SmallDataDirectory data;
  data.WithLog(
      [this](RocksDbLog& log) { ASSERT_OK(log.Append(0, testing::kTestTimeUs, entries_)); });
  Options of_data = options();
  of_data.path = data.path().string();
  EXPECT_OK(RunVerify(of_data).status);
  data.PutRow("times", U64(testing::kTestTimeUs - 1), U64(0));
  ExpectFaultAt(RunVerify(of_data), 0, "the row of times");
  data.DeleteRow("times", U64(testing::kTestTimeUs - 1));
  data.PutRow("times", U64(testing::kTestTimeUs + 1), U64(9));
  EXPECT_EQ(ExitCode(RunVerify(of_data).status), kExitFault);
}

TEST_F(LedgerEntriesTest, ReceiptShowsItsEvent) {
  Options receipt = options();
  receipt.command = Command::kReceipt;
  receipt.path = (fs::path(scratch_.path()) / "receipt").string();
  WriteFileWhole(receipt.path, Receipt(7));
  const Report report = RunVerify(receipt);
  EXPECT_OK(report.status);
  EXPECT_EQ(report.position, 7);
  EXPECT_THAT(report.event_json, HasSubstr("recordedTimeUs"));
  receipt.origin = "another.example";
  EXPECT_EQ(testing::ExitCodeOf(receipt), kExitFault);
  receipt.origin.clear();
  WriteFileWhole(receipt.path, Receipt(7).replace(40, 1, "!"));
  EXPECT_EQ(testing::ExitCodeOf(receipt), kExitFault);
  fs::remove(receipt.path);
  EXPECT_EQ(testing::ExitCodeOf(receipt), kExitCouldNotLook);
}

}  // namespace
}  // namespace bansos::verify

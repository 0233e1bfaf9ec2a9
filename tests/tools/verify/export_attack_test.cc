// What an exported directory may look like, and every way to change one: each is found, and what is
// only found with an older checkpoint is found with it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <filesystem>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "tests/support/status_matchers.h"
#include "tests/tools/verify/naive_tree.h"
#include "tests/tools/verify/shared_vectors.h"
#include "tests/tools/verify/small_export.h"
#include "tests/tools/verify/verify_run.h"
#include "tools/bansos-verify/finding/finding.h"

namespace bansos::verify {
namespace {

namespace fs = std::filesystem;
using ::bansos::testing::NaiveRoot;
using ::bansos::testing::ReadWhole;
using ::bansos::testing::RunVerify;
using ::bansos::testing::SigningKey;
using ::bansos::testing::SmallEntries;
using ::bansos::testing::WriteCheckpoint;
using ::bansos::testing::WriteFileWhole;
using ::bansos::testing::WriteTiles;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

// One full bundle and a small partial one: every kind of file.
constexpr uint64_t kSize = 260;

class ExportAttackTest : public ::testing::Test {
 protected:
  void Write(const std::vector<std::string>& entries) {
    fs::remove_all(directory());
    WriteTiles(directory(), entries);
    WriteCheckpoint(directory(), entries, key_);
  }
  fs::path directory() const { return fs::path(scratch_.path()) / "export"; }
  fs::path old_checkpoint() const { return fs::path(scratch_.path()) / "old"; }
  Options options() const { return testing::OpaqueOptions(directory(), key_); }
  Report Run() const { return RunVerify(options()); }
  Report RunSince() const {
    Options since = options();
    since.since = old_checkpoint().string();
    return RunVerify(since);
  }
  void ExpectFound(const std::string& message) {
    const Report report = Run();
    EXPECT_EQ(ExitCode(report.status), kExitFault) << report.status;
    EXPECT_THAT(std::string(report.status.message()), HasSubstr(message));
  }
  std::vector<fs::path> Files() const {
    std::vector<fs::path> files;
    for (const auto& file : fs::recursive_directory_iterator(directory())) {
      if (file.is_regular_file()) files.push_back(file.path());
    }
    return files;
  }

  const testing::ScratchDirectory scratch_;
  const SigningKey key_{"ledger.example", 'k'};
};

TEST_F(ExportAttackTest, WholeExportsOfAllShapesAreAccepted) {
  for (const uint64_t size : {0, 1, 2, 255, 256, 257, 511, 512, 700}) {
    const auto entries = SmallEntries(size);
    Write(entries);
    const Report report = Run();
    EXPECT_OK(report.status) << size;
    EXPECT_EQ(report.size, size);
    EXPECT_EQ(report.root, HashFrom(NaiveRoot(entries)));
    EXPECT_EQ(report.origin, key_.name());
  }
}

TEST_F(ExportAttackTest, EveryFlippedByteIsFound) {
  const auto entries = SmallEntries(kSize);
  Write(entries);
  WriteFileWhole(directory() / "tile/entries/000.p/9", testing::BundleOf(entries, 0, 9));
  WriteFileWhole(directory() / "tile/0/000.p/9", testing::TileOf(entries, 0, 0, 9));
  ASSERT_OK(Run().status);
  int flipped = 0;
  for (const fs::path& file : Files()) {
    const std::string bytes = ReadWhole(file);
    for (size_t i = 0; i < bytes.size(); ++i) {
      std::string changed = bytes;
      changed[i] = static_cast<char>(changed[i] ^ (1 << (i % 8)));
      WriteFileWhole(file, changed);
      ASSERT_EQ(ExitCode(Run().status), kExitFault) << file << " byte " << i;
      ++flipped;
    }
    WriteFileWhole(file, bytes);
  }
  EXPECT_GT(flipped, 9000);
  EXPECT_OK(Run().status);
}

TEST_F(ExportAttackTest, EveryMissingOrShortenedOrLengthenedFileIsFound) {
  Write(SmallEntries(kSize));
  for (const fs::path& file : Files()) {
    SCOPED_TRACE(file.string());
    const std::string bytes = ReadWhole(file);
    for (const std::string& changed : {bytes.substr(1), bytes.substr(0, bytes.size() - 1),
                                       bytes + '\0', bytes + bytes, std::string()}) {
      WriteFileWhole(file, changed);
      EXPECT_EQ(ExitCode(Run().status), kExitFault) << Run().status;
    }
    fs::remove(file);
    EXPECT_NE(ExitCode(Run().status), kExitChecked);
    WriteFileWhole(file, bytes);
  }
}

TEST_F(ExportAttackTest, SwappedDroppedAndDoubledEntriesAreFoundAtTheirPosition) {
  const auto entries = SmallEntries(kSize);
  auto swapped = entries;
  std::swap(swapped[7], swapped[9]);
  auto dropped = entries;
  dropped.erase(dropped.begin() + 7);
  auto doubled = entries;
  doubled.insert(doubled.begin() + 7, entries[6]);
  for (const auto& changed : {swapped, dropped, doubled}) {
    Write(entries);
    WriteFileWhole(directory() / "tile/entries/000", testing::BundleOf(changed, 0, 256));
    ExpectFound("at position 7: the entry in tile/entries has the leaf hash");
    EXPECT_EQ(PositionOf(Run().status), 7);
    // All tiles made to fit: only the checkpoint is left to say so.
    fs::remove_all(directory() / "tile");
    WriteTiles(directory(), changed);
    EXPECT_EQ(ExitCode(Run().status), kExitFault);
  }
}

TEST_F(ExportAttackTest, ReSignedHistoryIsFoundOnlyWithAnOlderCheckpoint) {
  const auto entries = SmallEntries(kSize);
  for (const uint64_t old_size : {0, 1, 100, 255, 256, 257, 260}) {
    const auto old = SmallEntries(old_size);
    WriteFileWhole(old_checkpoint(),
                   key_.Sign(testing::CheckpointText(key_.name(), old_size, NaiveRoot(old))));
    Write(entries);
    EXPECT_OK(RunSince().status) << old_size;
    auto rewritten = entries;
    rewritten[0] = "forged";
    Write(rewritten);
    EXPECT_OK(Run().status);
    if (old_size == 0) continue;  // nothing was signed then
    const Report report = RunSince();
    EXPECT_EQ(ExitCode(report.status), kExitFault) << old_size;
    EXPECT_THAT(std::string(report.status.message()), HasSubstr("older checkpoint"));
  }
}

TEST_F(ExportAttackTest, RollBackIsFoundWithAnOlderCheckpoint) {
  const auto entries = SmallEntries(kSize);
  WriteFileWhole(old_checkpoint(),
                 key_.Sign(testing::CheckpointText(key_.name(), kSize, NaiveRoot(entries))));
  Write(SmallEntries(kSize - 1));
  EXPECT_OK(Run().status);
  const Report report = RunSince();
  EXPECT_EQ(ExitCode(report.status), kExitFault);
  EXPECT_THAT(std::string(report.status.message()), HasSubstr("rolled back"));
}

TEST_F(ExportAttackTest, OlderCheckpointMustBeSignedByTheSameKeyAndOrigin) {
  const auto entries = SmallEntries(kSize);
  Write(entries);
  const std::string text = testing::CheckpointText(key_.name(), kSize, NaiveRoot(entries));
  WriteFileWhole(old_checkpoint(), SigningKey(key_.name(), 'x').Sign(text));
  EXPECT_EQ(ExitCode(RunSince().status), kExitFault);
  WriteFileWhole(old_checkpoint(),
                 key_.Sign(testing::CheckpointText("other", kSize, NaiveRoot(entries))));
  EXPECT_EQ(ExitCode(RunSince().status), kExitFault);
  fs::remove(old_checkpoint());
  EXPECT_EQ(ExitCode(RunSince().status), kExitCouldNotLook);
}

TEST_F(ExportAttackTest, PartialFilesMayBeMissingOnceTheFullOnesAreThere) {
  const auto more = SmallEntries(520);
  WriteTiles(directory(), more);  // full tiles beyond the checkpoint
  WriteCheckpoint(directory(), SmallEntries(kSize), key_);
  // Level 1 has no full tile, so its partial one must be there.
  ExpectFound("tile/1/000.p/1");
  WriteFileWhole(directory() / "tile/1/000.p/1", testing::TileOf(more, 1, 0, 1));
  const Report report = Run();
  EXPECT_OK(report.status);
  EXPECT_THAT(report.not_checked, Contains(HasSubstr("beyond the checkpoint")));
  auto forged = more;
  forged[258] = "forged";
  WriteFileWhole(directory() / "tile/entries/001", testing::BundleOf(forged, 256, 256));
  ExpectFound("at position 258");
}

TEST_F(ExportAttackTest, ForeignLogsVerify) {
  std::vector<std::string> entries = {"", std::string(65535, 'x'), std::string(3, '\0')};
  WriteTiles(directory(), entries);
  const std::string text = absl::StrCat(
      testing::CheckpointText("another.example/origin", 3, NaiveRoot(entries)), "extension\n");
  const SigningKey witness("witness.example", 'w');
  WriteFileWhole(directory() / "checkpoint",
                 absl::StrCat(text, "\n", witness.SignatureLine(text), key_.SignatureLine(text)));
  WriteFileWhole(directory() / "README", "hello");
  const Report report = Run();
  EXPECT_OK(report.status);
  EXPECT_THAT(report.not_checked, Contains(HasSubstr("The origin was not")));
  EXPECT_THAT(report.not_checked, Contains(HasSubstr("README")));
  Options named = options();
  named.origin = "another.example/origin";
  EXPECT_EQ(testing::ExitCodeOf(named), kExitChecked);
  named.origin = "third.example";
  EXPECT_EQ(testing::ExitCodeOf(named), kExitFault);
  named = options();
  named.entries = Entries::kLedger;  // they are not our events
  EXPECT_EQ(testing::ExitCodeOf(named), kExitFault);
}

TEST_F(ExportAttackTest, WhatCannotBeLookedAtIsNoFault) {
  Write(SmallEntries(kSize));
  Options wrong = options();
  wrong.vkey = "";
  EXPECT_EQ(testing::ExitCodeOf(wrong), kExitCouldNotLook);
  wrong.vkey = "nonsense";
  EXPECT_EQ(testing::ExitCodeOf(wrong), kExitCouldNotLook);
  wrong = options();
  wrong.path += "/nowhere";
  EXPECT_EQ(testing::ExitCodeOf(wrong), kExitCouldNotLook);
  wrong.path = scratch_.path();  // neither kind of directory
  EXPECT_EQ(testing::ExitCodeOf(wrong), kExitCouldNotLook);
}

TEST_F(ExportAttackTest, APipeHoldsNobodyUp) {
  for (const char* path : {"checkpoint", "tile/0/000", "tile/entries/000", "tile/0/001.p/3"}) {
    Write(SmallEntries(kSize));
    fs::remove(directory() / path);
    ASSERT_EQ(::mkfifo((directory() / path).c_str(), 0600), 0);
    EXPECT_EQ(testing::ExitCodeOf(options()), kExitCouldNotLook) << path;
  }
}

TEST_F(ExportAttackTest, NamesOfFilesWriteNoLinesOfTheReport) {
  Write(SmallEntries(kSize));
  WriteFileWhole(directory() / "a\nno fault found", "");
  WriteFileWhole(directory() / "b\x1b[2J\u202e", "");
  std::ostringstream out;
  std::ostringstream err;
  Print(Run(), OutputForm::kText, out, err);
  EXPECT_THAT(out.str(), HasSubstr("a\\u{a}no fault found"));
  EXPECT_THAT(out.str(), HasSubstr("b\\u{1b}[2J\\u{202e}"));
  EXPECT_THAT(out.str(), Not(HasSubstr("\x1b")));
  const size_t verdict = out.str().find("\nno fault found");
  EXPECT_EQ(verdict, out.str().rfind("\nno fault found"));
}

// protobuf writes lines of its own about texts that are not UTF-8, and prints no valid JSON of
// them.
TEST_F(ExportAttackTest, TextsThatAreNotUtf8AreValidJson) {
  Write(SmallEntries(kSize));
  WriteFileWhole(directory() / "c\xff\u00e9\x1b\n", "");
  Report report = Run();
  report.path += "\xc3";
  report.findings.emplace_back("\xed\xa0\x80");  // a surrogate
  report.event_json = "{\"name\": \"a\u202eb\u2066\"}";
  report.status = FaultIn("tile/\xf0", "\x80");
  ::testing::internal::CaptureStderr();
  std::ostringstream out;
  std::ostringstream err;
  Print(report, OutputForm::kJson, out, err);
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
  EXPECT_THAT(out.str(), HasSubstr("c\\\\xff\u00e9\\\\u{1b}\\\\u{a}"));
  EXPECT_THAT(out.str(), HasSubstr("export\\\\xc3\""));
  EXPECT_THAT(out.str(), HasSubstr("\"\\\\xed\\\\xa0\\\\x80\""));
  EXPECT_THAT(out.str(), HasSubstr("\"a\\u202eb\\u2066\""));
  EXPECT_THAT(out.str(), HasSubstr("in tile/\\\\xf0: \\\\x80"));
  EXPECT_EQ(err.str(), "fault in tile/\\xf0: \\x80\n");
}

}  // namespace
}  // namespace bansos::verify

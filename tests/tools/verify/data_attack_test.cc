// Attacks on the data directory of a stopped server: each is found, or it changed nothing that
// matters; and the directory is never written.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "tests/support/status_matchers.h"
#include "tests/tools/verify/naive_tree.h"
#include "tests/tools/verify/shared_vectors.h"
#include "tests/tools/verify/small_data_directory.h"
#include "tests/tools/verify/small_export.h"
#include "tests/tools/verify/verify_run.h"

namespace bansos::verify {
namespace {

namespace fs = std::filesystem;
using ::bansos::testing::FileImage;
using ::bansos::testing::ImageOf;
using ::bansos::testing::RunVerify;
using ::bansos::testing::SigningKey;
using ::bansos::testing::SmallDataDirectory;
using ::bansos::testing::SmallEntries;
using ::bansos::testing::U64;
using ::bansos::testing::WriteFileWhole;
using ::testing::Contains;
using ::testing::HasSubstr;

class DataAttackTest : public ::testing::Test {
 protected:
  std::vector<std::string> Slice(uint64_t first, uint64_t end) const {
    return {all_.begin() + first, all_.begin() + end};
  }
  // Commits that cross bundles, with a checkpoint between.
  void Fill() {
    data_.Commit(Slice(0, 3));
    data_.Commit(Slice(3, 300));
    data_.StoreCheckpoint(key_);
    data_.Commit(Slice(300, 520));
  }
  Options options() const { return testing::OpaqueOptions(data_.path(), key_); }
  Report Run() const { return RunVerify(options()); }
  void ExpectWhole(uint64_t size) {
    const Report report = Run();
    EXPECT_OK(report.status);
    EXPECT_EQ(report.size, size);
    EXPECT_EQ(report.root, HashFrom(testing::NaiveRoot(Slice(0, size))));
  }
  void ExpectFound(const std::string& message) {
    const Report report = Run();
    EXPECT_EQ(ExitCode(report.status), kExitFault) << report.status;
    EXPECT_THAT(std::string(report.status.message()), HasSubstr(message));
  }
  Report RunSince(const std::vector<std::string>& old) {
    const fs::path file = data_.path().parent_path() / "old";
    WriteFileWhole(
        file, key_.Sign(testing::CheckpointText(key_.name(), old.size(), testing::NaiveRoot(old))));
    Options since = options();
    since.since = file.string();
    return RunVerify(since);
  }
  // Flips each byte of the file, or every `stride`-th: found, or all is as it was.
  void FlipBytes(const fs::path& file, uint64_t size, uint64_t stride, int& found);

  const std::vector<std::string> all_ = SmallEntries(600);
  const SigningKey key_{"ledger.example", 'k'};
  SmallDataDirectory data_;
};

void DataAttackTest::FlipBytes(const fs::path& file, uint64_t size, uint64_t stride, int& found) {
  const std::string bytes = testing::ReadWhole(file);
  const Hash root = HashFrom(testing::NaiveRoot(Slice(0, size)));
  for (size_t i = 0; i < bytes.size(); i += stride) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ (1 << (i % 8)));
    WriteFileWhole(file, changed);
    const Report report = Run();
    const int exit_code = ExitCode(report.status);
    ASSERT_NE(exit_code, kExitCouldNotLook) << file << " byte " << i << ": " << report.status;
    found += exit_code == kExitFault;
    if (exit_code == kExitFault) continue;
    ASSERT_EQ(report.size, size) << file << " byte " << i;
    ASSERT_EQ(report.root, root) << file << " byte " << i;
  }
  WriteFileWhole(file, bytes);
}

TEST_F(DataAttackTest, WholeDirectoriesAreAcceptedAndNeverWritten) {
  data_.WriteTables();  // of an empty log
  ExpectWhole(0);
  for (const uint64_t size : {1, 255, 256, 257, 512, 600}) {
    SmallDataDirectory fresh;
    fresh.Commit(Slice(0, size));
    const FileImage before = ImageOf(fresh.path());
    const Report report = RunVerify(testing::OpaqueOptions(fresh.path(), key_));
    EXPECT_OK(report.status);
    EXPECT_EQ(report.root, HashFrom(testing::NaiveRoot(Slice(0, size))));
    EXPECT_THAT(report.not_checked, Contains(HasSubstr("No signature was checked")));
    EXPECT_EQ(ImageOf(fresh.path()), before);
  }
  Fill();
  const FileImage before = ImageOf(data_.path());
  ExpectWhole(520);
  EXPECT_EQ(ImageOf(data_.path()), before);
  Options keyless = options();
  keyless.vkey = "";
  EXPECT_THAT(RunVerify(keyless).not_checked, Contains(HasSubstr("No signature was checked")));
}

TEST_F(DataAttackTest, EveryFlippedByteOfTablesIsFoundOrChangesNothing) {
  data_.Commit(Slice(0, 300));
  data_.WriteTables();
  int found = 0;
  for (const char* files : {".sst", "MANIFEST", "CURRENT"}) {
    for (const fs::path& file : data_.Files(files)) FlipBytes(file, 300, 1, found);
  }
  EXPECT_GT(found, 1000);
  for (const char* files : {"OPTIONS", "LOG", "IDENTITY"}) {  // nobody reads these
    for (const fs::path& file : data_.Files(files)) FlipBytes(file, 300, 997, found);
  }
  ExpectWhole(300);
}

TEST_F(DataAttackTest, EveryFlippedByteOfTheWriteAheadLogIsFoundOrChangesNothing) {
  data_.WithLog([this](RocksDbLog& log) {
    ASSERT_OK(log.Append(0, 1, Slice(0, 20)));
    ASSERT_OK(log.Append(20, 2, Slice(20, 260)));
    ASSERT_OK(log.Append(260, 3, Slice(260, 263)));
  });
  int found = 0;
  for (const fs::path& file : data_.Files(".log")) FlipBytes(file, 263, 1, found);
  EXPECT_GT(found, 1000);
  ExpectWhole(263);
}

TEST_F(DataAttackTest, EveryFlippedByteOfTheAnchorIsFoundOrChangesNothing) {
  data_.Commit(Slice(0, 5));
  int found = 0;
  const std::string bytes = testing::ReadWhole(data_.anchor());
  FlipBytes(data_.anchor(), 5, 7, found);
  // A slot that does not count may be torn; both may not.
  std::string both = bytes;
  both[20] ^= 1;
  both[4096 + 20] ^= 1;
  WriteFileWhole(data_.anchor(), both);
  ExpectFound("both slots are damaged");
  WriteFileWhole(data_.anchor(), bytes.substr(1));
  ExpectFound("not 8192 bytes long");
}

TEST_F(DataAttackTest, TailCutAtARecordBoundaryIsFoundByTheAnchor) {
  data_.Commit(Slice(0, 10));
  const FileImage shorter = ImageOf(data_.path());
  data_.Commit(Slice(10, 20));
  const FileImage longer = ImageOf(data_.path());
  FileImage cut = shorter;
  cut[data_.anchor()] = longer.at(data_.anchor());
  data_.Restore(cut);
  ExpectFound("at position 10: the log ends here, but the anchor says that 20 entries");
  // The anchor rolled back alone: the log is whole.
  FileImage rolled_back = longer;
  rolled_back[data_.anchor()] = shorter.at(data_.anchor());
  data_.Restore(rolled_back);
  ExpectWhole(20);
  // Together with its log: only who kept a checkpoint sees it.
  data_.Restore(shorter);
  ExpectWhole(10);
  EXPECT_EQ(ExitCode(RunSince(Slice(0, 20)).status), kExitFault);
  EXPECT_OK(RunSince(Slice(0, 10)).status);
  data_.Restore(longer);
  EXPECT_OK(RunSince(Slice(0, 10)).status);
}

TEST_F(DataAttackTest, TornTailIsDroppedIfTheAnchorDoesNotAskForIt) {
  data_.WithLog([this](RocksDbLog& log) { ASSERT_OK(log.Append(0, 1, Slice(0, 10))); });
  const std::string anchor = testing::ReadWhole(data_.anchor());
  const fs::path wal = data_.Files(".log").back();
  const size_t before = fs::file_size(wal);
  std::string torn = testing::ReadWhole(wal);
  // A record that a power cut left: cut short, or whole with a wrong checksum.
  for (const std::string& tail : {std::string("\x11\x22\x33", 3), std::string(40, '\x7f')}) {
    WriteFileWhole(wal, torn + tail);
    ExpectWhole(10);
    EXPECT_EQ(fs::file_size(wal), before + tail.size());
  }
}

TEST_F(DataAttackTest, MissingAnchorOrDatabaseIsFound) {
  Fill();
  const FileImage image = ImageOf(data_.path());
  fs::remove(data_.anchor());
  ExpectFound("anchor is missing");
  data_.Restore(image);
  fs::remove_all(data_.log());
  ExpectFound("the anchor says that 520 entries");
  for (const char* files : {"CURRENT", "MANIFEST", ".sst"}) {
    data_.Restore(image);
    fs::remove(data_.Files(files).front());
    EXPECT_EQ(ExitCode(Run().status), kExitFault) << files << Run().status;
  }
}

TEST_F(DataAttackTest, RowsThatDoNotFitAreFound) {
  Fill();
  const FileImage image = ImageOf(data_.path());
  const auto attack = [&](const std::string& message, auto change) {
    SCOPED_TRACE(message);
    data_.Restore(image);
    change();
    ExpectFound(message);
  };
  const auto put = [this](const std::string& family, const std::string& key,
                          const std::string& value) {
    return [this, family, key, value] { data_.PutRow(family, key, value); };
  };
  const auto erase = [this](const std::string& family, const std::string& key) {
    return [this, family, key] { data_.DeleteRow(family, key); };
  };
  const std::string level1("\1", 1);
  attack("at position 3: the entry is missing", erase("entries", U64(3)));
  attack("at position 300", erase("entries", U64(300)));
  attack("at position 512: the stored entries end here", erase("entries", U64(512)));
  attack("at position 1: a fragment begins here", put("entries", U64(1), std::string("\0\1x", 3)));
  attack("beyond the size", put("entries", U64(520), std::string("\0\1x", 3)));
  attack("is empty", put("entries", U64(3), ""));
  attack("not 8 bytes", put("entries", std::string(2, '\0'), "v"));
  attack("tree row (1, 0)", put("tree", level1 + U64(0), std::string(32, 'x')));
  attack("tree row (1, 1)", erase("tree", level1 + U64(1)));
  attack("the tree has no row", put("tree", level1 + U64(2), std::string(32, 'x')));
  attack("the tree has no row", put("tree", std::string("\7", 1) + U64(0), std::string(32, 'x')));
  attack("the tree has no row", put("tree", std::string(9, '\0'), std::string(32, 'x')));
  attack("the tree has no row", put("tree", "\x09", ""));
  attack("the family times", put("times", U64(5), U64(4)));
  attack("the family times", put("times", U64(9999), U64(519)));
  attack("the family times", erase("times", U64(520)));
  attack("the family default", put("default", "other", "row"));
  attack("the format row", put("default", "format", "bansos-log/2"));
  attack("the head row", put("default", "head", "short"));
  attack("no format row", erase("default", "format"));
  attack("at position 0: the log ends here", erase("default", "head"));
  attack("stored checkpoint of size 300", put("default", "checkpoint" + U64(300), "nonsense"));
  const std::string forged =
      key_.Sign(testing::CheckpointText(key_.name(), 7, std::string(32, 'r')));
  attack("stored checkpoint of size 7", put("default", "checkpoint" + U64(7), forged));
  attack("stored checkpoint of size 8: it states size 7",
         put("default", "checkpoint" + U64(8), forged));
}

TEST_F(DataAttackTest, SwappedDoubledAndChangedEntriesAreFound) {
  Fill();
  const FileImage image = ImageOf(data_.path());
  auto swapped = Slice(0, 256);
  std::swap(swapped[7], swapped[9]);
  auto doubled = Slice(0, 256);
  doubled[8] = doubled[7];
  for (const auto& changed : {swapped, doubled}) {
    data_.Restore(image);
    data_.PutRow("entries", U64(3), testing::BundleOf(changed, 3, 253));
    ExpectFound("tree row (1, 0)");
  }
  data_.Restore(image);
  data_.PutRow("entries", U64(512), testing::BundleOf(Slice(0, 8), 0, 8));
  ExpectFound("the first 520 entries have the root");
}

TEST_F(DataAttackTest, RewrittenAndReSignedHistoryIsFoundOnlyWithAnOlderCheckpoint) {
  auto forged = Slice(0, 520);
  forged[0] = "forged";
  data_.Commit(forged);
  data_.StoreCheckpoint(key_);
  EXPECT_OK(Run().status);
  const Report report = RunSince(Slice(0, 300));
  EXPECT_EQ(ExitCode(report.status), kExitFault);
  EXPECT_THAT(std::string(report.status.message()), HasSubstr("older checkpoint"));
}

// The locks are those of a process, so another one has to hold it.
TEST_F(DataAttackTest, DirectoryOfARunningServerIsRefused) {
  Fill();
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t server = fork();
  if (server == 0) {
    const int lock_file = open((data_.path() / "anchor.lock").c_str(), O_RDWR);
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    const char answer = fcntl(lock_file, F_SETLK, &lock) == 0 ? 'y' : 'n';
    [[maybe_unused]] const ssize_t told = write(ready[1], &answer, 1);
    pause();
    _exit(0);
  }
  char answer = 0;
  ASSERT_EQ(read(ready[0], &answer, 1), 1);
  ASSERT_EQ(answer, 'y');
  const Report report = Run();
  kill(server, SIGKILL);
  waitpid(server, nullptr, 0);
  EXPECT_EQ(ExitCode(report.status), kExitCouldNotLook);
  EXPECT_THAT(std::string(report.status.message()), HasSubstr("stop the server"));
  ExpectWhole(520);
}

TEST_F(DataAttackTest, CheckpointOfAnotherKeyIsFound) {
  Fill();
  Options other = options();
  other.vkey = SigningKey(key_.name(), 'x').vkey();
  EXPECT_EQ(testing::ExitCodeOf(other), kExitFault);
}

}  // namespace
}  // namespace bansos::verify

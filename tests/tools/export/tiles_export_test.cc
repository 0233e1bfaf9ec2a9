// What the export writes, what it leaves alone and what it refuses, against a server whose size and
// answers the tests decide.
#include "tools/bansosctl/export/tiles_export.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ledger/log/bundle.h"
#include "ledger/log/merkle.h"
#include "tests/support/status_matchers.h"
#include "tests/tools/export/tile_server.h"

namespace bansos::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int64_t kTimeoutMs = 10'000;

class TilesExportTest : public ::testing::Test {
 protected:
  TilesExportTest() {
    std::string folder = ::testing::TempDir() + "/tiles-XXXXXX";
    root_ = ::mkdtemp(folder.data());
    directory_ = root_ + "/export";
  }
  ~TilesExportTest() override { fs::remove_all(root_); }

  absl::StatusOr<TilesSummary> Export(std::optional<uint64_t> min_size = std::nullopt) {
    Connection connection(
        {.server = server_.address(), .actor = "", .request_id = "", .timeout_ms = kTimeoutMs});
    ManualClock clock(0);
    return TilesExport(connection, clock).Run(directory_, min_size);
  }
  absl::Status ExportStatus() { return Export().status(); }

  // Relative path to bytes.
  std::map<std::string, std::string> Files() const {
    std::map<std::string, std::string> files;
    if (!fs::exists(directory_)) return files;
    for (const auto& item : fs::recursive_directory_iterator(directory_)) {
      if (!item.is_regular_file()) continue;
      std::ostringstream bytes;
      bytes << std::ifstream(item.path(), std::ios::binary).rdbuf();
      files[fs::relative(item.path(), directory_).string()] = bytes.str();
    }
    return files;
  }
  std::set<std::string> Names() const {
    std::set<std::string> names;
    for (const auto& [name, bytes] : Files()) names.insert(name);
    return names;
  }
  void WriteFile(const std::string& name, const std::string& bytes) {
    fs::create_directories(fs::path(directory_ + "/" + name).parent_path());
    std::ofstream(directory_ + "/" + name, std::ios::binary) << bytes;
  }

  TileServer server_;
  std::string root_;
  std::string directory_;
};

TEST_F(TilesExportTest, SmallLogsHaveTheseFiles) {
  const std::map<uint64_t, std::set<std::string>> expected = {
      {0, {"checkpoint"}},
      {1, {"checkpoint", "tile/0/000.p/1", "tile/entries/000.p/1"}},
      {255, {"checkpoint", "tile/0/000.p/255", "tile/entries/000.p/255"}},
      {256, {"checkpoint", "tile/0/000", "tile/1/000.p/1", "tile/entries/000"}},
      {257,
       {"checkpoint", "tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1", "tile/entries/000",
        "tile/entries/001.p/1"}},
  };
  for (const auto& [size, names] : expected) {
    server_.Grow(size);
    fs::remove_all(directory_);
    ASSERT_OK_AND_ASSIGN(const TilesSummary summary, Export());
    EXPECT_EQ(summary.size, size);
    EXPECT_EQ(summary.files_written, names.size() - 1);
    EXPECT_EQ(Names(), names) << size;
    EXPECT_EQ(Files()["checkpoint"], server_.CheckpointAt(size));
  }
}

// The tree of the files, looked at as a reader who knows only the format would.
TEST_F(TilesExportTest, TheBytesAreThoseOfTheFormat) {
  for (const uint64_t size : {65'535, 65'536, 65'537}) {
    server_.Grow(size);
    fs::remove_all(directory_);
    ASSERT_OK(ExportStatus());
    std::map<std::string, std::string> files = Files();
    RightEdge edge;
    for (uint64_t first = 0; first < size; first += kBundleWidth) {
      const uint64_t width = std::min(kBundleWidth, size - first);
      const std::string number = absl::StrFormat("%03d", first / kBundleWidth);
      const std::string end = width == kBundleWidth ? "" : absl::StrCat(".p/", width);
      BundleView bundle;
      ASSERT_OK(bundle.Parse(files[absl::StrCat("tile/entries/", number, end)])) << number << end;
      ASSERT_EQ(bundle.size(), width);
      std::string leaves;
      for (uint64_t i = 0; i < width; ++i) {
        ASSERT_EQ(bundle[i], server_.entry(first + i));
        leaves += AsBytes(LeafHash(bundle[i]));
        edge.Append(LeafHash(bundle[i]));
      }
      ASSERT_EQ(files[absl::StrCat("tile/0/", number, end)], leaves);
    }
    EXPECT_EQ(edge.Root(), server_.RootAt(size));
    EXPECT_EQ(files.count("tile/2/000.p/1"), size >= 65'536 ? 1 : 0) << size;
    EXPECT_EQ(files.count("tile/1/000"), size >= 65'536 ? 1 : 0) << size;
    EXPECT_EQ(files.count("tile/1/000.p/255"), size < 65'536 ? 1 : 0) << size;
  }
}

TEST_F(TilesExportTest, AnEarlierSizeCanBeAskedFor) {
  server_.Grow(1000);
  ASSERT_OK_AND_ASSIGN(const TilesSummary summary, Export(300));
  EXPECT_EQ(summary.size, 300);
  EXPECT_EQ(Files()["checkpoint"], server_.CheckpointAt(300));
  EXPECT_EQ(Names().count("tile/entries/001.p/44"), 1);
}

TEST_F(TilesExportTest, AnInterruptedExportHasNoCheckpointAndIsResumed) {
  server_.Grow(20'000);
  server_.set_tile_calls_answered(2);
  EXPECT_THAT(ExportStatus(), StatusIs(absl::StatusCode::kInternal));
  std::map<std::string, std::string> part = Files();
  EXPECT_EQ(part.count("checkpoint"), 0);
  server_.set_tile_calls_answered(INT64_MAX);
  WriteFile(".unfinished-99999", "of an export that was killed");
  ASSERT_OK_AND_ASSIGN(const TilesSummary summary, Export());
  const std::map<std::string, std::string> whole = Files();
  for (const auto& [name, bytes] : part) EXPECT_EQ(whole.at(name), bytes) << name;
  EXPECT_EQ(whole.count(".unfinished-99999"), 0);
  EXPECT_EQ(summary.files_present, part.size());
  EXPECT_GT(summary.files_present, 0);
  EXPECT_EQ(whole.size(), summary.files_written + summary.files_present + 1);
  EXPECT_EQ(whole.at("checkpoint"), server_.CheckpointAt(20'000));
}

TEST_F(TilesExportTest, TheSameExportAgainWritesNothing) {
  server_.Grow(700);
  ASSERT_OK(ExportStatus());
  const auto before = Files();
  ASSERT_OK_AND_ASSIGN(const TilesSummary again, Export());
  EXPECT_EQ(again.files_written, 0);
  EXPECT_EQ(again.files_present, before.size() - 1);
  EXPECT_EQ(Files(), before);
}

TEST_F(TilesExportTest, AGrownLogIsAddedToTheSameDirectory) {
  for (const uint64_t size : {1, 200, 256, 300, 70'000}) {
    const std::map<std::string, std::string> before = Files();
    server_.Grow(size);
    ASSERT_OK(ExportStatus()) << size;
    const std::map<std::string, std::string> after = Files();
    for (const auto& [name, bytes] : before) {
      if (name == "checkpoint") continue;
      EXPECT_EQ(after.at(name), bytes) << name;
    }
    EXPECT_EQ(after.at("checkpoint"), server_.CheckpointAt(size));
  }
}

TEST_F(TilesExportTest, OtherBytesAreNeverReplaced) {
  server_.Grow(300);
  ASSERT_OK(ExportStatus());
  for (const std::string name : {"tile/0/000", "tile/entries/001.p/44", "tile/1/000.p/1"}) {
    std::string bytes = Files()[name];
    const std::string good = bytes;
    bytes[bytes.size() / 2] ^= 1;
    for (const std::string& bad : {bytes, good.substr(1), good + "x", std::string()}) {
      WriteFile(name, bad);
      EXPECT_THAT(ExportStatus(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                           AllOf(HasSubstr(name), HasSubstr("other bytes"))));
      EXPECT_EQ(Files()[name], bad);
    }
    WriteFile(name, good);
  }
  EXPECT_OK(ExportStatus());
}

TEST_F(TilesExportTest, AnAlteredPartialFileIsSeenWhenTheLogHasGrown) {
  for (const std::string name : {"tile/0/001.p/44", "tile/entries/001.p/44"}) {
    server_.Grow(300);
    ASSERT_OK(Export(300).status());
    std::string bytes = Files()[name];
    bytes[5] ^= 1;
    WriteFile(name, bytes);
    server_.Grow(600);
    EXPECT_THAT(ExportStatus(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                         AllOf(HasSubstr(name), HasSubstr("altered"))));
    fs::remove_all(directory_);
  }
}

TEST_F(TilesExportTest, ADirectoryOfAnotherHistoryIsRefused) {
  server_.Grow(300);
  ASSERT_OK(ExportStatus());
  const auto before = Files();
  const auto refused = [&](const char* why) {
    EXPECT_THAT(ExportStatus(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                         AllOf(HasSubstr("/checkpoint"), HasSubstr(why))));
    EXPECT_EQ(Files(), before) << why;
  };
  EXPECT_THAT(Export(299).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("of size 300")));
  server_.set_signature("YW5vdGhlciBrZXk=");
  refused("other bytes");
  server_.set_signature("c2lnbmF0dXJl");
  server_.set_origin("ledger.example/other");
  refused("ledger.example/test");
  server_.set_origin("ledger.example/test");
  server_.Rewrite(299);
  refused("other bytes");
  server_.Grow(400);
  refused("rewritten");
}

TEST_F(TilesExportTest, ACheckpointThatIsNoneIsRefused) {
  server_.Grow(3);
  for (const char* bytes : {"", "x", "o\n03\nAAAA\n\n- o AA\n", "o\n3\nAAAA\n\n- o AA\n",
                            "\n3\nAAAA\n\n- o AA\n", "o\n3\nAAAA\n"}) {
    WriteFile("checkpoint", bytes);
    EXPECT_THAT(ExportStatus(),
                StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("no checkpoint")));
    EXPECT_THAT(Names(), ElementsAre("checkpoint"));
  }
}

TEST_F(TilesExportTest, AnswersThatDoNotFitAreNotWritten) {
  server_.Grow(600);
  const std::function<void(std::string&)> faults[] = {
      [](std::string& bytes) { bytes.pop_back(); },
      [](std::string& bytes) { bytes.push_back('\0'); }, [](std::string& bytes) { bytes.clear(); },
      [](std::string& bytes) { bytes[0] = '\x7f'; },  // of a bundle: a length beyond its end
  };
  for (const auto& fault : faults) {
    server_.set_spoil(fault);
    EXPECT_THAT(ExportStatus(), StatusIs(absl::StatusCode::kDataLoss));
    EXPECT_THAT(Names(), IsEmpty());
  }
  server_.set_spoil([](std::string& bytes) {
    if (bytes.size() == 88 * 32) bytes.pop_back();  // tile/0/002.p/88
  });
  EXPECT_THAT(ExportStatus(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("tile/0/002.p/88")));
}

TEST_F(TilesExportTest, OneExportAtATime) {
  server_.Grow(3);
  ASSERT_OK_AND_ASSIGN(const auto folder, ExportFolder::Open(directory_));
  EXPECT_THAT(ExportStatus(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("another export")));
}

}  // namespace
}  // namespace bansos::testing

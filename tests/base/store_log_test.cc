#include "ledger/base/store_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/log/scratch_directory.h"

namespace bansos {
namespace {

namespace fs = std::filesystem;

class StoreLogTest : public ::testing::Test {
 protected:
  std::string Text(const char* name) const {
    std::ostringstream text;
    text << std::ifstream(store_ / name).rdbuf();
    return text.str();
  }

  testing::ScratchDirectory directory_;
  const fs::path store_ = fs::path(directory_.path()) / "store";
  StoreLog log_{store_};
};

TEST_F(StoreLogTest, LinesFollowThoseThatAreThere) {
  rocksdb::Info(&log_, "before there is a directory");
  EXPECT_FALSE(fs::exists(store_));
  fs::create_directory(store_);
  rocksdb::Info(&log_, "first %d", 1);
  StoreLog again(store_);
  rocksdb::Error(&again, "%s", std::string(10'000, 'x').c_str());
  const std::string text = Text("LOG");
  EXPECT_EQ(std::ranges::count(text, '\n'), 2);
  EXPECT_NE(text.find("first 1\n"), std::string::npos);
  EXPECT_LT(text.size(), 5'000);
}

TEST_F(StoreLogTest, DiskThatIsFullCostsTheLines) {
  fs::create_directory(store_);
  fs::create_symlink("/dev/full", store_ / "LOG");
  for (int i = 0; i < 3; ++i) rocksdb::Error(&log_, "no room");
  fs::remove(store_ / "LOG");
  StoreLog again(store_);
  rocksdb::Error(&again, "room");
  EXPECT_NE(Text("LOG").find("room\n"), std::string::npos);
}

TEST_F(StoreLogTest, TwoFilesOfBoundedSizeAreKept) {
  fs::create_directory(store_);
  std::ofstream(store_ / "LOG") << std::string(kStoreLogBytes, 'a');
  std::ofstream(store_ / "LOG.old") << "older";
  rocksdb::Info(&log_, "new");
  EXPECT_EQ(fs::file_size(store_ / "LOG.old"), kStoreLogBytes);
  EXPECT_NE(Text("LOG").find("new\n"), std::string::npos);
  EXPECT_LT(fs::file_size(store_ / "LOG"), 100);
}

}  // namespace
}  // namespace bansos

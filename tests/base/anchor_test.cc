#include "ledger/base/anchor.h"

#include <gtest/gtest.h>

#include "ledger/base/hex.h"
#include "tests/log/scratch_directory.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::StatusIs;

class AnchorTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<AnchorFile>> Open() { return AnchorFile::Open(files_, path_); }

  testing::ScratchDirectory directory_;
  std::shared_ptr<rocksdb::FileSystem> files_ = rocksdb::FileSystem::Default();
  std::string path_ = directory_.path() + "/anchor";
};

TEST_F(AnchorTest, MissingFileIsNotFound) {
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(AnchorTest, LastWriteIsReadBack) {
  ASSERT_OK_AND_ASSIGN(auto anchor, AnchorFile::Create(files_, path_, {.root = Sha256("")}));
  EXPECT_EQ(anchor->record().size, 0);
  for (uint64_t size = 1; size < 6; ++size) {
    ASSERT_OK(anchor->Write({.size = size, .root = Sha256(std::to_string(size))}));
    ASSERT_OK_AND_ASSIGN(const auto again, Open());
    EXPECT_EQ(again->record().size, size);
    EXPECT_EQ(again->record().root, Sha256(std::to_string(size)));
  }
}

// The bytes of docs/formats/log.md, worked out apart from the code.
TEST(AnchorSlotTest, BytesAreThoseOfTheFormat) {
  const std::string slot = EncodeAnchorSlot({.size = 258, .root = Sha256("")});
  const std::string checked =
      "62616e736f734131"
      "0000000000000102"
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  const std::string sum = HexEncode(AsBytes(Sha256(HexDecode(checked).value()))).substr(0, 16);
  EXPECT_EQ(HexEncode(slot), checked + sum);
}

TEST(AnchorSlotTest, AnyChangedByteIsSeen) {
  const std::string slot = EncodeAnchorSlot({.size = 7, .root = Sha256("x")});
  ASSERT_TRUE(DecodeAnchorSlot(slot));
  for (size_t i = 0; i < slot.size(); ++i) {
    std::string changed = slot;
    changed[i] = static_cast<char>(changed[i] ^ 0x80);
    EXPECT_FALSE(DecodeAnchorSlot(changed)) << i;
    EXPECT_FALSE(DecodeAnchorSlot(slot.substr(0, i))) << i;
  }
}

}  // namespace
}  // namespace bansos

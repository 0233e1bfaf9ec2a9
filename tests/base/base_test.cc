#include <gtest/gtest.h>

#include "ledger/base/check.h"
#include "ledger/base/endian.h"
#include "ledger/base/hash.h"
#include "ledger/base/hex.h"

namespace bansos {
namespace {

TEST(HashTest, Sha256OfNothingIsTheKnownValue) {
  EXPECT_EQ(HexEncode(AsBytes(Sha256(""))),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(HexTest, DecodeUndoesEncodeAndRefusesRubbish) {
  EXPECT_EQ(HexDecode(HexEncode("\x01\xff z")), "\x01\xff z");
  EXPECT_EQ(HexDecode("abc"), std::nullopt);
  EXPECT_EQ(HexDecode("zz"), std::nullopt);
}

TEST(EndianTest, IntegersSortAsBytes) {
  std::string small, large;
  AppendU64(small, 255);
  AppendU64(large, 256);
  EXPECT_LT(small, large);
  EXPECT_EQ(LoadBigEndian<uint64_t>(large), 256u);
}

TEST(CheckDeathTest, AFailedCheckStopsTheProcessAndSaysWhy) {
  EXPECT_DEATH(CHECK(1 == 2) << "because", "CHECK failed: 1 == 2 because");
}

}  // namespace
}  // namespace bansos

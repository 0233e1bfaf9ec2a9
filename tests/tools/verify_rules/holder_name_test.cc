// The verifier's rule about names against the table, and against the server's rule.
#include "tools/bansos-verify/keys/holder_name.h"

#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "ledger/domain/holder_name.h"
#include "tests/support/holder_names.h"

namespace bansos::testing {
namespace {

TEST(HolderNameTest, TheVerifiersRuleAgreesWithTheTable) {
  const std::vector<NamePair> pairs = NamePairs();
  ASSERT_GT(pairs.size(), 40u);
  for (const auto& [agree, registered, holder] : pairs) {
    EXPECT_EQ(verify::IsSameName(registered, holder), agree) << registered << " | " << holder;
    EXPECT_EQ(verify::IsSameName(holder, registered), agree) << holder << " | " << registered;
  }
}

// Pieces of names that a rule may look at, put together at random: both statements say the same.
TEST(HolderNameTest, TheVerifiersRuleIsTheServers) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const char* const pieces[] = {"A",  "OE",  "DJ", "TJ", "CH",  "KH",       "SY", "IY", "UW",
                                "H",  "S.E", "'",  " ",  " ",   "-",        ".",  "M",  "U",
                                "AN", "TI",  "RA", "Z",  "MUH", "\xC3\xA9", "5"};
  const auto piece = [&] { return pieces[random() % std::size(pieces)]; };
  size_t agreeing = 0;
  for (int i = 0; i < 50'000; ++i) {
    std::string first, second;
    for (uint32_t length = random() % 12; length > 0; --length) {
      const std::string same = piece();
      first += same;
      second += random() % 6 == 0 ? piece() : same;
    }
    const bool agree = NamesAgree(first, second);
    agreeing += agree ? 1 : 0;
    ASSERT_EQ(verify::IsSameName(first, second), agree) << first << " | " << second;
  }
  EXPECT_GT(agreeing, 5'000u);
  EXPECT_LT(agreeing, 45'000u);
}

}  // namespace
}  // namespace bansos::testing

// When the name of an account's holder is the registered one, by a table of pairs.
#include "ledger/domain/holder_name.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/holder_names.h"

namespace bansos {
namespace {

TEST(HolderNameTest, AgreesAsTheTableSays) {
  const std::vector<testing::NamePair> pairs = testing::NamePairs();
  ASSERT_GT(pairs.size(), 40u);
  for (const auto& [agree, registered, holder] : pairs) {
    EXPECT_EQ(NamesAgree(registered, holder), agree) << registered << " | " << holder;
    EXPECT_EQ(NamesAgree(holder, registered), agree) << holder << " | " << registered;
  }
}

TEST(HolderNameTest, LongNamesTakeNoTime) {
  std::string initials, words;
  for (int i = 0; i < 20'000; ++i) {
    initials += "A ";
    words += "ABCDE" + std::string(1, static_cast<char>('A' + i % 26)) + " ";
  }
  EXPECT_FALSE(NamesAgree(initials, words));
  EXPECT_TRUE(NamesAgree(words, words));
}

}  // namespace
}  // namespace bansos

// A searcher that finds nothing proves nothing: each form is planted and must be found.
#include "tests/support/clear_text_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_cat.h"
#include "ledger/base/endian.h"

namespace bansos::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kNik[] = "3374014507800012";
constexpr uint64_t kNikValue = 3374014507800012;

std::string Noise(size_t size, uint32_t seed) {
  std::mt19937 random(seed);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

std::string Varint(uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<char>(value | 0x80));
  bytes.push_back(static_cast<char>(value));
  return bytes;
}

class ClearTextSearchTest : public ::testing::Test {
 protected:
  // Expects exactly one finding when `planted` stands at the beginning, in the middle and at the
  // end of noise, and none where one byte of it differs.
  void ExpectFound(const std::string& planted, const std::string& form) {
    const std::string before = Noise(1000, 1);
    const std::string after = Noise(1000, 2);
    for (const auto& [bytes, offset] :
         {std::pair{planted + after, size_t{0}}, std::pair{before + planted + after, size_t{1000}},
          std::pair{before + planted, size_t{1000}}, std::pair{planted, size_t{0}}}) {
      const auto findings = search_.Search(bytes);
      ASSERT_THAT(findings, SizeIs(1)) << form;
      EXPECT_EQ(findings[0].form, form);
      EXPECT_EQ(findings[0].offset, offset);
    }
    for (size_t i = 0; i < planted.size(); ++i) {
      std::string changed = planted;
      changed[i] = static_cast<char>(changed[i] ^ 0x20);
      EXPECT_THAT(search_.Search(before + changed + after), IsEmpty()) << form << " byte " << i;
    }
  }

  ClearTextSearch search_{{kNik, "3300111222333444", "SITI AMINAH BINTI SLAMET", "1234567890"}};
};

TEST_F(ClearTextSearchTest, FindsText) {
  ExpectFound(kNik, "text");
  ExpectFound("SITI AMINAH BINTI SLAMET", "text");
  ExpectFound("1234567890", "text");
}

TEST_F(ClearTextSearchTest, FindsBigEndianInteger) {
  std::string planted;
  AppendU64(planted, kNikValue);
  ExpectFound(planted, "big-endian");
}

TEST_F(ClearTextSearchTest, FindsLittleEndianInteger) {
  std::string planted;
  AppendU64(planted, kNikValue);
  ExpectFound(std::string(planted.rbegin(), planted.rend()), "little-endian");
}

TEST_F(ClearTextSearchTest, FindsVarint) { ExpectFound(Varint(kNikValue), "varint"); }

TEST_F(ClearTextSearchTest, TenDigitAccountIsNoInteger) {
  std::string planted;
  AppendU64(planted, 1234567890);
  EXPECT_THAT(search_.Search("xx" + planted), IsEmpty());
}

TEST_F(ClearTextSearchTest, EachSecretOnceThoughGivenTwice) {
  EXPECT_THAT(ClearTextSearch({kNik, kNik}).Search(kNik), SizeIs(1));
}

TEST_F(ClearTextSearchTest, SecretsThatShareAWindowAreToldApart) {
  const ClearTextSearch search({"NUR RAHAYU", "SRI RAHAYU"});
  EXPECT_THAT(search.Search("BU SRI RAHAYU"), SizeIs(1));
  EXPECT_THAT(search.Search("BU TRI RAHAYU"), IsEmpty());
}

TEST_F(ClearTextSearchTest, StopsAtEnoughFindings) {
  std::string leak;
  for (int i = 0; i < 1000; ++i) absl::StrAppend(&leak, kNik, ";");
  EXPECT_THAT(search_.Search(leak), SizeIs(ClearTextSearch::kMaxFindings));
}

TEST_F(ClearTextSearchTest, ManySecretsInMuchNoiseAreNoneByChance) {
  std::vector<std::string> secrets;
  for (uint64_t i = 0; i < 115'000; ++i)
    secrets.push_back(absl::StrCat(3374010101000001 + i * 977));
  const ClearTextSearch search(secrets);
  std::string noise = Noise(16 << 20, 3);
  EXPECT_THAT(search.Search(noise), IsEmpty());
  noise.replace(noise.size() - 16, 16, secrets[77'777]);
  EXPECT_THAT(search.Search(noise), SizeIs(1));
}

TEST_F(ClearTextSearchTest, EmptyBytesAndNoSecrets) {
  EXPECT_THAT(search_.Search(""), IsEmpty());
  EXPECT_THAT(ClearTextSearch({}).Search(Noise(1000, 4)), IsEmpty());
}

}  // namespace
}  // namespace bansos::testing

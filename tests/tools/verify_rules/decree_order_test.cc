// The order of decrees over quota, which only the sealed deciles show.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "tests/support/status_matchers.h"
#include "tests/tools/verify_rules/checking.h"
#include "tests/tools/verify_rules/office_log.h"
#include "tools/bansos-verify/keys/keys_check.h"

namespace bansos::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::optional<verify::Fault> CheckDecrees(uint32_t quota, DecreeBy order) {
  const OfficeLog office(12, quota, order);
  const auto check = verify::MakeKeysCheck(office.vault_directory(), office.key_file());
  EXPECT_OK(check.status());
  const auto entries = office.entries();
  EXPECT_FALSE(CheckPublic(entries).has_value()) << "the deciles are sealed";
  return CheckAll(**check, entries);
}

// Eight are eligible, by number of decile 1, 2, 3, 4, 1, 2, 3, 4.
TEST(DecreeOrderTest, WhoeverIsDecreedOverQuotaComesBeforeThoseLeftBehind) {
  const auto fault = CheckDecrees(5, DecreeBy::kNumber);
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->rule, "kDecreeOrder");
  EXPECT_THAT(fault->reason, AllOf(HasSubstr("recipient 4 was decreed for KJS by SK"),
                                   HasSubstr("recipient 9, who ranks before")));
}

TEST(DecreeOrderTest, TheOrderWithinADecreeAndWithinTheQuotaIsFree) {
  for (const auto& [quota, order] : {std::pair(5u, DecreeBy::kRank),
                                     {5u, DecreeBy::kRankOfTheBestReversed},
                                     {8u, DecreeBy::kNumber}}) {
    const auto fault = CheckDecrees(quota, order);
    EXPECT_FALSE(fault.has_value()) << quota << ": " << fault->reason;
  }
}

}  // namespace
}  // namespace bansos::testing

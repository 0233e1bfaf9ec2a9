#include "tools/bansos-verify/keys/personal_numbers.h"

#include <gtest/gtest.h>

namespace bansos::verify {
namespace {

TEST(PersonalNumbersTest, ANikHasADayOfAManOrAWoman) {
  for (const char* nik : {"3374013112800001", "3374010101800001", "3374014101800001",
                          "3374017112809999", "1101010101800001"}) {
    EXPECT_FALSE(CheckNik(nik).has_value()) << nik;
  }
  for (const char* nik :
       {"", "337401010180001", "33740101018000011", "3374010001800001", "3374013201800001",
        "3374014001800001", "3374017201800001", "3374010100800001", "3374010113800001",
        "3374010101800000", "1111111111111111", "3374010101E00001", "337401010180000a"}) {
    ASSERT_TRUE(CheckNik(nik).has_value()) << nik;
    EXPECT_EQ(CheckNik(nik)->rule, "kBadNik");
    EXPECT_EQ(CheckNik(nik)->reason.find("3374"), std::string::npos) << "it quotes the number";
  }
}

TEST(PersonalNumbersTest, AFamilyCardHasADayOfTheMonth) {
  EXPECT_FALSE(CheckKk("3374013112150001").has_value());
  EXPECT_TRUE(CheckKk("3374014112150001").has_value());
  EXPECT_TRUE(CheckKk("3374013112150000").has_value());
}

TEST(PersonalNumbersTest, AnAccountIsItsLettersAndDigits) {
  EXPECT_EQ(AccountValue("Bank Jateng", "2-034-12.345 6"), "BANKJATENG/2034123456");
}

}  // namespace
}  // namespace bansos::verify

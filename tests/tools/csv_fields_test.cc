#include "tools/bansosctl/csv/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

namespace bansos {
namespace {

using ::testing::HasSubstr;

// The value as text, or the name of the fault.
template <typename T>
std::string Shown(const Parsed<T>& parsed) {
  if (!parsed.ok()) return std::string(FaultName(parsed.error().fault));
  if constexpr (std::is_same_v<T, std::string>) {
    return *parsed;
  } else if constexpr (std::is_same_v<T, absl::CivilDay>) {
    return absl::FormatCivilTime(*parsed);
  } else {
    return std::to_string(*parsed);
  }
}

struct Case {
  std::string_view text;
  std::string_view result;
};

TEST(FieldsTest, Dates) {
  for (const Case& c : std::vector<Case>{
           {"2025-01-31", "2025-01-31"},
           {"31/01/2025", "2025-01-31"},
           {"31-01-2025", "2025-01-31"},
           {"29/02/2024", "2024-02-29"},
           {"29/02/2025", "NOT_A_DATE"},
           {"31/04/2025", "NOT_A_DATE"},
           {"01/13/2025", "NOT_A_DATE"},
           {"5/3/2025", "2025-03-05"},
           {"5-3-2025", "2025-03-05"},
           {"2025-03-05T00:00:00", "2025-03-05"},
           {"2025-03-05 00:00:00", "2025-03-05"},
           {"5/3/2025 0:00", "2025-03-05"},
           {"2025-03-05T07:00:00", "NOT_A_DATE"},
           {"1/2/25", "NOT_A_DATE"},
           {"001/2/2025", "NOT_A_DATE"},
           {"1//2025", "NOT_A_DATE"},
           {"01/02-2025", "NOT_A_DATE"},
           {"2025-1x-31", "NOT_A_DATE"},
           {"2025/01/31", "NOT_A_DATE"},
           {"31 Januari 2025", "NOT_A_DATE"},
           {"45688", "SPREADSHEET_DATE"},
           {"01/01/1899", "DATE_OUT_OF_RANGE"},
           {"0202-01-01", "DATE_OUT_OF_RANGE"},
           {"", "EMPTY"},
       }) {
    EXPECT_EQ(Shown(ParseDate(c.text)), c.result) << c.text;
  }
}

TEST(FieldsTest, Rupiah) {
  for (const Case& c : std::vector<Case>{
           {"1200000", "1200000"},
           {"1.200.000", "1200000"},
           {"1.200.000,00", "1200000"},
           {"1200000,00", "1200000"},
           {"Rp 1.200.000,-", "1200000"},
           {"Rp1.200.000", "1200000"},
           {"rp. 370.000", "370000"},
           {"0", "0"},
           {"1.200", "1200"},
           {"9.223.372.036.854.775.807", "9223372036854775807"},
           {"9.223.372.036.854.775.808", "AMOUNT_TOO_LARGE"},
           {"99999999999999999999999", "AMOUNT_TOO_LARGE"},
           {"1.200.000,50", "FRACTION_OF_RUPIAH"},
           {"1.200.000,5", "FRACTION_OF_RUPIAH"},
           {"1,200,000", "NOT_AN_AMOUNT"},
           {"1.200.00", "NOT_AN_AMOUNT"},
           {"1200.000", "NOT_AN_AMOUNT"},
           {"1..200", "NOT_AN_AMOUNT"},
           {".200", "NOT_AN_AMOUNT"},
           {"1.200.", "NOT_AN_AMOUNT"},
           {"1200000.00", "NOT_AN_AMOUNT"},
           {"Rp", "NOT_AN_AMOUNT"},
           {"USD 5", "NOT_AN_AMOUNT"},
           {"-5", "NEGATIVE_AMOUNT"},
           {"Rp -5", "NEGATIVE_AMOUNT"},
           {"(5.000)", "NEGATIVE_AMOUNT"},
           {"1,2E+06", "SPREADSHEET_NUMBER"},
           {"", "EMPTY"},
       }) {
    EXPECT_EQ(Shown(ParseRupiah(c.text)), c.result) << c.text;
  }
}

TEST(FieldsTest, Counts) {
  for (const Case& c : std::vector<Case>{
           {"12764", "12764"},
           {"12.764", "12764"},
           {"0", "0"},
           {"4.294.967.295", "4294967295"},
           {"4294979940", "OUT_OF_RANGE"},
           {"-1", "OUT_OF_RANGE"},
           {"-0", "OUT_OF_RANGE"},
           {"1,5", "NOT_AN_INTEGER"},
           {"1.5", "NOT_AN_INTEGER"},
           {"12764,00", "NOT_AN_INTEGER"},
           {"1.276.4", "NOT_AN_INTEGER"},
           {"+5", "NOT_AN_INTEGER"},
           {" 5", "NOT_AN_INTEGER"},
           {"0x10", "NOT_AN_INTEGER"},
           {"1e3", "SPREADSHEET_NUMBER"},
           {"3374010101600001", "LOOKS_LIKE_NIK"},
           {"3.374.010.101.600.001", "LOOKS_LIKE_NIK"},
           {"99999999999999999999999", "LOOKS_LIKE_NIK"},
           {"", "EMPTY"},
       }) {
    EXPECT_EQ(Shown(ParseCount(c.text, 0, std::numeric_limits<uint32_t>::max())), c.result)
        << c.text;
  }
}

TEST(FieldsTest, AmountsCutToThousandsOrBelowARupiah) {
  for (const Case& c : std::vector<Case>{
           {"14.168.040.000", "14168040000"},
           {"1.110,5", "FRACTION_OF_RUPIAH"},
           {"1.11", "NOT_AN_AMOUNT"},
           {"1110.5", "NOT_AN_AMOUNT"},
           {"Rp", "NOT_AN_AMOUNT"},
           {"+5", "NOT_AN_AMOUNT"},
       }) {
    EXPECT_EQ(Shown(ParseRupiah(c.text)), c.result) << c.text;
  }
}

TEST(FieldsTest, AreaCodes) {
  for (const Case& c : std::vector<Case>{
           {"33", "33"},
           {"33.74", "33.74"},
           {"3374", "33.74"},
           {"337401", "33.74.01"},
           {"33.74.01", "33.74.01"},
           {"3374011001", "33.74.01.1001"},
           {"33.74.01.1001", "33.74.01.1001"},
           {"33.7", "NOT_AN_AREA_CODE"},
           {"337", "NOT_AN_AREA_CODE"},
           {"33,74", "NOT_AN_AREA_CODE"},
           {"33.74.", "NOT_AN_AREA_CODE"},
           {"33.7401", "NOT_AN_AREA_CODE"},
           {"33.74.01.1001.1", "NOT_AN_AREA_CODE"},
           {"Semarang", "NOT_AN_AREA_CODE"},
           {"", "EMPTY"},
       }) {
    EXPECT_EQ(Shown(ParseAreaCode(c.text)), c.result) << c.text;
  }
}

TEST(FieldsTest, DigitStringsOfSixteen) {
  for (const Case& c : std::vector<Case>{
           {"3374021505800001", "3374021505800001"},
           {"3.37402E+15", "SPREADSHEET_NUMBER"},
           {"3,37402E+15", "SPREADSHEET_NUMBER"},
           {"3374021505800001.0", "SPREADSHEET_NUMBER"},
           {"3.374.021.505.800.001", "SPREADSHEET_NUMBER"},
           {"337402150580000", "FIFTEEN_DIGITS"},
           {"33740215058000", "WRONG_LENGTH"},
           {"33740215058000011", "WRONG_LENGTH"},
           {"33740215O5800001", "NOT_DIGITS"},
           {"3374 0215 0580 0001", "NOT_DIGITS"},
           {"", "EMPTY"},
       }) {
    EXPECT_EQ(Shown(ParseDigits(c.text, 16, 16)), c.result) << c.text;
  }
  EXPECT_EQ(Shown(ParseDigits("300012345678901", 10, 16)), "300012345678901");
  EXPECT_THAT(ParseDigits("123", 16, 16).error().reason, HasSubstr("3 instead of 16"));
}

TEST(FieldsTest, Integers) {
  for (const Case& c : std::vector<Case>{
           {"7", "7"},
           {"-3", "-3"},
           {"007", "7"},
           {"11", "OUT_OF_RANGE"},
           {"-4", "OUT_OF_RANGE"},
           {"99999999999999999999", "OUT_OF_RANGE"},
           {"1E3", "SPREADSHEET_NUMBER"},
           {"1,5", "NOT_AN_INTEGER"},
           {"-", "NOT_AN_INTEGER"},
           {"+5", "NOT_AN_INTEGER"},
           {"", "EMPTY"},
       }) {
    EXPECT_EQ(Shown(ParseInteger(c.text, -3, 10)), c.result) << c.text;
  }
}

TEST(FieldsTest, NamesAreFoundInAnyCaseAndListedOtherwise) {
  constexpr std::string_view kNames[] = {"SETTLED", "RETURNED"};
  EXPECT_EQ(Shown(ParseName("returned", kNames)), "1");
  const Parsed<size_t> unknown = ParseName("LOST", kNames);
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().what_to_do, "write one of SETTLED, RETURNED");
}

}  // namespace
}  // namespace bansos

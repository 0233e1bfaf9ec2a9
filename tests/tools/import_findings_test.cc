// Imports that meet what is known: values against the catalogue, names against the register, and
// files that are there already.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/tools/import_office.h"

namespace bansos::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class ImportFindingsTest : public ImportOffice {};

TEST_F(ImportFindingsTest, ValuesThatTheCatalogueDoesNotKnowAreRejected) {
  std::string recipients = kRecipientHeader;
  for (int person = 1; person <= 6; ++person) recipients += RecipientRow(710 + person);
  ASSERT_EQ(LineCount(Import("recipients", recipients).out, "recorded"), 6);
  const auto row = [](int person, const char* values) {
    return absl::StrCat(MakeNik(710 + person), ",2024-09-01,BA-1,", values, "\n");
  };
  const Ran ran =
      Import("assessments",
             absl::StrCat("nik,survey_date,document_number,jenis_lantai,desil,luas_lantai_m2,"
                          "aset_bergerak\n",
                          row(1, "8,1,36,5"), row(2, "9999,1,36,0"), row(3, "8,99,36,0"),
                          row(4, "8,1,-4,0"), row(5, "8,1,36,64"), row(6, "8,1,36,-1")));
  EXPECT_EQ(LineCount(ran.out, "recorded"), 1) << ran.out << ran.err;
  EXPECT_THAT(Rejects(), AllOf(HasSubstr("\n3,jenis_lantai,the catalogue knows no such value"),
                               HasSubstr("\n4,desil,"), HasSubstr("\n5,luas_lantai_m2,"),
                               HasSubstr("\n6,aset_bergerak,"), HasSubstr("\n7,aset_bergerak,"),
                               HasSubstr("1-9 (8=earth)")));
}

TEST_F(ImportFindingsTest, AHoldersNameFarFromTheRegisteredOneIsWarnedOf) {
  std::string recipients = kRecipientHeader;
  for (int person = 1; person <= 4; ++person) recipients += RecipientRow(730 + person);
  ASSERT_EQ(LineCount(Import("recipients", recipients).out, "recorded"), 4);
  const auto row = [](int person, const char* rest) {
    return absl::StrCat(MakeNik(730 + person), ",BANK_ACCOUNT,77120", 13 * person + 40,
                        ",Bank Jateng,", rest, ",2025-01-02\n");
  };
  const std::string header =
      "nik,channel,account_number,bank,account_holder,holder,name_confirmed,document_number,"
      "document_date\n";
  const std::string payees =
      absl::StrCat(header, row(1, "Tuminah Lestari,SELF,,1"), row(2, "Tuminah Lestari,SELF,YES,1"),
                   row(3, "Tuminah Lestari,GUARDIAN,,1"), row(4, "Slamet Riyadi,SELF,,1"));
  const char kCounted[] = "holder's name is far from the registered one";
  Ran ran = Import("payees", payees, {"--dry-run"});
  EXPECT_EQ(LineCount(ran.out, kCounted), 2) << ran.out << ran.err;
  ran = Import("payees", payees);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(LineCount(ran.out, "recorded"), 4) << ran.out << ran.err;
  EXPECT_EQ(LineCount(ran.out, kCounted), 2) << ran.out;
  EXPECT_THAT(ran.err, AllOf(HasSubstr("rows 2, 5:"), HasSubstr("PAYEE_NAME_DIFFERS"),
                             Not(HasSubstr("Tuminah")), Not(HasSubstr("Slamet"))));
  const auto exceptions = [&] {
    return office->Run({"exceptions", "--kind", "PAYEE_NAME_DIFFERS", "--output", "csv"}, "").out;
  };
  const std::string open = exceptions();
  EXPECT_EQ(std::count(open.begin(), open.end(), '\n'), 3) << open;
  ran = Import("payees", absl::StrCat(header, row(1, "Tuminah Lestari,SELF,YES,2"),
                                      row(4, "Slamet Riyadi,SELF,YA,2")));
  EXPECT_EQ(LineCount(ran.out, "recorded"), 2) << ran.out << ran.err;
  EXPECT_THAT(ran.err, Not(HasSubstr("Warning")));
  EXPECT_THAT(exceptions(), Not(HasSubstr("PAYEE_NAME_DIFFERS")));
}

TEST_F(ImportFindingsTest, IndicatorsMayBeNamedInCapitals) {
  ASSERT_EQ(LineCount(Import("recipients", kRecipientHeader + RecipientRow(720)).out, "recorded"),
            1);
  const std::string file = office->Write("capitals.csv",
                                         "number,id,source,kind,codes,values,meaning\n"
                                         "1,DESIL,X,coded,1-10,1..10,decile\n");
  Ran ran = office->Run({"catalogue", "publish", file, "--name", "CAPITALS", "--legal-basis", "SK",
                         "--date-in-force", "2025-01-01"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  ran = Import(
      "assessments",
      absl::StrCat("nik,survey_date,document_number,Desil\n", MakeNik(720), ",2024-09-01,BA-1,3\n"),
      {"--catalogue", "CAPITALS"});
  EXPECT_EQ(LineCount(ran.out, "recorded"), 1) << ran.out << ran.err;
}

// Whatever a command writes, it replaces only an earlier file of its own kind.
TEST_F(ImportFindingsTest, NoOutputReplacesAFileOfAnotherKind) {
  const std::string recipients = absl::StrCat(kRecipientHeader, RecipientRow(760));
  const std::string register_file = office->Write("register.csv", recipients);
  const std::vector<std::vector<std::string>> commands = {
      {"--summary", register_file, "import", "recipients", register_file},
      {"export", "journal", "--format", "hledger", "--out", register_file},
      {"receipt", "--position", "1", "--out", register_file}};
  const uint64_t events = office->Events();
  for (const std::vector<std::string>& command : commands) {
    const Ran ran = office->Run(command);
    EXPECT_NE(ran.exit_code, 0) << ran.out;
    EXPECT_THAT(ran.err, HasSubstr("is not an earlier file of this command"));
    EXPECT_EQ(office->Read("register.csv"), recipients);
  }
  EXPECT_EQ(office->Events(), events);
  // An earlier one of its own is replaced.
  const std::string own = office->Path("own");
  for (int time = 0; time < 2; ++time) {
    EXPECT_EQ(office->Run({"receipt", "--position", "1", "--out", own}).exit_code, 0);
  }
  EXPECT_THAT(office->Run({"receipt", "--position", "1", "--out", own, "--summary", own}).err,
              HasSubstr("is not an earlier file"));
}

}  // namespace
}  // namespace bansos::testing

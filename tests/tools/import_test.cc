// Imports of hand-made files against a real server: what real files have wrong with them, what runs
// again, and what a rejected row may show.
#include <fcntl.h>
#include <sys/stat.h>

#include <fstream>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/tools/import_office.h"

namespace bansos::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class ImportTest : public ImportOffice {};

TEST_F(ImportTest, TakesEveryWayInWhichSpreadsheetsWriteCsv) {
  const std::string n1 = MakeNik(1), n2 = MakeNik(2), n3 = MakeNik(3), n4 = MakeNik(4);
  const std::string kk = "3374010101150001";
  Ran ran = Import("recipients", "\xEF\xBB\xBFNIK;KK;Name;Area\r\n'" + n1 + ";'" + kk +
                                     ";\"Siti; Aminah\";3374\r\n");
  EXPECT_EQ(LineCount(ran.out, "recorded"), 1) << ran.out << ran.err;
  ran = Import("recipients", "sep=,\nnik,kk,name,area\n=\"" + n2 + "\"," + kk + ",Budi,33.74\n");
  EXPECT_EQ(LineCount(ran.out, "recorded"), 1) << ran.out << ran.err;
  ran = Import("recipients", "area\tname\tkk\tnik\n33.74\tTuti\t" + kk + "\t" + n3 + "\n");
  EXPECT_EQ(LineCount(ran.out, "recorded"), 1) << ran.out << ran.err;
  ran = Import("recipients", "nik;kk;name;area\n" + n4 + ";" + kk + ";Joko;33.74");
  EXPECT_EQ(LineCount(ran.out, "recorded"), 1) << ran.out << ran.err;
}

TEST_F(ImportTest, WritesNothingTwice) {
  std::string file = kRecipientHeader;
  for (int i = 100; i < 120; ++i) file += RecipientRow(i);
  EXPECT_EQ(LineCount(Import("recipients", file).out, "recorded"), 20);
  const uint64_t events = office->Events();
  const Ran again = Import("recipients", file);
  EXPECT_EQ(LineCount(again.out, "already recorded"), 20) << again.out;
  EXPECT_EQ(LineCount(again.out, "recorded"), 0);
  EXPECT_EQ(office->Events(), events);
}

TEST_F(ImportTest, RejectsDamagedRowsByNumberAndTakesTheOthers) {
  const Ran ran = Import(
      "recipients",
      absl::StrCat(kRecipientHeader, RecipientRow(200), "3.37401E+15,3374010101150001,Sri,33.74\n",
                   "33740100016000,3374010101150001,Tri,33.74\n", MakeNik(201), ",123,Dwi,33.74\n",
                   MakeNik(202), ",3374010101150001,Eko,99.99\n", MakeNik(203),
                   ",3374010101150001\n"));
  EXPECT_EQ(ran.exit_code, 1) << ran.err;
  EXPECT_EQ(LineCount(ran.out, "recorded"), 1) << ran.out;
  EXPECT_EQ(LineCount(ran.out, "rejected"), 5) << ran.out;
  EXPECT_THAT(Rejects(),
              AllOf(HasSubstr("\n3,nik,a spreadsheet"), HasSubstr("\n4,nik,"), HasSubstr("\n5,kk,"),
                    HasSubstr("\n6,area,AREA_UNKNOWN"), HasSubstr("\n7,,\"the row has 2 fields")));
}

TEST_F(ImportTest, NeverShowsPersonalDataOfARejectedRow) {
  const std::string nik = MakeNik(300);
  const Ran ran =
      Import("payees",
             "nik,channel,account_number,bank,account_holder,holder,document_number,"
             "document_date\n" +
                 nik + ",BANK_ACCOUNT,3012345678,Bank Jateng,Suharni Lestari,SELF,1,2025-01-02\n" +
                 nik + ",BANK_ACCOUNT,3.01E+09,Bank Jateng,Suharni Lestari,SELF,1,2025-01-02\n");
  EXPECT_EQ(LineCount(ran.out, "rejected"), 2) << ran.out;
  EXPECT_THAT(Rejects(),
              AllOf(HasSubstr("\n2,nik,RECIPIENT_UNKNOWN"), HasSubstr("3,account_number,")));
  // The rejects file has the rows themselves, for its owner; what is said of them has nothing.
  EXPECT_THAT(Rejects(), HasSubstr("," + nik + ",BANK_ACCOUNT,3.01E+09,Bank Jateng,"));
  for (const std::string& text : {ran.out, ran.err}) {
    EXPECT_THAT(
        text, AllOf(Not(HasSubstr(nik)), Not(HasSubstr("3012345678")), Not(HasSubstr("Suharni"))));
  }
}

TEST_F(ImportTest, ACorrectedRejectsFileIsImportedAsItIs) {
  const std::string good = MakeNik(901), bad = MakeNik(902);
  Ran ran = Import("recipients", "\xEF\xBB\xBFnik;kk;name;area\r\n'" + good +
                                     ";3374010101150001;=1+1;33.74\r\n=\"" + bad +
                                     "\";3374010101150001;\"Tri; \"\"Tuti\"\"\";99.99\r\n");
  EXPECT_EQ(ran.exit_code, 1) << ran.err;
  EXPECT_EQ(LineCount(ran.out, "recorded"), 1) << ran.out;
  std::string rejects = Rejects();
  EXPECT_THAT(rejects, HasSubstr("rejected_row;rejected_column;rejected_reason;rejected_advice;"
                                 "nik;kk;name;area\n"));
  // Cell by cell as it was, also what makes a spreadsheet keep the digits.
  EXPECT_THAT(rejects, HasSubstr(";\"=\"\"" + bad + "\"\"\";3374010101150001;" +
                                 "\"Tri; \"\"Tuti\"\"\";99.99\n"));
  rejects.replace(rejects.rfind("99.99"), 5, "33.74");
  ran = Import("recipients", rejects);
  EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  EXPECT_EQ(LineCount(ran.out, "recorded"), 1) << ran.out;
  EXPECT_EQ(Rejects(),
            "rejected_row;rejected_column;rejected_reason;rejected_advice;nik;kk;name;area\n");
}

TEST_F(ImportTest, DoubledNikIsAlreadyRecordedOrRefusedByContent) {
  std::string other = RecipientRow(400);
  other.replace(other.find("Orang"), 5, "Entah");
  const Ran ran = Import(
      "recipients", absl::StrCat(kRecipientHeader, RecipientRow(400), RecipientRow(400), other));
  EXPECT_EQ(LineCount(ran.out, "recorded"), 1) << ran.out;
  EXPECT_EQ(LineCount(ran.out, "already recorded"), 1);
  EXPECT_EQ(LineCount(ran.out, "KEY_TAKEN"), 1);
  EXPECT_THAT(Rejects(), HasSubstr("\n4,"));
}

TEST_F(ImportTest, RefusesAFileThatIsWrongAsAWhole) {
  const uint64_t events = office->Events();
  struct Case {
    std::string content;
    const char* says;
  };
  const Case cases[] = {
      {"", "empty"},
      {"nik,kk,name\n", "missing column area"},
      {"nik,kk,name,area,nik\n", "stands twice"},
      {"nik,kk,name,area,hobby\n", "unknown column"},
      {std::string(kRecipientHeader) + RecipientRow(500) + MakeNik(501) +
           ",3374010101150001,Andr\xE9,33.74\n",
       "row 3"},
      {std::string("PK\x03\x04zip", 7), "Excel"},
  };
  for (const Case& wrong : cases) {
    const Ran ran = Import("recipients", wrong.content);
    EXPECT_EQ(ran.exit_code, 2) << wrong.says << ": " << ran.out;
    EXPECT_THAT(ran.err, HasSubstr(wrong.says));
  }
  const Ran ran = Import("deaths", "died_on,source,document_number,document_date\n");
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.err, HasSubstr("no column names the recipient"));
  EXPECT_EQ(office->Events(), events);
}

TEST_F(ImportTest, DryRunRecordsNothing) {
  const uint64_t events = office->Events();
  const Ran ran =
      Import("recipients", absl::StrCat(kRecipientHeader, RecipientRow(600), "1,2,Sri,33.74\n"),
             {"--dry-run"});
  EXPECT_EQ(LineCount(ran.out, "would be recorded"), 1) << ran.out << ran.err;
  EXPECT_EQ(LineCount(ran.out, "rejected"), 1);
  EXPECT_EQ(office->Events(), events);
}

TEST_F(ImportTest, SurveysFollowThePublishedCatalogue) {
  ASSERT_EQ(LineCount(Import("recipients", kRecipientHeader + RecipientRow(700)).out, "recorded"),
            1);
  const std::string nik = MakeNik(700);
  const Ran ran =
      Import("assessments", "nik,survey_date,document_number,tanggal_lahir,desil\n" + nik +
                                ",2024-09-01,BA-1,01/01/1960,2\n" + nik + ",2024-10-01,BA-1,,\n" +
                                nik + ",2024-11-01,BA-1,1960-01-01,dua\n");
  EXPECT_EQ(LineCount(ran.out, "recorded"), 2) << ran.out << ran.err;
  EXPECT_THAT(Rejects(), HasSubstr("\n4,desil,"));
  const Ran wrong = Import("assessments", "nik,survey_date,document_number,shoe_size\n");
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("unknown column \"shoe_size\""));
}

// A person whose birth date and sex are those of the NIK.
struct Born {
  std::string nik;
  std::string rest;  // the other columns of kBornHeader
};
constexpr char kBornHeader[] = "nik,kk,name,birth_date,sex,area\n";

Born MakeBorn(int number) {
  const int day = 1 + number % 28, month = 1 + number % 12, year = 50 + number % 40;
  const bool female = number % 2 == 0;
  return {
      absl::StrFormat("337402%02d%02d%02d%04d", day + (female ? 40 : 0), month, year, 1 + number),
      absl::StrFormat(",337401010116%04d,Warga %d,%02d/%02d/19%02d,%s,33.74\n", 1 + number, number,
                      day, month, year, female ? "P" : "L")};
}

TEST_F(ImportTest, ColumnOfNikThatWasSortedAloneIsRefusedUntilSomebodySaysItIsRight) {
  std::string sound = kBornHeader, damaged = kBornHeader;
  for (int i = 0; i < 30; ++i) {
    sound += MakeBorn(i).nik + MakeBorn(i).rest;
    damaged += MakeBorn(100 + i).nik + MakeBorn(100 + (i + 7) % 30).rest;
  }
  Ran ran = Import("recipients", sound);
  EXPECT_EQ(LineCount(ran.out, "recorded"), 30) << ran.out << ran.err;
  const uint64_t events = office->Events();
  ran = Import("recipients", damaged);
  EXPECT_EQ(ran.exit_code, 2) << ran.out;
  EXPECT_THAT(ran.err, AllOf(HasSubstr("rows 2 to 31"), HasSubstr("30 of 30 people"),
                             HasSubstr("--accept-unlikely REASON")));
  EXPECT_EQ(office->Events(), events);
  ran = Import("recipients", damaged, {"--accept-unlikely", "BA-12/2025"});
  EXPECT_EQ(LineCount(ran.out, "recorded"), 30) << ran.out << ran.err;
  const Ran log =
      office->Run({"events", "read", "--from", std::to_string(events), "--output", "json"});
  EXPECT_THAT(log.out, HasSubstr("accepted-unlikely:BA-12/2025"));
}

TEST_F(ImportTest, OneRowThatDiffersFromItsNikIsAWarning) {
  const Born one = MakeBorn(200);
  const Ran ran = Import("recipients", kBornHeader + one.nik + MakeBorn(201).rest);
  EXPECT_EQ(LineCount(ran.out, "recorded"), 1) << ran.out << ran.err;
  EXPECT_EQ(LineCount(ran.out, "birth date or sex differs from the NIK"), 1) << ran.out;
}

TEST_F(ImportTest, PipeIsCheckedAsAWholeBeforeAnythingIsRecorded) {
  const uint64_t events = office->Events();
  std::string damaged = kRecipientHeader;
  for (int i = 0; i < 9000; ++i) {
    const std::string row = RecipientRow(40'000 + i);
    damaged += i < 8000 ? row : row.substr(0, 15) + "0" + row.substr(16);
  }
  const std::string pipe = office->Path("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(pipe, std::ios::binary) << damaged; });
  const Ran ran = office->Run({"import", "recipients", pipe});
  writer.join();
  EXPECT_EQ(ran.exit_code, 2) << ran.out;
  EXPECT_THAT(ran.err, AllOf(HasSubstr("column nik"), HasSubstr("15 digits")));
  EXPECT_EQ(office->Events(), events);
}

TEST_F(ImportTest, ErrorsOfASpreadsheetAreNoNames) {
  const std::string kk = ",3374010101150001,";
  const Ran ran =
      Import("recipients", absl::StrCat(kRecipientHeader, MakeNik(60'900), kk, "#N/A,33.74\n",
                                        MakeNik(60'901), kk, "Ren\xC3\x83\xC2\xA9,33.74\n",
                                        MakeNik(60'902), kk, "Ren\xC3\xA9,33.74\n"));
  EXPECT_EQ(LineCount(ran.out, "recorded"), 1) << ran.out << ran.err;
  EXPECT_THAT(Rejects(), AllOf(HasSubstr("\n2,name,an error of a spreadsheet"),
                               HasSubstr("\n3,name,the text was decoded wrongly")));
}

TEST_F(ImportTest, JsonTellsTheSame) {
  const std::string file = office->Write(
      "recipients.csv", absl::StrCat(kRecipientHeader, RecipientRow(800), "1,2,Sri,33.74\n"));
  const Ran ran = office->Run({"import", "recipients", file, "--output", "json"});
  EXPECT_THAT(ran.out, AllOf(HasSubstr("\"items\":2,\"recorded\":1,\"already_recorded\":0"),
                             HasSubstr("\"rejected\":1")));
}

TEST_F(ImportTest, HelpPrintsTheColumns) {
  const Ran ran = office->Run({"import", "payees", "--help"}, "");
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("channel (required)"), HasSubstr("VIRTUAL_ACCOUNT"),
                             HasSubstr("shared_account_reason (optional)"),
                             HasSubstr("Example: bansosctl")));
}

TEST_F(ImportTest, KilledServerLosesNothingAndDoublesNothing) {
  constexpr int kRows = 30'000;
  std::string content = kRecipientHeader;
  for (int i = 1000; i < 1000 + kRows; ++i) content += RecipientRow(i);
  const std::string file = office->Write("many.csv", content);
  const uint64_t before = office->Events();
  const pid_t import = office->Start({"import", "recipients", file, "--timeout", "2"});
  while (office->Events() == before) {
  }
  office->KillServer();
  const Ran cut = office->Wait(import);
  office->StartServer();
  const uint64_t survived = office->Events();
  if (cut.exit_code != 0) {
    EXPECT_EQ(cut.exit_code, 3);
    EXPECT_THAT(cut.err, HasSubstr("run the same command again: nothing is written twice"));
  }
  const Ran again = office->Run({"import", "recipients", file});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(LineCount(again.out, "already recorded"), static_cast<int64_t>(survived - before));
  EXPECT_EQ(LineCount(again.out, "rejected"), 0) << again.out;
  EXPECT_EQ(office->Events(), before + kRows);
}

}  // namespace
}  // namespace bansos::testing

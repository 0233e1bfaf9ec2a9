// What papers and files of others state against what is recorded: totals of the paper, result files
// of the bank, numbers as people write them, and numbers that could be a NIK.
#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/tools/tranche_office.h"

namespace bansos::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class PapersTest : public CommandsTest {};

TEST_F(PapersTest, CountAndTotalAreThoseOfThePaper) {
  DecideAndDecree();
  Must({"batch", "draft", "--batch", "BENCANA/1/1"}, "clerk");
  struct Case {
    std::vector<std::string> stated;
    int exit_code;
    const char* says;
  };
  const Case cases[] = {
      {{}, 2, "--count is required"},
      {{"--count", "6"}, 2, "--total is required"},
      // Cut to 32 bits this would be 6.
      {{"--count", "4294967302", "--total", "3000000"}, 2, "0 to 4294967295"},
      {{"--count", "-6", "--total", "3000000"}, 2, "out of range"},
      {{"--count", "6", "--total", "-3000000"}, 2, "negative"},
      {{"--count", "6", "--total", "3.000.000,50"}, 2, "fraction of a rupiah"},
      {{"--count", "6", "--total", "3.000.00"}, 2, "not an amount"},
      {{"--count", "6", "--total", "99999999999999999999"}, 2, "larger"},
      {{"--count", "6", "--total", "3.000"}, 1, "LIST_DIFFERS"},
      {{"--count", "5", "--total", "3.000.000"}, 1, "LIST_DIFFERS"},
      {{"--count", "6", "--total", "3.000.000"}, 0, ""},
  };
  for (const Case& c : cases) {
    std::vector<std::string> arguments = {"batch",       "submit",     "--batch",
                                          "BENCANA/1/1", "--document", "SPP/1/2025-02-07"};
    arguments.insert(arguments.end(), c.stated.begin(), c.stated.end());
    const Ran ran = office_.Run(arguments, "head");
    EXPECT_EQ(ran.exit_code, c.exit_code) << c.says << ": " << ran.err;
    EXPECT_THAT(ran.err, HasSubstr(c.says));
  }
}

TEST_F(PapersTest, AResultFileIsAnExceptionUntilItsCorrectedLinesAreIn) {
  DecideAndDecree();
  DraftToRelease();
  const std::vector<std::string> references = Send();
  std::string results = AllSettled(references, "500.000");
  absl::StrReplaceAll({{absl::StrCat("2,", references[1], ",SETTLED,500.000"),
                        absl::StrCat("2,", references[1], ",SETTLED,500.000x")},
                       {absl::StrCat("5,", references[4]), absl::StrCat("\"5,", references[4])}},
                      &results);
  const std::string file = office_.Write("results.csv", results);
  const std::string rejects = office_.Path("rejects.csv");
  std::vector<std::string> import = {"import",     "results",   file,   "--sender",
                                     "BANKJATENG", "--rejects", rejects};
  Ran ran = office_.Run(import, "bank");
  EXPECT_EQ(ran.exit_code, 1) << ran.out << ran.err;
  EXPECT_EQ(LineCount(ran.out, "settled"), 4) << ran.out;
  EXPECT_EQ(LineCount(ran.out, "rejected"), 2) << ran.out;
  const size_t at = ran.err.find("at position ");
  ASSERT_NE(at, std::string::npos) << ran.err;
  const std::string position = ran.err.substr(at + 12, ran.err.find(' ', at + 12) - at - 12);
  EXPECT_THAT(ran.err, HasSubstr(absl::StrCat("--completes ", position)));
  EXPECT_THAT(IncompleteFiles(), AllOf(HasSubstr("FILE_INCOMPLETE"), HasSubstr("2 of 6 missing")));
  ran = office_.Run(import, "bank");  // its rows may be corrected by now
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.err, HasSubstr("may be corrected"));
  import.back() = office_.Path("again.csv");
  EXPECT_EQ(office_.Run(import, "bank").exit_code, 1);  // the same again changes nothing

  // The rejects file is corrected where it stands and imported itself.
  std::string corrected = office_.Read("rejects.csv");
  EXPECT_THAT(corrected, HasSubstr("500.000x"));
  absl::StrReplaceAll({{"500.000x", "500.000"}}, &corrected);
  const size_t broken = corrected.find("\"\"\"5,");
  ASSERT_NE(broken, std::string::npos) << corrected;
  const size_t end = corrected.find('\n', broken);
  corrected.replace(broken, end - broken,
                    absl::StrCat("5,", references[4], ",SETTLED,500.000,2025-02-11,,BJT-4"));
  office_.Write("corrected.csv", corrected);
  const std::vector<std::string> complete = {"import", "results", office_.Path("corrected.csv"),
                                             "--completes", position};
  EXPECT_EQ(office_.Run(complete, "bank").exit_code, 2);  // it rests on no document
  std::vector<std::string> with_letter = complete;
  with_letter.insert(with_letter.end(), {"--document", "SURAT/55/2025-02-12"});
  ran = office_.Run(with_letter, "bank");
  EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  EXPECT_EQ(LineCount(ran.out, "settled"), 2) << ran.out;
  EXPECT_THAT(IncompleteFiles(), Not(HasSubstr("FILE_INCOMPLETE")));
}

TEST_F(PapersTest, AnOrderWithoutAnAnswerIsAnExceptionAfterTheDaysOfThePolicy) {
  DecideAndDecree();
  DraftToRelease();
  const std::vector<std::string> references = Send();  // on 10 February
  const auto unanswered = [this](const char* date) {
    const std::string told =
        Must({"exceptions", "--kind", "ORDER_UNANSWERED", "--date", date, "--output", "csv"}, "");
    return std::count(told.begin(), told.end(), '\n') - 1;
  };
  EXPECT_EQ(unanswered("2025-02-24"), 0);
  EXPECT_EQ(unanswered("2025-02-25"), kPeople);
  Must({"policy", "set", "order_unanswered_days", "15", "--version", "1", "--legal-basis",
        "Pergub 1/2025", "--date-in-force", "2025-01-01"});
  EXPECT_EQ(unanswered("2025-02-25"), 0);
  EXPECT_EQ(unanswered("2025-02-26"), kPeople);
  Must({"import", "results", office_.Write("results.csv", AllSettled(references, "500000")),
        "--sender", "BANKJATENG"},
       "bank");
  EXPECT_EQ(unanswered("2025-12-31"), 0);
}

TEST_F(PapersTest, AFileOfWhichNearlyEveryLineWouldBeHeldIsShownFirst) {
  DecideAndDecree();
  DraftToRelease();
  const std::vector<std::string> references = Send();
  const std::string cut = office_.Write("cut.csv", AllSettled(references, "500"));
  const std::vector<std::string> import = {"import", "results", cut, "--sender", "BANKJATENG"};
  const uint64_t events = office_.Events();
  Ran ran = office_.Run(import, "bank");
  EXPECT_EQ(ran.exit_code, 2) << ran.out;
  EXPECT_THAT(ran.err,
              AllOf(HasSubstr("6 of 6 lines would be held (6 AMOUNT_DIFFERS)"),
                    HasSubstr("line 1: Rp 500: amount_differs"), HasSubstr("--record-held")));
  EXPECT_EQ(office_.Events(), events);
  ran = office_.Run({"import", "results", cut, "--sender", "BANKJATENG", "--record-held"}, "bank");
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(LineCount(ran.out, "held_amount_differs"), 6) << ran.out;
  EXPECT_EQ(office_.Events(), events + 7);
  // What is recorded is not asked about again, and a file sent twice is harmless.
  EXPECT_EQ(office_.Run(import, "bank").exit_code, 0);
  EXPECT_EQ(office_.Events(), events + 7);
}

TEST_F(PapersTest, AFileIsNotTheLettersWhenLinesOrTotalsDiffer) {
  DecideAndDecree();
  DraftToRelease();
  const std::string file = office_.Write("results.csv", AllSettled(Send(), "500000"));
  const uint64_t events = office_.Events();
  const auto import = [&](std::vector<std::string> letter) {
    std::vector<std::string> arguments = {"import", "results", file, "--sender", "BANKJATENG"};
    arguments.insert(arguments.end(), letter.begin(), letter.end());
    return office_.Run(arguments, "bank");
  };
  for (const std::vector<std::string>& letter : std::vector<std::vector<std::string>>{
           {"--lines", "7"},
           {"--settled-total", "3.500.000"},
           {"--settled-total", "3.000.000", "--returned-total", "1"}}) {
    const Ran ran = import(letter);
    EXPECT_EQ(ran.exit_code, 2) << ran.out;
    EXPECT_THAT(ran.err, HasSubstr("the letter states"));
  }
  EXPECT_EQ(office_.Events(), events);
  EXPECT_EQ(import({"--lines", "6", "--settled-total", "Rp 3.000.000,00"}).exit_code, 0);
  EXPECT_THAT(IncompleteFiles(), Not(HasSubstr("FILE_INCOMPLETE")));
}

TEST_F(PapersTest, WhatCouldBeANikIsNeitherSentNorShown) {
  const std::string nik = MakeNik(1);
  const std::vector<std::vector<std::string>> commands = {
      {"recipient", "show", nik},
      {"recipient", "show", "1", nik},
      {"balances", "--by", "recipient", "--recipient", nik},
      {"explain", "--figure", "paid", "--recipient", nik},
      {"events", "read", "--recipient", nik},
      {"payment", "remit", "--payment", absl::StrCat("BENCANA/1/", nik, "/1"), "--document",
       "STS/1/2025-02-20"},
      {"end", "--program", "BENCANA", "--recipient", nik, "--reason", "MOVED", "--ended-on",
       "2025-02-08", "--document", "SK/2/2025-02-20"},
  };
  office_.KillServer();  // nothing of it gets that far
  for (const std::vector<std::string>& command : commands) {
    const Ran ran = office_.Run(command, "clerk");
    EXPECT_EQ(ran.exit_code, 2) << command[0] << ": " << ran.err;
    EXPECT_THAT(ran.out + ran.err, Not(HasSubstr(nik))) << command[0];
  }
  office_.StartServer();
  const Ran ran = office_.Run(
      {"import", "deaths",
       office_.Write("deaths.csv", "recipient,died_on,source,document_number,document_date\n" +
                                       nik + ",2025-02-08,VILLAGE,474.3/1,2025-02-09\n")});
  EXPECT_EQ(ran.exit_code, 1) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("could be a NIK"));
  EXPECT_THAT(ran.out + ran.err, Not(HasSubstr(nik)));
}

TEST_F(PapersTest, AmountsInDefinitionsAreReadByTheOneParser) {
  const auto open = [this](const std::string& amount) {
    return office_.Run({"program", "open",
                        office_.Write("program.json", R"({"program": "UANG", "name": "Uang",
        "fiscal_year": 2025, "fiscal_year_end": "2025-12-31", "quota": 5,
        "fund": "FUND_APBD_GENERAL",
        "recipient_kinds": ["RECIPIENT_KIND_PERSON"], "tranches": [{"number": 1, "amount": )" +
                                                          amount + R"(, "entitlement_date":
        "2025-03-01"}]})")},
                       "bidang-1");
  };
  for (const char* wrong : {"\"1.110,5\"", "\"1.11\"", "1110.5", "1.11", "\"-1\"",
                            "\"99999999999999999999\"", "99999999999999999999"}) {
    EXPECT_EQ(open(wrong).exit_code, 2) << wrong;
  }
  const Ran ran = open("\"Rp 1.110.000,00\"");
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(Must({"program", "show", "UANG", "--output", "csv"}, ""), HasSubstr("1,1110000,"));
}

}  // namespace
}  // namespace bansos::testing

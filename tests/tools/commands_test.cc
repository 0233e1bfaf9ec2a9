// The commands of a whole tranche against a real server, and what they say when something is wrong.
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/tools/office.h"

namespace bansos::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kPeople = 6;
constexpr char kResultHeader[] = "line,reference,status,amount,value_date,reason,bank_reference\n";

// Disaster aid for kPeople people: registered, proposed, decided, decreed and drafted.
class CommandsTest : public ::testing::Test {
 protected:
  CommandsTest() {
    office_.OpenProgram("bencana", "BENCANA", "1000000000");
    std::string recipients = kRecipientHeader;
    std::string proposals = "nik,program,proposer,class,document_number,document_date\n";
    std::string payees =
        "nik,channel,account_number,bank,account_holder,holder,document_number,document_date\n";
    for (int i = 1; i <= kPeople; ++i) {
      recipients += RecipientRow(i);
      absl::StrAppend(&proposals, MakeNik(i), ",BENCANA,BPBD,FLOOD,BA/1,2025-02-01\n");
      absl::StrAppend(&payees, MakeNik(i), ",BANK_ACCOUNT,30000000", 10 + i, ",Bank Jateng,Orang ",
                      i, ",SELF,SPTJM/1,2025-02-01\n");
    }
    Must({"import", "recipients", office_.Write("recipients.csv", recipients)});
    Must({"import", "proposals", office_.Write("proposals.csv", proposals)});
    Must({"import", "payees", office_.Write("payees.csv", payees)});
  }

  std::string Must(std::vector<std::string> arguments, const std::string& actor = "dinsos-1") {
    const Ran ran = office_.Run(arguments, actor);
    EXPECT_EQ(ran.exit_code, 0) << arguments[0] << " " << arguments[1] << ": " << ran.err;
    return ran.out;
  }

  void DecideAndDecree() {
    EXPECT_EQ(LineCount(Must({"decide", "--program", "BENCANA", "--effective-date", "2025-02-05"},
                             "verifikator"),
                        "eligible"),
              kPeople);
    const std::string decreed =
        Must({"decree", "--program", "BENCANA", "--first-tranche", "1", "--amount", "500000",
              "--document", "SK/460/1/2025/2025-02-06"},
             "kadis");
    EXPECT_EQ(LineCount(decreed, "recorded"), kPeople) << decreed;
  }

  void DraftToRelease() {
    const std::string drafted = Must({"batch", "draft", "--batch", "BENCANA/1/1"}, "clerk");
    EXPECT_EQ(LineCount(drafted, "on the list"), kPeople) << drafted;
    const auto step = [this](const char* name, const char* document, const char* actor) {
      Must({"batch", name, "--batch", "BENCANA/1/1", "--count", "6", "--total", "3.000.000,00",
            "--document", document},
           actor);
    };
    step("submit", "SPP/1/2025-02-07", "head");
    step("verify", "LV/1/2025-02-07", "ppk");
    step("approve", "SPM/1/2025-02-08", "pa");
    step("release", "SP2D/1/2025-02-09", "bud");
  }

  // A result file in which every order is settled with this amount.
  std::string AllSettled(const std::vector<std::string>& references, const std::string& amount) {
    std::string results = kResultHeader;
    for (size_t i = 0; i < references.size(); ++i) {
      absl::StrAppend(&results, i + 1, ",", references[i], ",SETTLED,", amount, ",2025-02-11,,BJT-",
                      i, "\n");
    }
    return results;
  }

  std::string IncompleteFiles() {
    return Must({"exceptions", "--kind", "FILE_INCOMPLETE", "--output", "csv"}, "");
  }

  std::vector<std::string> Send() {
    Must({"batch", "send", "--batch", "BENCANA/1/1", "--orders", office_.Path("orders.csv"),
          "--effective-date", "2025-02-10"},
         "cashier");
    std::vector<std::string> references;
    const std::vector<std::string> lines = absl::StrSplit(office_.Read("orders.csv"), '\n');
    for (size_t i = 1; i + 1 < lines.size(); ++i) {
      references.push_back(lines[i].substr(0, lines[i].find(',')));
    }
    return references;
  }

  Office office_;
};

TEST_F(CommandsTest, ATrancheFromDecisionToTreasury) {
  DecideAndDecree();
  DraftToRelease();
  const std::vector<std::string> references = Send();
  ASSERT_EQ(references.size(), kPeople);
  std::string results = kResultHeader;
  for (int i = 0; i < 3; ++i) {
    absl::StrAppend(&results, i + 1, ",", references[i], ",SETTLED,500.000,11/02/2025,,BJT-", i,
                    "\n");
  }
  absl::StrAppend(&results, "4,", references[3], ",RETURNED,500000,2025-02-11,DS28,BJT-4\n");
  absl::StrAppend(&results, "5,", references[4], ",RETURNED,500000,2025-02-11,AC04,BJT-5\n");
  absl::StrAppend(&results, "6,NOBODY.KNOWS.IT,SETTLED,500000,2025-02-11,,BJT-6\n");
  const std::string file = office_.Write("results.csv", results);
  std::string told = Must({"import", "results", file, "--sender", "BANKJATENG"}, "bank");
  EXPECT_EQ(LineCount(told, "settled"), 3) << told;
  EXPECT_EQ(LineCount(told, "returned"), 2);
  EXPECT_EQ(LineCount(told, "held_unknown_reference"), 1);
  told = Must({"import", "results", file, "--sender", "BANKJATENG"}, "bank");
  EXPECT_EQ(LineCount(told, "already recorded"), 6) << told;

  told = Must({"payment", "reissue", "--batch", "BENCANA/1/1", "--document", "SRPR/1/2025-02-12"},
              "bud");
  EXPECT_EQ(LineCount(told, "recorded"), 1) << told;
  EXPECT_EQ(LineCount(told, "returned for another reason"), 1);
  told = Must({"payment", "remit", "--batch", "BENCANA/1/1", "--returned", "--document",
               "STS/1/2025-02-20"},
              "cashier");
  EXPECT_EQ(LineCount(told, "recorded"), 1) << told;

  told = Must({"balances", "--program", "BENCANA", "--output", "csv"}, "");
  EXPECT_THAT(told, HasSubstr("BENCANA,1000000000,997000000,500000,500000,1500000,0,500000,0,0"));
  told = Must({"trial-balance", "--output", "json"}, "");
  EXPECT_THAT(told, HasSubstr("\"total_debit\""));
  told = Must({"exceptions", "--kind", "HELD_REPORT", "--output", "csv"}, "");
  EXPECT_THAT(told, HasSubstr("UNKNOWN_REFERENCE"));
}

TEST_F(CommandsTest, CountAndTotalAreThoseOfThePaper) {
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

TEST_F(CommandsTest, AResultFileIsAnExceptionUntilItsCorrectedLinesAreIn) {
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
  const std::vector<std::string> import = {"import",     "results",   file,   "--sender",
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

TEST_F(CommandsTest, AFileOfWhichNearlyEveryLineWouldBeHeldIsShownFirst) {
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

TEST_F(CommandsTest, AFileIsNotTheLettersWhenLinesOrTotalsDiffer) {
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

TEST_F(CommandsTest, WhatCouldBeANikIsNeitherSentNorShown) {
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

TEST_F(CommandsTest, AFigureIsExplainedAndTheViewsReplayed) {
  DecideAndDecree();
  DraftToRelease();
  Send();
  std::string told =
      Must({"explain", "--program", "BENCANA", "--figure", "obligated", "--limit", "7"}, "");
  EXPECT_THAT(told, AllOf(HasSubstr("PaymentInstructed"), HasSubstr("TransferSent"),
                          HasSubstr("-Rp 500.000"), HasSubstr("... and 5 more"),
                          HasSubstr("sum of 12 events"), HasSubstr("(WIB)")));
  told = Must({"explain", "--program", "BENCANA", "--tranche", "1", "--batch", "1", "--figure",
               "dalam proses bank", "--proof", "--output", "csv"},
              "");
  EXPECT_THAT(told, AllOf(HasSubstr("leaf hash"), HasSubstr("TransferSent,cashier,"),
                          Not(HasSubstr("sum of"))));
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 1 + kPeople);
  told = Must({"explain", "--recipient", "1", "--figure", "payments", "--output", "json"}, "");
  EXPECT_THAT(told, AllOf(HasSubstr("\"sum\":\"1\""), HasSubstr("\"figure\":\"1\"")));
  EXPECT_EQ(office_.Run({"explain", "--program", "BENCANA", "--figure", "size"}, "").exit_code, 2);
  EXPECT_EQ(office_.Run({"explain", "--figure", "paid"}, "").exit_code, 2);
  EXPECT_EQ(office_.Run({"explain", "--program", "NONE", "--figure", "paid"}, "").exit_code, 1);

  told = Must({"replay"}, "");
  EXPECT_THAT(told, AllOf(HasSubstr("balances"), HasSubstr("records"), Not(HasSubstr("NO"))));
  told = Must({"replay", "--to", "10", "--output", "json"}, "");
  EXPECT_THAT(told, HasSubstr("\"equal\":true"));
  EXPECT_EQ(office_.Run({"replay", "--to", "yesterday"}, "").exit_code, 2);
  EXPECT_EQ(office_.Run({"replay", "--to", "99999999"}, "").exit_code, 1);
}

TEST_F(CommandsTest, OrdersAreForTheirOwnerOnlyAndTheSameAgain) {
  DecideAndDecree();
  DraftToRelease();
  ASSERT_EQ(Send().size(), kPeople);
  struct stat status;
  ASSERT_EQ(stat(office_.Path("orders.csv").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  const std::string first = office_.Read("orders.csv");
  const uint64_t events = office_.Events();
  Send();
  EXPECT_EQ(office_.Read("orders.csv"), first);
  EXPECT_EQ(office_.Events(), events);
}

TEST_F(CommandsTest, TheDeadAreNotSentAndTheirPlaceIsFilledAgain) {
  DecideAndDecree();
  DraftToRelease();
  Must({"import", "deaths",
        office_.Write("deaths.csv", "nik,died_on,source,document_number,document_date\n" +
                                        MakeNik(2) + ",2025-02-08,VILLAGE,474.3/1,2025-02-09\n" +
                                        MakeNik(3) + ",2025-03-08,VILLAGE,474.3/2,2025-03-09\n"),
        "--until", "2025-02-28"});
  const Ran sent = office_.Run(
      {"batch", "send", "--batch", "BENCANA/1/1", "--orders", office_.Path("orders.csv")},
      "cashier");
  EXPECT_EQ(LineCount(sent.out, "RECIPIENT_DEAD"), 1) << sent.out;
  EXPECT_THAT(sent.err, HasSubstr("refused: BENCANA/1/"));
  EXPECT_EQ(LineCount(Must({"payment", "remit", "--batch", "BENCANA/1/1", "--unsent", "--document",
                            "STS/1/2025-02-20"}),
                      "recorded"),
            1);
  EXPECT_EQ(LineCount(Must({"end", "--program", "BENCANA", "--died", "--ended-on", "2025-02-08",
                            "--document", "SK/2/2025-02-20"},
                           "kadis"),
                      "recorded"),
            1);
  EXPECT_THAT(Must({"program", "list", "--output", "csv"}, ""), HasSubstr(",2000,5,"));
}

TEST_F(CommandsTest, ANikComesByStandardInputOnly) {
  const Ran shown =
      office_.Run({"recipient", "show", "--nik-stdin", "--output", "json"}, "", MakeNik(1) + "\n");
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_THAT(shown.out, AllOf(HasSubstr("\"registered_position\""), Not(HasSubstr(MakeNik(1)))));
  EXPECT_EQ(office_.Run({"recipient", "show", "--nik-stdin"}, "", "33740\n").exit_code, 2);
}

TEST_F(CommandsTest, ErrorsSayWhatAndWhatToDo) {
  struct Case {
    std::vector<std::string> arguments;
    std::string actor;
    int exit_code;
    const char* says;
  };
  const Case cases[] = {
      {{"program", "show", "NONE"}, "", 1, "PROGRAM_UNKNOWN"},
      {{"decide", "--program", "BENCANA"}, "", 2, "--actor"},
      {{"decide"}, "me", 2, "--program"},
      {{"budget", "appropriate", "--program", "BENCANA", "--amount", "9223372036854775807",
        "--document", "DPA/9/2025-01-01"},
       "me",
       1,
       "BAD_AMOUNT"},
      {{"budget", "appropriate", "--program", "BENCANA", "--amount", "99999999999999999999",
        "--document", "DPA/9/2025-01-01"},
       "me",
       2,
       "--amount"},
      {{"budget", "appropriate", "--program", "BENCANA", "--amount", "1.000,50", "--document",
        "DPA/9/2025-01-01"},
       "me",
       2,
       "fraction of a rupiah"},
      {{"budget", "appropriate", "--program", "BENCANA", "--amount", "-900.000.000.000,00",
        "--document", "DPA/9/2025-01-01"},
       "me",
       1,
       "revision -900000000000"},
      {{"budget", "appropriate", "--program", "BENCANA", "--amount", "1", "--document", "DPA"},
       "me",
       2,
       "KIND/NUMBER/DATE"},
      {{"batch", "show", "--batch", "BENCANA"}, "", 2, "PROGRAM/TRANCHE/NUMBER"},
      {{"batch", "submit", "--batch", "BENCANA/1/9", "--count", "1", "--total", "1"},
       "me",
       1,
       "BATCH_UNKNOWN"},
      {{"program", "open", "tools/data/kabupaten-kota.csv"}, "me", 2, "not the JSON of"},
      {{"recipient", "show", "999999"}, "", 1, "RECIPIENT_UNKNOWN"},
  };
  for (const Case& wrong : cases) {
    const Ran ran = office_.Run(wrong.arguments, wrong.actor);
    EXPECT_EQ(ran.exit_code, wrong.exit_code) << wrong.says << ": " << ran.out << ran.err;
    EXPECT_THAT(ran.err, HasSubstr(wrong.says));
  }
}

TEST_F(CommandsTest, AmountsInDefinitionsAreReadByTheOneParser) {
  const auto open = [this](const std::string& amount) {
    return office_.Run({"program", "open",
                        office_.Write("program.json", R"({"program": "UANG", "name": "Uang",
        "fiscal_year": 2025, "fiscal_year_end": "2025-12-31", "quota": 5,
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

TEST_F(CommandsTest, AServerThatIsNotThereIsSaid) {
  office_.KillServer();
  const Ran ran = office_.Run({"status", "--timeout", "1"}, "");
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("unavailable"), HasSubstr("--server")));
  office_.StartServer();
}

TEST_F(CommandsTest, TheTailShowsEveryEventOnce) {
  const std::string told = Must({"events", "tail", "--until-caught-up", "--output", "csv"}, "");
  const std::vector<std::string> lines = absl::StrSplit(told, '\n', absl::SkipEmpty());
  ASSERT_EQ(lines.size(), office_.Events() + 1) << told;
  for (size_t i = 1; i < lines.size(); ++i) {
    EXPECT_TRUE(absl::StartsWith(lines[i], absl::StrCat(i - 1, ","))) << lines[i];
  }
  const std::string read = Must({"events", "read", "--backward", "--limit", "3"}, "");
  EXPECT_THAT(read, HasSubstr("PayeeAssigned"));
}

}  // namespace
}  // namespace bansos::testing

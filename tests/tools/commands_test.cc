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
#include "tests/tools/tranche_office.h"

namespace bansos::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

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

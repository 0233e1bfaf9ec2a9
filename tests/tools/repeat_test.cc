// Every job of bansosctl may be run again, also after it was cut off anywhere: nothing is recorded
// twice, nobody is decreed and nothing is ordered twice, and no file is lost.
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/tools/office.h"

namespace bansos::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Arguments = std::vector<std::string>;

constexpr int kCandidates = 40;
constexpr int kOnDecree = 30;
constexpr int kAid = 500'000;

class RepeatTest : public ::testing::Test {
 protected:
  RepeatTest() {
    office_.OpenProgram("bencana", "BENCANA", "1000000000");
    std::string recipients = kRecipientHeader;
    std::string proposals = "nik,program,proposer,class,document_number,document_date\n";
    std::string payees =
        "nik,channel,account_number,bank,account_holder,holder,document_number,document_date\n";
    for (int i = 1; i <= kCandidates; ++i) {
      recipients += RecipientRow(i);
      absl::StrAppend(&proposals, MakeNik(i), ",BENCANA,BPBD,FLOOD,BA/1,2025-02-01\n");
      absl::StrAppend(&payees, MakeNik(i), ",BANK_ACCOUNT,30000000", 10 + i, ",Bank Jateng,Orang ",
                      i, ",SELF,SPTJM/1,2025-02-01\n");
    }
    office_.Write("recipients.csv", recipients);
    office_.Write("proposals.csv", proposals);
    office_.Write("payees.csv", payees);
  }

  std::string Must(const Arguments& arguments, const std::string& actor = "dinsos-1") {
    const Ran ran = office_.Run(arguments, actor);
    EXPECT_EQ(ran.exit_code, 0) << arguments[0] << " " << arguments[1] << ": " << ran.err;
    return ran.out;
  }

  // Runs it and runs it again: the second time nothing is recorded. What the first one told.
  std::string Twice(const Arguments& arguments, const std::string& actor = "dinsos-1") {
    const uint64_t before = office_.Events();
    const std::string told = Must(arguments, actor);
    const uint64_t events = office_.Events();
    EXPECT_GT(events, before) << arguments[0] << " " << arguments[1] << " recorded nothing";
    Must(arguments, actor);
    EXPECT_EQ(office_.Events(), events) << arguments[0] << " " << arguments[1] << " again";
    return told;
  }

  // Kills it after longer and longer times until it comes to its end.
  void KilledAgainAndAgain(const Arguments& arguments, const std::string& actor) {
    for (useconds_t pause_us = 0;; pause_us += 3000) {
      const pid_t process = office_.Start(arguments, actor);
      usleep(pause_us);
      kill(process, SIGKILL);
      if (office_.Wait(process).exit_code == 0) return;
    }
  }

  void ImportAll() {
    for (const char* kind : {"recipients", "proposals", "payees"}) {
      Twice({"import", kind, office_.Path(absl::StrCat(kind, ".csv"))});
    }
  }

  static Arguments Decree(const std::string& document, int count) {
    return {"decree", "--program", "BENCANA",          "--first-tranche",
            "1",      "--amount",  absl::StrCat(kAid), "--document",
            document, "--count",   absl::StrCat(count)};
  }

  static Arguments Step(const std::string& step, const std::string& document) {
    return {"batch",      step,
            "--batch",    "BENCANA/1/1",
            "--count",    absl::StrCat(kOnDecree),
            "--total",    absl::StrCat(kOnDecree * kAid),
            "--document", document};
  }

  enum class Runs { kOnce, kTwice };

  void Run(Runs runs, const Arguments& arguments, const std::string& actor) {
    runs == Runs::kTwice ? Twice(arguments, actor) : Must(arguments, actor);
  }

  void DraftToRelease(Runs runs) {
    Run(runs, {"batch", "draft", "--batch", "BENCANA/1/1"}, "clerk");
    Run(runs, Step("submit", "SPP/1/2025-02-07"), "head");
    Run(runs, Step("verify", "LV/1/2025-02-07"), "ppk");
    Run(runs, Step("approve", "SPM/1/2025-02-08"), "pa");
    Run(runs, Step("release", "SP2D/1/2025-02-09"), "bud");
  }

  void Release() {
    ImportAll();
    Must({"decide", "--program", "BENCANA", "--effective-date", "2025-02-05"}, "verifikator");
    Must(Decree("SK/460/1/2025/2025-02-06", kOnDecree), "kadis");
    DraftToRelease(Runs::kOnce);
  }

  Arguments Send(const std::string& file = "orders.csv", uint32_t attempt = 1) const {
    return {"batch",
            "send",
            "--batch",
            "BENCANA/1/1",
            "--orders",
            office_.Path(file),
            "--attempt",
            absl::StrCat(attempt),
            "--effective-date",
            "2025-02-10"};
  }

  // The references in a file of orders.
  std::vector<std::string> References(const std::string& file) const {
    std::vector<std::string> references;
    const std::vector<std::string> lines =
        absl::StrSplit(office_.Read(file), '\n', absl::SkipEmpty());
    for (size_t i = 1; i < lines.size(); ++i) {
      references.push_back(lines[i].substr(0, lines[i].find(',')));
    }
    return references;
  }

  // What the bank answers: all but the last order settled, the second returned for DS28.
  std::string Answer(const std::vector<std::string>& references) const {
    std::string results = "line,reference,status,amount,value_date,reason,bank_reference\n";
    for (size_t i = 0; i + 1 < references.size(); ++i) {
      absl::StrAppend(&results, i + 1, ",", references[i], i == 1 ? ",RETURNED," : ",SETTLED,",
                      kAid, ",2025-02-11,", i == 1 ? "DS28" : "", ",BJT-", i, "\n");
    }
    return office_.Write("results.csv", results);
  }

  std::set<std::string> FilesLike(const std::string& part) const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(office_.Path(""))) {
      const std::string name = entry.path().filename().string();
      if (absl::StrContains(name, part)) names.insert(name);
    }
    return names;
  }

  Office office_;
};

TEST_F(RepeatTest, EveryJobRunTwiceRecordsOnce) {
  ImportAll();
  Twice({"decide", "--program", "BENCANA", "--effective-date", "2025-02-05"}, "verifikator");
  Twice(Decree("SK/460/1/2025/2025-02-06", kOnDecree), "kadis");
  DraftToRelease(Runs::kTwice);
  Twice(Send(), "cashier");
  const std::vector<std::string> references = References("orders.csv");
  ASSERT_EQ(references.size(), kOnDecree);
  Twice({"import", "results", Answer(references), "--sender", "BANKJATENG"}, "bank");
  Twice({"payment", "reissue", "--batch", "BENCANA/1/1", "--document", "SRPR/1/2025-02-12"}, "bud");
  Twice(Send("attempt-2.csv", 2), "cashier");
  EXPECT_EQ(References("attempt-2.csv").size(), 1u);
  office_.Write("deaths.csv", "nik,died_on,source,document_number,document_date\n" + MakeNik(1) +
                                  ",2025-02-08,VILLAGE,474.3/1,2025-02-09\n");
  Twice({"import", "deaths", office_.Path("deaths.csv"), "--until", "2025-02-28"});
  Twice({"end", "--program", "BENCANA", "--died", "--ended-on", "2025-02-08", "--document",
         "SK/2/2025-02-20"},
        "kadis");
  Twice({"budget", "appropriate", "--program", "BENCANA", "--amount", "5", "--document",
         "DPA/9/2025-02-01"});
  Twice({"policy", "set", "return_unrepaired_days", "30", "--version", "1", "--legal-basis",
         "Pergub 5/2025", "--date-in-force", "2025-01-01"});
}

TEST_F(RepeatTest, OrdersAreNotLostWhenTheResultsAreIn) {
  Release();
  Must(Send(), "cashier");
  const std::string first = office_.Read("orders.csv");
  Must({"import", "results", Answer(References("orders.csv")), "--sender", "BANKJATENG"}, "bank");
  const uint64_t events = office_.Events();
  const Ran again = office_.Run(Send(), "cashier");
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.err, HasSubstr("SHA-256"));
  EXPECT_EQ(office_.Read("orders.csv"), first);
  // Nor are they written into a second file.
  const Ran other = office_.Run(Send("other.csv"), "cashier");
  EXPECT_EQ(other.exit_code, 0) << other.err;
  EXPECT_THAT(other.err, HasSubstr("--again"));
  EXPECT_THAT(FilesLike("other"), IsEmpty());
  EXPECT_EQ(office_.Events(), events);
}

TEST_F(RepeatTest, AFileThatIsThereIsNeverOverwritten) {
  Release();
  office_.Write("orders.csv", "what somebody else keeps here\n");
  const uint64_t events = office_.Events();
  const Ran refused = office_.Run(Send(), "cashier");
  EXPECT_EQ(refused.exit_code, 2) << refused.err;
  EXPECT_EQ(office_.Read("orders.csv"), "what somebody else keeps here\n");
  EXPECT_EQ(office_.Events(), events);
}

TEST_F(RepeatTest, OrdersAreHandedOverAgainOnlyOnRequest) {
  Release();
  Must(Send(), "cashier");
  const std::vector<std::string> references = References("orders.csv");
  Must({"import", "results", Answer(references), "--sender", "BANKJATENG"}, "bank");
  Arguments again = Send();
  again.insert(again.end(), {"--again", office_.Path("orders.csv")});
  Twice(again, "cashier");
  // Only what the bank has not answered.
  EXPECT_EQ(References("orders.again-2.csv"), std::vector<std::string>{references.back()});
  EXPECT_EQ(FilesLike("again").size(), 1u);
  const std::string shown = Must({"batch", "show", "--batch", "BENCANA/1/1", "--output", "csv"});
  EXPECT_THAT(shown, HasSubstr(absl::StrCat("\n2,1,1,1,", kAid, ",")));
  office_.Write("changed.csv", office_.Read("orders.csv") + "x");
  again.back() = office_.Path("changed.csv");
  EXPECT_EQ(office_.Run(again, "cashier").exit_code, 2);
}

TEST_F(RepeatTest, AFileThatIsHandedOverUnchangedKeepsItsNumber) {
  Release();
  Must(Send(), "cashier");
  Arguments again = Send();
  again.insert(again.end(), {"--again", office_.Path("orders.csv")});
  Twice(again, "cashier");
  EXPECT_EQ(office_.Read("orders.again-2.csv"), office_.Read("orders.csv"));
  again.back() = "2";
  Twice(again, "cashier");
  EXPECT_EQ(FilesLike("again"),
            (std::set<std::string>{"orders.again-2.csv", "orders.again-3.csv"}));
}

TEST_F(RepeatTest, WhatWasRecordedAndNotNamedIsNamed) {
  Release();
  Must(Send(), "cashier");
  const std::string first = office_.Read("orders.csv");
  const uint64_t events = office_.Events();
  // As after a kill between the record and the name.
  std::filesystem::rename(office_.Path("orders.csv"),
                          office_.Path("orders.csv.BENCANA-1-1-attempt-1.part"));
  Must(Send(), "cashier");
  EXPECT_EQ(office_.Read("orders.csv"), first);
  EXPECT_THAT(FilesLike(".part"), IsEmpty());
  EXPECT_EQ(office_.Events(), events);
}

TEST_F(RepeatTest, AKilledSendOrdersEverythingOnce) {
  Release();
  KilledAgainAndAgain(Send(), "cashier");
  std::map<std::string, int> orders;
  for (const std::string& reference : References("orders.csv")) ++orders[reference];
  EXPECT_EQ(orders.size(), kOnDecree);
  for (const auto& [reference, times] : orders) EXPECT_EQ(times, 1) << reference;
  EXPECT_THAT(FilesLike(".part"), IsEmpty());
}

TEST_F(RepeatTest, AKilledDecreeDecreesItsNumberAndNoMore) {
  ImportAll();
  Must({"decide", "--program", "BENCANA", "--effective-date", "2025-02-05"}, "verifikator");
  const Arguments decree = Decree("SK/460/1/2025/2025-02-06", kOnDecree);
  KilledAgainAndAgain(decree, "kadis");
  const uint64_t events = office_.Events();
  EXPECT_EQ(LineCount(Must(decree, "kadis"), "on this decree already"), kOnDecree);
  EXPECT_EQ(office_.Events(), events);
  // Another decree has a number of its own.
  EXPECT_EQ(LineCount(Must(Decree("SK/460/2/2025/2025-02-07", 4), "kadis"), "recorded"), 4);
  EXPECT_EQ(LineCount(Must(Decree("SK/460/2/2025/2025-02-07", 6), "kadis"), "recorded"), 2);
}

TEST_F(RepeatTest, ACountIsNeverCut) {
  for (const char* count : {"4294979940", "-1", "0", "100001", "12x"}) {
    Arguments decree = Decree("SK/460/1/2025/2025-02-06", 1);
    decree.back() = count;
    EXPECT_EQ(office_.Run(decree, "kadis").exit_code, 2) << count;
    Arguments submit = Step("submit", "SPP/1/2025-02-07");
    submit[5] = count;
    EXPECT_NE(office_.Run(submit, "head").exit_code, 0) << count;
  }
}

}  // namespace
}  // namespace bansos::testing

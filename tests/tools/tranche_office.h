// CommandsTest: an office on its way through one tranche, for tests of the commands. Each step is a
// real run of bansosctl against a real server. Not thread-safe.
#ifndef TESTS_TOOLS_TRANCHE_OFFICE_H_
#define TESTS_TOOLS_TRANCHE_OFFICE_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "tests/tools/office.h"

namespace bansos::testing {

inline constexpr int kPeople = 6;
inline constexpr char kResultHeader[] =
    "line,reference,status,amount,value_date,reason,bank_reference\n";

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

}  // namespace bansos::testing

#endif  // TESTS_TOOLS_TRANCHE_OFFICE_H_

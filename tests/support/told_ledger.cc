#include "tests/support/told_ledger.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/support/commands.h"
#include "tests/support/rule_statement.h"

namespace bansos::testing {
namespace {

void Entitle(ToldLedger& ledger, int who, const std::string& program, int slot) {
  ledger.TellAll({absl::StrCat("clerk registers ", who),
                  absl::StrCat("clerk assigns-payee ", who, " account ", who),
                  absl::StrCat("clerk assesses ", who, " on 20250105"),
                  absl::StrCat("clerk proposes ", who, " for ", program),
                  absl::StrCat("clerk decides ", who, " for ", program),
                  absl::StrCat("clerk decrees ", who, " for ", program, " slot ", slot)});
}

void Release(ToldLedger& ledger, const std::string& batch, int count) {
  for (const char* step : {"eko submits ", "fitri verifies ", "gita approves ", "hadi releases "}) {
    ledger.TellAll({absl::StrCat(step, batch, " count ", count)});
  }
}

}  // namespace

ToldLedger::ToldLedger() : PairedLedger(kToldTimeUs) {
  for (const Command& command : {OpenLedger(), PublishAreas(), PublishCatalogue()}) {
    EXPECT_EQ(Do(command), "recorded");
  }
}

std::string ToldLedger::Tell(const std::string& who, const std::string& what) {
  const auto command = ParseStatement(who, what, ++row_, state());
  return command.ok() ? Do(*command) : command.status().ToString();
}

void ToldLedger::TellAll(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    const size_t space = line.find(' ');
    const std::string answer = Tell(line.substr(0, space), line.substr(space + 1));
    EXPECT_TRUE(answer == "recorded" || answer == "settled" || answer == "returned" ||
                answer.starts_with("held "))
        << line << ": " << answer << ": " << Message(last_refusal());
  }
}

Event ToldLedger::EventOf(const std::string& who, const std::string& what) const {
  const auto command = ParseStatement(who, what, row_ + 1, state());
  EXPECT_TRUE(command.ok()) << command.status();
  if (!command.ok()) return {};
  const Decision decision = Decide(state(), *command, kToldTimeUs);
  const auto* event = std::get_if<Event>(&decision);
  EXPECT_NE(event, nullptr) << what << " is refused";
  return event == nullptr ? Event() : *event;
}

void TellAWholeYear(ToldLedger& ledger) {
  ledger.TellAll({"amir opens KJS quota 6 tranches 2", "amir publishes-rules KJS",
                  "amir appropriates 1000 to KJS"});
  for (int who = 1; who <= 6; ++who) Entitle(ledger, who, "KJS", who);
  ledger.TellAll({"dewi drafts KJS/1/1", "dewi instructs 1 in KJS/1/1",
                  "dewi instructs 2 in KJS/1/1", "dewi instructs 3 in KJS/1/1",
                  "dewi instructs 4 in KJS/1/1", "dewi instructs 5 in KJS/1/1",
                  "dewi withdraws KJS/1/5/1"});
  Release(ledger, "KJS/1/1", 4);
  ledger.TellAll({"kiki sends KJS/1/1/1", "kiki sends KJS/1/2/1", "kiki sends KJS/1/3/1",
                  "kiki receives 1 lines 5", "kiki reads 1 line 1 settled KJS/1/1/1",
                  "kiki reads 1 line 2 returned KJS/1/2/1 because AC01",
                  "kiki reads 1 line 3 settled KJS/1/3/1 amount 90",
                  "kiki reads 1 line 4 settled KJS/1/1/1", "clerk assigns-payee 2 account 12",
                  "kiki reissues KJS/1/2/1", "kiki remits KJS/1/4/1", "dewi drafts KJS/2/1",
                  "dewi instructs 1 in KJS/2/1", "clerk reports-death 6 on 20250301"});
}

}  // namespace bansos::testing

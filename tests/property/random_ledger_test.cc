// Random command sequences against the reference ledger. rapidcheck prints its seed and shrinks a
// failing sequence to a short story in the sentences of the rule tables.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/event/codec.h"
#include "tests/support/commands.h"
#include "tests/support/paired_ledger.h"
#include "tests/support/rule_statement.h"
#include "tests/support/state_bytes.h"
#include "tests/support/words.h"

namespace bansos::testing {
namespace {

constexpr int64_t kNowUs = 1'743'382'800'000'000;  // 2025-03-31 08:00 WIB.

struct Act {
  std::string who;
  std::string what;
};
std::ostream& operator<<(std::ostream& out, const Act& act) {
  return out << act.who << " | " << act.what;
}

// Few names and numbers, so that acts meet.
rc::Gen<std::string> Word(std::vector<std::string> words) {
  return rc::gen::elementOf(std::move(words));
}
std::string Pick(std::vector<std::string> words) { return *Word(std::move(words)); }
std::string Number(int to) { return std::to_string(*rc::gen::inRange(1, to + 1)); }

// What moves money, mostly.
std::string RandomDeed() {
  const std::string program = Pick({"KJS", "KJS", "KJS", "BLT"});
  const std::string who = Number(5), tranche = Number(2), batch = Number(2), attempt = Number(2);
  const std::string list = absl::StrCat(program, "/", tranche, "/", batch);
  const std::string payment = absl::StrCat(program, "/", tranche, "/", who, "/", Number(2));
  const std::string slot = Number(3), holder = Number(2), count = Number(3);
  const std::string date = absl::StrCat("2025030", Number(4));
  switch (*rc::gen::inRange(0, 26)) {
    case 0:
      return absl::StrCat("registers ", who);
    case 1:
      return absl::StrCat("assigns-payee ", who, " account ", Number(6));
    case 2:
      return absl::StrCat("proposes ", who, " for ", program);
    case 3:
      return absl::StrCat("decides ", who, " for ", program);
    case 4:
      return absl::StrCat("decrees ", who, " for ", program, " slot ", slot, " holder ", holder);
    case 5:
      return absl::StrCat("decrees ", who, " for ", program, " slot ", slot, " holder 2 replaces ",
                          Number(5), " first ", Number(2));
    case 6:
      return absl::StrCat("ends ", who, " in ", program, " slot ", slot, " last ", Number(2));
    case 7:
      return absl::StrCat("reports-death ", who, " on ", date);
    case 8:
      return absl::StrCat("reports-alive ", who);
    case 9:
      return absl::StrCat("drafts ", list);
    case 10:
      return absl::StrCat("instructs ", who, " in ", list, " number ", Number(2));
    case 11:
      return absl::StrCat("withdraws ", payment);
    case 12:
      return absl::StrCat("submits ", list, " count ", count, " round ", Number(2));
    case 13:
      return absl::StrCat("verifies ", list, " count ", count, " round ", Number(2));
    case 14:
      return absl::StrCat("approves ", list, " count ", count, " round ", Number(2));
    case 15:
      return absl::StrCat("releases ", list, " count ", count, " round ", Number(2));
    case 16:
      return absl::StrCat("sends-back ", list, " count ", count);
    case 17:
      return absl::StrCat("closes ", list);
    case 18:
      return absl::StrCat("sends ", payment, " attempt ", attempt);
    case 19:
      return absl::StrCat("reissues ", payment, " attempt 2");
    case 20:
      return absl::StrCat("remits ", payment);
    case 21:
      return absl::StrCat("resolves ", *rc::gen::inRange(20, 60));
    case 22:
      return absl::StrCat("settles ", payment, " citing ", *rc::gen::inRange(20, 60), " attempt ",
                          attempt, " on ", date, " letter ", Number(9));
    case 23:
      return absl::StrCat("appropriates ", Pick({"300", "-100", "-500"}), " to ", program);
    default:
      return absl::StrCat("reads 1 line ", Number(30), " ", Pick({"settled ", "returned "}),
                          payment, " attempt ", attempt, " on ", date, " amount ",
                          Pick({"100", "100", "90"}), Pick({"", " because DS28"}));
  }
}

// What the deeds rest on: terms, identities, assessments, rule sets, and the clock.
std::string RandomChange() {
  const std::string program = Pick({"KJS", "KJS", "KJS", "BLT"});
  const std::string who = Number(5), date = absl::StrCat("2025030", Number(4));
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return absl::StrCat("amends ", program, " quota ", Number(4), " tranches ", Number(3));
    case 1:
      return absl::StrCat("moves ", who, " area ", Pick({"3374", "3301", "3330"}));
    case 2:
      return absl::StrCat("assesses ", who, " on ", date);
    case 3:
      return absl::StrCat("publishes-rules ", program, " version ", Number(3), " from ", date,
                          Pick({"", " decile 4"}));
    case 4:
      return absl::StrCat("decides ", who, " for ", program, Pick({" true", " false"}));
    default:
      return absl::StrCat("waits ", Number(40), " hours");
  }
}

std::string RandomSentence() {
  return *rc::gen::inRange(0, 32) < 26 ? RandomDeed() : RandomChange();
}

rc::Gen<Act> RandomAct() {
  return rc::gen::exec([] { return Act{Pick({"amir", "dewi", "eko", "gita"}), RandomSentence()}; });
}

// A ledger with three entitled people and one batch of them released, so that random acts have
// something to meet.
const std::vector<Act>& Prelude() {
  static const auto* acts = new std::vector<Act>{
      {"amir", "opens KJS quota 3"},       {"amir", "opens BLT quota 3"},
      {"amir", "publishes-rules KJS"},     {"amir", "publishes-rules BLT"},
      {"amir", "appropriates 700 to KJS"}, {"amir", "appropriates 300 to BLT"},
      {"kiki", "receives 1 lines 30"},
  };
  return *acts;
}

class Story {
 public:
  Story() : ledger_(kNowUs) {
    for (const Command& command : {OpenLedger(), PublishAreas(), PublishCatalogue()}) Do(command);
    for (const Act& act : Prelude()) Do(act);
    for (const char* who : {"1", "2", "3"}) {
      Do({"clerk", absl::StrCat("registers ", who)});
      Do({"clerk", absl::StrCat("assigns-payee ", who, " account ", who)});
      Do({"clerk", absl::StrCat("proposes ", who, " for KJS")});
      Do({"clerk", absl::StrCat("decides ", who, " for KJS")});
      Do({"clerk", absl::StrCat("decrees ", who, " for KJS slot ", who)});
    }
    Do({"lina", "drafts KJS/1/1"});
    for (const char* who : {"1", "2", "3"}) {
      Do({"lina", absl::StrCat("instructs ", who, " in KJS/1/1")});
    }
    Do({"maya", "submits KJS/1/1 count 3"});
    Do({"nina", "verifies KJS/1/1 count 3"});
    Do({"oki", "approves KJS/1/1 count 3"});
    Do({"putu", "releases KJS/1/1 count 3"});
  }

  void Do(const Act& act) {
    if (const Words words(act.what); words.verb() == "waits") {
      return ledger_.Wait(static_cast<int64_t>(NumberIn(words.At(1))));
    }
    const auto command = ParseStatement(act.who, act.what, ++row_, ledger_.state());
    ASSERT_TRUE(command.ok()) << command.status();
    Do(*command);
  }

  void Do(const Command& command) {
    const size_t before = ledger_.entries().size();
    ledger_.Do(command);
    if (ledger_.entries().size() > before) accepted_.push_back(command);
  }

  PairedLedger& ledger() { return ledger_; }
  const std::vector<Command>& accepted() const { return accepted_; }

 private:
  PairedLedger ledger_;
  std::vector<Command> accepted_;
  int row_ = 0;
};

rc::Gen<std::vector<Act>> RandomStory() {
  return rc::gen::container<std::vector<Act>>(*rc::gen::inRange(0, 120), RandomAct());
}

RC_GTEST_PROP(RandomLedger, AgreesWithTheReferenceAndKeepsBothEquations, ()) {
  const auto acts = *RandomStory();
  Story story;
  for (const Act& act : acts) story.Do(act);
  story.ledger().CompareMoney();
  RC_ASSERT(!story.ledger().reference().CheckTotals());
  RC_ASSERT(!::testing::Test::HasFailure());
}

RC_GTEST_PROP(RandomLedger, TheSameLogGivesTheSameState, ()) {
  const auto acts = *RandomStory();
  Story story;
  for (const Act& act : acts) story.Do(act);
  State folded;
  for (const std::string& entry : story.ledger().entries()) {
    const auto event = DecodeEvent(entry);
    RC_ASSERT(event.ok());
    RC_ASSERT(Evolve(folded, *event).ok());
  }
  const std::string bytes = StateBytes(folded);
  RC_ASSERT(bytes == StateBytes(story.ledger().state()));
  const auto restored = StateOf(bytes, 7);
  RC_ASSERT(restored.ok());
  RC_ASSERT(StateBytes(*restored) == bytes);
}

RC_GTEST_PROP(RandomLedger, ARetryOfAnyAcceptedFactWritesNothing, ()) {
  const auto acts = *RandomStory();
  Story story;
  for (const Act& act : acts) story.Do(act);
  const size_t size = story.ledger().entries().size();
  uint64_t position = 0;
  for (const Command& command : story.accepted()) {
    const std::string answer = story.ledger().Do(command);
    RC_ASSERT(answer == absl::StrCat("already recorded at ", position) ||
              std::holds_alternative<LedgerOpened>(
                  DecodeEvent(story.ledger().entries()[position])->body));
    ++position;
  }
  RC_ASSERT(story.ledger().entries().size() == size);
}

}  // namespace
}  // namespace bansos::testing

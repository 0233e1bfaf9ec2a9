// The business rules as tables that a finance officer can read (tests/domain/rules/*.md). Each row
// is one act, who did it, and what the ledger answers; the reference ledger checks every row, too.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tests/support/commands.h"
#include "tests/support/paired_ledger.h"
#include "tests/support/rule_statement.h"

namespace bansos::testing {
namespace {

constexpr char kTables[] = "tests/domain/rules";
constexpr int64_t kTableTimeUs = 1'743'382'800'000'000;  // 2025-03-31 08:00 WIB.

struct Row {
  int line = 0;
  std::string who, what, answer;
};
struct Section {
  std::string name;  // "batches.md: Four eyes"
  std::vector<Row> rows;
};

void PrintTo(const Section& section, std::ostream* out) { *out << section.name; }

std::vector<Section> ReadTables() {
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(kTables)) {
    if (entry.path().filename() != "README.md") files.insert(entry.path());
  }
  std::vector<Section> sections;
  for (const auto& path : files) {
    std::ifstream file(path);
    std::string text;
    for (int line = 1; std::getline(file, text); ++line) {
      if (text.starts_with("## ")) {
        sections.push_back({absl::StrCat(path.filename().string(), ": ", text.substr(3)), {}});
      }
      if (!text.starts_with("|") || sections.empty()) continue;
      std::vector<std::string> cells = absl::StrSplit(text, '|');
      if (cells.size() < 5) continue;
      for (std::string& cell : cells) absl::StripAsciiWhitespace(&cell);
      if (cells[1] == "who" || cells[2].starts_with("--")) continue;
      sections.back().rows.push_back({line, cells[1], cells[2], cells[3]});
    }
  }
  return sections;
}

// Sentences that stand for several, each of which must be recorded.
std::vector<std::pair<std::string, std::string>> Expand(const Words& words) {
  std::vector<std::pair<std::string, std::string>> steps;
  if (words.verb() == "entitles") {  // "entitles 1 for KJS slot 1"
    const std::string who = words.At(1), program = words.After("for");
    steps.emplace_back("clerk", "registers " + who);
    steps.emplace_back("clerk", absl::StrCat("assigns-payee ", who, " account ", who));
    steps.emplace_back("clerk", absl::StrCat("proposes ", who, " for ", program));
    steps.emplace_back("clerk", absl::StrCat("decides ", who, " for ", program));
    steps.emplace_back("clerk", absl::StrCat("decrees ", who, " for ", program, " slot ",
                                             words.After("slot", who)));
  }
  if (words.verb() == "has-released") {  // "has-released KJS/1/1 to 1 2"
    const std::string batch = words.At(1);
    uint64_t count = 0;
    steps.emplace_back("drafter", "drafts " + batch);
    for (size_t place = 3; !words.At(place).empty(); ++place, ++count) {
      steps.emplace_back("drafter", absl::StrCat("instructs ", words.At(place), " in ", batch));
    }
    steps.emplace_back("submitter", absl::StrCat("submits ", batch, " count ", count));
    steps.emplace_back("verifier", absl::StrCat("verifies ", batch, " count ", count));
    steps.emplace_back("approver", absl::StrCat("approves ", batch, " count ", count));
    steps.emplace_back("releaser", absl::StrCat("releases ", batch, " count ", count));
  }
  return steps;
}

// "available 0 obligated 100": the buckets of a programme that are not zero.
std::string Money(const ProgramState& program) {
  constexpr const char* kNames[] = {"",     "available", "obligated", "in-transit",
                                    "paid", "returned",  "remitted",  "receivable"};
  std::string text;
  for (int bucket = 1; bucket < kBucketCount; ++bucket) {
    if (program.buckets[bucket] == 0) continue;
    absl::StrAppend(&text, text.empty() ? "" : " ", kNames[bucket], " ", program.buckets[bucket]);
  }
  return text;
}

class RuleTable : public ::testing::TestWithParam<Section> {
 protected:
  RuleTable() : ledger_(kTableTimeUs) {
    for (const Command& command : {OpenLedger(), PublishAreas(), PublishCatalogue()}) {
      EXPECT_EQ(ledger_.Do(command), "recorded");
    }
  }

  std::string State(const std::string& who, const std::string& what, int line) {
    const auto command = ParseStatement(who, what, line, ledger_.state());
    if (!command.ok()) return command.status().ToString();
    return ledger_.Do(*command);
  }

  std::string Answer(const Row& row) {
    const Words words(row.what);
    if (words.verb() == "balance") {
      const ProgramState* program = ledger_.state().FindProgram(words.At(1));
      return program == nullptr ? "no programme" : Money(*program);
    }
    const auto steps = Expand(words);
    if (steps.empty()) return State(row.who, row.what, row.line);
    for (size_t i = 0; i < steps.size(); ++i) {
      const auto& [who, what] = steps[i];
      const std::string answer = State(who, what, row.line * 100 + static_cast<int>(i));
      if (answer != "recorded") return absl::StrCat(what, ": ", answer);
    }
    return "recorded";
  }

  PairedLedger ledger_;
};

TEST_P(RuleTable, EveryRowIsAnsweredAsWritten) {
  for (const Row& row : GetParam().rows) {
    const std::string answer = Answer(row);
    // "already" stands for any position.
    const bool already = row.answer == "already" && answer.starts_with("already recorded");
    EXPECT_TRUE(already || answer == row.answer)
        << GetParam().name << ", line " << row.line << ": " << row.what
        << "\n  written: " << row.answer << "\n  answered: " << answer << "\n  "
        << Message(ledger_.last_refusal());
    ledger_.CompareMoney();
  }
  EXPECT_FALSE(GetParam().rows.empty()) << "a section without rows checks nothing";
}

INSTANTIATE_TEST_SUITE_P(Rules, RuleTable, ::testing::ValuesIn(ReadTables()), [](const auto& info) {
  std::string name;
  for (const char c : info.param.name) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c))) name += c;
  }
  return name;
});

// Every refusal that a table can bring about stands in at least one of them.
TEST(RuleTables, NameEveryRefusal) {
  const std::set<std::string> elsewhere = {
      // Of a ledger that is not open yet, of sizes and of the sequencer: tested beside their code.
      "TEXT_TOO_LONG",   "BAD_TEXT",        "NOT_A_COMMAND",  "BATCH_FULL",
      "LEDGER_NOT_OPEN", "ENTRY_TOO_LARGE", "ATOMIC_REFUSED", "ATOMIC_OVERLAP"};
  std::set<std::string> answers;
  for (const Section& section : ReadTables()) {
    for (const Row& row : section.rows) answers.insert(row.answer);
  }
  for (int code = 0; code < kRefusalCount; ++code) {
    const std::string name(TextOf(static_cast<RefusalCode>(code)).name);
    EXPECT_TRUE(answers.contains(name) || elsewhere.contains(name)) << name;
  }
}

}  // namespace
}  // namespace bansos::testing

// docs/RULES.md against what the events declare of themselves.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "ledger/domain/event.h"
#include "ledger/domain/key.h"

namespace bansos::testing {
namespace {

// The column D of the table of events, by event.
std::map<std::string, std::string> DocumentColumn() {
  std::ifstream rules("docs/RULES.md");
  EXPECT_TRUE(rules.is_open());
  std::map<std::string, std::string> column;
  bool in_table = false;
  for (std::string line; std::getline(rules, line);) {
    if (line.starts_with("| event | D |")) in_table = true;
    if (!line.starts_with("|")) in_table = false;
    if (!in_table) continue;
    std::vector<std::string> cells = absl::StrSplit(line, '|');
    const std::string event(*absl::StrSplit(absl::StripAsciiWhitespace(cells[1]), ' ').begin());
    column[event] = std::string(absl::StripAsciiWhitespace(cells[2]));
  }
  return column;
}

template <size_t... Index>
std::vector<EventBody> OneOfEach(std::index_sequence<Index...>) {
  return {EventBody(std::in_place_index<Index>)...};
}
std::vector<EventBody> OneOfEach() {
  return OneOfEach(std::make_index_sequence<std::variant_size_v<EventBody>>{});
}

TEST(EventTraitsTest, RulesNameEveryCommandAndItsDocument) {
  const std::map<std::string, std::string> column = DocumentColumn();
  for (const EventBody& body : OneOfEach()) {
    const EventTraits& traits = TraitsOf(body);
    if (!traits.is_command || std::holds_alternative<LedgerOpened>(body)) continue;
    const auto row = column.find(std::string(traits.name));
    ASSERT_NE(row, column.end()) << traits.name << " has no row in docs/RULES.md";
    EXPECT_EQ(row->second, traits.needs_document ? "D" : "") << traits.name;
  }
}

TEST(EventTraitsTest, KeysOfDifferentEventsDiffer) {
  std::map<std::string, std::string_view> names;
  for (const EventBody& body : OneOfEach()) {
    const std::string key = BusinessKey({.envelope = {}, .body = body});
    const auto [first, is_new] = names.emplace(key, TraitsOf(body).name);
    // Whatever a report becomes has one key: its source.
    EXPECT_TRUE(is_new || key.starts_with("Report/")) << key << " of " << first->second;
  }
}

TEST(EventTraitsTest, WhatMovesMoneyNamesItsPayment) {
  for (const EventBody& body : OneOfEach()) {
    const bool moves = TraitsOf(body).moves_to != Bucket::kOutside;
    EXPECT_EQ(moves, NamesOf(body).payment != nullptr) << TraitsOf(body).name;
  }
}

}  // namespace
}  // namespace bansos::testing

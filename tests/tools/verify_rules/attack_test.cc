// Entries that are swapped, dropped, doubled or added, and bytes that say the same otherwise.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "bansos/ledger/v1/event.pb.h"
#include "tests/tools/verify_rules/checking.h"
#include "tests/tools/verify_rules/office_log.h"

namespace bansos::testing {
namespace {

using Entries = std::vector<std::string>;

const Entries& Office() {
  static const auto* const office = new OfficeLog(12);
  return office->entries();
}

ledger::v1::Event EventOf(const std::string& entry) {
  ledger::v1::Event event;
  EXPECT_TRUE(event.ParseFromString(entry));
  return event;
}

// The time of an event, in another one: so that not only the clock tells.
std::string At(int64_t time_us, const std::string& entry) {
  ledger::v1::Event event = EventOf(entry);
  event.set_recorded_time_us(time_us);
  return event.SerializeAsString();
}

int64_t TimeOf(const std::string& entry) { return EventOf(entry).recorded_time_us(); }

// Neighbours about one recipient or batch. (What the office publishes may come in any order.)
bool AreStepsOfOneMatter(const std::string& first, const std::string& second) {
  const ledger::v1::Event event = EventOf(second);
  return event.back() == 1 && event.body_case() >= ledger::v1::Event::kRecipientRegistered &&
         event.body_case() != EventOf(first).body_case();
}

TEST(AttackTest, AWholeLogIsInOrder) { EXPECT_FALSE(CheckPublic(Office()).has_value()); }

TEST(AttackTest, AnEmptyLogIsInOrder) { EXPECT_FALSE(CheckPublic({}).has_value()); }

TEST(AttackTest, SwappedEntriesAreFound) {
  for (size_t i = 0; i + 1 < Office().size(); ++i) {
    Entries entries = Office();
    std::swap(entries[i], entries[i + 1]);
    const auto fault = CheckPublic(entries);
    ASSERT_TRUE(fault.has_value()) << i;
    EXPECT_GE(fault->position, i) << fault->rule << ": " << fault->reason;
    EXPECT_LE(fault->position, i + 1) << fault->rule << ": " << fault->reason;
  }
}

TEST(AttackTest, StepsOfOneMatterThatAreSwappedWithTheirTimesAreFound) {
  size_t swapped = 0;
  for (size_t i = 0; i + 1 < Office().size(); ++i) {
    const std::string& first = Office()[i];
    const std::string& second = Office()[i + 1];
    if (!AreStepsOfOneMatter(first, second)) continue;
    Entries entries = Office();
    entries[i] = At(TimeOf(first), second);
    entries[i + 1] = At(TimeOf(second), first);
    EXPECT_TRUE(CheckPublic(entries).has_value()) << i;
    ++swapped;
  }
  EXPECT_GT(swapped, 10u);
}

TEST(AttackTest, ADroppedEntryIsFound) {
  // The last one about a matter may be missing, as if it had never been.
  size_t unnoticed = 0;
  for (size_t i = 0; i < Office().size(); ++i) {
    Entries entries = Office();
    entries.erase(entries.begin() + static_cast<ptrdiff_t>(i));
    const auto fault = CheckPublic(entries);
    if (fault.has_value()) {
      EXPECT_GE(fault->position, i) << fault->rule;
    } else {
      ++unnoticed;
    }
  }
  EXPECT_EQ(unnoticed, 1u) << "only the very last entry";
}

TEST(AttackTest, ADoubledEntryIsFound) {
  for (size_t i = 0; i < Office().size(); ++i) {
    Entries entries = Office();
    entries.insert(entries.begin() + static_cast<ptrdiff_t>(i), entries[i]);
    const auto fault = CheckPublic(entries);
    ASSERT_TRUE(fault.has_value()) << i;
    EXPECT_EQ(fault->position, i + 1) << fault->rule << ": " << fault->reason;
  }
}

TEST(AttackTest, TheFirstFaultNamesItsPosition) {
  Entries entries = Office();
  entries[40] += std::string("\xD8\x04\x01", 3);  // field 75, a varint: reserved
  auto fault = CheckPublic(entries);
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->position, 40u);
  EXPECT_EQ(fault->rule, "kUnknownField");
  entries[40] = Office()[40];
  entries[41] = "\x08\x81" + std::string(1, '\0') + Office()[41].substr(1);
  fault = CheckPublic(entries);
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->position, 41u);
}

// What it says of the office's two files when this is changed in each.
std::vector<std::string> FindingsOf(
    const std::function<void(ledger::v1::ResultFileReceived&, uint32_t lines_in)>& change) {
  Entries entries = Office();
  std::map<uint64_t, uint32_t> lines_in;
  const auto count = [&lines_in](const auto& report) {
    if (report.source().has_file_position()) ++lines_in[report.source().file_position()];
  };
  for (const std::string& entry : entries) {
    const ledger::v1::Event event = EventOf(entry);
    count(event.transfer_settled());
    count(event.transfer_returned());
    count(event.report_held());
  }
  EXPECT_EQ(lines_in.size(), 2u);
  for (const auto& [position, lines] : lines_in) {
    ledger::v1::Event event = EventOf(entries[position]);
    change(*event.mutable_result_file_received(), lines);
    entries[position] = event.SerializeAsString();
  }
  const auto check = verify::MakePublicCheck();
  const auto fault = CheckAll(*check, entries);
  EXPECT_FALSE(fault.has_value()) << fault->reason;
  return check->Findings();
}

TEST(AttackTest, AFileWithoutAllItsLinesIsAFindingAndNoFault) {
  const auto findings = FindingsOf([](auto&, uint32_t) {});
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_TRUE(findings[0].ends_with(" of them are not in")) << findings[0];
}

TEST(AttackTest, TheTotalsThatAFileStatesAreComparedWhenAllItsLinesAreIn) {
  const auto in_order = FindingsOf([](auto& file, uint32_t lines) { file.set_lines(lines); });
  EXPECT_TRUE(in_order.empty()) << in_order[0];
  const auto differ = FindingsOf([](auto& file, uint32_t lines) {
    file.set_lines(lines);
    file.set_settled_total(1);
  });
  ASSERT_EQ(differ.size(), 2u);
  EXPECT_NE(differ[0].find("has all its lines, and its totals are not theirs"), std::string::npos)
      << differ[0];
}

TEST(AttackTest, EveryProfileSaysWhatItDoesNotCheck) {
  const std::vector<std::string> exclusions = verify::MakePublicCheck()->Exclusions();
  EXPECT_GE(exclusions.size(), 5u);
  for (const std::string& exclusion : exclusions) EXPECT_TRUE(exclusion.ends_with("."));
}

}  // namespace
}  // namespace bansos::testing

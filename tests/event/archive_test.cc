// The writer of an archive ends soon after nobody wants it any more, however much is still to be
// written or sorted; and maps of any size go by rising key.
#include "ledger/event/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "ledger/event/state_codec.h"
#include "ledger/event/state_members.h"

namespace bansos {
namespace {

constexpr uint64_t kRows = 50'000;

uint64_t written = 0;   // rows since a test began
uint64_t compared = 0;  // keys

struct Row {
  uint64_t value = 0;
};
template <typename A>
void Members(A& a, const Row& row) {
  ++written;
  a(row.value);
}

struct RowKey {
  uint64_t value = 0;
  friend bool operator==(const RowKey&, const RowKey&) = default;
  friend bool operator<(const RowKey& a, const RowKey& b) {
    ++compared;
    return a.value < b.value;
  }
  template <typename H>
  friend H AbslHashValue(H h, const RowKey& key) {
    return H::combine(std::move(h), key.value);
  }
};
template <typename A>
void Members(A& a, const RowKey& key) {
  a(key.value);
}

// An archive that wants no more after three calls.
struct ThreeCalls {
  bool ok() const { return calls < 3; }
  void operator()(const auto&...) { ++calls; }
  int calls = 0;
};

// Values in no order, each once: odd times anything is a permutation.
uint64_t Scattered(uint64_t i) { return i * 0x9e3779b97f4a7c15u; }

// Writes `value` until it was asked `asks` times; after that nothing more may be looked at.
template <typename T>
void ExpectGivesUp(const T& value, uint64_t asks) {
  written = compared = 0;
  uint64_t written_then = 0, compared_then = 0, asked = 0, taken = 0;
  const auto take = [&](std::string_view) { ++taken; };
  const auto keep_going = [&] {
    EXPECT_LE(asked, asks) << "asked again";
    written_then = written;
    compared_then = compared;
    return ++asked <= asks;
  };
  ArchiveWriter writer(take, keep_going);
  writer(value, value, value);
  writer.Finish();
  EXPECT_FALSE(writer.ok());
  EXPECT_EQ(asked, asks + 1);
  EXPECT_LE(taken, asks);
  EXPECT_LE(written, written_then + 1);  // The value of a key that ended it.
  EXPECT_EQ(compared, compared_then);
}

template <typename T>
std::string BytesOf(const T& value) {
  std::string bytes;
  const auto take = [&](std::string_view piece) { bytes += piece; };
  const auto keep_going = [] { return true; };
  ArchiveWriter writer(take, keep_going);
  writer(value);
  writer.Finish();
  return bytes;
}

TEST(ArchiveTest, AListEndsWhereItIsRefused) {
  const std::vector<Row> rows(kRows);
  for (const uint64_t asks : {0, 1}) ExpectGivesUp(rows, asks);
  const std::vector<std::vector<Row>> nested(10, rows);
  for (const uint64_t asks : {0, 1, 7}) ExpectGivesUp(nested, asks);
  std::array<std::optional<Row>, kRows> array;
  array.fill(Row());
  ExpectGivesUp(array, 1);
}

TEST(ArchiveTest, AMapEndsWhereItIsRefused) {
  absl::btree_map<uint64_t, Row> tree;
  absl::flat_hash_map<RowKey, Row> table;
  absl::flat_hash_set<RowKey> set;
  for (uint64_t i = 0; i < kRows; ++i) {
    tree[Scattered(i)];
    table[{Scattered(i)}];
    set.insert({Scattered(i)});
  }
  // First while they are sorted, then while they are written.
  for (const uint64_t asks : {0, 1, 5, 13, 14}) {
    ExpectGivesUp(tree, asks);
    ExpectGivesUp(table, asks);
    ExpectGivesUp(set, asks);
  }
  ExpectGivesUp(std::vector(5, table), 1);
}

// What is between two asks is bounded: a few small parts that are sorted, or a piece.
TEST(ArchiveTest, ASortAsksOnItsWay) {
  absl::flat_hash_set<RowKey> set;
  for (uint64_t i = 0; i < kRows; ++i) set.insert({Scattered(i)});
  uint64_t most = 0;
  compared = 0;
  const auto take = [](std::string_view) {};
  const auto keep_going = [&] {
    most = std::max(most, std::exchange(compared, 0));
    return true;
  };
  ArchiveWriter writer(take, keep_going);
  writer(set);
  writer.Finish();
  EXPECT_GT(most, kSortedAtOnce);
  EXPECT_LT(most, 40 * kSortedAtOnce);  // n log n of a part is 12 n
}

TEST(ArchiveTest, RecipientsEndWhereTheyAreRefused) {
  RecipientTable<RecipientState> recipients;
  for (uint64_t i = 1; i <= 100; ++i) recipients.Register(RecipientNumber(i));
  ThreeCalls archive;
  Members(archive, std::as_const(recipients));
  EXPECT_EQ(archive.calls, 3);
}

TEST(ArchiveTest, AMapOfAnySizeGoesByRisingKey) {
  for (const size_t size : {size_t{0}, size_t{1}, kSortedAtOnce - 1, kSortedAtOnce,
                            kSortedAtOnce + 1, 5 * kSortedAtOnce + 3}) {
    absl::flat_hash_map<uint64_t, uint64_t> table;
    absl::flat_hash_set<uint64_t> set;
    for (size_t i = 0; i < size; ++i) {
      table[Scattered(i)] = i;
      set.insert(Scattered(i));
    }
    const absl::btree_map<uint64_t, uint64_t> in_order(table.begin(), table.end());
    EXPECT_EQ(BytesOf(table), BytesOf(in_order)) << size;
    std::vector<uint64_t> list(set.begin(), set.end());
    std::sort(list.begin(), list.end());
    EXPECT_EQ(BytesOf(set), BytesOf(list)) << size;
  }
}

}  // namespace
}  // namespace bansos

// Proofs and tiles of a stored log against a naive tree, and what damage does to them (invariants 7
// and 10).
#include "ledger/log/log_proofs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "ledger/base/endian.h"
#include "ledger/log/bundle.h"
#include "ledger/log/log_format.h"
#include "ledger/log/log_tiles.h"
#include "ledger/log/merkle_proof.h"
#include "tests/log/log_reading.h"
#include "tests/log/stored_log.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::EntriesFor;
using ::bansos::testing::EntryFor;
using ::bansos::testing::NaiveRoot;
using ::bansos::testing::StatusIs;
using ::bansos::testing::StoredLog;
using ::testing::HasSubstr;

constexpr auto kOutOfRange = absl::StatusCode::kOutOfRange;
constexpr auto kDataLoss = absl::StatusCode::kDataLoss;

// Two levels of full tiles need 65,536 entries; sizes are about their edges.
constexpr uint64_t kSize = 66'000;

class LogProofsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    stored_ = new StoredLog();
    // Odd commits, so that bundles are made of several fragments.
    stored_->Commit({1, 1, 1, 300, 77, 65'000, 3, kSize - 65'383});
    stored_->Keep();
    entries_ = new std::vector<std::string>(EntriesFor(0, kSize));
  }
  static void TearDownTestSuite() {
    delete stored_;
    delete entries_;
  }

  void SetUp() override { stored_->Restore(); }

  std::unique_ptr<RocksDbLog> Open() {
    auto log = stored_->Open();
    CHECK_OK(log.status());
    return *std::move(log);
  }

  static Hash RootAt(uint64_t size) {
    static auto* const roots = new std::map<uint64_t, Hash>();
    const auto [it, is_new] = roots->try_emplace(size);
    if (is_new) it->second = NaiveRoot(absl::MakeConstSpan(*entries_).first(size));
    return it->second;
  }

  // Replaces the entry at `position` in its fragment, lengths kept.
  void DamageEntry(uint64_t position) {
    stored_->ChangeRows([&](const LogDatabase& database) {
      const std::unique_ptr<rocksdb::Iterator> it(
          database.db().NewIterator({}, database.entries()));
      const U64Key key = EncodeU64(position);
      it->SeekForPrev({key.data(), key.size()});
      ASSERT_TRUE(it->Valid());
      std::string fragment = it->value().ToString();
      BundleView view;
      ASSERT_OK(view.Parse(fragment));
      const uint64_t first = LoadBigEndian<uint64_t>({it->key().data(), it->key().size()});
      const size_t offset = view[position - first].data() - fragment.data();
      fragment[offset] ^= 1;
      ASSERT_TRUE(database.db().Put({}, database.entries(), it->key(), fragment).ok());
    });
  }

  void DamageHash(int level, uint64_t index) {
    stored_->ChangeRows([&](const LogDatabase& database) {
      const TreeKey key = EncodeTreeKey(level, index);
      std::string hash;
      ASSERT_TRUE(database.db().Get({}, database.tree(), {key.data(), key.size()}, &hash).ok());
      hash[7] ^= 1;
      ASSERT_TRUE(database.db().Put({}, database.tree(), {key.data(), key.size()}, hash).ok());
    });
  }

  static StoredLog* stored_;
  static std::vector<std::string>* entries_;
};

StoredLog* LogProofsTest::stored_ = nullptr;
std::vector<std::string>* LogProofsTest::entries_ = nullptr;

constexpr uint64_t kSizes[] = {1,   2,      255,    256,    257,       512,
                               700, 65'535, 65'536, 65'537, kSize - 1, kSize};

TEST_F(LogProofsTest, InclusionLeadsToTheRootOfEachSize) {
  const auto log = Open();
  const LogProofs proofs(*log);
  for (const uint64_t size : kSizes) {
    for (const uint64_t position : {uint64_t{0}, size / 3, size / 2, size - 1}) {
      const auto proof = proofs.Inclusion(Position(position), size);
      ASSERT_OK(proof) << position << " of " << size;
      EXPECT_EQ(proof->entry, EntryFor(position));
      EXPECT_EQ(proof->leaf_hash, LeafHash(EntryFor(position)));
      EXPECT_EQ(proof->root, RootAt(size));
      EXPECT_EQ(RootByInclusion(proof->leaf_hash, position, size, proof->proof), RootAt(size));
    }
  }
}

TEST_F(LogProofsTest, ConsistencyLeadsFromEachSizeToEachLarger) {
  const auto log = Open();
  const LogProofs proofs(*log);
  for (const uint64_t new_size : kSizes) {
    for (const uint64_t old_size : kSizes) {
      if (old_size > new_size) break;
      const auto proof = proofs.Consistency(old_size, new_size);
      ASSERT_OK(proof) << old_size << " to " << new_size;
      EXPECT_EQ(proof->old_root, RootAt(old_size));
      EXPECT_EQ(proof->new_root, RootAt(new_size));
      EXPECT_TRUE(
          ProvesConsistency(old_size, RootAt(old_size), new_size, RootAt(new_size), proof->proof));
    }
  }
}

TEST_F(LogProofsTest, WhatThereIsNotIsRefused) {
  const auto log = Open();
  const LogProofs proofs(*log);
  EXPECT_THAT(proofs.Inclusion(Position(5), 5), StatusIs(kOutOfRange, HasSubstr("position 5")));
  EXPECT_THAT(proofs.Inclusion(Position(0), 0), StatusIs(kOutOfRange));
  EXPECT_THAT(proofs.Inclusion(Position(0), kSize + 1), StatusIs(kOutOfRange, HasSubstr("66000")));
  EXPECT_THAT(proofs.Consistency(0, 5), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(proofs.Consistency(6, 5), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(proofs.Consistency(5, kSize + 1), StatusIs(kOutOfRange));
  const LogTiles tiles(*log);
  EXPECT_THAT(tiles.Tiles(kSize + 1, 0, 0, 1), StatusIs(kOutOfRange));
  EXPECT_THAT(tiles.Tiles(256, 0, 1, 1), StatusIs(kOutOfRange, HasSubstr("1 tiles at level 0")));
  EXPECT_THAT(tiles.Tiles(255, 1, 0, 1), StatusIs(kOutOfRange));
  EXPECT_THAT(tiles.Tiles(kSize, 3, 0, 1), StatusIs(kOutOfRange));
  EXPECT_THAT(tiles.Tiles(kSize, 8, 0, 1), StatusIs(kOutOfRange));
  EXPECT_THAT(tiles.Tiles(kSize, 4'000'000'000, 0, 1), StatusIs(kOutOfRange));
  EXPECT_THAT(tiles.Tiles(kSize, 0, ~uint64_t{0}, 1), StatusIs(kOutOfRange));
  EXPECT_THAT(tiles.Bundles(0, 0, 1, 1), StatusIs(kOutOfRange));
  EXPECT_THAT(tiles.Bundles(kSize, 258, 1, 1), StatusIs(kOutOfRange));
}

TEST_F(LogProofsTest, TilesAreTheTreesOfTheirSize) {
  const auto log = Open();
  const LogTiles reader(*log);
  for (const uint64_t size : {uint64_t{1}, uint64_t{256}, uint64_t{700}, uint64_t{65'536}, kSize}) {
    std::vector<Hash> hashes;  // of the level, naively
    for (uint64_t i = 0; i < size; ++i) hashes.push_back(LeafHash(EntryFor(i)));
    for (uint32_t level = 0; !hashes.empty(); ++level) {
      std::vector<std::string> expected;
      std::vector<Hash> above;
      for (size_t first = 0; first < hashes.size(); first += 256) {
        const size_t width = std::min<size_t>(256, hashes.size() - first);
        std::string& tile = expected.emplace_back();
        RightEdge edge;
        for (size_t i = first; i < first + width; ++i) {
          tile += AsBytes(hashes[i]);
          edge.Append(hashes[i]);
        }
        if (width == 256) above.push_back(edge.Root());
      }
      const auto tiles = reader.Tiles(size, level, 0, 1000);
      ASSERT_OK(tiles);
      EXPECT_EQ(*tiles, expected) << "level " << level << " of " << size;
      const auto last = reader.Tiles(size, level, expected.size() - 1, 1000);
      ASSERT_OK(last);
      EXPECT_EQ(*last, std::vector{expected.back()});
      hashes = above;
    }
  }
}

TEST_F(LogProofsTest, BundlesAreTheEntriesWithTheirLengths) {
  const auto log = Open();
  const LogTiles reader(*log);
  for (const uint64_t size : {uint64_t{1}, uint64_t{256}, uint64_t{700}, kSize}) {
    std::vector<std::string> expected((size + 255) / 256);
    for (uint64_t i = 0; i < size; ++i) AppendToBundle(EntryFor(i), expected[i / 256]);
    const auto bundles = reader.Bundles(size, 0, 1000, 1 << 30);
    ASSERT_OK(bundles);
    EXPECT_EQ(*bundles, expected);
  }
  EXPECT_EQ(reader.Bundles(kSize, 3, 2, 1 << 30)->size(), 2);
  EXPECT_EQ(reader.Bundles(kSize, 3, 9, 1)->size(), 1) << "one, however large";
  const auto two = reader.Bundles(kSize, 3, 2, 1 << 30);
  const size_t two_bytes = (*two)[0].size() + (*two)[1].size();
  EXPECT_EQ(reader.Bundles(kSize, 3, 9, two_bytes)->size(), 2);
  EXPECT_EQ(reader.Bundles(kSize, 3, 9, two_bytes - 1)->size(), 1);
}

TEST_F(LogProofsTest, DamagedEntryIsReportedWhereItIs) {
  DamageEntry(1000);  // bundle 3
  const auto log = Open();
  const LogProofs proofs(*log);
  const LogTiles tiles(*log);
  const auto where = HasSubstr("from position 768 to 1023");
  EXPECT_THAT(tiles.Tiles(kSize, 0, 3, 1), StatusIs(kDataLoss, where));
  EXPECT_THAT(tiles.Bundles(kSize, 3, 1, 1), StatusIs(kDataLoss, where));
  EXPECT_THAT(tiles.Bundles(1024, 3, 1, 1), StatusIs(kDataLoss, where));
  EXPECT_THAT(proofs.Inclusion(Position(1000), kSize), StatusIs(kDataLoss, where));
  EXPECT_THAT(proofs.Inclusion(Position(1001), kSize), StatusIs(kDataLoss, where));
  EXPECT_THAT(proofs.Inclusion(Position(1001), 1010), StatusIs(kDataLoss, where));
  EXPECT_THAT(proofs.Consistency(1003, kSize), StatusIs(kDataLoss, where));
  // What does not need the entry is served.
  EXPECT_OK(tiles.Bundles(kSize, 4, 1, 1));
  EXPECT_OK(proofs.Inclusion(Position(2000), kSize));
}

TEST_F(LogProofsTest, DamagedHashIsReportedWhereItIs) {
  DamageHash(1, 200);
  const auto log = Open();
  const LogProofs proofs(*log);
  const LogTiles tiles(*log);
  EXPECT_THAT(tiles.Tiles(kSize, 1, 0, 1), StatusIs(kDataLoss, HasSubstr("position 0 to 65535")));
  EXPECT_THAT(tiles.Tiles(kSize, 0, 200, 1), StatusIs(kDataLoss, HasSubstr("position 51200")));
  EXPECT_THAT(proofs.Inclusion(Position(0), kSize), StatusIs(kDataLoss, HasSubstr("position 0")));
  EXPECT_OK(proofs.Inclusion(Position(65'600), kSize));
}

}  // namespace
}  // namespace bansos

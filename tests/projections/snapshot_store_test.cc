#include "projections/snapshot_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "projections/balance_view.h"
#include "rocksdb/db.h"
#include "tests/projections/scratch_directory.h"
#include "tests/projections/story.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::IsOk;
using ::bansos::testing::ScratchDirectory;

bool Any(const SnapshotPoint&) { return true; }

// A view of one large number, so that its snapshots take several chunks.
class ListView final : public Fold {
 public:
  explicit ListView(uint32_t version = 1) : version_(version) {}
  std::string_view name() const override { return "list"; }
  uint32_t version() const override { return version_; }
  absl::Status Apply(Position, const Event&) override { return absl::OkStatus(); }
  void Save(SnapshotWriter& writer) const override {
    writer.U64(values.size());
    for (const int64_t value : values) writer.I64(value);
  }
  absl::Status Load(SnapshotReader& reader) override {
    const uint64_t count = reader.U64();
    for (uint64_t i = 0; i < count && reader.ok(); ++i) values.push_back(reader.I64());
    return reader.Finish();
  }
  void Reset() override { values.clear(); }

  std::vector<int64_t> values;

 private:
  uint32_t version_;
};

ListView LargeList(int64_t first) {
  ListView view;
  for (int64_t i = 0; i < 400'000; ++i) view.values.push_back(first - i * i * i);
  return view;
}

TEST(SnapshotStoreTest, WhatIsSavedIsLoadedInChunks) {
  ScratchDirectory directory;
  const ListView saved = LargeList(7);
  {
    ASSERT_OK_AND_ASSIGN(const auto store, SnapshotStore::Open(directory.path()));
    ASSERT_OK_AND_ASSIGN(const uint64_t bytes,
                         store->Save(saved, {.size = 12, .last_time_us = 34}));
    EXPECT_GT(bytes, 2 * kSnapshotChunkBytes);
  }
  ASSERT_OK_AND_ASSIGN(const auto store, SnapshotStore::Open(directory.path()));
  ListView loaded;
  const std::optional<SnapshotPoint> point = store->LoadNewest(loaded, 12, Any);
  ASSERT_TRUE(point.has_value());
  EXPECT_EQ(point->size, 12u);
  EXPECT_EQ(point->last_time_us, 34);
  EXPECT_EQ(loaded.values, saved.values);
  EXPECT_EQ(loaded.Digest(), saved.Digest());
}

TEST(SnapshotStoreTest, TheNewestNotAboveThePositionIsTaken) {
  ScratchDirectory directory;
  ASSERT_OK_AND_ASSIGN(const auto store, SnapshotStore::Open(directory.path()));
  ListView view;
  for (const uint64_t size : {10, 300, 2000}) {
    view.values = {static_cast<int64_t>(size)};
    ASSERT_OK(store->Save(view, {.size = size}).status());
  }
  ListView loaded;
  EXPECT_EQ(store->LoadNewest(loaded, 1999, Any)->size, 300u);
  EXPECT_EQ(loaded.values[0], 300);
  ListView none;
  EXPECT_FALSE(store->LoadNewest(none, 9, Any).has_value());
}

TEST(SnapshotStoreTest, KeepsTheLastFewAndNoOtherVersion) {
  ScratchDirectory directory;
  ASSERT_OK_AND_ASSIGN(const auto store, SnapshotStore::Open(directory.path()));
  ListView view;
  for (uint64_t size = 1; size <= SnapshotStore::kKept + 3; ++size) {
    ASSERT_OK(store->Save(view, {.size = size}).status());
  }
  ListView loaded;
  EXPECT_FALSE(store->LoadNewest(loaded, 3, Any).has_value());
  EXPECT_TRUE(store->LoadNewest(loaded, 4, Any).has_value());

  ListView changed(/*version=*/2);
  EXPECT_FALSE(store->LoadNewest(changed, 100, Any).has_value());
  ASSERT_OK(store->Save(changed, {.size = 50}).status());
  EXPECT_FALSE(store->LoadNewest(loaded, 100, Any).has_value());
}

TEST(SnapshotStoreTest, OneOfAnotherLogIsDropped) {
  ScratchDirectory directory;
  ASSERT_OK_AND_ASSIGN(const auto store, SnapshotStore::Open(directory.path()));
  ListView view;
  ASSERT_OK(store->Save(view, {.size = 1, .last_entry = {1}}).status());
  ASSERT_OK(store->Save(view, {.size = 2, .last_entry = {2}}).status());
  const auto first_only = [](const SnapshotPoint& point) { return point.last_entry[0] == 1; };
  ListView loaded;
  EXPECT_EQ(store->LoadNewest(loaded, 9, first_only)->size, 1u);
  EXPECT_EQ(store->LoadNewest(loaded, 9, Any)->size, 1u);
}

TEST(SnapshotStoreTest, ADamagedOneGivesWayToTheOneBefore) {
  // Each way to damage a row: header or chunk, changed, cut or gone.
  for (const char tag : {'h', 'c'}) {
    for (const int way : {0, 1, 2}) {
      ScratchDirectory directory;
      ListView view;
      {
        ASSERT_OK_AND_ASSIGN(const auto store, SnapshotStore::Open(directory.path()));
        view.values = {1};
        ASSERT_OK(store->Save(view, {.size = 1}).status());
        view.values = {2, 2};
        ASSERT_OK(store->Save(view, {.size = 2}).status());
      }
      {
        rocksdb::DB* raw = nullptr;
        ASSERT_TRUE(rocksdb::DB::Open(rocksdb::Options(), directory.path(), &raw).ok());
        const std::unique_ptr<rocksdb::DB> db(raw);
        const std::unique_ptr<rocksdb::Iterator> it(db->NewIterator(rocksdb::ReadOptions()));
        it->Seek(std::string(1, static_cast<char>(tag + 1)));
        it->Valid() ? it->Prev() : it->SeekToLast();
        ASSERT_TRUE(it->Valid());
        ASSERT_EQ(it->key()[0], tag);
        std::string value = it->value().ToString();
        if (way == 0) value[value.size() / 2] ^= 1;
        if (way == 1) value.pop_back();
        const rocksdb::WriteOptions options;
        ASSERT_TRUE(
            (way == 2 ? db->Delete(options, it->key()) : db->Put(options, it->key(), value)).ok());
      }
      ASSERT_OK_AND_ASSIGN(const auto store, SnapshotStore::Open(directory.path()));
      ListView loaded;
      const std::optional<SnapshotPoint> point = store->LoadNewest(loaded, 9, Any);
      ASSERT_TRUE(point.has_value()) << tag << way;
      EXPECT_EQ(point->size, 1u) << tag << way;
      EXPECT_EQ(loaded.values, std::vector<int64_t>{1}) << tag << way;
    }
  }
}

TEST(SnapshotStoreTest, AnUnreadableDirectoryIsBuiltAnew) {
  ScratchDirectory directory;
  ListView view;
  {
    ASSERT_OK_AND_ASSIGN(const auto store, SnapshotStore::Open(directory.path()));
    ASSERT_OK(store->Save(view, {.size = 1}).status());
  }
  std::ofstream(std::filesystem::path(directory.path()) / "CURRENT") << "garbage";
  ASSERT_OK_AND_ASSIGN(const auto store, SnapshotStore::Open(directory.path()));
  ListView loaded;
  EXPECT_FALSE(store->LoadNewest(loaded, 9, Any).has_value());
  EXPECT_OK(store->Save(view, {.size = 1}).status());
}

TEST(SnapshotStoreTest, OpenTwiceIsRefusedAndHarmsNothing) {
  ScratchDirectory directory;
  ASSERT_OK_AND_ASSIGN(const auto store, SnapshotStore::Open(directory.path()));
  ListView view;
  ASSERT_OK(store->Save(view, {.size = 1}).status());
  EXPECT_FALSE(SnapshotStore::Open(directory.path()).ok());
  ListView loaded;
  EXPECT_TRUE(store->LoadNewest(loaded, 9, Any).has_value());
}

}  // namespace
}  // namespace bansos

#include "ledger/log/bundle.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::StatusIs;

TEST(BundleTest, BytesAreThoseOfC2sp) {
  std::string bundle;
  AppendToBundle("ab", bundle);
  AppendToBundle("", bundle);
  AppendToBundle(std::string(258, 'x'), bundle);
  EXPECT_EQ(bundle, std::string("\0\2ab\0\0\1\2", 8) + std::string(258, 'x'));
}

TEST(BundleTest, ParseGivesBackWhatWasAppended) {
  std::vector<std::string> entries = {"", "a", std::string(65'535, 'z')};
  while (entries.size() < kBundleWidth) entries.push_back(std::string(entries.size(), 'y'));
  std::string bundle;
  for (const std::string& entry : entries) AppendToBundle(entry, bundle);
  BundleView view;
  ASSERT_OK(view.Parse(bundle));
  ASSERT_EQ(view.size(), kBundleWidth);
  for (size_t i = 0; i < entries.size(); ++i) EXPECT_EQ(view[i], entries[i]);
}

TEST(BundleTest, EmptyAndOverfullBundlesAreRefused) {
  BundleView view;
  EXPECT_THAT(view.Parse(""), StatusIs(absl::StatusCode::kDataLoss));
  std::string bundle;
  for (uint64_t i = 0; i <= kBundleWidth; ++i) AppendToBundle("e", bundle);
  EXPECT_THAT(view.Parse(bundle), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(view.size(), 0);
}

TEST(BundleTest, EveryCutInsideAnEntryIsRefused) {
  std::string bundle;
  AppendToBundle("first", bundle);
  const size_t first_bytes = bundle.size();
  AppendToBundle("second", bundle);
  BundleView view;
  for (size_t length = 1; length < bundle.size(); ++length) {
    const absl::Status status = view.Parse(bundle.substr(0, length));
    EXPECT_EQ(status.ok(), length == first_bytes) << length;
    EXPECT_EQ(view.size(), length == first_bytes ? 1 : 0) << length;
  }
}

TEST(BundleTest, AnyBytesAreParsedWithinTheirBounds) {
  std::mt19937_64 random(1);
  BundleView view;
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes(random() % 64, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random() % 4);  // short lengths, long runs
    if (!view.Parse(bytes).ok()) continue;
    std::string again;
    for (size_t i = 0; i < view.size(); ++i) AppendToBundle(view[i], again);
    ASSERT_EQ(again, bytes) << "a bundle has one encoding";
  }
}

}  // namespace
}  // namespace bansos

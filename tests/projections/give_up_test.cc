// Writing a view ends soon after nobody wants it any more, however large the view is: what a view
// still writes then does not grow with it, wherever it was when it was told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "projections/records_view.h"
#include "projections/view_set.h"
#include "tests/projections/story.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::IsOk;
using ::bansos::testing::Key;
using ::bansos::testing::StatusIs;
using ::bansos::testing::Story;

// `rows` rows of everything that the views of money and exceptions keep, and within a row.
Story Grown(uint32_t rows) {
  Story story;
  for (uint32_t i = 1; i <= rows; ++i) {
    const std::string program = absl::StrCat("P", i);
    story.OpenProgram(program, 2025, /*tranches=*/rows);
    story.Appropriate(program, 1'000'000'000);
    for (uint32_t j = 1; j <= rows; ++j) story.SetPolicy(program, j, j, 20250101);
  }
  for (uint32_t i = 1; i <= rows; ++i) {
    const AreaCode area = 3300 + i;
    story.Register(i, /*kk=*/i, area);
    story.AssignPayee(i, i);
    for (uint32_t j = 1; j <= rows; ++j) {
      const std::string program = absl::StrCat("P", j);
      story.Decree(program, i, i);
      for (const uint32_t number : {1, 2, 3}) {
        story.Instruct(Key(program, j, i, number), 5, /*batch=*/i, area);
        story.Send(Key(program, j, i, number));
      }
      story.Settle(Key(program, j, i, 1), 20250310);
      story.Return(Key(program, j, i, 2), 20250310);
    }
    story.Die(i, 20250201);
    story.Hold(Key("P1", 1, i), HoldRule::kContradicts, 5, 20250310);
    story.ReceiveFile(/*lines=*/2, 0, 0);  // stays open
    story.ReportFrom(story.ReceiveFile(/*lines=*/1, 0, 0));
    story.Instruct(Key("P1", 1, i, 4), 5, /*batch=*/i, area);
    story.Send(Key("P1", 1, i, 4));
    story.Settle(Key("P1", 1, i, 4), 20250310);  // the file is whole
    story.ReportFrom(std::nullopt);
  }
  return story;
}

// What the records take without the rest of a programme; more than one piece of their archive.
Story Registered(uint64_t people) {
  Story story;
  for (uint64_t i = 1; i <= people; ++i) {
    story.Register(i);
    story.AssignPayee(i, i);
  }
  return story;
}

// The views of the server.
class Views {
 public:
  explicit Views(uint32_t rows) {
    set_.Add(std::make_unique<RecordsView>());
    const Story story = Grown(rows), people = Registered(1000 * rows);
    for (const auto& fold : set_.folds()) {
      EXPECT_OK((fold->name() == "records" ? people : story).ApplyTo(*fold));
    }
  }
  absl::Span<const std::unique_ptr<Fold>> folds() const { return set_.folds(); }

 private:
  ViewSet set_;
};

// Wants no more from the `asks`th time on that it is asked.
class RefusingSink final : public ByteSink {
 public:
  explicit RefusingSink(uint64_t asks) : asks_(asks) {}

  absl::Status Append(std::string_view) override { return Ask(); }
  absl::Status Ask() override {
    EXPECT_FALSE(refused_) << "asked again";
    refused_ = asks_ == 0;
    if (!refused_) --asks_;
    return refused_ ? absl::CancelledError("enough") : absl::OkStatus();
  }

 private:
  uint64_t asks_;
  bool refused_ = false;
};

// The most values that the view writes in vain, over every value after which it may be told.
uint64_t MostInVain(const Fold& fold) {
  uint64_t most = 0;
  for (uint64_t asks = 0;; ++asks) {
    RefusingSink sink(asks);
    SnapshotWriter writer(sink, /*values_between_asks=*/1);
    fold.Save(writer);
    const uint64_t in_vain = writer.vain_values();
    if (writer.Finish().ok()) return most;
    most = std::max(most, in_vain);
  }
}

TEST(GiveUpTest, NoViewWritesMoreInVainWhenItIsLarger) {
  const Views few(3), many(7);
  for (size_t i = 0; i < few.folds().size(); ++i) {
    SCOPED_TRACE(few.folds()[i]->name());
    EXPECT_NE(few.folds()[i]->Digest(), many.folds()[i]->Digest());
    EXPECT_EQ(MostInVain(*many.folds()[i]), MostInVain(*few.folds()[i]));
  }
}

// It is asked about every millisecond, so also where a view is below one chunk.
TEST(GiveUpTest, ADigestIsGivenUpBetweenChunks) {
  class Long final : public Fold {
   public:
    std::string_view name() const override { return "long"; }
    uint32_t version() const override { return 1; }
    absl::Status Apply(Position, const Event&) override { return absl::OkStatus(); }
    void Save(SnapshotWriter& writer) const override {
      for (uint64_t i = 0; i < 3 * kValuesBetweenAsks && writer.ok(); ++i) writer.U64(i);
    }
    absl::Status Load(SnapshotReader&) override { return absl::OkStatus(); }
    void Reset() override {}
  };
  static_assert(6 * kValuesBetweenAsks < kSnapshotChunkBytes);
  int asks = 0;
  EXPECT_OK(Long().DigestWhile([&] { return ++asks > 0; }));
  EXPECT_EQ(asks, 4);  // and once for the only chunk
  EXPECT_THAT(Long().DigestWhile([&] { return --asks > 2; }),
              StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(asks, 2);
}

}  // namespace
}  // namespace bansos

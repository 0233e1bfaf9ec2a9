// RunningProjector: a projector over a log with all that it needs, a view that counts its calls
// among the rest, and what tests compare its views with.
#ifndef TESTS_PROJECTIONS_RUNNING_PROJECTOR_H_
#define TESTS_PROJECTIONS_RUNNING_PROJECTOR_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "ledger/log/event_log.h"
#include "projections/projector.h"
#include "tests/projections/story.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {

// Counts how often Apply is called in this process, beside a state that is saved.
class CountingView final : public Fold {
 public:
  CountingView(uint32_t version, uint64_t& calls) : version_(version), calls_(calls) {}
  std::string_view name() const override { return "count"; }
  uint32_t version() const override { return version_; }
  absl::Status Apply(Position position, const Event&) override {
    ++calls_;
    if (position.value() != seen_) return absl::InternalError("an event was skipped or doubled");
    ++seen_;
    return absl::OkStatus();
  }
  void Save(SnapshotWriter& writer) const override { writer.U64(seen_); }
  absl::Status Load(SnapshotReader& reader) override {
    seen_ = reader.U64();
    return reader.Finish();
  }
  void Reset() override { seen_ = 0; }

 private:
  const uint32_t version_;
  uint64_t& calls_;
  uint64_t seen_ = 0;
};

// A projector with all that it needs; a second one over the same log and directory is a restart.
struct RunningProjector {
  RunningProjector(EventLog& log, const std::string& directory, ProjectorOptions options = {},
                   uint32_t count_version = 1)
      : log(log) {
    views.Add(std::make_unique<CountingView>(count_version, calls));
    absl::StatusOr<std::unique_ptr<SnapshotStore>> opened = SnapshotStore::Open(directory);
    EXPECT_OK(opened);
    store = *std::move(opened);
    projector = std::make_unique<Projector>(log, *store, views, std::move(options));
    projector->Start();
  }

  // Waits until the views have seen `size` events, or the projector stopped.
  void WaitFor(uint64_t size) {
    absl::Notification there;
    projector->CallAtPosition(size, [&] { there.Notify(); });
    there.WaitForNotification();
  }
  std::vector<ViewDigest> Digests() {
    WaitFor(log.Head().size);
    absl::Notification made;
    projector->CallAtDigests(log.Head().size, [&] { made.Notify(); });
    made.WaitForNotification();
    std::optional<ViewDigests> digests = projector->NewestDigests();
    EXPECT_TRUE(digests.has_value());
    EXPECT_EQ(digests->head.size, log.Head().size);
    EXPECT_EQ(digests->head.last_time_us, log.Head().last_time_us);
    digests->views.pop_back();  // the counting view, which no rebuild has
    return std::move(digests->views);
  }

  EventLog& log;
  uint64_t calls = 0;
  ViewSet views;
  std::unique_ptr<SnapshotStore> store;
  std::unique_ptr<Projector> projector;
};

inline bool Always() { return true; }

inline std::vector<ViewDigest> Rebuild(const EventLog& log, uint64_t size,
                                       SnapshotStore* store = nullptr) {
  const auto views = BuildViewsAt(log, store, size, Always);
  EXPECT_OK(views);
  std::vector<ViewDigest> digests;
  for (const auto& fold : (*views)->folds()) {
    digests.push_back({std::string(fold->name()), fold->version(), fold->Digest()});
  }
  return digests;
}

inline constexpr Rupiah kStoryBenefit = 600'000;

// `people` recipients paid in commits of three events, with a few exceptions.
inline Story PayPeople(uint64_t people) {
  Story story;
  story.OpenProgram("KJS");
  story.Appropriate("KJS", 1000 * kStoryBenefit);
  for (uint64_t recipient = 1; recipient <= people; ++recipient) {
    story.EndCommit();
    story.Register(recipient, /*kk=*/recipient / 4 + 1, 3301 + recipient % 5);
    story.AssignPayee(recipient, recipient / 3 + 1);
    story.Decree("KJS", recipient, static_cast<uint32_t>(recipient));
    story.EndCommit();
    story.Pay(Key("KJS", 1, recipient), kStoryBenefit, 20250310, 3301 + recipient % 5);
    if (recipient % 7 == 0) story.Return(Key("KJS", 1, recipient), 20250315);
    if (recipient % 11 == 0) story.Die(recipient, 20250301);
  }
  return story;
}

}  // namespace bansos::testing

#endif  // TESTS_PROJECTIONS_RUNNING_PROJECTOR_H_

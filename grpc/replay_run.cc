#include "grpc/replay_run.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "grpc/read_path.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "projections/records_view.h"

namespace bansos {
namespace {

ViewSet& WithRecords(ViewSet& views) {
  views.Add(std::make_unique<RecordsView>());
  return views;
}

}  // namespace

ReplayRun::ReplayRun(const EventLog& log, ViewDigests served, MemoryBudget::Share share)
    : served_(std::move(served)), share_(std::move(share)), run_(log, WithRecords(views_)) {}

absl::Status ReplayRun::Step() {
  CHECK(!done());
  ASSIGN_OR_RETURN(const EventBatch batch, run_.ReadNext(size(), kBatchEvents));
  return run_.Apply(batch);
}

absl::StatusOr<v1::ReplayResult> ReplayRun::Compare(absl::FunctionRef<bool()> keep_going) const {
  CHECK(done());
  ASSIGN_OR_RETURN(const ViewDigests digests, DigestsOf(views_, served_.head, keep_going));
  const std::vector<ViewDigest>& replayed = digests.views;
  v1::ReplayResult result;
  *result.mutable_true_at() = ToProto(served_.head);
  bool equal = replayed.size() == served_.views.size();
  for (const ViewDigest& served : served_.views) {
    v1::ReplayedView& view = *result.add_views();
    view.set_name(served.name);
    view.set_version(served.version);
    view.set_served(std::string(AsBytes(served.digest)));
    const auto same_name = [&](const ViewDigest& other) { return other.name == served.name; };
    const auto found = std::find_if(replayed.begin(), replayed.end(), same_name);
    if (found != replayed.end()) view.set_replayed(std::string(AsBytes(found->digest)));
    equal = equal && found != replayed.end() && *found == served;
  }
  result.set_equal(equal);
  return result;
}

}  // namespace bansos

#include "grpc/explanations.h"

#include <algorithm>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "grpc/status_mapping.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

// A scan keeps a worker busy for a second or more; the other workers are for the rest.
constexpr int kMaxScans = 2;
// Callers who leaf through pages at the same time.
constexpr size_t kMaxKept = 8;

}  // namespace

absl::StatusOr<std::shared_ptr<const Explanation>> Explanations::Get(const std::string& key,
                                                                     uint64_t rank, Scan scan) {
  if (auto kept = Find(key, rank); kept != nullptr) return kept;
  {
    absl::MutexLock lock(&mutex_);
    if (scans_ >= kMaxScans) {
      return BusyError("other figures are being explained; try again in a moment");
    }
    ++scans_;
  }
  const absl::Cleanup done = [this] {
    absl::MutexLock lock(&mutex_);
    --scans_;
  };
  ASSIGN_OR_RETURN(Explanation made, Make(rank, scan));
  auto explanation = std::make_shared<const Explanation>(std::move(made));
  Keep(key, explanation);
  return explanation;
}

absl::StatusOr<Explanation> Explanations::Make(uint64_t rank, Scan scan) const {
  Explanation made{.first_rank = rank};
  bool overflow = false;
  RETURN_IF_ERROR(scan([&](Position position, int64_t change) {
    const uint64_t here = made.event_count++;
    overflow |= __builtin_add_overflow(made.sum, change, &made.sum);
    if (here >= rank && made.held.size() < max_held_changes_) {
      made.held.push_back({position, change});
    }
  }));
  if (overflow) return absl::DataLossError("the changes of a figure do not fit 64 bits");
  return made;
}

std::shared_ptr<const Explanation> Explanations::Find(const std::string& key, uint64_t rank) {
  absl::MutexLock lock(&mutex_);
  const auto it = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) {
    return kept.key == key && kept.explanation->Holds(rank);
  });
  if (it == kept_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, it);
  return it->explanation;
}

void Explanations::Keep(const std::string& key, std::shared_ptr<const Explanation> explanation) {
  absl::MutexLock lock(&mutex_);
  std::erase_if(kept_, [&](const Kept& kept) { return kept.key == key; });
  kept_.push_front({key, std::move(explanation)});
  if (kept_.size() > kMaxKept) kept_.pop_back();
}

}  // namespace bansos

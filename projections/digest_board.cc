#include "projections/digest_board.h"

#include <utility>

#include "ledger/base/status_macros.h"

namespace bansos {

absl::StatusOr<ViewDigests> DigestsOf(const ViewSet& views, const ProjectionHead& head,
                                      absl::FunctionRef<bool()> keep_going) {
  ViewDigests digests{.head = head, .views = {}};
  for (const auto& fold : views.folds()) {
    ASSIGN_OR_RETURN(const Hash digest, fold->DigestWhile(keep_going));
    digests.views.push_back(
        {.name = std::string(fold->name()), .version = fold->version(), .digest = digest});
  }
  return digests;
}

std::optional<ViewDigests> DigestBoard::Newest() const {
  absl::MutexLock lock(&mutex_);
  return newest_;
}

bool DigestBoard::CallAt(uint64_t size, std::function<void()> callback) {
  {
    absl::MutexLock lock(&mutex_);
    if (!closed_ && (!newest_.has_value() || newest_->head.size < size)) {
      waiting_.push_back({.size = size, .callback = std::move(callback)});
      return true;
    }
  }
  callback();
  return false;
}

bool DigestBoard::wanted() const {
  absl::MutexLock lock(&mutex_);
  return !waiting_.empty();
}

template <typename Ended>
void DigestBoard::Wake(Ended ended) {
  std::list<Waiter> ready;
  {
    absl::MutexLock lock(&mutex_);
    for (auto it = waiting_.begin(); it != waiting_.end();) {
      const auto waiter = it++;
      if (ended(*waiter)) ready.splice(ready.end(), waiting_, waiter);
    }
  }
  for (const Waiter& waiter : ready) waiter.callback();
}

void DigestBoard::Publish(ViewDigests digests) {
  const uint64_t size = digests.head.size;
  {
    absl::MutexLock lock(&mutex_);
    newest_ = std::move(digests);
  }
  Wake([size](const Waiter& waiter) { return waiter.size <= size; });
}

void DigestBoard::PassRound() {
  Wake([](Waiter& waiter) { return --waiter.rounds_left <= 0; });
}

void DigestBoard::Close() {
  {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
  }
  Wake([](const Waiter&) { return true; });
}

}  // namespace bansos

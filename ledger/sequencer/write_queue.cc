#include "ledger/sequencer/write_queue.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "ledger/sequencer/command_size.h"

namespace bansos {
namespace {

// An empty request costs one command, so that even those are bounded.
RequestCost CostOf(const WriteRequest& request) {
  RequestCost cost{std::max<size_t>(1, request.commands.size()), sizeof(PendingRequest)};
  for (const Command& command : request.commands) cost.bytes += EstimateBytes(command);
  return cost;
}

absl::Status CheckLimits(const WriteRequest& request, const RequestCost& cost) {
  if (request.commands.size() > kMaxRequestCommands) {
    return absl::InvalidArgumentError(absl::StrCat("request of ", request.commands.size(),
                                                   " commands; the limit is ", kMaxRequestCommands,
                                                   ": send several requests"));
  }
  if (cost.bytes > kMaxRequestBytes) {
    return absl::InvalidArgumentError(absl::StrCat("request of about ", cost.bytes,
                                                   " bytes; the limit is ", kMaxRequestBytes,
                                                   ": send several requests"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteQueue::Offer(PendingRequest& pending) {
  if (pending.request.commands.size() <= kMaxRequestCommands) {
    pending.cost = CostOf(pending.request);
  }
  RETURN_IF_ERROR(CheckLimits(pending.request, pending.cost));
  absl::MutexLock lock(&mutex_);
  RETURN_IF_ERROR(closed_);
  if (open_.commands + pending.cost.commands > most_open_.commands ||
      open_.bytes + pending.cost.bytes > most_open_.bytes) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the write queue is full: ", open_.commands, " commands of about ",
                     open_.bytes, " bytes wait for their answers; try again later"));
  }
  open_.commands += pending.cost.commands;
  open_.bytes += pending.cost.bytes;
  ++unanswered_;
  waiting_.push_back(std::move(pending));
  return absl::OkStatus();
}

size_t WriteQueue::AwaitWaiting() {
  const auto has_work = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return !waiting_.empty() || !closed_.ok();
  };
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(&has_work));
  return waiting_.size();
}

std::optional<PendingRequest> WriteQueue::Take(size_t max_commands) {
  absl::MutexLock lock(&mutex_);
  if (waiting_.empty() || waiting_.front().request.commands.size() > max_commands) {
    return std::nullopt;
  }
  std::optional<PendingRequest> taken(std::move(waiting_.front()));
  waiting_.pop_front();
  return taken;
}

void WriteQueue::Answer(PendingRequest request, absl::StatusOr<WriteResult> result) {
  const RequestCost& cost = request.cost;
  {
    absl::MutexLock lock(&mutex_);
    CHECK(open_.commands >= cost.commands && open_.bytes >= cost.bytes) << "answered twice";
    open_.commands -= cost.commands;
    open_.bytes -= cost.bytes;
  }
  request.done(std::move(result));
  request.done = nullptr;  // What it holds is gone before AwaitAllAnswered returns.
  absl::MutexLock lock(&mutex_);
  --unanswered_;
}

void WriteQueue::Close(absl::Status status) {
  CHECK(!status.ok());
  absl::MutexLock lock(&mutex_);
  if (closed_.ok()) closed_ = std::move(status);
}

void WriteQueue::AwaitAllAnswered() {
  const auto all_answered = [this]()
                                ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return unanswered_ == 0; };
  absl::MutexLock lock(&mutex_);
  CHECK(!closed_.ok());
  mutex_.Await(absl::Condition(&all_answered));
}

}  // namespace bansos

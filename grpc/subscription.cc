#include "grpc/subscription.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "grpc/limits.h"
#include "grpc/log_pages.h"
#include "grpc/log_time.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

// Events of one message: enough to be cheap, few enough to arrive soon.
constexpr size_t kEventsPerMessage = 512;

}  // namespace

Subscription* Subscription::Start(const ServiceParts& parts, ParkedCalls& parked,
                                  StreamRegistry& registry, const Bytes& request) {
  auto subscription = std::make_shared<Subscription>(parts, parked, registry);
  subscription->self_ = subscription;
  if (absl::Status added = registry.Add(subscription, subscription->registered_); !added.ok()) {
    subscription->End(added);
  } else if (!subscription->lane_.TryRun(CostOf(request), [subscription, bytes = request] {
               if (absl::Status status = subscription->Begin(bytes); !status.ok()) {
                 return subscription->End(status);
               }
               subscription->Turn();
             })) {
    subscription->End(BusyError(TellFull(Lane::kScan)));
  }
  return subscription.get();
}

Subscription::Subscription(const ServiceParts& parts, ParkedCalls& parked, StreamRegistry& registry)
    : parts_(parts),
      lane_(parts.lanes.of(MethodOf(*v1::SubscribeRequest::descriptor()).lane)),
      parked_(parked),
      registry_(registry) {}

absl::Status Subscription::Begin(const Bytes& bytes) {
  ASSIGN_OR_RETURN(const v1::SubscribeRequest request, ParseMessage<v1::SubscribeRequest>(bytes));
  ASSIGN_OR_RETURN(filter_, EventFilter::Make(request.filter()));
  if (request.has_from_time()) {
    ASSIGN_OR_RETURN(const int64_t time_us, ToMicros(request.from_time()));
    ASSIGN_OR_RETURN(const Position position, parts_.log.SeekTime(time_us));
    next_ = position.value();
  } else {
    next_ = request.from_position();
  }
  const uint64_t size = parts_.log.Head().size;
  if (next_ <= size) return absl::OkStatus();
  return absl::OutOfRangeError(absl::StrCat("from_position ", next_, " is beyond the next one, ",
                                            size, ". Begin there to see only what comes."));
}

void Subscription::RunTurn() {
  // Never refused: this stream was accepted, and there are few of them.
  lane_.Run([self = shared_from_this()] { self->Turn(); });
}

void Subscription::Turn() {
  if (life_->over()) return;
  if (live_ && next_ == parts_.log.Head().size) return Park();
  absl::StatusOr<v1::SubscribeResponse> response = Next();
  if (!response.ok()) return End(response.status());
  Write(*response);
}

absl::StatusOr<v1::SubscribeResponse> Subscription::Next() {
  v1::SubscribeResponse response;
  const uint64_t size = parts_.log.Head().size;
  if (!live_ && next_ == size) {
    live_ = true;
    *response.mutable_caught_up() = Here();
    return response;
  }
  if (live_ && size - next_ > kFellBehindEvents) {
    live_ = false;
    *response.mutable_fell_behind() = Here();
    return response;
  }
  ASSIGN_OR_RETURN(LogPage page,
                   ReadLogForward(parts_.log, next_, size, filter_, kEventsPerMessage));
  next_ = page.next;
  // May be empty: then it tells from where to resume.
  response.mutable_events()->mutable_events()->Swap(&page.events);
  response.mutable_events()->set_next_position(next_);
  return response;
}

v1::Milestone Subscription::Here() const {
  v1::Milestone milestone;
  milestone.set_position(next_);
  *milestone.mutable_time() = ToTimestamp(parts_.clock.NowMicros());
  return milestone;
}

void Subscription::Park() {
  const absl::Status parked = parked_.Wait(next_ + 1, kCallOverheadBytes, *life_,
                                           [self = shared_from_this()] { self->RunTurn(); });
  if (!parked.ok()) End(parked);
}

void Subscription::Write(const v1::SubscribeResponse& response) {
  // gRPC never calls back from within these calls, and under the lock none follows Finish.
  absl::MutexLock lock(&mutex_);
  if (finished_ || ending_.has_value()) return;
  outgoing_ = SerializeMessage(response);
  writing_ = true;
  StartWrite(&outgoing_);
}

void Subscription::OnWriteDone(bool ok) {
  {
    absl::MutexLock lock(&mutex_);
    writing_ = false;
  }
  if (!ok) return End(absl::CancelledError("the subscriber is gone"));
  bool ending = false;
  {
    absl::MutexLock lock(&mutex_);
    ending = ending_.has_value();
  }
  if (ending) return End(absl::OkStatus());
  RunTurn();
}

void Subscription::End(const absl::Status& status) {
  life_->End();
  absl::MutexLock lock(&mutex_);
  if (!ending_.has_value()) ending_ = status;
  if (finished_ || writing_) return;  // OnWriteDone comes back here.
  finished_ = true;
  Finish(ToGrpcStatus(*ending_));
}

void Subscription::OnCancel() { End(absl::CancelledError("the subscriber cancelled")); }

void Subscription::OnDone() {
  registry_.Remove(registered_);
  const std::shared_ptr<Subscription> last = std::move(self_);
}

}  // namespace bansos

#include "grpc/log_service.h"

#include <algorithm>
#include <string>
#include <utility>

#include "grpc/event_reader.h"
#include "grpc/log_pages.h"
#include "grpc/log_time.h"
#include "grpc/subscription.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

v1::TrueAt ToTrueAt(const LogHead& head) {
  return ToProto(ProjectionHead{head.size, head.last_time_us});
}

// Where to begin; backward: how many entries are below.
absl::StatusOr<uint64_t> StartOf(const EventLog& log, uint64_t size,
                                 const v1::ReadEventsRequest& request) {
  if (request.has_from_time()) {
    ASSIGN_OR_RETURN(const int64_t time_us, ToMicros(request.from_time()));
    // Backward, everything recorded up to this time is below the first event after it.
    ASSIGN_OR_RETURN(const Position position,
                     log.SeekTime(request.backward() ? time_us + 1 : time_us));
    return std::min(position.value(), size);
  }
  if (!request.has_from_position()) return request.backward() ? size : 0;
  const uint64_t from = std::min(request.from_position(), size);
  return request.backward() && from < size ? from + 1 : from;
}

absl::StatusOr<v1::ReadEventsResponse> ReadAnswer(const EventLog& log,
                                                  const v1::ReadEventsRequest& request) {
  const LogHead head = log.Head();
  ASSIGN_OR_RETURN(const EventFilter filter, EventFilter::Make(request.filter()));
  ASSIGN_OR_RETURN(const uint64_t start, StartOf(log, head.size, request));
  v1::ReadEventsResponse response;
  *response.mutable_true_at() = ToTrueAt(head);
  const uint32_t limit = PageRows(request.limit());
  if (request.backward()) {
    ASSIGN_OR_RETURN(LogPage page, ReadLogBackward(log, start, filter, limit));
    response.mutable_events()->Swap(&page.events);
    if (page.next > 0) response.set_next_position(page.next - 1);
  } else {
    ASSIGN_OR_RETURN(LogPage page, ReadLogForward(log, start, head.size, filter, limit));
    response.mutable_events()->Swap(&page.events);
    if (page.next < head.size) response.set_next_position(page.next);
  }
  return response;
}

absl::StatusOr<v1::GetHeadResponse> HeadAnswer(const EventLog& log) {
  const LogHead head = log.Head();
  v1::GetHeadResponse response;
  *response.mutable_true_at() = ToTrueAt(head);
  response.set_root(std::string(AsBytes(head.root)));
  if (head.size > 0) {
    ASSIGN_OR_RETURN(const LedgerOpened opened, ReadBodyAt<LedgerOpened>(log, Position(0)));
    response.set_ledger_id(opened.ledger_id);
  }
  return response;
}

}  // namespace

LogService::LogService(const ServiceParts& parts, StreamRegistry& streams)
    : parts_(parts),
      streams_(streams),
      parked_([&log = parts.log] { return log.Head().size; },
              [&log = parts.log](uint64_t size, std::function<void()> callback) {
                log.CallAtSize(size, std::move(callback));
              }) {}

void LogService::When(uint64_t size, const Caller& caller,
                      std::function<void(absl::Status)> ready) {
  if (parts_.log.Head().size >= size) return ready(absl::OkStatus());
  const absl::Status parked = parked_.Wait(
      size, *caller.life, [this, ready] { parts_.workers.Run([ready] { ready({}); }); });
  if (!parked.ok()) ready(parked);
}

void LogService::Read(v1::ReadEventsRequest request, const Caller& caller,
                      Answer<v1::ReadEventsResponse> answer) {
  When(request.read().min_position(), caller,
       [this, request, answer = std::move(answer)](absl::Status status) {
         if (!status.ok()) return answer(status);
         answer(ReadAnswer(parts_.log, request));
       });
}

void LogService::Head(v1::GetHeadRequest request, const Caller& caller,
                      Answer<v1::GetHeadResponse> answer) {
  When(request.read().min_position(), caller,
       [this, answer = std::move(answer)](absl::Status status) {
         if (!status.ok()) return answer(status);
         answer(HeadAnswer(parts_.log));
       });
}

grpc::ServerWriteReactor<Bytes>* LogService::Subscribe(Context*, const Bytes* request) {
  return Subscription::Start(parts_, parked_, streams_, *request);
}

}  // namespace bansos

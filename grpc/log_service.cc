#include "grpc/log_service.h"

#include <algorithm>
#include <string>
#include <utility>

#include "grpc/as_of_head.h"
#include "grpc/as_of_position.h"
#include "grpc/event_reader.h"
#include "grpc/log_pages.h"
#include "grpc/log_time.h"
#include "grpc/proof_answers.h"
#include "grpc/subscription.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

// What to wait for; what is asked as of some moment is there or refused.
uint64_t AwaitedSize(const v1::ReadOptions& read) {
  return read.as_of_case() == v1::ReadOptions::AS_OF_NOT_SET ? read.min_position() : 0;
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
  ASSIGN_OR_RETURN(const ProjectionHead head, HeadAsOf(log, request.read()));
  ASSIGN_OR_RETURN(const EventFilter filter, EventFilter::Make(request.filter()));
  ASSIGN_OR_RETURN(const uint64_t start, StartOf(log, head.size, request));
  v1::ReadEventsResponse response;
  *response.mutable_true_at() = ToProto(head);
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

absl::StatusOr<v1::GetHeadResponse> HeadAnswer(const ServiceParts& parts,
                                               const v1::GetHeadRequest& request) {
  ASSIGN_OR_RETURN(const ProjectionHead head, HeadAsOf(parts.log, request.read()));
  ASSIGN_OR_RETURN(const Hash root, RootAt(parts, head.size));
  v1::GetHeadResponse response;
  *response.mutable_true_at() = ToProto(head);
  response.set_root(std::string(AsBytes(root)));
  if (head.size > 0) {
    ASSIGN_OR_RETURN(const LedgerOpened opened, ReadBodyAt<LedgerOpened>(parts.log, Position(0)));
    response.set_ledger_id(opened.ledger_id);
  }
  return response;
}

ParkedCalls WaitingFor(EventLog& log) {
  return ParkedCalls([&log] { return log.Head().size; },
                     [&log](uint64_t size, std::function<void()> callback) {
                       log.CallAtSize(size, std::move(callback));
                     });
}

}  // namespace

LogService::LogService(const ServiceParts& parts, StreamRegistry& streams)
    : parts_(parts),
      streams_(streams),
      awaiting_(WaitingFor(parts.log)),
      following_(WaitingFor(parts.log)) {}

void LogService::When(uint64_t size, const Caller& caller,
                      std::function<void(absl::Status)> ready) {
  if (absl::Status sane = CheckAwaited(parts_.log, size); !sane.ok()) return ready(sane);
  if (parts_.log.Head().size >= size) return ready(absl::OkStatus());
  const absl::Status parked =
      awaiting_.Wait(size, caller.bytes, *caller.life,
                     [lane = caller.lane, ready] { lane->Run([ready] { ready({}); }); });
  if (!parked.ok()) ready(parked);
}

void LogService::Read(v1::ReadEventsRequest request, const Caller& caller,
                      Answer<v1::ReadEventsResponse> answer) {
  When(AwaitedSize(request.read()), caller,
       [this, request, answer = std::move(answer)](absl::Status status) {
         if (!status.ok()) return answer(status);
         answer(ReadAnswer(parts_.log, request));
       });
}

void LogService::Head(v1::GetHeadRequest request, const Caller& caller,
                      Answer<v1::GetHeadResponse> answer) {
  When(AwaitedSize(request.read()), caller,
       [this, request, answer = std::move(answer)](absl::Status status) {
         if (!status.ok()) return answer(status);
         answer(HeadAnswer(parts_, request));
       });
}

void LogService::MakeCheckpoint(v1::GetCheckpointRequest request, const Caller&,
                                Answer<v1::GetCheckpointResponse> answer) {
  answer(CheckpointAnswer(parts_, request));
}

void LogService::WithCovering(Position position, const Caller& caller,
                              std::function<void(absl::StatusOr<Checkpoint>)> use) {
  absl::StatusOr<std::optional<Checkpoint>> newest = NewestCovering(parts_, position);
  if (!newest.ok()) return use(newest.status());
  if (newest->has_value()) return use(**std::move(newest));
  const bool queued =
      parts_.lanes.of(Lane::kSign).TryRun(caller.bytes, [this, use, life = caller.life] {
        if (!life->over()) use(parts_.checkpoints.Fresh());
      });
  if (!queued) use(BusyError(TellFull(Lane::kSign)));
}

void LogService::ProveInclusion(v1::GetInclusionProofRequest request, const Caller& caller,
                                Answer<v1::GetInclusionProofResponse> answer) {
  const Position position(request.position());
  if (request.size() != 0) return answer(InclusionAnswer(parts_, position, request.size()));
  WithCovering(position, caller, [this, position, answer](absl::StatusOr<Checkpoint> covering) {
    if (!covering.ok()) return answer(covering.status());
    answer(InclusionAnswer(parts_, position, covering->size));
  });
}

void LogService::ProveConsistency(v1::GetConsistencyProofRequest request, const Caller&,
                                  Answer<v1::GetConsistencyProofResponse> answer) {
  answer(ConsistencyAnswer(parts_, request));
}

void LogService::ReadTiles(v1::GetTilesRequest request, const Caller&,
                           Answer<v1::GetTilesResponse> answer) {
  answer(TilesAnswer(parts_, request));
}

void LogService::ReadBundles(v1::GetEntryBundlesRequest request, const Caller&,
                             Answer<v1::GetEntryBundlesResponse> answer) {
  answer(BundlesAnswer(parts_, request));
}

void LogService::MakeReceipt(v1::GetReceiptRequest request, const Caller& caller,
                             Answer<v1::GetReceiptResponse> answer) {
  parts_.reads.WhenCurrent(caller, [this, caller, request = std::move(request),
                                    answer = std::move(answer)](absl::Status seen) {
    if (!seen.ok()) return answer(seen);
    const absl::StatusOr<Position> position = ReceiptPosition(parts_, request);
    if (!position.ok()) return answer(position.status());
    WithCovering(*position, caller,
                 [this, position = *position, answer](absl::StatusOr<Checkpoint> covering) {
                   if (!covering.ok()) return answer(covering.status());
                   answer(ReceiptAnswer(parts_, position, *covering));
                 });
  });
}

grpc::ServerWriteReactor<Bytes>* LogService::Subscribe(Context*, const Bytes* request) {
  return Subscription::Start(parts_, following_, streams_, *request);
}

}  // namespace bansos

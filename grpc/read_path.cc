#include "grpc/read_path.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "ledger/event/codec.h"

namespace bansos {

namespace {

ParkedCalls WaitingFor(Projector& projector) {
  return ParkedCalls([&projector] { return projector.Head().size; },
                     [&projector](uint64_t size, std::function<void()> callback) {
                       projector.CallAtPosition(size, std::move(callback));
                     });
}

uint64_t SizeOfDigests(const Projector& projector) {
  const std::optional<ViewDigests> newest = projector.NewestDigests();
  return newest.has_value() ? newest->head.size : 0;
}

void Park(ParkedCalls& room, uint64_t size, const Caller& caller,
          const std::function<void(absl::Status)>& ready) {
  const absl::Status parked =
      room.Wait(size, caller.bytes, *caller.life,
                [lane = caller.lane, ready] { lane->Run([ready] { ready({}); }); });
  if (!parked.ok()) ready(parked);
}

}  // namespace

google::protobuf::Timestamp ToTimestamp(int64_t time_us) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(time_us / 1'000'000);
  timestamp.set_nanos(static_cast<int32_t>(time_us % 1'000'000 * 1000));
  return timestamp;
}

v1::TrueAt ToProto(const ProjectionHead& head) {
  v1::TrueAt proto;
  proto.set_position(head.size);
  if (head.size > 0) *proto.mutable_recorded_time() = ToTimestamp(head.last_time_us);
  return proto;
}

absl::StatusOr<ProjectionHead> HeadAt(const EventLog& log, uint64_t size) {
  if (size == 0) return ProjectionHead();
  ASSIGN_OR_RETURN(const std::string entry, log.Read(Position(size - 1)));
  ASSIGN_OR_RETURN(const Event event, DecodeEvent(entry));
  return ProjectionHead{size, event.envelope.recorded_time_us};
}

absl::Status Moment::Read(absl::FunctionRef<void(const Views&)> read) const {
  if (old_ != nullptr) {
    read(Views{old_->set, old_->records->state(), old_->head});
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(reads_->Read([&](const Views& views) {
    passed_ = size_.has_value() && views.head.size != *size_;
    if (!passed_) read(views);
  }));
  if (!passed_) return absl::OkStatus();
  return absl::AbortedError("the views went on");
}

ReadPath::ReadPath(Projector& projector, const RecordsView& records, const EventLog& log,
                   AsOfViews& as_of, const PageTokens& pages)
    : projector_(projector),
      records_(records),
      log_(log),
      as_of_(as_of),
      pages_(pages),
      behind_(WaitingFor(projector)),
      ahead_(WaitingFor(projector)),
      digests_([&projector] { return SizeOfDigests(projector); },
               [&projector](uint64_t size, std::function<void()> callback) {
                 projector.CallAtDigests(size, std::move(callback));
               }) {}

void ReadPath::When(uint64_t size, const Caller& caller,
                    std::function<void(absl::Status)> ready) const {
  if (absl::Status sane = CheckAwaited(log_, size); !sane.ok()) return ready(sane);
  // Whoever was told of a fact finds it in the next answer, also through another connection.
  const uint64_t recorded = log_.Head().size;
  ParkedCalls& room = size > recorded ? ahead_ : behind_;
  size = std::max(size, recorded);
  if (projector_.Head().size >= size) return ready(absl::OkStatus());
  Park(room, size, caller, ready);
}

void ReadPath::WhenDigests(uint64_t size, const Caller& caller,
                           std::function<void(absl::Status)> ready) const {
  size = std::max(size, uint64_t{1});  // There is no view of nothing.
  if (SizeOfDigests(projector_) >= size) return ready(absl::OkStatus());
  Park(digests_, size, caller, ready);
}

void ReadPath::At(const v1::ReadOptions& options, const Caller& caller,
                  std::function<void(absl::StatusOr<Moment>)> use) const {
  const absl::StatusOr<std::optional<uint64_t>> stated = AsOfSize(log_, options);
  if (!stated.ok()) return use(stated.status());
  const std::optional<uint64_t> size = *stated;
  if (size.has_value() && *size < log_.Head().size) return AtOld(*size, caller, std::move(use));
  When(options.min_position(), caller, [this, size, use = std::move(use)](absl::Status status) {
    if (!status.ok()) return use(status);
    use(Moment(*this, size));
  });
}

void ReadPath::AsItWas(const v1::ReadOptions& options, const Caller& caller,
                       std::function<void(absl::StatusOr<AsOfViews::Lease>)> use) const {
  const absl::StatusOr<std::optional<uint64_t>> size = AsOfSize(log_, options);
  if (!size.ok()) return use(size.status());
  as_of_.Get(size->value(), caller.bytes, *caller.life,
             [lane = caller.lane, use = std::move(use)](absl::StatusOr<AsOfViews::Lease> views) {
               lane->Run([use, views = std::move(views)] { use(views); });
             });
}

void ReadPath::AtOld(uint64_t size, const Caller& caller,
                     std::function<void(absl::StatusOr<Moment>)> use) const {
  if (AsOfViews::Lease kept = as_of_.Find(size); kept != nullptr) {
    return use(Moment(std::move(kept)));
  }
  as_of_.Get(size, caller.bytes, *caller.life,
             [lane = caller.lane, use = std::move(use)](absl::StatusOr<AsOfViews::Lease> views) {
               lane->Run([use, views = std::move(views)] {
                 if (!views.ok()) return use(views.status());
                 use(Moment(*views));
               });
             });
}

absl::Status ReadPath::Read(absl::FunctionRef<void(const Views&)> read) const {
  const absl::Status status = projector_.Read([&](const ViewSet& set, const ProjectionHead& head) {
    read(Views{set, records_.state(), head});
  });
  if (status.ok() || absl::IsUnavailable(status)) return status;
  return absl::UnavailableError(
      absl::StrCat("the views stopped: ", status.ToString(), ". Tell the operator of the server."));
}

}  // namespace bansos

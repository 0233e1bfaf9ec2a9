#include "grpc/write_path.h"

#include <algorithm>

#include "ledger/base/check.h"

namespace bansos {
namespace {

// The caller's id of a request: a UUID or a trace id with a prefix.
constexpr size_t kMaxRequestIdLength = 64;

// Puts the outcomes of the commands at the places of their items.
void Merge(const std::vector<uint32_t>& index_of_command, WriteResult result,
           Recording& recording) {
  CHECK(result.outcomes.size() == index_of_command.size());
  for (size_t i = 0; i < result.outcomes.size(); ++i) {
    const CommandOutcome& outcome = result.outcomes[i];
    ItemOutcome& item = recording.items[index_of_command[i]];
    if (outcome.refusal.has_value()) {
      item.fault = FaultOf(*outcome.refusal, {}, outcome.position);
    } else {
      item.position = outcome.position;
      item.already_recorded = outcome.already_recorded;
      item.would_hold = outcome.would_hold;
    }
  }
  recording.log_size = result.log_size;
}

bool AnyFault(const Recording& recording) {
  return std::any_of(recording.items.begin(), recording.items.end(),
                     [](const ItemOutcome& item) { return item.fault.has_value(); });
}

}  // namespace

absl::StatusOr<RequestHead> ReadHead(const v1::WriteOptions& options, const v1::Basis& basis,
                                     const Caller& caller) {
  if (absl::Status actor = RequireActor(caller.actor); !actor.ok()) return actor;
  if (options.request_id().size() > kMaxRequestIdLength) {
    return absl::InvalidArgumentError(absl::StrCat("options.request_id has ",
                                                   options.request_id().size(), " bytes; at most ",
                                                   kMaxRequestIdLength, " are kept. Shorten it."));
  }
  return RequestHead{.actor = caller.actor,
                     .request_id = options.request_id(),
                     .basis = basis,
                     .atomic = options.atomic(),
                     .dry_run = options.dry_run()};
}

absl::Status CheckItemCount(size_t count) {
  if (count <= kMaxRequestItems) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("the request has ", count, " items; at most ",
                                                 kMaxRequestItems,
                                                 " are taken. Split it into several requests."));
}

Envelope ReadEnvelope(const RequestHead& head, const v1::Basis* own, ItemReader& reader) {
  Envelope envelope;
  envelope.actor = head.actor;
  envelope.request_id = head.request_id;
  envelope.effective_date = reader.ReadEffectiveDate(own, head.basis);
  envelope.document = reader.ReadDocument(own, head.basis);
  return envelope;
}

void WritePath::Record(const RequestHead& head, std::vector<PreparedItem> items, Done done) const {
  Recording recording;
  recording.items.resize(items.size());
  WriteRequest request;
  request.atomic = head.atomic;
  request.dry_run = head.dry_run;
  std::vector<uint32_t> index_of_command;
  for (uint32_t index = 0; index < items.size(); ++index) {
    if (auto* fault = std::get_if<Fault>(&items[index])) {
      recording.items[index].fault = std::move(*fault);
    } else {
      request.commands.push_back(std::get<Command>(std::move(items[index])));
      index_of_command.push_back(index);
    }
  }
  if (head.atomic && AnyFault(recording)) return done(AtomicError(recording.items));
  if (request.commands.empty()) {
    recording.log_size = log_.Head().size;
    return done(std::move(recording));
  }
  sequencer_.Submit(
      std::move(request),
      [recording = std::move(recording), index_of_command = std::move(index_of_command),
       atomic = head.atomic, done = std::move(done)](absl::StatusOr<WriteResult> result) mutable {
        if (!result.ok()) return done(result.status());
        Merge(index_of_command, *std::move(result), recording);
        if (atomic && AnyFault(recording)) return done(AtomicError(recording.items));
        done(std::move(recording));
      });
}

}  // namespace bansos

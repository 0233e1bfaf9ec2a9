// WritePath: the common way of every request that records. It checks what all of them carry (actor,
// request id, number of items), turns each item into a command or a fault, hands the commands to
// the sequencer and tells the outcome of every item by its index in the request.
//
// Threads: any. Answers come on a thread of the sequencer. Owned by the server; sequencer and log
// outlive it.
#ifndef GRPC_WRITE_PATH_H_
#define GRPC_WRITE_PATH_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "bansos/v1/common.pb.h"
#include "grpc/fault.h"
#include "grpc/item_reader.h"
#include "grpc/limits.h"
#include "grpc/outcomes.h"
#include "grpc/unary_call.h"
#include "ledger/domain/event.h"
#include "ledger/log/event_log.h"
#include "ledger/sequencer/sequencer.h"

namespace bansos {

// An item of a request, ready to be recorded; or why it cannot be.
using PreparedItem = std::variant<Command, Fault>;

// What all items of a request share.
struct RequestHead {
  std::string actor;
  std::string request_id;
  v1::Basis basis;
  bool atomic = false;
  bool dry_run = false;
};

// What became of a request: one outcome an item.
struct Recording {
  std::vector<ItemOutcome> items;
  uint64_t log_size = 0;
};

// Errors: UNAUTHENTICATED without actor, INVALID_ARGUMENT for a request id that is too long.
absl::StatusOr<RequestHead> ReadHead(const v1::WriteOptions& options, const v1::Basis& basis,
                                     const Caller& caller);

// INVALID_ARGUMENT when a request has more than kMaxRequestItems.
absl::Status CheckItemCount(size_t count);

// The envelope of one item; `own` may be null.
Envelope ReadEnvelope(const RequestHead& head, const v1::Basis* own, ItemReader& reader);

// One item: `convert(reader)` gives the body of its command. An error fails the whole request.
template <typename Convert>
absl::StatusOr<PreparedItem> PrepareItem(const RequestHead& head, const v1::Basis* own,
                                         Convert convert) {
  ItemReader reader;
  Command command{.envelope = ReadEnvelope(head, own, reader), .body = convert(reader)};
  if (!reader.failure().ok()) return reader.failure();
  if (!reader.ok()) return PreparedItem(*reader.fault());
  return PreparedItem(std::move(command));
}

// All items of a list, each with its own basis if it has one: `convert(item, reader)` gives a body.
template <typename Items, typename Convert>
absl::StatusOr<std::vector<PreparedItem>> PrepareItems(const RequestHead& head, const Items& items,
                                                       Convert convert) {
  if (absl::Status count = CheckItemCount(items.size()); !count.ok()) return count;
  std::vector<PreparedItem> prepared;
  prepared.reserve(items.size());
  for (const auto& item : items) {
    const v1::Basis* own = nullptr;
    if constexpr (requires { item.basis(); }) own = &item.basis();
    absl::StatusOr<PreparedItem> one = PrepareItem(
        head, own, [&](ItemReader& reader) { return CommandBody(convert(item, reader)); });
    if (!one.ok()) return one.status();
    prepared.push_back(*std::move(one));
  }
  return prepared;
}

class WritePath {
 public:
  using Done = std::function<void(absl::StatusOr<Recording>)>;

  WritePath(Sequencer& sequencer, const EventLog& log) : sequencer_(sequencer), log_(log) {}

  // Records the items; an atomic request fails as a whole with one Refusal an item that stands in
  // the way.
  void Record(const RequestHead& head, std::vector<PreparedItem> items, Done done) const;

  // A request that states one fact: `convert(request, reader)` gives the command's body. A refusal
  // fails the call.
  template <typename Request, typename Response, typename Convert>
  void RecordOne(const Request& request, const Caller& caller, Convert convert,
                 Answer<Response> answer) const {
    absl::StatusOr<RequestHead> head = ReadHead(request.options(), request.basis(), caller);
    if (!head.ok()) return answer(head.status());
    absl::StatusOr<PreparedItem> item = PrepareItem(
        *head, nullptr, [&](ItemReader& reader) { return CommandBody(convert(request, reader)); });
    if (!item.ok()) return answer(item.status());
    head->atomic = false;
    Record(*head, {*std::move(item)}, [answer](absl::StatusOr<Recording> recording) {
      if (!recording.ok()) return answer(recording.status());
      const ItemOutcome& outcome = recording->items.front();
      if (outcome.fault.has_value()) return answer(ToStatus(*outcome.fault));
      Response response;
      *response.mutable_recorded() = ToRecorded(outcome);
      answer(std::move(response));
    });
  }

  // A request of many facts, each with its own basis: `convert(item, reader)` gives a body.
  template <typename Request, typename Response, typename Convert>
  void RecordItems(const Request& request, const Caller& caller, Convert convert,
                   Answer<Response> answer) const {
    const absl::StatusOr<RequestHead> head = ReadHead(request.options(), request.basis(), caller);
    if (!head.ok()) return answer(head.status());
    absl::StatusOr<std::vector<PreparedItem>> items = PrepareItems(*head, request.items(), convert);
    if (!items.ok()) return answer(items.status());
    Record(*head, *std::move(items), AnswerOutcomes(std::move(answer)));
  }

  // Answers with the outcomes and nothing else.
  template <typename Response>
  static Done AnswerOutcomes(Answer<Response> answer) {
    return [answer = std::move(answer)](absl::StatusOr<Recording> recording) {
      if (!recording.ok()) return answer(recording.status());
      Response response;
      *response.mutable_outcomes() = ToOutcomes(recording->items, recording->log_size);
      answer(std::move(response));
    };
  }

 private:
  Sequencer& sequencer_;
  const EventLog& log_;
};

}  // namespace bansos

#endif  // GRPC_WRITE_PATH_H_

// ReadPath: the common way of every query. It waits, parked and without a thread, until there are
// views that have seen what the caller asks to see and no more, reads them at one position and says
// which.
//
// Threads: any. Owned by the server; all that it refers to outlives it.
#ifndef GRPC_READ_PATH_H_
#define GRPC_READ_PATH_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <tuple>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bansos/v1/common.pb.h"
#include "grpc/as_of_position.h"
#include "grpc/as_of_views.h"
#include "grpc/moment.h"
#include "grpc/page_scan.h"
#include "grpc/page_token.h"
#include "grpc/parked_calls.h"
#include "grpc/unary_call.h"
#include "ledger/domain/state.h"
#include "ledger/log/event_log.h"
#include "projections/projector.h"
#include "projections/records_view.h"

namespace bansos {

v1::TrueAt ToProto(const ProjectionHead& head);

// The head as it was after the first `size` events, for later pages. DATA_LOSS when the entry
// before it cannot be read.
absl::StatusOr<ProjectionHead> HeadAt(const EventLog& log, uint64_t size);

google::protobuf::Timestamp ToTimestamp(int64_t time_us);

class ReadPath {
 public:
  // `records` is one of the projector's views.
  ReadPath(Projector& projector, const RecordsView& records, const EventLog& log, AsOfViews& as_of,
           const PageTokens& pages);

  // Calls `use` with the moment that the options ask for, once its views are there, on this thread
  // or on a worker; not at all when the call ends before. Errors are those of AsOfSize, or say that
  // too many wait.
  void At(const v1::ReadOptions& options, const Caller& caller,
          std::function<void(absl::StatusOr<Moment>)> use) const;

  // Answers what `query(moment)` answers. It may be asked a second time (Moment::passed).
  template <typename Response>
  void Query(const v1::ReadOptions& options, const Caller& caller,
             std::function<absl::StatusOr<Response>(const Moment&)> query,
             Answer<Response> answer) const {
    At(options, caller,
       [this, caller, query = std::move(query),
        answer = std::move(answer)](absl::StatusOr<Moment> moment) {
         if (!moment.ok()) return answer(moment.status());
         absl::StatusOr<Response> response = query(*moment);
         if (!moment->passed().has_value()) return answer(std::move(response));
         v1::ReadOptions then;
         then.set_as_of_position(*moment->passed());
         Query<Response>(then, caller, query, answer);
       });
  }

  // The same for one page of it: ReadOfPage.
  template <typename Response, typename Request>
  void QueryPage(const Request& request, const Caller& caller,
                 std::function<absl::StatusOr<Response>(const Moment&)> query,
                 Answer<Response> answer) const {
    const absl::StatusOr<v1::ReadOptions> read = ReadOfPage(pages_, request);
    if (!read.ok()) return answer(read.status());
    Query<Response>(*read, caller, std::move(query), std::move(answer));
  }

  // Calls `ready` once the views have seen `size` events, on this thread or on a worker; not at all
  // when the call ends before. An error says that too many wait.
  void When(uint64_t size, const Caller& caller, std::function<void(absl::Status)> ready) const;

  // The same for everything that is in the log now: what the caller was told is recorded is seen.
  void WhenCurrent(const Caller& caller, std::function<void(absl::Status)> ready) const {
    When(0, caller, std::move(ready));
  }

  // Calls `ready` once there are digests of the views at `size` or beyond, or the log left no time
  // for them (Projector::CallAtDigests); the rest as for When.
  void WhenDigests(uint64_t size, const Caller& caller,
                   std::function<void(absl::Status)> ready) const;

  // Calls `use` in the caller's lane with views built for the moment that `options` name, also when
  // it is the present one. REQUIRES: as_of is stated. Errors are those of AsOfSize.
  void AsItWas(const v1::ReadOptions& options, const Caller& caller,
               std::function<void(absl::StatusOr<AsOfViews::Lease>)> use) const;

  // Reads the views as they are now; `read` must be quick, because the projector waits for it.
  absl::Status Read(absl::FunctionRef<void(const Views&)> read) const;

  // Room in the memory budget for one more set of views after `size` events; RESOURCE_EXHAUSTED
  // when there is none.
  absl::StatusOr<MemoryBudget::Share> TakeViewShare(uint64_t size) const {
    return as_of_.TakeShare(size);
  }

  const EventLog& log() const { return log_; }
  Projector& projector() const { return projector_; }

  // A query that is answered from the views alone: `query(views)` gives the response, to which the
  // position is added.
  template <typename Response, typename ViewQuery>
  void Ask(const v1::ReadOptions& options, const Caller& caller, ViewQuery query,
           Answer<Response> answer) const {
    Query<Response>(options, caller, AskingViews<Response>(std::move(query)), std::move(answer));
  }

  // A page of a list: `page(views, scan)` gives its rows, to which the position and the next page
  // are added. All pages are true at the position of the first.
  template <typename Request, typename Response, typename ListPage>
  void AskPage(const Request& request, const Caller& caller, ListPage page,
               Answer<Response> answer) const {
    const std::string scope = PageScope(request);
    const uint32_t rows = PageRows(request.page_size());
    if (request.page_token().empty()) {
      return Query<Response>(
          request.read(), caller,
          [this, scope, rows, page](const Moment& moment) {
            PageScan scan(rows);
            return TakePage<Response>(moment, scope, scan, page);
          },
          std::move(answer));
    }
    const absl::StatusOr<PageToken> token = pages_.Decode(scope, request.page_token());
    if (!token.ok()) return answer(token.status());
    const auto place = NumbersOf(token->place, std::tuple_size_v<PageKey>);
    if (!place.ok()) return answer(place.status());
    const absl::StatusOr<ProjectionHead> first = HeadAt(log_, token->position);
    if (!first.ok()) return answer(first.status());
    const PageScan begin(rows, {(*place)[0], (*place)[1], (*place)[2]}, *first);
    const bool asks_as_of = request.read().as_of_case() != v1::ReadOptions::AS_OF_NOT_SET;
    AskLaterPage<Response>(asks_as_of, scope, begin, caller, std::move(page), std::move(answer));
  }

 private:
  // Calls `use` with the views after `size` events, which are not the present ones.
  void AtOld(uint64_t size, const Caller& caller,
             std::function<void(absl::StatusOr<Moment>)> use) const;

  template <typename Response, typename ViewQuery>
  static std::function<absl::StatusOr<Response>(const Moment&)> AskingViews(ViewQuery query) {
    return [query = std::move(query)](const Moment& moment) {
      absl::StatusOr<Response> response = absl::UnavailableError("the views were not read");
      const absl::Status status = moment.Read([&](const Views& views) {
        response = query(views);
        if (response.ok()) *response->mutable_true_at() = ToProto(views.head);
      });
      if (!status.ok()) response = status;
      return response;
    };
  }

  // From the views of now while they still show the list of then, else from those of then.
  template <typename Response, typename ListPage>
  void AskLaterPage(bool asks_as_of, const std::string& scope, const PageScan& begin,
                    const Caller& caller, ListPage page, Answer<Response> answer) const {
    const uint64_t size = begin.first()->size;
    const auto of_then = [this, scope, begin, size, caller, page, answer] {
      v1::ReadOptions then;
      then.set_as_of_position(size);
      Query<Response>(
          then, caller,
          [this, scope, begin, page](const Moment& moment) {
            PageScan scan = begin;
            return TakePage<Response>(moment, scope, scan, page);
          },
          answer);
    };
    if (asks_as_of || as_of_.Find(size) != nullptr) return of_then();
    When(size, caller, [this, scope, begin, page, answer, of_then](absl::Status status) {
      if (!status.ok()) return answer(status);
      PageScan scan = begin;
      absl::StatusOr<Response> response = TakePage<Response>(Moment(*this), scope, scan, page);
      if (scan.changed()) return of_then();
      answer(std::move(response));
    });
  }

  template <typename Response, typename ListPage>
  absl::StatusOr<Response> TakePage(const Moment& moment, const std::string& scope, PageScan& scan,
                                    const ListPage& page) const {
    absl::StatusOr<Response> response = absl::UnavailableError("the views were not read");
    ProjectionHead head;
    const absl::Status status = moment.Read([&](const Views& views) {
      head = views.head;
      response = page(views, scan);
    });
    if (!status.ok()) return status;
    if (!response.ok() || scan.changed()) return response;
    head = scan.first().value_or(head);
    *response->mutable_true_at() = ToProto(head);
    if (scan.more()) {
      response->set_next_page_token(pages_.Encode(scope, {head.size, PlaceOf(scan.done())}));
    }
    return response;
  }

  Projector& projector_;
  const RecordsView& records_;
  const EventLog& log_;
  AsOfViews& as_of_;
  const PageTokens& pages_;
  // Those who wait for what is recorded, which is soon; for what nobody has recorded yet, who must
  // not take the others' place; and for digests of the views.
  mutable ParkedCalls behind_;
  mutable ParkedCalls ahead_;
  mutable ParkedCalls digests_;
};

}  // namespace bansos

#endif  // GRPC_READ_PATH_H_

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
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bansos/v1/common.pb.h"
#include "grpc/as_of_position.h"
#include "grpc/as_of_views.h"
#include "grpc/kept_answers.h"
#include "grpc/moment.h"
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

  // Calls `use` in the caller's lane with views built for the moment that `options` name, also when
  // it is the present one. REQUIRES: as_of is stated. Errors are those of AsOfSize.
  void AsItWas(const v1::ReadOptions& options, const Caller& caller,
               std::function<void(absl::StatusOr<AsOfViews::Lease>)> use) const;

  // Reads the views as they are now; `read` must be quick, because the projector waits for it.
  absl::Status Read(absl::FunctionRef<void(const Views&)> read) const;

  const EventLog& log() const { return log_; }
  Projector& projector() const { return projector_; }

  // A query that is answered from the views alone: `query(views)` gives the response, to which the
  // position is added.
  template <typename Response, typename ViewQuery>
  void Ask(const v1::ReadOptions& options, const Caller& caller, ViewQuery query,
           Answer<Response> answer) const {
    Query<Response>(options, caller, AskingViews<Response>(std::move(query)), std::move(answer));
  }

  // A query whose pages are all true at the position of the first: `query(views)` gives the whole
  // answer, `rows(response)` its repeated field, and `copy_head(whole, page)` what every page
  // shows beside its rows and true_at.
  template <typename Request, typename Response, typename ViewQuery, typename Rows,
            typename CopyHead>
  void AskPaged(const Request& request, const Caller& caller, ViewQuery query, Rows rows,
                CopyHead copy_head, Answer<Response> answer) const {
    const std::string scope = PageScope(request);
    const uint32_t limit = PageRows(request.page_size());
    // The place is the number of the kept answer and the rows already shown.
    uint64_t number = 0;
    uint64_t shown = 0;
    v1::ReadOptions read = request.read();
    if (!request.page_token().empty()) {
      const absl::StatusOr<PageToken> token = pages_.Decode(scope, request.page_token());
      if (!token.ok()) return answer(token.status());
      const auto place = NumbersOf(token->place, 2);
      if (!place.ok()) return answer(place.status());
      number = place->front();
      shown = place->back();
      if (const auto kept = kept_.Find(scope, token->position, number); kept != nullptr) {
        return answer(
            Cut(scope, static_cast<const Response&>(*kept), number, shown, limit, rows, copy_head));
      }
      // Lost: asked again as of where the first page was true.
      read.Clear();
      read.set_as_of_position(token->position);
    }
    Ask<Response>(read, caller, std::move(query),
                  [this, scope, shown, limit, rows, copy_head,
                   answer = std::move(answer)](absl::StatusOr<Response> whole) mutable {
                    if (!whole.ok()) return answer(whole.status());
                    if (shown == 0 && rows(*whole)->size() <= static_cast<int>(limit)) {
                      return answer(std::move(whole));
                    }
                    const auto kept = std::make_shared<Response>(*std::move(whole));
                    const uint64_t number = kept_.Keep(scope, kept->true_at().position(), kept);
                    answer(Cut(scope, *kept, number, shown, limit, rows, copy_head));
                  });
  }

  // The same where a page shows nothing but rows.
  template <typename Request, typename Response, typename ViewQuery, typename Rows>
  void AskPaged(const Request& request, const Caller& caller, ViewQuery query, Rows rows,
                Answer<Response> answer) const {
    AskPaged<Request, Response>(
        request, caller, std::move(query), rows, [](const Response&, Response&) {},
        std::move(answer));
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

  template <typename Response, typename Rows, typename CopyHead>
  Response Cut(const std::string& scope, const Response& whole, uint64_t number, uint64_t shown,
               uint32_t limit, Rows rows, CopyHead copy_head) const {
    Response page;
    *page.mutable_true_at() = whole.true_at();
    copy_head(whole, page);
    // `rows` wants a message that may change; `whole` is only read.
    const auto& all = *rows(const_cast<Response&>(whole));
    const uint64_t end = std::min<uint64_t>(all.size(), shown + limit);
    for (uint64_t i = shown; i < end; ++i) *rows(page)->Add() = all.Get(static_cast<int>(i));
    if (end < static_cast<uint64_t>(all.size())) {
      page.set_next_page_token(pages_.Encode(
          scope, {.position = whole.true_at().position(), .place = PlaceOf({number, end})}));
    }
    return page;
  }

  Projector& projector_;
  const RecordsView& records_;
  const EventLog& log_;
  AsOfViews& as_of_;
  const PageTokens& pages_;
  mutable ParkedCalls parked_;
  mutable KeptAnswers kept_;
};

}  // namespace bansos

#endif  // GRPC_READ_PATH_H_

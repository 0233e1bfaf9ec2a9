// ReadPath: the common way of every query. It waits, parked and without a thread, until the views
// have seen what the caller asks to see, reads them at one position and says which.
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
#include "grpc/kept_answers.h"
#include "grpc/page_token.h"
#include "grpc/parked_calls.h"
#include "grpc/unary_call.h"
#include "ledger/domain/state.h"
#include "ledger/log/event_log.h"
#include "ledger/sequencer/worker_pool.h"
#include "projections/projector.h"
#include "projections/records_view.h"

namespace bansos {

// All views at one position; good until the reading function returns.
struct Views {
  const ViewSet& set;
  const State& state;
  const ProjectionHead& head;
};

v1::TrueAt ToProto(const ProjectionHead& head);

// The head as it was after the first `size` events, for later pages. DATA_LOSS when the entry
// before it cannot be read.
absl::StatusOr<ProjectionHead> HeadAt(const EventLog& log, uint64_t size);

google::protobuf::Timestamp ToTimestamp(int64_t time_us);

class ReadPath {
 public:
  // `records` is one of the projector's views.
  ReadPath(Projector& projector, const RecordsView& records, const EventLog& log,
           WorkerPool& workers);

  // Calls `ready` once the views have seen `size` events, on this thread or on a worker; not at all
  // when the call ends before. An error says that too many wait.
  void When(uint64_t size, const Caller& caller, std::function<void(absl::Status)> ready) const;

  // The same for everything that is in the log now: what the caller was told is recorded is seen.
  void WhenCurrent(const Caller& caller, std::function<void(absl::Status)> ready) const {
    When(0, caller, std::move(ready));
  }

  // Reads the views at one position; `read` must be quick, because the projector waits for it.
  absl::Status Read(absl::FunctionRef<void(const Views&)> read) const;

  const EventLog& log() const { return log_; }
  WorkerPool& workers() const { return workers_; }
  const Projector& projector() const { return projector_; }

  // A query that is answered from the views alone: `query(views)` gives the response, to which the
  // position is added.
  template <typename Response, typename Query>
  void Ask(const v1::ReadOptions& options, const Caller& caller, Query query,
           Answer<Response> answer) const {
    When(options.min_position(), caller,
         [this, query = std::move(query), answer = std::move(answer)](absl::Status status) {
           absl::StatusOr<Response> response = absl::UnavailableError("the views were not read");
           if (status.ok()) {
             status = Read([&](const Views& views) {
               response = query(views);
               if (response.ok()) *response->mutable_true_at() = ToProto(views.head);
             });
           }
           if (!status.ok()) return answer(status);
           answer(std::move(response));
         });
  }

  // A query whose pages are all true at the position of the first: `query(views)` gives the whole
  // answer, `rows(response)` its repeated field, and `copy_head(whole, page)` what every page
  // shows beside its rows and true_at.
  template <typename Request, typename Response, typename Query, typename Rows, typename CopyHead>
  void AskPaged(const Request& request, const Caller& caller, Query query, Rows rows,
                CopyHead copy_head, Answer<Response> answer) const {
    const std::string scope = PageScope(request);
    const uint32_t limit = PageRows(request.page_size());
    if (!request.page_token().empty()) {
      return answer(LaterPage<Response>(scope, request.page_token(), limit, rows, copy_head));
    }
    Ask<Response>(request.read(), caller, std::move(query),
                  [this, scope, limit, rows, copy_head,
                   answer = std::move(answer)](absl::StatusOr<Response> whole) {
                    if (!whole.ok()) return answer(whole.status());
                    if (rows(*whole)->size() <= static_cast<int>(limit)) {
                      return answer(std::move(whole));
                    }
                    const auto kept = std::make_shared<Response>(*std::move(whole));
                    const uint64_t number = kept_.Keep(scope, kept);
                    answer(Cut(scope, *kept, number, 0, limit, rows, copy_head));
                  });
  }

 private:
  template <typename Response, typename Rows, typename CopyHead>
  absl::StatusOr<Response> LaterPage(const std::string& scope, const std::string& page_token,
                                     uint32_t limit, Rows rows, CopyHead copy_head) const {
    // The key is the number of the kept answer and the rows already shown.
    const absl::StatusOr<PageToken> token = DecodePageToken(scope, page_token, 2);
    if (!token.ok()) return token.status();
    const auto kept = kept_.Find(scope, token->key[0]);
    if (!kept.ok()) return kept.status();
    const auto& whole = static_cast<const Response&>(**kept);
    if (whole.true_at().position() != token->position) {
      return absl::AbortedError(
          "the server was restarted since the first page. Begin again with an empty page_token.");
    }
    return Cut(scope, whole, token->key[0], token->key[1], limit, rows, copy_head);
  }

  template <typename Response, typename Rows, typename CopyHead>
  static Response Cut(const std::string& scope, const Response& whole, uint64_t number,
                      uint64_t from, uint32_t limit, Rows rows, CopyHead copy_head) {
    Response page;
    *page.mutable_true_at() = whole.true_at();
    copy_head(whole, page);
    // `rows` wants a message that may change; `whole` is only read.
    const auto& all = *rows(const_cast<Response&>(whole));
    const uint64_t end = std::min<uint64_t>(all.size(), from + limit);
    for (uint64_t i = from; i < end; ++i) *rows(page)->Add() = all.Get(static_cast<int>(i));
    if (end < static_cast<uint64_t>(all.size())) {
      page.set_next_page_token(EncodePageToken(
          scope, PageToken{.position = whole.true_at().position(), .key = {number, end}}));
    }
    return page;
  }

  Projector& projector_;
  const RecordsView& records_;
  const EventLog& log_;
  WorkerPool& workers_;
  mutable ParkedCalls parked_;
  mutable KeptAnswers kept_;
};

}  // namespace bansos

#endif  // GRPC_READ_PATH_H_

// RequestWindow: a few requests at the same time, whose answers are taken in the order in which the
// requests were made: while the server records one, the next is put together.
//
// Each request runs on a thread of its own; answers are handed over on the thread that calls Submit
// or Finish. After an error nothing more is handed over; the destructor waits for what still runs.
// Not thread-safe.
#ifndef TOOLS_BANSOSCTL_CLIENT_REQUEST_WINDOW_H_
#define TOOLS_BANSOSCTL_CLIENT_REQUEST_WINDOW_H_

#include <deque>
#include <functional>
#include <future>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/base/status_macros.h"

namespace bansos {

// Items of one request: the server's bound.
inline constexpr int kRequestItemsMax = 8192;
// More in flight would only wait in the server's queue: it has one writer.
inline constexpr size_t kRequestsInFlight = 2;
// Where the order of the facts matters: the server may take requests in flight in any order.
inline constexpr size_t kOneRequestInFlight = 1;

template <typename Answer>
class RequestWindow {
 public:
  using Call = std::function<absl::StatusOr<Answer>()>;
  using Take = std::function<absl::Status(Answer)>;

  explicit RequestWindow(size_t in_flight = kRequestsInFlight) : in_flight_(in_flight) {}

  // Waits for the oldest request when the window is full. Errors: those of an older request.
  absl::Status Submit(Call call, Take take) {
    if (pending_.size() >= in_flight_) RETURN_IF_ERROR(TakeOldest());
    pending_.push_back({std::async(std::launch::async, std::move(call)), std::move(take)});
    return absl::OkStatus();
  }

  // Waits for all.
  absl::Status Finish() {
    while (!pending_.empty()) RETURN_IF_ERROR(TakeOldest());
    return absl::OkStatus();
  }

 private:
  struct Pending {
    std::future<absl::StatusOr<Answer>> answer;
    Take take;
  };

  absl::Status TakeOldest() {
    Pending oldest = std::move(pending_.front());
    pending_.pop_front();
    ASSIGN_OR_RETURN(Answer answer, oldest.answer.get());
    return oldest.take(std::move(answer));
  }

  const size_t in_flight_;
  std::deque<Pending> pending_;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CLIENT_REQUEST_WINDOW_H_

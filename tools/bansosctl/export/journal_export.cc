#include "tools/bansosctl/export/journal_export.h"

#include <algorithm>
#include <future>
#include <string>
#include <utility>

#include "bansos/v1/log_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/export/hledger_journal.h"
#include "tools/bansosctl/format/progress_bar.h"

namespace bansos {
namespace {

// The server's bound of a page; it cuts what would be too large for a message.
constexpr uint32_t kPageEventsMax = 8192;

// Gives each page of money events before `end`, and the position up to which all was given; the
// next page is fetched while one is used.
absl::Status ForEachMoneyPage(
    Connection& connection, uint64_t end,
    const std::function<absl::Status(const v1::ReadEventsResponse&, uint64_t)>& use) {
  v1::ReadEventsRequest request;
  request.set_limit(kPageEventsMax);
  for (const std::string& type : MoneyEventTypes()) request.mutable_filter()->add_types(type);
  const auto fetch = [&connection, &request](uint64_t from) {
    request.set_from_position(from);
    return std::async(std::launch::async, [&connection, request] {
      return connection.Call(&v1::LogService::Stub::ReadEvents, request);
    });
  };
  if (end == 0) return absl::OkStatus();
  std::future<absl::StatusOr<v1::ReadEventsResponse>> next = fetch(0);
  for (uint64_t from = 0; from < end;) {
    ASSIGN_OR_RETURN(const v1::ReadEventsResponse page, next.get());
    if (page.has_next_position() && page.next_position() <= from) {
      return absl::DataLossError("the server does not go on in the log: ask who runs it");
    }
    from = page.has_next_position() ? std::min(page.next_position(), end) : end;
    if (from < end) next = fetch(from);
    RETURN_IF_ERROR(use(page, from));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<JournalSummary> ExportJournal(
    Connection& connection, Clock& clock,
    const std::function<absl::Status(std::string_view)>& sink) {
  ASSIGN_OR_RETURN(const v1::GetHeadResponse head,
                   connection.Call(&v1::LogService::Stub::GetHead, v1::GetHeadRequest()));
  const uint64_t end = head.true_at().position();
  ProgressBar bar =
      ProgressBar::OnStderr({.label = "journal", .unit = "transactions", .total = end}, clock);
  HledgerJournal journal;
  RETURN_IF_ERROR(sink(HledgerJournal::Head(head.ledger_id(), end)));
  RETURN_IF_ERROR(ForEachMoneyPage(
      connection, end, [&](const v1::ReadEventsResponse& page, uint64_t done) -> absl::Status {
        std::string text;
        for (const v1::LoggedEvent& event : page.events()) {
          if (event.position() >= end) break;
          RETURN_IF_ERROR(journal.Append(event.position(), event.entry(), text));
        }
        bar.Update(done, journal.transactions());
        return sink(text);
      }));
  RETURN_IF_ERROR(sink(journal.Tail()));
  bar.Finish();
  return JournalSummary{.transactions = journal.transactions(), .end_position = end};
}

}  // namespace bansos

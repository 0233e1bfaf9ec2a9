// Balances by recipient.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "grpc/balance_answers.h"
#include "grpc/convert_balance.h"
#include "grpc/event_reader.h"
#include "grpc/limits.h"
#include "ledger/base/status_macros.h"
#include "projections/timeline.h"

namespace bansos {
namespace {

// Recipients of a page, and what is looked up for them, while the projector waits: a millisecond or
// two.
constexpr size_t kSliceLines = 256;
constexpr size_t kLooks = 4096;

// One recipient of a page.
struct Line {
  RecipientNumber recipient;
  std::vector<RecipientRow> rows;  // One a programme and area.
  uint64_t payments = 0;           // Not withdrawn.
  ChainHead last = {};             // Its last event.
};

// Payments of the recipient that are not withdrawn, as the state counts them. Adds to `looks` what
// was looked up for it.
uint64_t CountPayments(const State& state, RecipientNumber recipient, size_t& looks) {
  uint64_t count = 0;
  for (const ProgramState& program : state.programs) {
    looks += program.terms.tranches.size();
    for (const Tranche& tranche : program.terms.tranches) {
      const auto latest = program.payment_of_recipient.find({tranche.number, recipient.value()});
      if (latest == program.payment_of_recipient.end()) continue;
      for (std::optional<PaymentIndex> index = latest->second; index.has_value();
           index = state.at(*index).previous) {
        if (state.at(*index).phase != PaymentPhase::kWithdrawn) ++count;
      }
    }
  }
  return count;
}

Line ReadLine(const Views& views, RecipientNumber recipient, size_t& looks) {
  Line line{.recipient = recipient, .rows = views.set.recipients().Rows(recipient)};
  line.payments = CountPayments(views.state, recipient, looks);
  if (const RecipientState* state = views.state.FindRecipient(recipient); state != nullptr) {
    line.last = state->last;
  }
  return line;
}

// The line as it was after `size` events.
absl::Status RollBack(const EventLog& log, uint64_t size, const CallLife& life, Line& line) {
  if (life.over()) return absl::CancelledError("the caller does not wait any more");
  if (!line.last.has_value() || line.last->value() < size) return absl::OkStatus();
  line.payments = 0;
  ASSIGN_OR_RETURN(line.rows,
                   RecipientRowsAt(log, line.recipient, *line.last, size, [&](const Event& event) {
                     if (std::holds_alternative<PaymentInstructed>(event.body)) ++line.payments;
                     if (std::holds_alternative<PaymentWithdrawn>(event.body)) --line.payments;
                     if (!life.over()) return absl::OkStatus();
                     return absl::CancelledError("the caller does not wait any more");
                   }));
  return absl::OkStatus();
}

v1::BalanceRow ToRow(const Line& line) {
  v1::BalanceRow row;
  row.set_recipient(line.recipient.value());
  row.mutable_buckets();
  uint64_t paid = 0;
  for (const RecipientRow& part : line.rows) {
    FillMoney(part.money, row);
    paid += part.payments_paid;
  }
  row.set_payments(line.payments);
  row.set_payments_paid(paid);
  row.set_recipients_paid(paid > 0 ? 1 : 0);
  return row;
}

// What a page has so far.
struct Lines {
  std::vector<Line> lines;
  RecipientNumber after;  // The last one that it is done with.
  bool more = true;       // Behind `after`.
};

// Adds the lines of the next few recipients, as many as may be looked at while the projector waits.
absl::Status AddLines(const Views& views, size_t max_lines, Lines& found) {
  ASSIGN_OR_RETURN(
      const RecipientPage page,
      views.set.recipients().Page({.after = found.after, .limit = max_lines, .looks = kLooks}));
  RecipientNumber last(0);
  size_t looks = 0;
  for (const RecipientRow& row : page.rows) {
    if (row.recipient == last) continue;
    if (looks >= kLooks) return absl::OkStatus();
    last = row.recipient;
    found.lines.push_back(ReadLine(views, last, looks));
    found.after = last;
  }
  found.after = page.last;
  found.more = page.more;
  return absl::OkStatus();
}

// The one line that the request names.
absl::StatusOr<Line> NamedLine(const Views& views, RecipientNumber recipient) {
  const RecipientState* state = views.state.FindRecipient(recipient);
  if (state == nullptr || !state->registered) return ToStatus(RecipientUnknown(recipient));
  size_t looks = 0;
  return ReadLine(views, recipient, looks);
}

absl::StatusOr<v1::GetBalancesResponse> OneBalance(const Moment& moment,
                                                   RecipientNumber recipient) {
  v1::GetBalancesResponse response;
  absl::StatusOr<Line> line = Line();
  RETURN_IF_ERROR(moment.Read([&](const Views& views) {
    *response.mutable_true_at() = ToProto(views.head);
    line = NamedLine(views, recipient);
  }));
  RETURN_IF_ERROR(line.status());
  *response.add_rows() = ToRow(*line);
  return response;
}

// A page behind `found.after`, true at `head`; without one, where its first slice is read. Between
// the slices the projector goes on, and who has moved since is shown as the recipient's own chain
// says.
absl::Status FindLines(const ServiceParts& parts, const Moment& moment, size_t max_lines,
                       const CallLife& life, std::optional<ProjectionHead>& head, Lines& found) {
  while (found.more && found.lines.size() < max_lines) {
    if (life.over()) return absl::CancelledError("the caller does not wait any more");
    const size_t done = found.lines.size();
    absl::Status read;
    RETURN_IF_ERROR(moment.Read([&](const Views& views) {
      if (!head.has_value()) head = views.head;
      read = AddLines(views, std::min(max_lines - done, kSliceLines), found);
    }));
    RETURN_IF_ERROR(read);
    for (size_t i = done; i < found.lines.size(); ++i) {
      RETURN_IF_ERROR(RollBack(parts.log, head->size, life, found.lines[i]));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::GetBalancesResponse> RecipientBalances(const ServiceParts& parts,
                                                          const Moment& moment,
                                                          const v1::GetBalancesRequest& request,
                                                          const CallLife& life) {
  if (request.recipient() != 0) return OneBalance(moment, RecipientNumber(request.recipient()));
  const std::string scope = PageScope(request);
  std::optional<ProjectionHead> head;
  Lines found;
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const PageToken token, parts.pages.Decode(scope, request.page_token()));
    ASSIGN_OR_RETURN(const std::vector<uint64_t> place, NumbersOf(token.place, 1));
    ASSIGN_OR_RETURN(head, HeadAt(parts.log, token.position));
    found.after = RecipientNumber(place.front());
  }
  RETURN_IF_ERROR(FindLines(parts, moment, PageRows(request.page_size()), life, head, found));
  v1::GetBalancesResponse response;
  *response.mutable_true_at() = ToProto(*head);
  for (const Line& line : found.lines) {
    // Who was first instructed after the first page has no row on any page.
    if (!line.rows.empty()) *response.add_rows() = ToRow(line);
  }
  if (found.more) {
    response.set_next_page_token(
        parts.pages.Encode(scope, {head->size, PlaceOf({found.after.value()})}));
  }
  return response;
}

}  // namespace bansos

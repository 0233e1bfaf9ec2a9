// Balances by recipient.
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

// One recipient of a page.
struct Line {
  RecipientNumber recipient;
  std::vector<RecipientRow> rows;  // One a programme and area.
  uint64_t payments = 0;           // Not withdrawn.
  ChainHead last = {};             // Its last event.
};

// Payments of the recipient that are not withdrawn, as the state counts them.
uint64_t CountPayments(const State& state, RecipientNumber recipient) {
  uint64_t count = 0;
  for (const ProgramState& program : state.programs) {
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

Line ReadLine(const Views& views, RecipientNumber recipient) {
  Line line{.recipient = recipient, .rows = views.set.recipients().Rows(recipient)};
  line.payments = CountPayments(views.state, recipient);
  if (const RecipientState* state = views.state.FindRecipient(recipient); state != nullptr) {
    line.last = state->last;
  }
  return line;
}

// The line as it was after `size` events.
absl::Status RollBack(const EventLog& log, uint64_t size, Line& line) {
  if (!line.last.has_value() || line.last->value() < size) return absl::OkStatus();
  ASSIGN_OR_RETURN(line.rows, RecipientRowsAt(log, line.recipient, *line.last, size));
  line.payments = 0;
  return WalkChain(log, *line.last, [&](Position position, const Event& event) {
    if (position.value() >= size) return true;
    if (std::holds_alternative<PaymentInstructed>(event.body)) ++line.payments;
    if (std::holds_alternative<PaymentWithdrawn>(event.body)) --line.payments;
    return true;
  });
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

// Adds the lines of the page behind `after`; the token's key when more follow.
absl::StatusOr<std::optional<uint64_t>> ReadLines(const Views& views,
                                                  const v1::GetBalancesRequest& request,
                                                  RecipientNumber after, std::vector<Line>& lines) {
  if (request.recipient() != 0) {
    const RecipientNumber recipient(request.recipient());
    const RecipientState* state = views.state.FindRecipient(recipient);
    if (state == nullptr || !state->registered) return ToStatus(RecipientUnknown(recipient));
    lines.push_back(ReadLine(views, recipient));
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(
      const RecipientPage page,
      views.set.recipients().Page(
          {.after = after, .limit = PageRows(request.page_size()), .looks = kMaxPageLooks}));
  for (const RecipientRow& row : page.rows) {
    if (lines.empty() || lines.back().recipient != row.recipient) {
      lines.push_back(ReadLine(views, row.recipient));
    }
  }
  if (!page.more) return std::nullopt;
  return page.last.value();
}

}  // namespace

absl::StatusOr<v1::GetBalancesResponse> RecipientBalances(const ServiceParts& parts,
                                                          const Moment& moment,
                                                          const v1::GetBalancesRequest& request) {
  const std::string scope = PageScope(request);
  std::optional<PageToken> token;
  RecipientNumber after(0);
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(token, parts.pages.Decode(scope, request.page_token()));
    ASSIGN_OR_RETURN(const std::vector<uint64_t> place, NumbersOf(token->place, 1));
    after = RecipientNumber(place.front());
  }
  std::vector<Line> lines;
  ProjectionHead head;
  absl::StatusOr<std::optional<uint64_t>> more = std::optional<uint64_t>();
  RETURN_IF_ERROR(moment.Read([&](const Views& views) {
    head = views.head;
    more = ReadLines(views, request, after, lines);
  }));
  RETURN_IF_ERROR(more.status());
  if (token.has_value() && token->position < head.size) {
    ASSIGN_OR_RETURN(head, HeadAt(parts.log, token->position));
    for (Line& line : lines) RETURN_IF_ERROR(RollBack(parts.log, head.size, line));
  }
  v1::GetBalancesResponse response;
  *response.mutable_true_at() = ToProto(head);
  for (const Line& line : lines) {
    // Who was first instructed after the first page has no row on any page.
    if (!line.rows.empty() || request.recipient() != 0) *response.add_rows() = ToRow(line);
  }
  if (more->has_value()) {
    response.set_next_page_token(parts.pages.Encode(scope, {head.size, PlaceOf({**more})}));
  }
  return response;
}

}  // namespace bansos

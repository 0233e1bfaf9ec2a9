#include "grpc/explain_request.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "grpc/fault.h"
#include "grpc/item_reader.h"
#include "ledger/base/check.h"

namespace bansos {
namespace {

// The API's numbers are the views' numbers.
static_assert(static_cast<int>(v1::BALANCE_FIGURE_AVAILABLE) ==
              static_cast<int>(BalanceFigure::kAvailable));
static_assert(static_cast<int>(v1::BALANCE_FIGURE_RECEIVABLE) ==
              static_cast<int>(BalanceFigure::kReceivable));
static_assert(static_cast<int>(v1::BALANCE_FIGURE_RECIPIENTS_PAID) ==
              static_cast<int>(BalanceFigure::kRecipientsPaid));

// Which fields name a row.
struct Naming {
  const char* row;
  bool program = true;
  bool tranche = false;
  bool batch = false;
  bool area = false;
  bool recipient = false;
};

Naming NamingOf(v1::BalanceGroup group) {
  switch (group) {
    case v1::BALANCE_GROUP_TRANCHE:
      return {.row = "a tranche", .tranche = true};
    case v1::BALANCE_GROUP_BATCH:
      return {.row = "a batch", .tranche = true, .batch = true};
    case v1::BALANCE_GROUP_AREA:
      return {.row = "an area of a programme", .area = true};
    case v1::BALANCE_GROUP_RECIPIENT:
      return {.row = "a recipient", .program = false, .recipient = true};
    default:
      return {.row = "a programme"};
  }
}

void CheckField(const char* field, bool wanted, bool stated, const char* row, ItemReader& reader) {
  if (wanted == stated) return;
  reader.RefuseShape(
      "BAD_FILTER", field,
      wanted ? absl::StrCat(field, " is not stated: it is part of what names the row of ", row, ".")
             : absl::StrCat(field, " does not name the row of ", row,
                            ". Leave it empty, or group by what it names."));
}

BalanceSubject SubjectOf(const v1::ExplainRequest& request, AreaCode area) {
  if (request.group_by() == v1::BALANCE_GROUP_RECIPIENT) {
    return {.recipient = RecipientNumber(request.recipient())};
  }
  BalanceSubject subject{.program = request.program(), .tranche = request.tranche()};
  switch (request.group_by()) {
    case v1::BALANCE_GROUP_TRANCHE:
      subject.by = BalanceBy::kTranche;
      break;
    case v1::BALANCE_GROUP_BATCH:
      subject.by = BalanceBy::kBatch;
      subject.part = request.batch();
      break;
    case v1::BALANCE_GROUP_AREA:
      subject.by = BalanceBy::kArea;
      subject.part = area;
      break;
    default:
      break;
  }
  return subject;
}

int64_t FigureOf(const v1::BalanceRow& row, v1::BalanceFigure figure) {
  switch (figure) {
    case v1::BALANCE_FIGURE_AVAILABLE:
      return row.buckets().available();
    case v1::BALANCE_FIGURE_OBLIGATED:
      return row.buckets().obligated();
    case v1::BALANCE_FIGURE_IN_TRANSIT:
      return row.buckets().in_transit();
    case v1::BALANCE_FIGURE_PAID:
      return row.buckets().paid();
    case v1::BALANCE_FIGURE_RETURNED:
      return row.buckets().returned();
    case v1::BALANCE_FIGURE_REMITTED:
      return row.buckets().remitted();
    case v1::BALANCE_FIGURE_RECEIVABLE:
      return row.buckets().receivable();
    case v1::BALANCE_FIGURE_APPROPRIATED:
      return row.appropriated();
    case v1::BALANCE_FIGURE_INSTRUCTED:
      return row.instructed();
    case v1::BALANCE_FIGURE_WITHDRAWN:
      return row.withdrawn();
    case v1::BALANCE_FIGURE_PAYMENTS:
      return static_cast<int64_t>(row.payments());
    case v1::BALANCE_FIGURE_PAYMENTS_PAID:
      return static_cast<int64_t>(row.payments_paid());
    case v1::BALANCE_FIGURE_RECIPIENTS_PAID:
      return static_cast<int64_t>(row.recipients_paid());
    default:
      CHECK(false) << "figure " << figure;
      return 0;
  }
}

}  // namespace

absl::StatusOr<FigureQuestion> ReadFigureQuestion(const v1::ExplainRequest& request) {
  ItemReader reader;
  reader.ReadOptionalEnum<int>("group_by", request.group_by());
  const auto figure = reader.ReadEnum<BalanceFigure>("figure", request.figure());
  const Naming naming = NamingOf(request.group_by());
  CheckField("program", naming.program, !request.program().empty(), naming.row, reader);
  CheckField("tranche", naming.tranche, request.tranche() != 0, naming.row, reader);
  CheckField("batch", naming.batch, request.batch() != 0, naming.row, reader);
  CheckField("area", naming.area, !request.area().empty(), naming.row, reader);
  CheckField("recipient", naming.recipient, request.recipient() != 0, naming.row, reader);
  const AreaCode area = reader.ReadArea("area", request.area());
  if (!reader.ok()) return ToStatus(*reader.fault());
  FigureQuestion question{.subject = SubjectOf(request, area), .figure = figure};
  *question.balances.mutable_read() = request.read();
  question.balances.set_group_by(request.group_by());
  question.balances.set_program(request.program());
  question.balances.set_recipient(request.recipient());
  return question;
}

absl::StatusOr<int64_t> FigureIn(const v1::GetBalancesResponse& balances,
                                 const v1::ExplainRequest& request) {
  for (const v1::BalanceRow& row : balances.rows()) {
    if (row.tranche() == request.tranche() && row.batch() == request.batch() &&
        row.area() == request.area() && row.recipient() == request.recipient()) {
      return FigureOf(row, request.figure());
    }
  }
  return ToStatus(Fault{
      .code = "ROW_UNKNOWN",
      .message = absl::StrCat("the balances have no row of ", NamingOf(request.group_by()).row,
                              " of that number or code. Ask GetBalances, grouped alike, "
                              "which rows there are."),
      .status = absl::StatusCode::kNotFound});
}

}  // namespace bansos

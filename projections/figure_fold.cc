#include "projections/figure_fold.h"

#include <numeric>
#include <optional>
#include <utility>

#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "projections/payment_move.h"

namespace bansos {
namespace {

bool CountsPeople(const BalanceSubject& subject, BalanceFigure figure) {
  return figure == BalanceFigure::kRecipientsPaid && !subject.is_recipient() &&
         (subject.by == BalanceBy::kProgram || subject.by == BalanceBy::kArea);
}

}  // namespace

FigureFold::FigureFold(BalanceSubject subject, BalanceFigure figure)
    : subject_(std::move(subject)),
      figure_(figure),
      people_(CountsPeople(subject_, figure) ? std::make_unique<RecipientView>() : nullptr) {}

absl::StatusOr<int64_t> FigureFold::Apply(Position position, const Event& event) {
  ASSIGN_OR_RETURN(const bool touched, Book(position, event));
  if (!touched) return 0;
  const int64_t before = value_;
  value_ = Read();
  return value_ - before;
}

bool FigureFold::Holds(const PaymentMove& move) const {
  if (subject_.is_recipient()) return move.payment->recipient == subject_.recipient;
  // The number stands for the programme, which is told apart by its code here.
  constexpr uint32_t kSame = 0;
  return move.payment->program == subject_.program &&
         KeyOf(subject_.by, kSame, move) == BalanceKey{kSame, subject_.tranche, subject_.part};
}

absl::StatusOr<bool> FigureFold::Book(Position position, const Event& event) {
  const bool is_program = !subject_.is_recipient() && subject_.by == BalanceBy::kProgram;
  if (const std::optional<PaymentMove> move = PaymentMoveOf(event.body)) {
    if (!Holds(*move)) return false;
    RETURN_IF_ERROR(CheckMove(*move));
    if (people_ != nullptr) RETURN_IF_ERROR(people_->Apply(position, event));
    RETURN_IF_ERROR(is_program ? row_.BookProgram(*move) : row_.BookPart(*move));
    return true;
  }
  if (const auto* budget = std::get_if<BudgetAppropriated>(&event.body)) {
    if (!is_program || budget->program != subject_.program) return false;
    RETURN_IF_ERROR(row_.Appropriate(budget->amount));
    return true;
  }
  if (people_ != nullptr && std::holds_alternative<ProgramOpened>(event.body)) {
    RETURN_IF_ERROR(people_->Apply(position, event));
  }
  return false;
}

int64_t FigureFold::Read() const {
  const auto& payments = row_.payments;
  switch (figure_) {
    case BalanceFigure::kAvailable:
      return row_.available;
    case BalanceFigure::kObligated:
    case BalanceFigure::kInTransit:
    case BalanceFigure::kPaid:
    case BalanceFigure::kReturned:
    case BalanceFigure::kRemitted:
    case BalanceFigure::kReceivable:
      return row_.money.in(static_cast<Bucket>(figure_));
    case BalanceFigure::kAppropriated:
      return row_.appropriated;
    case BalanceFigure::kInstructed:
      return row_.money.instructed;
    case BalanceFigure::kWithdrawn:
      return row_.money.withdrawn;
    case BalanceFigure::kPayments:
      return static_cast<int64_t>(std::accumulate(payments.begin(), payments.end(), uint64_t{0}));
    case BalanceFigure::kPaymentsPaid:
      return static_cast<int64_t>(row_.payments_in(Bucket::kPaid));
    case BalanceFigure::kRecipientsPaid:
      if (people_ != nullptr) {
        const AreaCode area = subject_.by == BalanceBy::kArea ? subject_.part : 0;
        return static_cast<int64_t>(people_->PeoplePaid(subject_.program, area));
      }
      // Of a tranche or batch each person has one payment that stands; a recipient is one person.
      return subject_.is_recipient() ? row_.payments_in(Bucket::kPaid) > 0
                                     : static_cast<int64_t>(row_.payments_in(Bucket::kPaid));
  }
  CHECK(false) << "figure " << static_cast<int>(figure_);
  return 0;
}

}  // namespace bansos

// FigureFold: one figure of one row of balances, folded alone, so that each event tells what it
// added. It books by the rows and the routing of the views themselves, so it cannot follow another
// rule than they do; what cannot touch the row is passed over.
//
// Contract: Apply is called with every event from position 0 on (of a recipient's row: at least
// with every event of the recipient), in order, each once; after an error the fold is unusable.
// Memory: one row; for people paid of a programme or area also the people of that row. Not
// thread-safe.
#ifndef PROJECTIONS_FIGURE_FOLD_H_
#define PROJECTIONS_FIGURE_FOLD_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "ledger/base/ids.h"
#include "ledger/domain/event.h"
#include "projections/balance_row.h"
#include "projections/balance_view.h"
#include "projections/recipient_view.h"

namespace bansos {

enum class BalanceFigure : uint8_t {
  kAvailable = 1,
  kObligated = 2,
  kInTransit = 3,
  kPaid = 4,
  kReturned = 5,
  kRemitted = 6,
  kReceivable = 7,
  kAppropriated = 8,
  kInstructed = 9,
  kWithdrawn = 10,
  kPayments = 11,
  kPaymentsPaid = 12,
  kRecipientsPaid = 13,
};

// Names a row of balances: of the balance view, or of a recipient over all programmes.
struct BalanceSubject {
  RecipientNumber recipient = {};  // 0: the row is named by what follows
  BalanceBy by = BalanceBy::kProgram;
  std::string program = {};
  uint32_t tranche = 0;
  uint32_t part = 0;  // as in BalanceKey

  bool is_recipient() const { return recipient != RecipientNumber(); }
};

class FigureFold {
 public:
  FigureFold(BalanceSubject subject, BalanceFigure figure);

  // What the event added to the figure. DATA_LOSS when it cannot be true at this position.
  absl::StatusOr<int64_t> Apply(Position position, const Event& event);

  // The sum of all that Apply returned.
  int64_t value() const { return value_; }

 private:
  bool Holds(const PaymentMove& move) const;
  // True when it was booked in the row.
  absl::StatusOr<bool> Book(Position position, const Event& event);
  int64_t Read() const;

  const BalanceSubject subject_;
  const BalanceFigure figure_;
  BalanceRow row_;
  // A person may be paid several times in a programme or area.
  std::unique_ptr<RecipientView> people_;
  int64_t value_ = 0;
};

}  // namespace bansos

#endif  // PROJECTIONS_FIGURE_FOLD_H_

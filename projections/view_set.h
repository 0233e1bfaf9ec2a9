// ViewSet: the views of one position of the log, and what the projector does to all of them alike.
// Not thread-safe; Projector holds the lock of the live one.
#ifndef PROJECTIONS_VIEW_SET_H_
#define PROJECTIONS_VIEW_SET_H_

#include <memory>
#include <vector>

#include "absl/types/span.h"
#include "projections/balance_view.h"
#include "projections/exception_view.h"
#include "projections/fold.h"
#include "projections/recipient_view.h"

namespace bansos {

class ViewSet {
 public:
  ViewSet();

  const BalanceView& balances() const { return *balances_; }
  const RecipientView& recipients() const { return *recipients_; }
  const ExceptionView& exceptions() const { return *exceptions_; }

  // Another view, from the start on. REQUIRES: no other of its name.
  void Add(std::unique_ptr<Fold> fold);

  absl::Span<const std::unique_ptr<Fold>> folds() const { return folds_; }

 private:
  template <typename View>
  const View* Own(std::unique_ptr<View> view);

  std::vector<std::unique_ptr<Fold>> folds_;
  const BalanceView* balances_;
  const RecipientView* recipients_;
  const ExceptionView* exceptions_;
};

}  // namespace bansos

#endif  // PROJECTIONS_VIEW_SET_H_

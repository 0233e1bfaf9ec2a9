#include "projections/view_set.h"

#include <utility>

#include "ledger/base/check.h"

namespace bansos {

ViewSet::ViewSet()
    : balances_(Own(std::make_unique<BalanceView>())),
      recipients_(Own(std::make_unique<RecipientView>())),
      exceptions_(Own(std::make_unique<ExceptionView>())) {}

template <typename View>
const View* ViewSet::Own(std::unique_ptr<View> view) {
  const View* borrowed = view.get();
  Add(std::move(view));
  return borrowed;
}

void ViewSet::Add(std::unique_ptr<Fold> fold) {
  for (const auto& other : folds_) CHECK(other->name() != fold->name()) << fold->name();
  folds_.push_back(std::move(fold));
}

}  // namespace bansos

// What a retry stated against what is recorded (rule 7).
#ifndef LEDGER_EVENT_COMPARE_H_
#define LEDGER_EVENT_COMPARE_H_

#include <optional>
#include <string>

#include "ledger/domain/event.h"

namespace bansos {

// Name of the first field in which the stated content of the two events differs, with dots for
// nested fields ("document.number"); nullopt when the content is the same. Left out: actor, request
// id and what Decide fills in. The actor counts for batch steps.
std::optional<std::string> FirstDifferingField(const Event& stated, const Event& recorded);

}  // namespace bansos

#endif  // LEDGER_EVENT_COMPARE_H_

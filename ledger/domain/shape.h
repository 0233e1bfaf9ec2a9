// Shape: what can be checked of a command without knowing the state (docs/RULES.md, first part).
#ifndef LEDGER_DOMAIN_SHAPE_H_
#define LEDGER_DOMAIN_SHAPE_H_

#include "ledger/domain/event.h"
#include "ledger/domain/refusal.h"

namespace bansos {

// A run of this many digits could be a NIK or KK.
inline constexpr size_t kPersonalDigits = 16;

Check CheckShape(const Command& command);

}  // namespace bansos

#endif  // LEDGER_DOMAIN_SHAPE_H_

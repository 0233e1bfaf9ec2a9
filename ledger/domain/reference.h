// The end-to-end reference that an order to the bank carries: programme, tranche, recipient,
// payment number and attempt, joined by dots ("BLT-DBHCHT.1.4711.1.1"), at most 35 characters (ISO
// 20022). Derived and parsed back, so that no table of references is needed.
#ifndef LEDGER_DOMAIN_REFERENCE_H_
#define LEDGER_DOMAIN_REFERENCE_H_

#include <optional>
#include <string>
#include <string_view>

#include "ledger/domain/values.h"

namespace bansos {

struct Reference {
  PaymentKey payment;
  uint32_t attempt = 0;
};

std::string FormatReference(const PaymentKey& payment, uint32_t attempt);

// nullopt unless `text` is exactly what FormatReference writes of a payment and an attempt that
// there can be.
std::optional<Reference> ParseReference(std::string_view text);

}  // namespace bansos

#endif  // LEDGER_DOMAIN_REFERENCE_H_

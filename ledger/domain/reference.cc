#include "ledger/domain/reference.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/domain/shape_rules.h"

namespace bansos {

std::string FormatReference(const PaymentKey& payment, uint32_t attempt) {
  return absl::StrCat(payment.program, ".", payment.tranche, ".", payment.recipient.value(), ".",
                      payment.number, ".", attempt);
}

std::optional<Reference> ParseReference(std::string_view text) {
  if (text.size() > kMaxReferenceLength) return std::nullopt;
  const std::vector<std::string> parts =
      absl::StrSplit(absl::string_view(text.data(), text.size()), '.');
  Reference reference;
  uint64_t recipient = 0;
  if (parts.size() != 5 || !absl::SimpleAtoi(parts[1], &reference.payment.tranche) ||
      !absl::SimpleAtoi(parts[2], &recipient) ||
      !absl::SimpleAtoi(parts[3], &reference.payment.number) ||
      !absl::SimpleAtoi(parts[4], &reference.attempt)) {
    return std::nullopt;
  }
  reference.payment.program = parts[0];
  reference.payment.recipient = RecipientNumber(recipient);
  if (shape::Payment(reference.payment) || shape::Attempt(reference.attempt)) return std::nullopt;
  // Refuses leading zeros, signs and blanks.
  if (FormatReference(reference.payment, reference.attempt) != text) return std::nullopt;
  return reference;
}

}  // namespace bansos

#include "ledger/domain/payment_events.h"

#include "absl/strings/str_cat.h"
#include "ledger/domain/key_text.h"
#include "ledger/domain/reference.h"
#include "ledger/domain/shape_rules.h"

namespace bansos {

using namespace shape;  // NOLINT(google-build-using-namespace): the stones of this file.

std::string PaymentInstructed::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name, KeyPart(payment));
}
Check PaymentInstructed::Shape() const {
  RETURN_IF_REFUSED(Payment(payment));
  RETURN_IF_REFUSED(Number("batch", batch, kMaxBatchNumber));
  // What could never be sent must not be instructed.
  REFUSE_IF(FormatReference(payment, kMaxAttempts).size() > kMaxReferenceLength,
            RefusalCode::kReferenceTooLong, FormatReference(payment, kMaxAttempts));
  return Amount("amount", amount);
}

std::string PaymentWithdrawn::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name, KeyPart(payment));
}
Check PaymentWithdrawn::Shape() const { return Payment(payment); }

std::string TransferSent::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name, KeyPart(payment), attempt);
}
Check TransferSent::Shape() const {
  RETURN_IF_REFUSED(Payment(payment));
  RETURN_IF_REFUSED(OptionalPosition("payee position", payee_position));
  return Attempt(attempt);
}

std::string PaymentReissued::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name, KeyPart(payment), attempt);
}
Check PaymentReissued::Shape() const {
  RETURN_IF_REFUSED(Payment(payment));
  return Attempt(attempt);
}

std::string PaymentRemitted::Key(const std::optional<Document>& document) const {
  return KeyText(kTraits.name, KeyPart(payment), KeyPart(document));
}
Check PaymentRemitted::Shape() const { return Payment(payment); }

}  // namespace bansos

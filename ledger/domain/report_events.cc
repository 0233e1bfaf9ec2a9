#include "ledger/domain/report_events.h"

#include "absl/strings/str_cat.h"
#include "ledger/domain/key_text.h"
#include "ledger/domain/shape_rules.h"

namespace bansos {

using namespace shape;  // NOLINT(google-build-using-namespace): the stones of this file.

std::string ResultFileReceived::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name, sha256);
}
Check ResultFileReceived::Shape() const {
  RETURN_IF_REFUSED(Code("kind", kind));
  RETURN_IF_REFUSED(Code("sender", sender));
  RETURN_IF_REFUSED(Bytes32("sha256", sha256));
  RETURN_IF_REFUSED(Total("settled total", settled_total));
  RETURN_IF_REFUSED(Total("returned total", returned_total));
  return Number("lines", lines, kMaxFileLines);
}

std::string TransferSettled::Key(const std::optional<Document>&) const {
  return KeyText("Report", KeyPart(source));
}
Check TransferSettled::Shape() const {
  RETURN_IF_REFUSED(Payment(payment));
  RETURN_IF_REFUSED(Attempt(attempt));
  RETURN_IF_REFUSED(RequiredDate("value date", value_date));
  RETURN_IF_REFUSED(Amount("amount", amount));
  RETURN_IF_REFUSED(OptionalPosition("cites", cites));
  RETURN_IF_REFUSED(OptionalSealed("bank reference", sealed_bank_reference));
  return From(source);
}

std::string TransferReturned::Key(const std::optional<Document>&) const {
  return KeyText("Report", KeyPart(source));
}
Check TransferReturned::Shape() const { return std::nullopt; }

std::string ReportHeld::Key(const std::optional<Document>&) const {
  return KeyText("Report", KeyPart(source));
}
Check ReportHeld::Shape() const { return std::nullopt; }

std::string ReportResolved::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name, held_position ? held_position->value() : 0);
}
Check ReportResolved::Shape() const {
  REFUSE_IF(!held_position, RefusalCode::kBadNumber, "held position");
  RETURN_IF_REFUSED(OptionalPosition("held position", held_position));
  RETURN_IF_REFUSED(AtMost("carried by", carried_by.size(), kMaxCarriedBy));
  for (const Position position : carried_by) {
    RETURN_IF_REFUSED(OptionalPosition("carried by", position));
  }
  return std::nullopt;
}

Check ReportTransfer::Shape() const {
  if (payment) {
    RETURN_IF_REFUSED(Payment(*payment));
    RETURN_IF_REFUSED(Attempt(attempt));
  }
  RETURN_IF_REFUSED(OneOf("kind", kind, ReportKind::kReturned));
  RETURN_IF_REFUSED(Amount("amount", amount));
  RETURN_IF_REFUSED(RequiredDate("value date", value_date));
  const bool returned = kind == ReportKind::kReturned;
  REFUSE_FIELD_IF(returned == (reason == ReturnReason::kNone) || reason > ReturnReason::kNARR,
                  RefusalCode::kBadEnum, "return reason", "");
  RETURN_IF_REFUSED(Sealed("reference", sealed_reference));
  RETURN_IF_REFUSED(OptionalSealed("bank reference", sealed_bank_reference));
  return From(source);
}

}  // namespace bansos

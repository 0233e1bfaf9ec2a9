#include "ledger/domain/shape.h"

#include <variant>

#include "ledger/domain/shape_rules.h"

namespace bansos {
namespace {

using namespace shape;  // NOLINT(google-build-using-namespace): the stones of this file.

Check DocumentShape(const Document& document) {
  RETURN_IF_REFUSED(Code("document kind", document.kind));
  RETURN_IF_REFUSED(Text("document number", document.number));
  RETURN_IF_REFUSED(NotPersonal("document number", document.number));
  RETURN_IF_REFUSED(RequiredDate("document date", document.date));
  if (document.signatory.empty()) return std::nullopt;
  return Actor(document.signatory, "document signatory");
}

Check EnvelopeShape(const Envelope& envelope, bool needs_document) {
  RETURN_IF_REFUSED(Actor(envelope.actor));
  RETURN_IF_REFUSED(OptionalText("request id", envelope.request_id));
  RETURN_IF_REFUSED(NotPersonal("request id", envelope.request_id));
  RETURN_IF_REFUSED(OptionalDate("effective date", envelope.effective_date));
  REFUSE_IF(needs_document && !envelope.document, RefusalCode::kDocumentRequired, "");
  if (!envelope.document) return std::nullopt;
  return DocumentShape(*envelope.document);
}

}  // namespace

Check CheckShape(const Command& command) {
  if (const auto* report = std::get_if<ReportTransfer>(&command.body)) {
    RETURN_IF_REFUSED(EnvelopeShape(command.envelope, false));
    return report->Shape();
  }
  return std::visit(
      [&]<typename Body>(const Body& body) -> Check {
        RETURN_IF_REFUSED(EnvelopeShape(command.envelope, Body::kTraits.needs_document));
        REFUSE_IF(!Body::kTraits.is_command, RefusalCode::kNotACommand,
                  std::string(Body::kTraits.name));
        return body.Shape();
      },
      std::get<EventBody>(command.body));
}

}  // namespace bansos

#include "grpc/registered_identity.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "ledger/event/codec.h"

namespace bansos {

absl::StatusOr<ledger::v1::SealedIdentity> ReadIdentityAt(const EventLog& log,
                                                          const Sealing& sealing,
                                                          RecipientNumber recipient,
                                                          Position position) {
  ASSIGN_OR_RETURN(const std::string entry, log.Read(position));
  ASSIGN_OR_RETURN(const Event event, DecodeEvent(entry));
  if (const auto* registered = std::get_if<RecipientRegistered>(&event.body)) {
    return sealing.UnsealIdentity(recipient, registered->sealed_identity);
  }
  if (const auto* corrected = std::get_if<IdentityCorrected>(&event.body)) {
    return sealing.UnsealIdentity(recipient, corrected->sealed_identity);
  }
  return absl::DataLossError(
      absl::StrCat("the event at position ", position.value(), " holds no identity"));
}

absl::StatusOr<std::vector<std::optional<RegisteredName>>> ReadRegisteredNames(
    const ReadPath& reads, const EventLog& log, const Sealing& sealing,
    const std::vector<RecipientNumber>& recipients) {
  std::vector<std::optional<RegisteredName>> names(recipients.size());
  RETURN_IF_ERROR(reads.Read([&](const Views& views) {
    for (size_t i = 0; i < recipients.size(); ++i) {
      const RecipientState* recipient = views.state.FindRecipient(recipients[i]);
      if (recipient == nullptr || !recipient->registered) continue;
      names[i] = RegisteredName{.position = recipient->identity_position, .name = {}};
    }
  }));
  for (size_t i = 0; i < names.size(); ++i) {
    if (!names[i].has_value()) continue;
    ASSIGN_OR_RETURN(ledger::v1::SealedIdentity identity,
                     ReadIdentityAt(log, sealing, recipients[i], names[i]->position));
    names[i]->name = std::move(*identity.mutable_name());
  }
  return names;
}

}  // namespace bansos

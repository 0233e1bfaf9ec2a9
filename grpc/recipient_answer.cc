#include "grpc/recipient_answer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "grpc/convert_records.h"
#include "grpc/event_reader.h"
#include "grpc/registered_identity.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

void AddPayments(const State& state, const ProgramState& program, RecipientNumber recipient,
                 v1::Recipient& proto) {
  for (const Tranche& tranche : program.terms.tranches) {
    const auto latest = program.payment_of_recipient.find({tranche.number, recipient.value()});
    if (latest == program.payment_of_recipient.end()) continue;
    for (std::optional<PaymentIndex> index = latest->second; index.has_value();
         index = state.at(*index).previous) {
      *proto.add_payments() = ToProto(state, state.at(*index));
    }
  }
}

v1::Recipient ToRecipient(const State& state, RecipientNumber number,
                          const RecipientState& recipient) {
  v1::Recipient proto;
  proto.set_number(number.value());
  proto.set_kind(static_cast<ledger::v1::RecipientKind>(recipient.kind));
  proto.set_area(FormatArea(recipient.area));
  proto.set_kk_token(recipient.kk_token.value());
  proto.set_registered_position(recipient.registered_at.value());
  proto.set_died_on(FormatDate(recipient.died_on));
  for (const ProgramState& program : state.programs) {
    const Candidacy* candidacy = program.FindCandidacy(number);
    if (candidacy == nullptr) continue;
    for (const Entitlement& entitlement : candidacy->entitlements) {
      *proto.add_entitlements() = ToProto(state, program, number, entitlement);
    }
    AddPayments(state, program, number, proto);
  }
  std::sort(proto.mutable_entitlements()->begin(), proto.mutable_entitlements()->end(),
            [](const v1::Entitlement& a, const v1::Entitlement& b) {
              return a.decree_position() < b.decree_position();
            });
  std::sort(proto.mutable_payments()->begin(), proto.mutable_payments()->end(),
            [](const v1::Payment& a, const v1::Payment& b) {
              return a.instructed_position() < b.instructed_position();
            });
  return proto;
}

}  // namespace

v1::Payee ToPayee(Position position, const PayeeAssigned& event) {
  v1::Payee payee;
  payee.set_position(position.value());
  payee.set_channel(static_cast<ledger::v1::Channel>(event.channel));
  payee.set_holder(static_cast<ledger::v1::Holder>(event.holder));
  payee.set_account_token(event.account_token.value());
  return payee;
}

absl::StatusOr<v1::Payee> ReadPayee(const EventLog& log, const Sealing& sealing, Position position,
                                    bool unseal) {
  ASSIGN_OR_RETURN(const PayeeAssigned event, ReadBodyAt<PayeeAssigned>(log, position));
  v1::Payee payee = ToPayee(position, event);
  if (unseal) {
    ASSIGN_OR_RETURN(const ledger::v1::SealedPayee details,
                     sealing.UnsealPayee(event.recipient, event.sealed_details));
    *payee.mutable_details() = ToProto(details);
  }
  return payee;
}

absl::StatusOr<v1::GetRecipientResponse> RecipientAnswer(const ServiceParts& parts,
                                                         const RecipientLookup& lookup,
                                                         const Sealing& sealing,
                                                         const Moment& moment,
                                                         const v1::GetRecipientRequest& request) {
  ItemReader reader;
  const RecipientNumber number = lookup.Resolve("recipient", request.recipient(), reader);
  RETURN_IF_ERROR(reader.failure());
  if (!reader.ok()) return ToStatus(*reader.fault());

  v1::GetRecipientResponse response;
  bool registered = false;
  Position identity_position;
  std::optional<Position> payee_position;
  RETURN_IF_ERROR(moment.Read([&](const Views& views) {
    const RecipientState* recipient = views.state.FindRecipient(number);
    registered = recipient != nullptr && recipient->registered;
    if (!registered) return;
    *response.mutable_true_at() = ToProto(views.head);
    *response.mutable_recipient() = ToRecipient(views.state, number, *recipient);
    identity_position = recipient->identity_position;
    payee_position = recipient->payee_position;
  }));
  if (!registered) return ToStatus(RecipientUnknown(number));

  v1::Recipient& recipient = *response.mutable_recipient();
  if (payee_position.has_value()) {
    ASSIGN_OR_RETURN(*recipient.mutable_payee(),
                     ReadPayee(parts.log, sealing, *payee_position, request.include_identity()));
  }
  if (request.include_identity()) {
    ASSIGN_OR_RETURN(const ledger::v1::SealedIdentity identity,
                     ReadIdentityAt(parts.log, sealing, number, identity_position));
    *recipient.mutable_identity() = ToProto(identity);
  }
  return response;
}

}  // namespace bansos

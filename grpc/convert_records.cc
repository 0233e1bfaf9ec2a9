#include "grpc/convert_records.h"

#include "grpc/item_reader.h"
#include "ledger/domain/reference.h"

namespace bansos {

ledger::v1::PaymentKey ToProto(const PaymentKey& key) {
  ledger::v1::PaymentKey proto;
  proto.set_program(key.program);
  proto.set_tranche(key.tranche);
  proto.set_recipient(key.recipient.value());
  proto.set_number(key.number);
  return proto;
}

ledger::v1::BatchKey ToProto(const BatchKey& key) {
  ledger::v1::BatchKey proto;
  proto.set_program(key.program);
  proto.set_tranche(key.tranche);
  proto.set_number(key.number);
  return proto;
}

PaymentKey FromProto(const ledger::v1::PaymentKey& key) {
  return PaymentKey{.program = key.program(),
                    .tranche = key.tranche(),
                    .recipient = RecipientNumber(key.recipient()),
                    .number = key.number()};
}

BatchKey FromProto(const ledger::v1::BatchKey& key) {
  return BatchKey{.program = key.program(), .tranche = key.tranche(), .number = key.number()};
}

v1::Entitlement ToProto(const State& state, const ProgramState& program, RecipientNumber recipient,
                        const Entitlement& entitlement) {
  v1::Entitlement proto;
  proto.set_program(program.terms.program);
  proto.set_recipient(recipient.value());
  proto.set_slot(entitlement.slot);
  proto.set_holder(entitlement.holder);
  proto.set_replaces(entitlement.replaces.value());
  proto.set_first_tranche(entitlement.first_tranche);
  proto.set_amount(entitlement.amount);
  proto.set_decree_position(entitlement.decree_position.value());
  proto.set_running(entitlement.running);
  if (!entitlement.running) {
    proto.set_end_reason(static_cast<ledger::v1::EndReason>(entitlement.end_reason));
    proto.set_ended_on(FormatDate(entitlement.ended_on));
    proto.set_last_tranche(entitlement.last_tranche);
  }
  if (const RecipientState* holder = state.FindRecipient(recipient); holder != nullptr) {
    proto.set_area(FormatArea(holder->area));
    proto.set_alive(holder->died_on == 0);
    proto.set_has_payee(holder->payee_position.has_value());
  }
  return proto;
}

v1::Payment ToProto(const State& state, const PaymentState& payment) {
  const PaymentKey key = state.KeyOf(payment);
  v1::Payment proto;
  *proto.mutable_payment() = ToProto(key);
  proto.set_batch(state.at(payment.batch).number);
  proto.set_state(static_cast<v1::PaymentState>(payment.phase));
  proto.set_amount(payment.amount);
  proto.set_attempt(payment.attempt);
  proto.set_area(FormatArea(payment.area));
  proto.set_slot(payment.slot);
  proto.set_instructed_position(payment.instructed_at.value());
  proto.set_payee_position(payment.payee_position.value());
  proto.set_reference(FormatReference(key, payment.attempt));
  if (payment.last_sent_at) proto.set_sent_position(payment.last_sent_at->value());
  proto.set_value_date(FormatDate(payment.standing_date));
  if (payment.phase == PaymentPhase::kReturned) {
    proto.set_return_reason(static_cast<ledger::v1::ReturnReason>(payment.return_reason));
  }
  return proto;
}

v1::Batch ToProto(const State& state, const BatchState& batch) {
  v1::Batch proto;
  *proto.mutable_batch() = ToProto(state.KeyOf(batch));
  proto.set_state(static_cast<v1::BatchState>(batch.phase));
  proto.set_round(batch.round);
  proto.set_count(batch.count);
  proto.set_total(batch.total);
  for (const OrderFileState& file : batch.order_files) {
    v1::OrderFile& added = *proto.add_order_files();
    added.set_position(file.written_at.value());
    added.set_attempt(file.attempt);
    added.set_again(file.again);
    added.set_sha256(file.sha256);
    added.set_count(file.count);
    added.set_total(file.total);
  }
  return proto;
}

v1::Identity ToProto(const ledger::v1::SealedIdentity& identity) {
  v1::Identity proto;
  proto.set_nik(identity.nik());
  proto.set_registration_number(identity.registration_number());
  proto.set_name(identity.name());
  proto.set_birth_place(identity.birth_place());
  proto.set_birth_date(FormatDate(identity.birth_date()));
  proto.set_sex(static_cast<v1::Sex>(identity.sex()));
  proto.set_address(identity.address());
  proto.set_kk(identity.kk());
  return proto;
}

v1::PayeeDetails ToProto(const ledger::v1::SealedPayee& payee) {
  v1::PayeeDetails proto;
  proto.set_account_number(payee.account_number());
  proto.set_bank(payee.bank());
  proto.set_holder_name(payee.holder_name());
  return proto;
}

}  // namespace bansos

#include "projections/person_facts.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/date.h"
#include "ledger/domain/payment.h"
#include "projections/dense_number.h"

namespace bansos {
namespace {

struct IsPayment {
  const std::vector<PersonFacts::Lot>& lots;
  ProgramTable::Number program = 0;
  uint32_t tranche = 0;
  uint32_t number = 0;

  bool operator()(const PersonFacts::Payment& payment) const {
    const PersonFacts::Lot& lot = lots[payment.lot];
    return payment.number == number && lot.tranche == tranche && lot.program == program;
  }
};

}  // namespace

absl::StatusOr<uint32_t> PersonFacts::FindRecipient(RecipientNumber recipient) const {
  ASSIGN_OR_RETURN(const uint32_t number, DenseNumber(recipient));
  if (person(number).registered) return number;
  return absl::DataLossError(absl::StrCat("recipient ", number, " was never registered"));
}

absl::StatusOr<uint32_t> PersonFacts::Register(const RecipientRegistered& event) {
  ASSIGN_OR_RETURN(const uint32_t recipient, DenseNumber(event.recipient));
  ASSIGN_OR_RETURN(const uint32_t kk_token, DenseToken(event.kk_token));
  Person& person = people_.At(recipient);
  person.registered = true;
  person.kk_token = kk_token;
  return recipient;
}

absl::StatusOr<uint32_t> PersonFacts::Correct(const IdentityCorrected& event) {
  ASSIGN_OR_RETURN(const uint32_t recipient, FindRecipient(event.recipient));
  ASSIGN_OR_RETURN(people_.At(recipient).kk_token, DenseToken(event.kk_token));
  return recipient;
}

absl::StatusOr<uint32_t> PersonFacts::Assign(Position position, const PayeeAssigned& event) {
  ASSIGN_OR_RETURN(const uint32_t recipient, FindRecipient(event.recipient));
  Person& person = people_.At(recipient);
  ASSIGN_OR_RETURN(person.account_token, DenseToken(event.account_token));
  person.payee_position = position.value();
  person.reason = event.shared_account_reason;
  person.name_differs = event.name_differs && !event.name_confirmed;
  return recipient;
}

absl::StatusOr<uint32_t> PersonFacts::Die(Position position, const RecipientDied& event) {
  ASSIGN_OR_RETURN(const uint32_t recipient, FindRecipient(event.recipient));
  if (event.died_on == 0) {
    deaths_.erase(recipient);
    return recipient;
  }
  if (!IsValidDate(event.died_on)) {
    return absl::DataLossError(absl::StrCat(event.died_on, " is no date of death"));
  }
  deaths_[recipient] = {
      .position = position.value(), .died_on = event.died_on, .source = event.source};
  return recipient;
}

absl::StatusOr<uint32_t> PersonFacts::Decree(Position position, const RecipientDecreed& event) {
  ASSIGN_OR_RETURN(const uint32_t recipient, FindRecipient(event.recipient));
  ASSIGN_OR_RETURN(const ProgramTable::Number program, programs_.Find(event.program));
  running_.Add(recipient, {.decree_position = position.value(),
                           .program = program,
                           .slot = event.slot,
                           .holder = event.holder});
  return recipient;
}

absl::StatusOr<uint32_t> PersonFacts::End(const EntitlementEnded& event) {
  ASSIGN_OR_RETURN(const uint32_t recipient, FindRecipient(event.recipient));
  ASSIGN_OR_RETURN(const ProgramTable::Number program, programs_.Find(event.program));
  const bool removed = running_.Remove(recipient, [&](const Running& running) {
    return running.program == program && running.slot == event.slot &&
           running.holder == event.holder;
  });
  if (removed) return recipient;
  return absl::DataLossError(absl::StrCat("recipient ", recipient, " holds no slot ", event.slot,
                                          " of programme ", event.program));
}

absl::StatusOr<uint32_t> PersonFacts::Move(Position position, const PaymentMove& move,
                                           Date value_date) {
  RETURN_IF_ERROR(CheckMove(move));
  const PaymentKey& key = *move.payment;
  ASSIGN_OR_RETURN(const uint32_t recipient, FindRecipient(key.recipient));
  ASSIGN_OR_RETURN(const ProgramTable::Number program, programs_.Find(key.program));
  if (move.instructs) {
    const Lot lot{.program = program,
                  .tranche = key.tranche,
                  .batch = move.movement->batch,
                  .amount = move.movement->amount};
    payments_.Add(recipient, {.lot = InternLot(lot), .number = key.number});
    return recipient;
  }
  const IsPayment is_payment{
      .lots = lots_, .program = program, .tranche = key.tranche, .number = key.number};
  if (move.withdraws && payments_.Remove(recipient, is_payment)) return recipient;
  Payment* payment = payments_.Find(recipient, is_payment);
  if (payment == nullptr) {
    return absl::DataLossError(absl::StrCat(Describe(key), " was never instructed"));
  }
  const bool paid = move.movement->to == Bucket::kPaid;
  if (paid && !IsValidDate(value_date)) {
    return absl::DataLossError(absl::StrCat(value_date, " is no value date"));
  }
  payment->value_date = paid ? value_date : 0;
  payment->settled_at = paid ? position.value() : 0;
  return recipient;
}

const PersonFacts::Person& PersonFacts::person(uint32_t recipient) const {
  static const Person kNobody;
  const Person* person = people_.Find(recipient);
  return person == nullptr ? kNobody : *person;
}

bool PersonFacts::IsEntitled(uint32_t recipient) const {
  return running_.Find(recipient, [](const Running&) { return true; }) != nullptr;
}

std::vector<PersonFacts::Running> PersonFacts::RunningOf(uint32_t recipient) const {
  return running_.Sorted(recipient, [](const Running& a, const Running& b) {
    return std::tie(a.program, a.slot, a.holder) < std::tie(b.program, b.slot, b.holder);
  });
}

uint32_t PersonFacts::BatchOf(const PaymentKey& payment) const {
  const absl::StatusOr<uint32_t> recipient = DenseNumber(payment.recipient);
  const absl::StatusOr<ProgramTable::Number> program = programs_.Find(payment.program);
  if (!recipient.ok() || !program.ok()) return 0;
  const Payment* found = payments_.Find(*recipient, IsPayment{.lots = lots_,
                                                              .program = *program,
                                                              .tranche = payment.tranche,
                                                              .number = payment.number});
  return found == nullptr ? 0 : lot(*found).batch;
}

uint32_t PersonFacts::InternLot(const Lot& lot) {
  const auto [it, added] = lot_numbers_.try_emplace(lot, static_cast<uint32_t>(lots_.size()));
  if (added) lots_.push_back(lot);
  return it->second;
}

}  // namespace bansos

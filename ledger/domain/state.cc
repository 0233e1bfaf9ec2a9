#include "ledger/domain/state.h"

namespace bansos {

const Entitlement* Candidacy::FindEntitlement(uint32_t slot, uint32_t holder) const {
  for (const Entitlement& entitlement : entitlements) {
    if (entitlement.slot == slot && entitlement.holder == holder) return &entitlement;
  }
  return nullptr;
}

const RecipientState* State::FindRecipient(RecipientNumber number) const {
  return recipients.Find(number);
}

RecipientState* State::FindRecipient(RecipientNumber number) { return recipients.Find(number); }

const ProgramState* State::FindProgram(const std::string& code) const {
  const auto it = program_of_code.find(code);
  return it == program_of_code.end() ? nullptr : &at(it->second);
}

ProgramState* State::FindProgram(const std::string& code) {
  return const_cast<ProgramState*>(std::as_const(*this).FindProgram(code));
}

const BatchState* State::FindBatch(const BatchKey& key) const {
  const auto it = batch_of_key.find(key);
  return it == batch_of_key.end() ? nullptr : &at(it->second);
}

BatchState* State::FindBatch(const BatchKey& key) {
  return const_cast<BatchState*>(std::as_const(*this).FindBatch(key));
}

std::optional<PaymentIndex> State::FindPayment(const PaymentKey& key) const {
  const ProgramState* program = FindProgram(key.program);
  if (program == nullptr) return std::nullopt;
  const auto it = program->payment_of_recipient.find({key.tranche, key.recipient.value()});
  if (it == program->payment_of_recipient.end()) return std::nullopt;
  std::optional<PaymentIndex> index = it->second;
  while (index && at(*index).number > key.number) index = at(*index).previous;
  if (!index || at(*index).number != key.number) return std::nullopt;
  return index;
}

void State::OrderLists() {
  for (ProgramState& program : programs) {
    program.candidates.clear();
    program.batches.clear();
    for (const auto& [recipient, candidacy] : program.candidacies) {
      program.candidates.insert(recipient);
    }
  }
  for (uint32_t i = 0; i < batches.size(); ++i) {
    at(batches[i].program).batches[{batches[i].tranche, batches[i].number}] = BatchIndex(i);
  }
}

uint32_t State::OtherEntitlements(RecipientNumber recipient, const ProgramState& except) const {
  uint32_t running = 0;
  for (const ProgramState& program : programs) {
    if (&program == &except) continue;
    const Candidacy* candidacy = program.FindCandidacy(recipient);
    if (candidacy != nullptr && candidacy->Running() != nullptr) ++running;
  }
  return running;
}

PaymentKey State::KeyOf(const PaymentState& payment) const {
  return {at(payment.program).terms.program, payment.tranche, payment.recipient, payment.number};
}

BatchKey State::KeyOf(const BatchState& batch) const {
  return {at(batch.program).terms.program, batch.tranche, batch.number};
}

}  // namespace bansos

// What is true of an event beside its fields. Each event declares it in its own struct
// (ledger_root_events.h, program_events.h and so on):
//   kTraits   the table below;
//   Names()   what the event is about, from which its subject and its filters follow;
//   Key()     the business key (rule 7) in words: two events with the same key are the same fact;
//   Shape()   what can be checked without the state (docs/RULES.md, first part);
//   VisitFields(), see fields.h.
// What depends on the state are the rules, plain functions beside the aggregate: Decide and Evolve,
// and RecordedIn where key_place says so.
#ifndef LEDGER_DOMAIN_EVENT_TRAITS_H_
#define LEDGER_DOMAIN_EVENT_TRAITS_H_

#include <cstdint>
#include <string_view>

#include "ledger/domain/refusal.h"  // IWYU pragma: export
#include "ledger/domain/values.h"

namespace bansos {

// What is not there before the event, so that its command need not find it.
enum class Creates : uint8_t { kNothing, kProgram, kRecipient, kBatch, kPayment };

// Where the position of a recorded key is found.
enum class KeyPlace : uint8_t {
  kTable,  // In State::keys, by the key's fingerprint.
  kState,  // In what the event became: RecordedIn of its aggregate.
};

struct EventTraits {
  std::string_view name;          // As in event.proto.
  bool needs_document = false;    // D in docs/RULES.md.
  bool is_command = true;         // Or only the ledger itself writes it.
  bool actor_is_content = false;  // Another actor's is another fact (rule 7).
  Creates creates = Creates::kNothing;
  KeyPlace key_place = KeyPlace::kTable;
  Bucket moves_to = Bucket::kOutside;  // Where it takes its payment's money; kOutside: nowhere.
};

// What an event names, each if any; the views and pointers are into the event.
struct Named {
  std::string_view program = {};
  RecipientNumber recipient = {};
  const BatchKey* batch = nullptr;
  const PaymentKey* payment = nullptr;
  bool may_be_unknown = false;  // A report names what the bank thinks there is.
};

// The programme, also of the batch or payment; empty when none is named.
inline std::string_view ProgramOf(const Named& named) {
  if (named.payment != nullptr) return named.payment->program;
  if (named.batch != nullptr) return named.batch->program;
  return named.program;
}

// The recipient, also of the payment; 0 when none is named.
inline RecipientNumber RecipientOf(const Named& named) {
  return named.payment != nullptr ? named.payment->recipient : named.recipient;
}

}  // namespace bansos

#endif  // LEDGER_DOMAIN_EVENT_TRAITS_H_

// The events of the ledger (DOMAIN 4): plain values in past tense. What each field means, its unit
// and the business key of each event stand in bansos/ledger/v1/event.proto; ledger/event has the
// codec.
//
// A command is the event that it asks for (docs/adr/0002): the same struct, with the fields that
// Decide fills in ("decided" in event.proto) left empty. Only reports of the bank have a command of
// their own, because a report can become one of three events.
#ifndef LEDGER_DOMAIN_EVENT_H_
#define LEDGER_DOMAIN_EVENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "ledger/domain/event_entitlement.h"
#include "ledger/domain/event_payment.h"
#include "ledger/domain/values.h"

namespace bansos {

// Every stored event, in the order of event.proto.
using EventBody =
    std::variant<LedgerOpened, RulesAdopted, CataloguePublished, AreasPublished, PolicySet,
                 ProgramOpened, ProgramAmended, RuleSetPublished, BudgetAppropriated,
                 RecipientRegistered, IdentityCorrected, PayeeAssigned, AssessmentRecorded,
                 RecipientDied, CandidateProposed, EligibilityDecided, RecipientDecreed,
                 EntitlementEnded, BatchDrafted, BatchSubmitted, BatchVerified, BatchApproved,
                 BatchSentBack, BatchReleased, BatchClosed, PaymentInstructed, PaymentWithdrawn,
                 TransferSent, ResultFileReceived, TransferSettled, TransferReturned,
                 PaymentReissued, PaymentRemitted, ReportHeld, ReportResolved, OrderFileWritten>;

// What every event and every command carries beside its body.
struct Envelope {
  int64_t recorded_time_us = 0;  // Decided: the sequencer's clock.
  std::string actor;
  std::string request_id;
  Date effective_date = 0;  // 0: none stated.
  std::optional<Document> document;
  uint64_t back = 0;  // Decided: distance to the subject's last event; 0 for the first.
};

struct Event {
  Envelope envelope;
  EventBody body;
};

// ---- Commands ----

// A result that the bank reports. Becomes TransferSettled, TransferReturned or ReportHeld; never
// refused for what it says (rule 9). `payment` is empty when the reference cannot be parsed.
struct ReportTransfer {
  std::optional<PaymentKey> payment;
  uint32_t attempt = 0;
  ReportKind kind = ReportKind::kSettled;
  Rupiah amount = 0;
  Date value_date = 0;
  ReturnReason reason = ReturnReason::kNone;
  Source source;
  std::string sealed_reference;  // Under the ledger key; used only when held.
  // The bank's reference in both forms, each empty when the bank gave none. Which one is kept
  // follows from the event: the recipient's key where it names a payment, else the ledger's. So
  // what a retry states never depends on who is known when.
  std::string sealed_bank_reference;  // Empty too while the recipient has no key.
  std::string sealed_strangers_bank_reference;
};

// What a caller asks for: the event itself without what Decide fills in, or a report.
// Not every event may be asked for: LedgerOpened, TransferReturned, ReportHeld are the ledger's
// own.
using CommandBody = std::variant<EventBody, ReportTransfer>;

struct Command {
  Envelope envelope;
  CommandBody body;
};

}  // namespace bansos

#endif  // LEDGER_DOMAIN_EVENT_H_

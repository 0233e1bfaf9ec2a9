// The events of the ledger (DOMAIN 4): plain values in past tense, one header an aggregate; what is
// true of each stands in its struct (event_traits.h). What each field means and its unit stand in
// bansos/ledger/v1/event.proto; ledger/event has the codec.
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

#include "ledger/domain/batch_events.h"
#include "ledger/domain/entitlement_events.h"
#include "ledger/domain/ledger_root_events.h"
#include "ledger/domain/payment_events.h"
#include "ledger/domain/program_events.h"
#include "ledger/domain/recipient_events.h"
#include "ledger/domain/report_events.h"
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

  template <typename V, FieldsOf<Envelope> T>
  friend void VisitFields(V& visit, T& x) {
    visit.Decided(1, "recorded_time_us", x.recorded_time_us);
    visit(2, "actor", x.actor);
    visit(3, "request_id", x.request_id);
    visit(4, "effective_date", x.effective_date);
    visit(5, "document", x.document);
    visit.Decided(6, "back", x.back);
  }
};

struct Event {
  Envelope envelope;
  EventBody body;
};

// ---- Commands ----

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

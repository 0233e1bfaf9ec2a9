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
#include <vector>

#include "ledger/base/ids.h"
#include "ledger/domain/values.h"

namespace bansos {

// ---- The ledger itself ----

struct LedgerOpened {
  std::string ledger_id;
  uint32_t rules_version = 0;
};

struct RulesAdopted {
  uint32_t version = 0;
};

struct Indicator {
  uint32_t number = 0;
  std::string id;
  IndicatorKind kind = IndicatorKind::kCoded;
  std::string codes;
  std::string meaning;
  std::string source;
};

struct CataloguePublished {
  std::string name;
  uint32_t version = 0;
  std::string legal_basis;
  Date date_in_force = 0;
  std::vector<Indicator> indicators;
};

struct Area {
  std::string code;
  std::string name;
};

struct AreasPublished {
  std::string name;
  uint32_t version = 0;
  std::string parent;
  std::string legal_basis;
  Date date_in_force = 0;
  std::vector<Area> areas;
};

struct PolicySet {
  std::string name;
  uint32_t version = 0;
  int64_t value = 0;
  std::string legal_basis;
  Date date_in_force = 0;
};

// ---- Programmes ----

struct Tranche {
  uint32_t number = 0;
  Rupiah amount = 0;
  Date entitlement_date = 0;
};

struct ProgramOpened {
  std::string program;
  std::string name;
  uint32_t fiscal_year = 0;
  Date fiscal_year_end = 0;
  uint32_t quota = 0;
  Fund fund = Fund::kApbdGeneral;
  std::vector<RecipientKind> recipient_kinds;
  std::vector<Tranche> tranches;
  bool amount_by_decree = false;
};

struct ProgramAmended {
  std::string program;
  uint32_t quota = 0;
  std::vector<Tranche> tranches;
};

struct Expression {
  Operator op = Operator::kAll;
  std::vector<Expression> parts;
  uint32_t at_least = 0;
  std::string indicator;
  LedgerFact fact = LedgerFact::kNone;
  std::vector<int64_t> numbers;
  std::vector<std::string> texts;
};

struct Criterion {
  std::string id;
  std::string title;
  Expression expression;
};

struct RuleSetPublished {
  std::string program;
  uint32_t version = 0;
  std::string legal_basis;
  Date date_in_force = 0;
  std::vector<Criterion> criteria;
};

struct BudgetAppropriated {
  std::string program;
  Rupiah amount = 0;
};

// ---- Recipients ----

struct RecipientRegistered {
  RecipientNumber recipient;
  RecipientKind kind = RecipientKind::kPerson;
  AreaCode area = 0;
  KkToken kk_token;
  std::string sealed_identity;
  std::string key_commitment;
};

struct IdentityCorrected {
  RecipientNumber recipient;
  AreaCode area = 0;
  KkToken kk_token;
  std::string sealed_identity;
};

struct PayeeAssigned {
  RecipientNumber recipient;
  Channel channel = Channel::kBankAccount;
  AccountToken account_token;
  Holder holder = Holder::kSelf;
  std::string sealed_details;
  SharedAccountReason shared_account_reason = SharedAccountReason::kNone;
};

struct AssessmentRecorded {
  RecipientNumber recipient;
  std::string catalogue;
  uint32_t catalogue_version = 0;
  Date survey_date = 0;
  std::string sealed_values;
};

struct RecipientDied {
  RecipientNumber recipient;
  Date died_on = 0;
  DeathSource source = DeathSource::kCivilRegistry;
};

// ---- Eligibility and entitlement ----

struct CandidateProposed {
  std::string program;
  RecipientNumber recipient;
  std::string proposer;
  std::string candidate_class;
  AreaCode work_area = 0;
};

struct EligibilityDecided {
  std::string program;
  RecipientNumber recipient;
  uint32_t rule_set_version = 0;
  uint32_t fact_version = 0;
  std::optional<Position> assessment_position;
  std::vector<Truth> indicator_truths;
  std::vector<Truth> fact_truths;
  Outcome outcome = Outcome::kUnspecified;
};

struct RecipientDecreed {
  std::string program;
  RecipientNumber recipient;
  uint32_t slot = 0;
  uint32_t holder = 0;
  uint32_t first_tranche = 0;
  RecipientNumber replaces;
  Rupiah amount = 0;
  std::optional<Position> decision_position;
};

struct EntitlementEnded {
  std::string program;
  RecipientNumber recipient;
  uint32_t slot = 0;
  uint32_t holder = 0;
  EndReason reason = EndReason::kDied;
  Date ended_on = 0;
  uint32_t last_tranche = 0;
};

// ---- Batches ----

struct BatchList {
  uint32_t count = 0;
  Rupiah total = 0;
  std::string digest;
};

struct BatchDrafted {
  BatchKey batch;
};

struct BatchSubmitted {
  BatchKey batch;
  uint32_t round = 0;
  BatchList list;
};

struct BatchVerified {
  BatchKey batch;
  uint32_t round = 0;
  BatchList list;
};

struct BatchApproved {
  BatchKey batch;
  uint32_t round = 0;
  BatchList list;
};

struct BatchSentBack {
  BatchKey batch;
  uint32_t round = 0;
  BatchList list;
};

struct BatchReleased {
  BatchKey batch;
  uint32_t round = 0;
  BatchList list;
};

struct BatchClosed {
  BatchKey batch;
  uint32_t round = 0;
};

// ---- Payments ----

struct PaymentInstructed {
  PaymentKey payment;
  uint32_t batch = 0;
  Rupiah amount = 0;
  uint32_t slot = 0;
  std::optional<Position> decree_position;
  std::optional<Position> payee_position;
  Movement movement;
};

struct PaymentWithdrawn {
  PaymentKey payment;
  Movement movement;
};

struct TransferSent {
  PaymentKey payment;
  uint32_t attempt = 0;
  std::optional<Position> payee_position;
  std::string reference;
  Movement movement;
};

struct PaymentReissued {
  PaymentKey payment;
  uint32_t attempt = 0;
  std::optional<Position> payee_position;
  Movement movement;
};

struct PaymentRemitted {
  PaymentKey payment;
  Movement movement;
};

// ---- Reports of the bank ----

struct ResultFileReceived {
  std::string kind;
  std::string sender;
  std::string sha256;
  uint32_t lines = 0;
  Rupiah settled_total = 0;
  Rupiah returned_total = 0;
};

struct TransferSettled {
  PaymentKey payment;
  uint32_t attempt = 0;
  Date value_date = 0;
  Rupiah amount = 0;
  Source source;
  std::string sealed_bank_reference;
  std::optional<Position> cites;
  Movement movement;
};

struct TransferReturned {
  PaymentKey payment;
  uint32_t attempt = 0;
  Date value_date = 0;
  Rupiah amount = 0;
  ReturnReason reason = ReturnReason::kNone;
  Source source;
  std::string sealed_bank_reference;
  Movement movement;
};

struct ReportHeld {
  std::optional<PaymentKey> payment;
  uint32_t attempt = 0;
  std::string sealed_reference;
  ReportKind kind = ReportKind::kSettled;
  Rupiah amount = 0;
  Date value_date = 0;
  ReturnReason reason = ReturnReason::kNone;
  Source source;
  HoldRule rule = HoldRule::kUnspecified;
  std::string sealed_bank_reference;
};

struct ReportResolved {
  std::optional<Position> held_position;
  std::vector<Position> carried_by;
  std::optional<PaymentKey> payment;
};

// Every stored event, in the order of event.proto.
using EventBody =
    std::variant<LedgerOpened, RulesAdopted, CataloguePublished, AreasPublished, PolicySet,
                 ProgramOpened, ProgramAmended, RuleSetPublished, BudgetAppropriated,
                 RecipientRegistered, IdentityCorrected, PayeeAssigned, AssessmentRecorded,
                 RecipientDied, CandidateProposed, EligibilityDecided, RecipientDecreed,
                 EntitlementEnded, BatchDrafted, BatchSubmitted, BatchVerified, BatchApproved,
                 BatchSentBack, BatchReleased, BatchClosed, PaymentInstructed, PaymentWithdrawn,
                 TransferSent, ResultFileReceived, TransferSettled, TransferReturned,
                 PaymentReissued, PaymentRemitted, ReportHeld, ReportResolved>;

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
  std::string sealed_reference;       // Sealed under the ledger key; used only when held.
  std::string sealed_bank_reference;  // Sealed under the ledger key.
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

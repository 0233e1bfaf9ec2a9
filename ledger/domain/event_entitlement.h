// The events from the ledger to the entitlement (see event.h).
#ifndef LEDGER_DOMAIN_EVENT_ENTITLEMENT_H_
#define LEDGER_DOMAIN_EVENT_ENTITLEMENT_H_

#include <cstdint>
#include <optional>
#include <string>
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

// Values from `first` to `last`, both included; a single code is a range of one.
struct ValueRange {
  int64_t first = 0;
  int64_t last = 0;
};

struct Indicator {
  uint32_t number = 0;
  std::string id;
  IndicatorKind kind = IndicatorKind::kCoded;
  std::string codes;
  std::string meaning;
  std::string source;
  std::vector<ValueRange> values;  // see indicator_values.h
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
  // The document confirms the holder's name.
  bool name_confirmed = false;
  // Filled in, where an account of the recipient's own is named (ComparesNames): whether the
  // holder's name is far from the registered one (holder_name.h), which the server alone can
  // unseal, and the event that holds the registered one.
  bool name_differs = false;
  std::optional<Position> identity_position = {};
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

}  // namespace bansos

#endif  // LEDGER_DOMAIN_EVENT_ENTITLEMENT_H_

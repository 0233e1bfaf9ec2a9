#include "ledger/domain/recipient.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace bansos {
namespace {

absl::Status NoRecipient(RecipientNumber number) {
  return absl::DataLossError(
      absl::StrCat("the log names recipient ", number.value(), " before it was registered"));
}

bool HasAccount(Channel channel) {
  return channel == Channel::kBankAccount || channel == Channel::kVirtualAccount;
}

// A number that the vault may have given out: not far above the highest registered one.
bool IsWithinGap(const State& state, RecipientNumber number) {
  return number.value() >= 1 && number.value() <= kMaxRecipientNumber &&
         number.value() <= state.recipients.highest() + kMaxRecipientGap;
}

Check CheckKk(RecipientKind kind, KkToken kk_token, RecipientNumber recipient) {
  REFUSE_IF((kind == RecipientKind::kPerson) != (kk_token.value() != 0), RefusalCode::kBadKk,
            absl::StrCat("recipient ", recipient.value()));
  return std::nullopt;
}

// Whoever compared the names states with which identity; it must still be the latest.
Check FillComparison(const RecipientState& recipient, PayeeAssigned& event) {
  std::optional<Position> compared_with;
  if (ComparesNames(event)) compared_with = recipient.identity_position;
  const bool stale = event.identity_position && event.identity_position != compared_with;
  REFUSE_IF(stale || (event.name_differs && !compared_with), RefusalCode::kFactsChanged,
            absl::StrCat("recipient ", event.recipient.value(),
                         ": its identity is not the one that was compared"));
  event.identity_position = compared_with;
  return std::nullopt;
}

void LeaveAccount(State& state, AccountToken token) {
  if (token.value() == 0) return;
  auto& count = state.payees_of_account[token];
  if (count > 0) --count;
}

}  // namespace

bool ComparesNames(const PayeeAssigned& event) {
  return event.holder == Holder::kSelf && HasAccount(event.channel);
}

Check CheckArea(const DecideContext& context, const char* field, AreaCode area) {
  REFUSE_FIELD_IF(!context.state.ledger.areas.contains(area), RefusalCode::kAreaUnknown, field,
                  absl::StrFormat("%02d.%02d", area / 100, area % 100));
  return std::nullopt;
}

Check CheckNotInFuture(const DecideContext& context, const char* field, Date date) {
  REFUSE_FIELD_IF(date > context.today, RefusalCode::kDateInFuture, field,
                  absl::StrFormat("%04d-%02d-%02d", date / 10000, date / 100 % 100, date % 100));
  return std::nullopt;
}

// ---- Evolve ----

absl::Status Evolve(const EvolveContext& context, const RecipientRegistered& event) {
  auto& recipients = context.state.recipients;
  if (!IsWithinGap(context.state, event.recipient)) {
    return absl::DataLossError(
        absl::StrCat("recipient number ", event.recipient.value(), " is out of range"));
  }
  RecipientState& recipient = recipients.Register(event.recipient);
  recipient.kind = event.kind;
  recipient.area = event.area;
  recipient.kk_token = event.kk_token;
  context.state.highest_kk_token = std::max(context.state.highest_kk_token, event.kk_token);
  recipient.registered_at = context.position;
  recipient.identity_position = context.position;
  ++recipient.fact_version;
  return absl::OkStatus();
}

absl::Status Evolve(const EvolveContext& context, const IdentityCorrected& event) {
  RecipientState* recipient = context.state.FindRecipient(event.recipient);
  if (recipient == nullptr) return NoRecipient(event.recipient);
  recipient->area = event.area;
  recipient->kk_token = event.kk_token;
  recipient->identity_position = context.position;
  context.state.highest_kk_token = std::max(context.state.highest_kk_token, event.kk_token);
  ++recipient->fact_version;
  return absl::OkStatus();
}

absl::Status Evolve(const EvolveContext& context, const PayeeAssigned& event) {
  State& state = context.state;
  RecipientState* recipient = state.FindRecipient(event.recipient);
  if (recipient == nullptr) return NoRecipient(event.recipient);
  LeaveAccount(state, recipient->account_token);
  recipient->account_token = event.account_token;
  state.highest_account_token = std::max(state.highest_account_token, event.account_token);
  recipient->payee_position = context.position;
  recipient->payee_recorder = state.actors.Intern(context.envelope.actor);
  if (event.account_token.value() != 0) {
    ++state.payees_of_account[event.account_token];
  }
  return absl::OkStatus();
}

absl::Status Evolve(const EvolveContext& context, const AssessmentRecorded& event) {
  RecipientState* recipient = context.state.FindRecipient(event.recipient);
  if (recipient == nullptr) return NoRecipient(event.recipient);
  if (!recipient->assessment_position || event.survey_date >= recipient->survey_date) {
    recipient->assessment_position = context.position;
    recipient->survey_date = event.survey_date;
  }
  ++recipient->fact_version;
  return absl::OkStatus();
}

absl::Status Evolve(const EvolveContext& context, const RecipientDied& event) {
  RecipientState* recipient = context.state.FindRecipient(event.recipient);
  if (recipient == nullptr) return NoRecipient(event.recipient);
  recipient->died_on = event.died_on;
  ++recipient->fact_version;
  return absl::OkStatus();
}

// ---- Decide ----

Check Decide(const DecideContext& context, RecipientRegistered& event) {
  REFUSE_FIELD_IF(!IsWithinGap(context.state, event.recipient), RefusalCode::kBadNumber,
                  "recipient", absl::StrCat(event.recipient.value()));
  RETURN_IF_REFUSED(CheckArea(context, "area", event.area));
  return CheckKk(event.kind, event.kk_token, event.recipient);
}

Check Decide(const DecideContext& context, IdentityCorrected& event) {
  RETURN_IF_REFUSED(CheckArea(context, "area", event.area));
  return CheckKk(context.state.FindRecipient(event.recipient)->kind, event.kk_token,
                 event.recipient);
}

Check Decide(const DecideContext& context, PayeeAssigned& event) {
  const State& state = context.state;
  const AccountToken token = event.account_token;
  REFUSE_IF(HasAccount(event.channel) != (token.value() != 0), RefusalCode::kBadAccount,
            absl::StrCat("recipient ", event.recipient.value()));
  RETURN_IF_REFUSED(FillComparison(*state.FindRecipient(event.recipient), event));
  if (token.value() == 0 || event.shared_account_reason != SharedAccountReason::kNone) {
    return std::nullopt;
  }
  const auto it = state.payees_of_account.find(token);
  const uint32_t payees = it == state.payees_of_account.end() ? 0 : it->second;
  const uint32_t own = state.FindRecipient(event.recipient)->account_token == token ? 1 : 0;
  REFUSE_IF(payees > own, RefusalCode::kAccountShared,
            absl::StrCat("recipient ", event.recipient.value(), " names the account (token ",
                         token.value(), ") of ", payees - own, " other"));
  return std::nullopt;
}

Check Decide(const DecideContext& context, AssessmentRecorded& event) {
  const auto& catalogues = context.state.ledger.catalogues;
  const auto it = catalogues.find(event.catalogue);
  REFUSE_IF(it == catalogues.end() || event.catalogue_version > it->second.last_version,
            RefusalCode::kCatalogueUnknown,
            absl::StrCat(event.catalogue, " version ", event.catalogue_version));
  return CheckNotInFuture(context, "survey date", event.survey_date);
}

Check Decide(const DecideContext& context, RecipientDied& event) {
  RETURN_IF_REFUSED(CheckNotInFuture(context, "date of death", event.died_on));
  REFUSE_IF(event.died_on == 0 && context.state.FindRecipient(event.recipient)->died_on == 0,
            RefusalCode::kNotDead, absl::StrCat("recipient ", event.recipient.value()));
  return std::nullopt;
}

}  // namespace bansos

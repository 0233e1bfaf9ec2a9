// Recipients: registration, identity, payees, assessments, death.
#include <algorithm>

#include "tools/bansos-verify/replay/dates.h"
#include "tools/bansos-verify/replay/rules.h"
#include "tools/bansos-verify/replay/shape_checks.h"

namespace bansos::replay {
namespace {

bool NeedsAccount(v1::Channel channel) {
  return channel == v1::CHANNEL_BANK_ACCOUNT || channel == v1::CHANNEL_VIRTUAL_ACCOUNT;
}

Verdict CheckAreaAndKk(const State& state, uint64_t recipient, v1::RecipientKind kind,
                       uint32_t area, uint64_t kk_token) {
  FAULT_UNLESS(IsPublishedArea(state, area), "kAreaUnknown", "recipient ", recipient, ": area ",
               area, " is not published");
  const bool needs_kk = kind == v1::RECIPIENT_KIND_PERSON;
  FAULT_UNLESS(
      needs_kk == (kk_token != 0), "kBadKk", "recipient ", recipient,
      needs_kk ? " is a person without a family card" : " is an institution with a family card");
  return kAllowed;
}

Verdict CheckNotInFuture(const v1::Event& event, int32_t date, const char* what) {
  const int32_t today = WibDate(event.recorded_time_us());
  FAULT_UNLESS(date <= today, "kDateInFuture", what, " ", date, " is after the recorded date ",
               today);
  return kAllowed;
}

}  // namespace

Verdict CheckShape(const v1::RecipientRegistered& registered) {
  RETURN_IF_FAULT(CheckRecipient(registered.recipient()));
  RETURN_IF_FAULT(
      CheckEnum(registered.kind(), v1::RecipientKind_IsValid(registered.kind()), "recipient kind"));
  RETURN_IF_FAULT(CheckAtMost(registered.kk_token(), kMaxToken, "family card"));
  RETURN_IF_FAULT(CheckSealed(registered.sealed_identity(), "sealed identity"));
  return CheckHash(registered.key_commitment(), "key commitment");
}

Verdict CheckRules(const State& state, const v1::Event&,
                   const v1::RecipientRegistered& registered) {
  FAULT_UNLESS(registered.recipient() <= state.highest_recipient + kMaxRecipientGap, "kBadNumber",
               "recipient ", registered.recipient(), " is far above the highest, ",
               state.highest_recipient);
  return CheckAreaAndKk(state, registered.recipient(), registered.kind(), registered.area(),
                        registered.kk_token());
}

void Record(State& state, const v1::Event&, const v1::RecipientRegistered& registered) {
  RecipientRecord& recipient = state.recipients[registered.recipient()];
  state.highest_recipient = std::max(state.highest_recipient, registered.recipient());
  recipient.kind = registered.kind();
  recipient.latest_identity = state.next_position;
  recipient.area = registered.area();
  ++recipient.fact_version;
}

Verdict CheckShape(const v1::IdentityCorrected& corrected) {
  RETURN_IF_FAULT(CheckRecipient(corrected.recipient()));
  RETURN_IF_FAULT(CheckAtMost(corrected.kk_token(), kMaxToken, "family card"));
  return CheckSealed(corrected.sealed_identity(), "sealed identity");
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::IdentityCorrected& corrected) {
  return CheckAreaAndKk(state, corrected.recipient(),
                        state.recipients.at(corrected.recipient()).kind, corrected.area(),
                        corrected.kk_token());
}

void Record(State& state, const v1::Event&, const v1::IdentityCorrected& corrected) {
  RecipientRecord& recipient = state.recipients.at(corrected.recipient());
  recipient.area = corrected.area();
  recipient.latest_identity = state.next_position;
  ++recipient.fact_version;
}

Verdict CheckShape(const v1::PayeeAssigned& assigned) {
  RETURN_IF_FAULT(CheckRecipient(assigned.recipient()));
  RETURN_IF_FAULT(
      CheckEnum(assigned.channel(), v1::Channel_IsValid(assigned.channel()), "channel"));
  RETURN_IF_FAULT(CheckEnum(assigned.holder(), v1::Holder_IsValid(assigned.holder()), "holder"));
  FAULT_UNLESS(v1::SharedAccountReason_IsValid(assigned.shared_account_reason()), "kBadEnum",
               "reason of the shared account ", static_cast<int>(assigned.shared_account_reason()),
               " is not a published value");
  RETURN_IF_FAULT(CheckAtMost(assigned.account_token(), kMaxToken, "account"));
  return CheckSealed(assigned.sealed_details(), "sealed details of the payee");
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::PayeeAssigned& assigned) {
  FAULT_UNLESS(NeedsAccount(assigned.channel()) == (assigned.account_token() != 0), "kBadAccount",
               "recipient ", assigned.recipient(), ": account ", assigned.account_token(), " with ",
               v1::Channel_Name(assigned.channel()));
  if (assigned.account_token() == 0 ||
      assigned.shared_account_reason() != v1::SHARED_ACCOUNT_REASON_UNSPECIFIED) {
    return kAllowed;
  }
  const std::set<uint64_t>* others = Find(state.recipients_of_account, assigned.account_token());
  if (others == nullptr) return kAllowed;
  for (uint64_t other : *others) {
    FAULT_UNLESS(other == assigned.recipient(), "kAccountShared", "account ",
                 assigned.account_token(), " of recipient ", assigned.recipient(),
                 " is the latest of recipient ", other);
  }
  return kAllowed;
}

void Record(State& state, const v1::Event& event, const v1::PayeeAssigned& assigned) {
  RecipientRecord& recipient = state.recipients.at(assigned.recipient());
  if (recipient.latest_payee.has_value()) {
    const uint64_t before = state.payees.at(*recipient.latest_payee).account_token;
    if (before != 0) state.recipients_of_account[before].erase(assigned.recipient());
  }
  if (assigned.account_token() != 0) {
    state.recipients_of_account[assigned.account_token()].insert(assigned.recipient());
  }
  recipient.latest_payee = state.next_position;
  state.payees[state.next_position] = {.recipient = assigned.recipient(),
                                       .account_token = assigned.account_token(),
                                       .recorder = event.actor()};
}

Verdict CheckShape(const v1::AssessmentRecorded& recorded) {
  RETURN_IF_FAULT(CheckRecipient(recorded.recipient()));
  RETURN_IF_FAULT(CheckName(recorded.catalogue(), "catalogue"));
  RETURN_IF_FAULT(
      CheckNumber(recorded.catalogue_version(), kMaxVersion, "version of the catalogue"));
  RETURN_IF_FAULT(CheckDate(recorded.survey_date(), "survey date"));
  return CheckSealed(recorded.sealed_values(), "sealed values of the assessment");
}

Verdict CheckRules(const State& state, const v1::Event& event,
                   const v1::AssessmentRecorded& recorded) {
  FAULT_UNLESS(state.catalogues.contains({recorded.catalogue(), recorded.catalogue_version()}),
               "kCatalogueUnknown", "catalogue ", recorded.catalogue(), " version ",
               recorded.catalogue_version(), " is not published");
  return CheckNotInFuture(event, recorded.survey_date(), "survey date");
}

void Record(State& state, const v1::Event&, const v1::AssessmentRecorded& recorded) {
  RecipientRecord& recipient = state.recipients.at(recorded.recipient());
  const std::pair<int32_t, uint64_t> assessment{recorded.survey_date(), state.next_position};
  if (!recipient.latest_assessment.has_value() || assessment > *recipient.latest_assessment) {
    recipient.latest_assessment = assessment;
  }
  ++recipient.fact_version;
}

Verdict CheckShape(const v1::RecipientDied& died) {
  RETURN_IF_FAULT(CheckRecipient(died.recipient()));
  if (died.died_on() != 0) RETURN_IF_FAULT(CheckDate(died.died_on(), "day of death"));
  return CheckEnum(died.source(), v1::DeathSource_IsValid(died.source()), "source of the death");
}

Verdict CheckRules(const State& state, const v1::Event& event, const v1::RecipientDied& died) {
  if (died.died_on() != 0) return CheckNotInFuture(event, died.died_on(), "day of death");
  FAULT_UNLESS(!state.recipients.at(died.recipient()).alive, "kNotDead", "recipient ",
               died.recipient(), " is not recorded as dead");
  return kAllowed;
}

void Record(State& state, const v1::Event&, const v1::RecipientDied& died) {
  RecipientRecord& recipient = state.recipients.at(died.recipient());
  recipient.alive = died.died_on() == 0;
  ++recipient.fact_version;
}

}  // namespace bansos::replay

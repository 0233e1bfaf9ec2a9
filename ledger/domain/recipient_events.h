// The events of a recipient: their fields, and what is true of each (event_traits.h).
#ifndef LEDGER_DOMAIN_RECIPIENT_EVENTS_H_
#define LEDGER_DOMAIN_RECIPIENT_EVENTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/ids.h"
#include "ledger/domain/event_traits.h"
#include "ledger/domain/values.h"

namespace bansos {

struct RecipientRegistered {
  static constexpr EventTraits kTraits = {
      .name = "RecipientRegistered", .creates = Creates::kRecipient, .key_place = KeyPlace::kState};

  RecipientNumber recipient;
  RecipientKind kind = RecipientKind::kPerson;
  AreaCode area = 0;
  KkToken kk_token;
  std::string sealed_identity;
  std::string key_commitment;

  Named Names() const { return {.recipient = recipient}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<RecipientRegistered> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "recipient", x.recipient);
    visit(2, "kind", x.kind);
    visit(3, "area", x.area);
    visit(4, "kk_token", x.kk_token);
    visit(5, "sealed_identity", x.sealed_identity);
    visit(6, "key_commitment", x.key_commitment);
  }
};

struct IdentityCorrected {
  static constexpr EventTraits kTraits = {.name = "IdentityCorrected", .needs_document = true};

  RecipientNumber recipient;
  AreaCode area = 0;
  KkToken kk_token;
  std::string sealed_identity;

  Named Names() const { return {.recipient = recipient}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<IdentityCorrected> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "recipient", x.recipient);
    visit(2, "area", x.area);
    visit(3, "kk_token", x.kk_token);
    visit(4, "sealed_identity", x.sealed_identity);
  }
};

struct PayeeAssigned {
  static constexpr EventTraits kTraits = {.name = "PayeeAssigned", .needs_document = true};

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

  Named Names() const { return {.recipient = recipient}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<PayeeAssigned> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "recipient", x.recipient);
    visit(2, "channel", x.channel);
    visit(3, "account_token", x.account_token);
    visit(4, "holder", x.holder);
    visit(5, "sealed_details", x.sealed_details);
    visit(6, "shared_account_reason", x.shared_account_reason);
    visit(7, "name_confirmed", x.name_confirmed);
    visit.Decided(8, "name_differs", x.name_differs);
    visit.Decided(9, "identity_position", x.identity_position);
  }
};

struct AssessmentRecorded {
  static constexpr EventTraits kTraits = {.name = "AssessmentRecorded", .needs_document = true};

  RecipientNumber recipient;
  std::string catalogue;
  uint32_t catalogue_version = 0;
  Date survey_date = 0;
  std::string sealed_values;

  Named Names() const { return {.recipient = recipient}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<AssessmentRecorded> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "recipient", x.recipient);
    visit(2, "catalogue", x.catalogue);
    visit(3, "catalogue_version", x.catalogue_version);
    visit(4, "survey_date", x.survey_date);
    visit(5, "sealed_values", x.sealed_values);
  }
};

struct RecipientDied {
  static constexpr EventTraits kTraits = {.name = "RecipientDied", .needs_document = true};

  RecipientNumber recipient;
  Date died_on = 0;
  DeathSource source = DeathSource::kCivilRegistry;

  Named Names() const { return {.recipient = recipient}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<RecipientDied> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "recipient", x.recipient);
    visit(2, "died_on", x.died_on);
    visit(3, "source", x.source);
  }
};

}  // namespace bansos

#endif  // LEDGER_DOMAIN_RECIPIENT_EVENTS_H_

#include "tools/bansos-verify/replay/business_key.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "tools/bansos-verify/replay/balance.h"
#include "tools/bansos-verify/replay/body.h"
#include "tools/bansos-verify/tree/sha256.h"

namespace bansos::replay {
namespace {

// Puts the parts behind the name of the event, with a separator that no code, number or kind holds;
// a document's number, which may hold it, always comes last.
template <typename... Parts>
std::string Key(const v1::Event& event, const Parts&... parts) {
  std::string key = EventName(event);
  (absl::StrAppend(&key, "|", parts), ...);
  return key;
}

// A document is its kind and its own number: another date or signatory is other content.
std::string DocumentOf(const v1::Event& event) {
  return absl::StrCat(event.document().kind(), "|", event.document().number());
}

std::string SourceKey(const v1::Source& source) {
  if (source.has_file_position()) {
    return absl::StrCat("Report|file ", source.file_position(), "|", source.line());
  }
  return absl::StrCat("Report|sender ", source.sender(), "|", source.line());
}

std::string SlotHolder(const v1::Event& event, const std::string& program, uint32_t slot,
                       uint32_t holder) {
  return Key(event, program, slot, holder);
}

// One overload for each kind of key; bodies with a key of their own come first.
std::string KeyOf(const v1::Event& event, const v1::LedgerOpened&) { return Key(event); }
std::string KeyOf(const v1::Event& event, const v1::RulesAdopted& body) {
  return Key(event, body.version());
}
std::string KeyOf(const v1::Event& event, const v1::CataloguePublished& body) {
  return Key(event, body.name(), body.version());
}
std::string KeyOf(const v1::Event& event, const v1::AreasPublished& body) {
  return Key(event, body.name(), body.version(), body.parent());
}
std::string KeyOf(const v1::Event& event, const v1::PolicySet& body) {
  return Key(event, body.name(), body.version());
}
std::string KeyOf(const v1::Event& event, const v1::ProgramOpened& body) {
  return Key(event, body.program());
}
std::string KeyOf(const v1::Event& event, const v1::ProgramAmended& body) {
  return Key(event, body.program(), DocumentOf(event));
}
std::string KeyOf(const v1::Event& event, const v1::RuleSetPublished& body) {
  return Key(event, body.program(), body.version());
}
std::string KeyOf(const v1::Event& event, const v1::BudgetAppropriated& body) {
  return Key(event, body.program(), DocumentOf(event));
}
std::string KeyOf(const v1::Event& event, const v1::RecipientRegistered& body) {
  return Key(event, body.recipient());
}
std::string KeyOf(const v1::Event& event, const v1::IdentityCorrected& body) {
  return Key(event, body.recipient(), DocumentOf(event));
}
std::string KeyOf(const v1::Event& event, const v1::PayeeAssigned& body) {
  return Key(event, body.recipient(), DocumentOf(event));
}
std::string KeyOf(const v1::Event& event, const v1::AssessmentRecorded& body) {
  return Key(event, body.recipient(), body.survey_date(), DocumentOf(event));
}
std::string KeyOf(const v1::Event& event, const v1::RecipientDied& body) {
  return Key(event, body.recipient(), DocumentOf(event));
}
std::string KeyOf(const v1::Event& event, const v1::CandidateProposed& body) {
  return Key(event, body.program(), body.recipient(), DocumentOf(event));
}
std::string KeyOf(const v1::Event& event, const v1::EligibilityDecided& body) {
  return Key(event, body.program(), body.recipient(), body.rule_set_version(), body.fact_version());
}
std::string KeyOf(const v1::Event& event, const v1::RecipientDecreed& body) {
  return SlotHolder(event, body.program(), body.slot(), body.holder());
}
std::string KeyOf(const v1::Event& event, const v1::EntitlementEnded& body) {
  return SlotHolder(event, body.program(), body.slot(), body.holder());
}
std::string KeyOf(const v1::Event& event, const v1::BatchDrafted& body) {
  return Key(event, Text(IdOf(body.batch())));
}
std::string KeyOf(const v1::Event& event, const v1::PaymentRemitted& body) {
  return Key(event, Text(IdOf(body.payment())), DocumentOf(event));
}
std::string KeyOf(const v1::Event& event, const v1::ResultFileReceived& body) {
  return Key(event, absl::BytesToHexString(body.sha256()));
}
std::string KeyOf(const v1::Event& event, const v1::OrderFileWritten& body) {
  return Key(event, Text(IdOf(body.batch())), body.number());
}
std::string KeyOf(const v1::Event& event, const v1::ReportResolved& body) {
  return Key(event, body.held_position());
}

// Reports, batch steps, and events of a payment or of its attempt.
template <typename Body>
std::string KeyOf(const v1::Event& event, const Body& body) {
  if constexpr (requires { body.source(); }) {
    return SourceKey(body.source());
  } else if constexpr (requires { body.round(); }) {
    return Key(event, Text(IdOf(body.batch())), body.round());
  } else if constexpr (requires { body.attempt(); }) {
    return Key(event, Text(IdOf(body.payment())), body.attempt());
  } else {
    return Key(event, Text(IdOf(body.payment())));
  }
}

}  // namespace

std::string BusinessKey(const v1::Event& event) {
  return VisitBody(event, [&](const auto& body) { return KeyOf(event, body); });
}

KeyDigest DigestOf(const std::string& key) {
  const verify::Hash hash = verify::Sha256(key);
  KeyDigest digest;
  std::copy_n(hash.begin(), digest.size(), digest.begin());
  return digest;
}

std::string Subject(const v1::Event& event) {
  const Names names = NamesIn(event);
  if (names.recipient.has_value()) return RecipientLine(*names.recipient);
  if (names.batch.has_value()) return BatchLine(*names.batch);
  if (names.program.has_value()) return ProgramLine(*names.program);
  return "ledger";
}

}  // namespace bansos::replay

// The events of a candidate's way to an entitlement: their fields, and what is true of each
// (event_traits.h).
#ifndef LEDGER_DOMAIN_ENTITLEMENT_EVENTS_H_
#define LEDGER_DOMAIN_ENTITLEMENT_EVENTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/ids.h"
#include "ledger/domain/event_traits.h"
#include "ledger/domain/values.h"

namespace bansos {

struct CandidateProposed {
  static constexpr EventTraits kTraits = {.name = "CandidateProposed", .needs_document = true};

  std::string program;
  RecipientNumber recipient;
  std::string proposer;
  std::string candidate_class;
  AreaCode work_area = 0;

  Named Names() const { return {.program = program, .recipient = recipient}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<CandidateProposed> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "program", x.program);
    visit(2, "recipient", x.recipient);
    visit(3, "proposer", x.proposer);
    visit(4, "candidate_class", x.candidate_class);
    visit(5, "work_area", x.work_area);
  }
};

struct EligibilityDecided {
  static constexpr EventTraits kTraits = {.name = "EligibilityDecided"};

  std::string program;
  RecipientNumber recipient;
  uint32_t rule_set_version = 0;
  uint32_t fact_version = 0;
  std::optional<Position> assessment_position;
  std::vector<Truth> indicator_truths;
  std::vector<Truth> fact_truths;
  Outcome outcome = Outcome::kUnspecified;

  Named Names() const { return {.program = program, .recipient = recipient}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<EligibilityDecided> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "program", x.program);
    visit(2, "recipient", x.recipient);
    visit(3, "rule_set_version", x.rule_set_version);
    visit(4, "fact_version", x.fact_version);
    visit(5, "assessment_position", x.assessment_position);
    visit(6, "indicator_truths", x.indicator_truths);
    visit.Decided(7, "fact_truths", x.fact_truths);
    visit.Decided(8, "outcome", x.outcome);
  }
};

struct RecipientDecreed {
  static constexpr EventTraits kTraits = {.name = "RecipientDecreed", .needs_document = true};

  std::string program;
  RecipientNumber recipient;
  uint32_t slot = 0;
  uint32_t holder = 0;
  uint32_t first_tranche = 0;
  RecipientNumber replaces;
  Rupiah amount = 0;
  std::optional<Position> decision_position;

  Named Names() const { return {.program = program, .recipient = recipient}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<RecipientDecreed> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "program", x.program);
    visit(2, "recipient", x.recipient);
    visit(3, "slot", x.slot);
    visit(4, "holder", x.holder);
    visit(5, "first_tranche", x.first_tranche);
    visit(6, "replaces", x.replaces);
    visit(7, "amount", x.amount);
    visit.Decided(8, "decision_position", x.decision_position);
  }
};

struct EntitlementEnded {
  static constexpr EventTraits kTraits = {.name = "EntitlementEnded", .needs_document = true};

  std::string program;
  RecipientNumber recipient;
  uint32_t slot = 0;
  uint32_t holder = 0;
  EndReason reason = EndReason::kDied;
  Date ended_on = 0;
  uint32_t last_tranche = 0;

  Named Names() const { return {.program = program, .recipient = recipient}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<EntitlementEnded> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "program", x.program);
    visit(2, "recipient", x.recipient);
    visit(3, "slot", x.slot);
    visit(4, "holder", x.holder);
    visit(5, "reason", x.reason);
    visit(6, "ended_on", x.ended_on);
    visit(7, "last_tranche", x.last_tranche);
  }
};

}  // namespace bansos

#endif  // LEDGER_DOMAIN_ENTITLEMENT_EVENTS_H_

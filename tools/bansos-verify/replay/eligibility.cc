// Candidates: the proposal for a programme and the decision about eligibility.
#include "tools/bansos-verify/replay/criterion.h"
#include "tools/bansos-verify/replay/dates.h"
#include "tools/bansos-verify/replay/rules.h"
#include "tools/bansos-verify/replay/shape_checks.h"

namespace bansos::replay {
namespace {

std::string CandidateText(const CandidateId& id) {
  return absl::StrCat("recipient ", id.recipient, " in ", id.program);
}

// The highest version with a date in force not after `date`; 0 when there is none.
uint32_t RuleSetInForce(const ProgramRecord& program, int32_t date) {
  uint32_t in_force = 0;
  for (const auto& [version, rule_set] : program.rule_sets) {
    if (rule_set->date_in_force() <= date) in_force = version;
  }
  return in_force;
}

// One truth for each criterion over indicators; without an assessment all of them are unknown.
Verdict CheckTruths(const v1::RuleSetPublished& rule_set, bool assessed,
                    const v1::EligibilityDecided& decided) {
  int wanted = 0;
  for (const v1::Criterion& criterion : rule_set.criteria()) {
    if (!UsedBy(criterion.expression()).facts) ++wanted;
  }
  FAULT_UNLESS(decided.indicator_truths_size() == wanted, "kBadTruths",
               decided.indicator_truths_size(), " truth values for ", wanted,
               " criteria over indicators");
  for (int truth : decided.indicator_truths()) {
    FAULT_UNLESS(truth != v1::TRUTH_UNSPECIFIED, "kBadTruths", "a truth value is not stated");
    FAULT_UNLESS(assessed || truth == v1::TRUTH_UNKNOWN, "kBadTruths",
                 "a truth value without an assessment is not unknown");
  }
  return kAllowed;
}

}  // namespace

Verdict CheckShape(const v1::CandidateProposed& proposed) {
  RETURN_IF_FAULT(CheckProgramCode(proposed.program()));
  RETURN_IF_FAULT(CheckRecipient(proposed.recipient()));
  RETURN_IF_FAULT(CheckCode(proposed.proposer(), "proposer"));
  return CheckCode(proposed.candidate_class(), "class");
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::CandidateProposed& proposed) {
  const RecipientRecord& recipient = state.recipients.at(proposed.recipient());
  FAULT_UNLESS(state.programs.at(proposed.program()).recipient_kinds.contains(recipient.kind),
               "kKindNotAllowed", "programme ", proposed.program(), " does not take a ",
               v1::RecipientKind_Name(recipient.kind));
  FAULT_UNLESS(proposed.work_area() == 0 || IsPublishedArea(state, proposed.work_area()),
               "kAreaUnknown", "work area ", proposed.work_area(), " is not published");
  return kAllowed;
}

void Record(State& state, const v1::Event&, const v1::CandidateProposed& proposed) {
  CandidateRecord& candidate = state.candidates[{proposed.program(), proposed.recipient()}];
  candidate.candidate_class = proposed.candidate_class();
  candidate.work_area = proposed.work_area();
  ++state.recipients.at(proposed.recipient()).fact_version;
}

Verdict CheckShape(const v1::EligibilityDecided& decided) {
  RETURN_IF_FAULT(CheckProgramCode(decided.program()));
  RETURN_IF_FAULT(CheckRecipient(decided.recipient()));
  RETURN_IF_FAULT(CheckNumber(decided.rule_set_version(), kMaxVersion, "version of the rule set"));
  RETURN_IF_FAULT(CheckNumber(decided.fact_version(), kMaxFactVersion, "fact version"));
  RETURN_IF_FAULT(
      CheckAtMost(decided.assessment_position(), kMaxPosition, "position of the assessment"));
  RETURN_IF_FAULT(CheckAtMost(decided.indicator_truths_size(), kMaxCriteria, "count of truths"));
  for (int truth : decided.indicator_truths()) {
    FAULT_UNLESS(v1::Truth_IsValid(truth), "kBadEnum", "truth ", truth,
                 " is not a published value");
  }
  return kAllowed;
}

Verdict CheckRules(const State& state, const v1::Event& event,
                   const v1::EligibilityDecided& decided) {
  const CandidateId id{decided.program(), decided.recipient()};
  FAULT_UNLESS(state.candidates.contains(id), "kNotProposed", CandidateText(id),
               " is not proposed");
  const int32_t today = WibDate(event.recorded_time_us());
  const int32_t effective = event.effective_date() == 0 ? today : event.effective_date();
  FAULT_UNLESS(effective <= today, "kDateInFuture", "effective date ", effective,
               " is after the recorded date ", today);
  const ProgramRecord& program = state.programs.at(id.program);
  const uint32_t in_force = RuleSetInForce(program, effective);
  FAULT_UNLESS(in_force != 0 && decided.rule_set_version() == in_force, "kRuleSetNotInForce",
               "rule set ", decided.rule_set_version(), " of ", id.program, " on ", effective,
               ", where ", in_force, " is in force");
  const RecipientRecord& recipient = state.recipients.at(id.recipient);
  FAULT_UNLESS(decided.fact_version() == recipient.fact_version, "kFactsChanged", CandidateText(id),
               ": fact version ", decided.fact_version(), " is not ", recipient.fact_version);
  const bool assessed = recipient.latest_assessment.has_value();
  FAULT_UNLESS(
      decided.has_assessment_position() == assessed &&
          (!assessed || decided.assessment_position() == recipient.latest_assessment->second),
      "kAssessmentNotLatest", CandidateText(id), ": assessment position ",
      decided.assessment_position(), " is not the latest");
  return CheckTruths(*program.rule_sets.at(in_force), assessed, decided);
}

void Record(State& state, const v1::Event&, const v1::EligibilityDecided& decided) {
  state.candidates.at({decided.program(), decided.recipient()}).decision =
      DecisionRecord{.position = state.next_position,
                     .outcome = decided.outcome(),
                     .fact_version = decided.fact_version()};
}

}  // namespace bansos::replay

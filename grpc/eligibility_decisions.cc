#include "grpc/eligibility_decisions.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "grpc/event_reader.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/criterion.h"
#include "ledger/domain/date.h"
#include "ledger/domain/program.h"

namespace bansos {
namespace {

// One recipient of the request: what the views know, and what follows.
struct Judged {
  RecipientNumber recipient;
  bool registered = false;
  uint32_t fact_version = 0;
  std::optional<Position> assessment;
  std::vector<Truth> fact_truths;
  std::vector<Truth> indicator_truths;
};

struct Question {
  RuleSetPublished rule_set;
  std::vector<Judged> subjects = {};
};

// The stated version, else the one in force.
const RuleSetPublished* RuleSetMeant(const ProgramState& program, Date date, uint32_t version) {
  if (version == 0) return RuleSetInForce(program, date);
  return version <= program.rule_sets.size() ? &program.rule_sets[version - 1] : nullptr;
}

absl::StatusOr<Question> ReadQuestion(const State& state, Date date,
                                      const v1::DecideEligibilityRequest& request) {
  const ProgramState* program = state.FindProgram(request.program());
  if (program == nullptr) return ToStatus(ProgramUnknown(request.program()));
  const RuleSetPublished* rule_set = RuleSetMeant(*program, date, request.rule_set_version());
  if (rule_set == nullptr) {
    return ToStatus(
        FaultOf(Refusal{RefusalCode::kRuleSetNotInForce,
                        absl::StrCat("none of ", request.program(), " on ", FormatDate(date))},
                "basis.effective_date"));
  }
  Question question{.rule_set = *rule_set};
  for (int i = 0; i < request.recipients_size(); ++i) {
    Judged& subject = question.subjects.emplace_back();
    subject.recipient = RecipientNumber(request.recipients(i));
    const RecipientState* recipient = state.FindRecipient(subject.recipient);
    if (recipient == nullptr || !recipient->registered) continue;
    subject.registered = true;
    subject.fact_version =
        request.fact_versions().empty() ? recipient->fact_version : request.fact_versions(i);
    // Of older facts there is nothing to judge: either they were decided upon, or it is too late.
    if (subject.fact_version != recipient->fact_version) continue;
    subject.assessment = recipient->assessment_position;
    subject.fact_truths = EvaluateFacts(*rule_set, state, *program, subject.recipient);
    // Without an assessment everything is unknown.
    subject.indicator_truths.assign(CountIndicatorCriteria(*rule_set), Truth::kUnknown);
  }
  return question;
}

absl::Status Evaluate(const ServiceParts& parts, const Sealing& sealing, Question& question) {
  absl::flat_hash_map<Position, std::vector<size_t>> subjects_of;
  std::vector<Position> positions;
  for (size_t i = 0; i < question.subjects.size(); ++i) {
    const std::optional<Position>& assessment = question.subjects[i].assessment;
    if (!assessment.has_value()) continue;
    subjects_of[*assessment].push_back(i);
    positions.push_back(*assessment);
  }
  return ReadAssessments(
      parts.log, sealing, std::move(positions),
      [&](Position position, const IndicatorValues& values) {
        const auto lookup = [&](const std::string& indicator) -> std::optional<int64_t> {
          const auto value = values.find(indicator);
          if (value == values.end()) return std::nullopt;
          return value->second;
        };
        for (const size_t i : subjects_of[position]) {
          question.subjects[i].indicator_truths = EvaluateIndicators(question.rule_set, lookup);
        }
      });
}

EligibilityDecided ToEvent(const std::string& program, const RuleSetPublished& rule_set,
                           const Judged& subject) {
  return EligibilityDecided{.program = program,
                            .recipient = subject.recipient,
                            .rule_set_version = rule_set.version,
                            .fact_version = subject.fact_version,
                            .assessment_position = subject.assessment,
                            .indicator_truths = subject.indicator_truths,
                            .fact_truths = {}};
}

}  // namespace

absl::Status ReadAssessments(const EventLog& log, const Sealing& sealing,
                             std::vector<Position> positions,
                             absl::FunctionRef<void(Position, const IndicatorValues&)> visit) {
  return ReadEventsAt(
      log, std::move(positions), [&](Position position, const Event& event) -> absl::Status {
        const auto* assessment = std::get_if<AssessmentRecorded>(&event.body);
        if (assessment == nullptr) {
          return absl::DataLossError(
              absl::StrCat("position ", position.value(), " holds no assessment"));
        }
        ASSIGN_OR_RETURN(
            const ledger::v1::SealedAssessment plain,
            sealing.UnsealAssessment(assessment->recipient, assessment->sealed_values));
        IndicatorValues values;
        for (const ledger::v1::IndicatorValue& value : plain.values()) {
          values[value.indicator()] = value.value();
        }
        visit(position, values);
        return absl::OkStatus();
      });
}

absl::StatusOr<v1::DecideEligibilityResponse> AnswerDecisions(const EventLog& log,
                                                              const Recording& recording,
                                                              std::vector<Outcome> outcomes) {
  absl::flat_hash_map<Position, std::vector<size_t>> items_of;
  std::vector<Position> positions;
  for (size_t i = 0; i < recording.items.size(); ++i) {
    const ItemOutcome& item = recording.items[i];
    if (item.fault.has_value()) outcomes[i] = Outcome::kUnspecified;
    if (!item.already_recorded) continue;
    items_of[*item.position].push_back(i);
    positions.push_back(*item.position);
  }
  RETURN_IF_ERROR(
      ReadEventsAt(log, std::move(positions), [&](Position position, const Event& event) {
        if (const auto* decided = std::get_if<EligibilityDecided>(&event.body)) {
          for (const size_t item : items_of[position]) outcomes[item] = decided->outcome;
        }
        return absl::OkStatus();
      }));
  v1::DecideEligibilityResponse response;
  *response.mutable_outcomes() = ToOutcomes(recording.items, recording.log_size);
  for (const Outcome outcome : outcomes) {
    response.add_decisions(static_cast<ledger::v1::Outcome>(outcome));
  }
  return response;
}

absl::StatusOr<PreparedDecisions> PrepareDecisions(const ServiceParts& parts,
                                                   const Sealing& sealing, const RequestHead& head,
                                                   const v1::DecideEligibilityRequest& request) {
  RETURN_IF_ERROR(CheckItemCount(request.recipients_size()));
  if (!request.fact_versions().empty() &&
      request.fact_versions_size() != request.recipients_size()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "fact_versions has ", request.fact_versions_size(), " for ", request.recipients_size(),
        " recipients. State one for each recipient, or none."));
  }
  ItemReader reader;
  Date date = reader.ReadEffectiveDate(nullptr, head.basis);
  if (!reader.ok()) return ToStatus(*reader.fault());
  if (date == 0) date = WibDate(parts.clock.NowMicros());

  absl::StatusOr<Question> question = Question();
  RETURN_IF_ERROR(parts.reads.Read(
      [&](const Views& views) { question = ReadQuestion(views.state, date, request); }));
  RETURN_IF_ERROR(question.status());
  RETURN_IF_ERROR(Evaluate(parts, sealing, *question));

  PreparedDecisions prepared;
  for (const Judged& subject : question->subjects) {
    if (!subject.registered) {
      prepared.items.push_back(RecipientUnknown(subject.recipient));
      prepared.outcomes.push_back(Outcome::kUnspecified);
      continue;
    }
    ASSIGN_OR_RETURN(
        PreparedItem item, PrepareItem(head, nullptr, [&](ItemReader&) {
          return CommandBody(EventBody(ToEvent(request.program(), question->rule_set, subject)));
        }));
    prepared.items.push_back(std::move(item));
    prepared.outcomes.push_back(OutcomeOf(subject.indicator_truths, subject.fact_truths));
  }
  return prepared;
}

}  // namespace bansos

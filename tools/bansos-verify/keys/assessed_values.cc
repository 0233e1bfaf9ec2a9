#include "tools/bansos-verify/keys/assessed_values.h"

#include <limits>

#include "bansos/ledger/v1/sealed.pb.h"
#include "tools/bansos-verify/keys/layout.h"
#include "tools/bansos-verify/replay/criterion.h"
#include "tools/bansos-verify/replay/dates.h"

namespace bansos::verify {
namespace {

namespace v1 = ledger::v1;
using replay::kAllowed;

bool IsDate(int64_t value) {
  return value > 0 && value <= std::numeric_limits<int32_t>::max() &&
         replay::IsCalendarDate(static_cast<int32_t>(value));
}

// What the catalogue says a value may be.
bool IsStated(const replay::MeasuredBy& indicator, int64_t value) {
  if (indicator.kind == v1::INDICATOR_KIND_DATE) return IsDate(value);
  if (indicator.kind == v1::INDICATOR_KIND_BITMASK) {
    for (const auto& [flag, same] : indicator.values) value &= ~flag;
    return value == 0;
  }
  for (const auto& [first, last] : indicator.values) {
    if (value >= first && value <= last) return true;
  }
  return false;
}

// The values are of the catalogue, by rising id. Values are never quoted.
replay::Verdict CheckValues(const std::map<std::string, replay::MeasuredBy>& catalogue,
                            const v1::SealedAssessment& assessment) {
  std::string last;
  for (const v1::IndicatorValue& value : assessment.values()) {
    const std::string& id = value.indicator();
    FAULT_UNLESS(last < id, "kBadValues", "the indicators do not stand by rising id, each once");
    last = id;
    const replay::MeasuredBy* indicator = replay::Find(catalogue, id);
    FAULT_UNLESS(indicator != nullptr && indicator->kind != v1::INDICATOR_KIND_IDENTITY,
                 "kBadValues", "the catalogue has no indicator ", id, " for assessments");
    FAULT_UNLESS(IsStated(*indicator, value.value()), "kBadValues",
                 "the catalogue knows no such value of ", id);
  }
  return kAllowed;
}

}  // namespace

uint32_t AssessedValues::NumberOf(const std::string& indicator) {
  return numbers_.emplace(indicator, static_cast<uint32_t>(numbers_.size())).first->second;
}

replay::Verdict AssessedValues::Record(const replay::State& state,
                                       const v1::AssessmentRecorded& assessment,
                                       const std::string& plaintext) {
  v1::SealedAssessment opened;
  RETURN_IF_FAULT(ReadLayout(plaintext, opened));
  RETURN_IF_FAULT(CheckValues(
      state.catalogues.at({assessment.catalogue(), assessment.catalogue_version()}), opened));
  const uint64_t recipient = assessment.recipient();
  const uint64_t position = state.next_position - 1;
  if (state.recipients.at(recipient).latest_assessment->second != position) return kAllowed;
  Values& values = latest_[recipient];
  values.clear();
  values.reserve(opened.values_size());
  for (const v1::IndicatorValue& value : opened.values()) {
    values.emplace_back(NumberOf(value.indicator()), value.value());
  }
  return kAllowed;
}

std::optional<int64_t> AssessedValues::ValueOf(uint64_t recipient,
                                               const std::string& indicator) const {
  const Values* values = replay::Find(latest_, recipient);
  const uint32_t* number = replay::Find(numbers_, indicator);
  if (values == nullptr || number == nullptr) return std::nullopt;
  for (const auto& [of, value] : *values) {
    if (of == *number) return value;
  }
  return std::nullopt;
}

replay::Verdict AssessedValues::CheckTruths(const replay::State& state,
                                            const v1::EligibilityDecided& decided) const {
  const auto value_of = [&](const v1::Expression& comparison) -> replay::OperandValue {
    return {.number = ValueOf(decided.recipient(), comparison.indicator())};
  };
  int next = 0;
  const auto& rule_sets = state.programs.at(decided.program()).rule_sets;
  for (const v1::Criterion& criterion : rule_sets.at(decided.rule_set_version())->criteria()) {
    if (replay::UsedBy(criterion.expression()).facts) continue;
    const v1::Truth stated = decided.indicator_truths(next++);
    const v1::Truth truth = replay::Evaluate(criterion.expression(), value_of);
    FAULT_UNLESS(truth == stated, "kTruthDiffers", "criterion ", criterion.id(), " of ",
                 decided.program(), " for recipient ", decided.recipient(), ": the event says ",
                 v1::Truth_Name(stated), ", the sealed assessment gives ", v1::Truth_Name(truth));
  }
  return kAllowed;
}

}  // namespace bansos::verify

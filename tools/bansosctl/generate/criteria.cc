#include "tools/bansosctl/generate/criteria.h"

#include <algorithm>
#include <optional>

namespace bansos {
namespace {

constexpr int kProvince = 33;
constexpr int kElderlyYears = 65;
constexpr int64_t kSevere = 3;        // of kDisabilitasBerat, and above
constexpr int64_t kIllnessFirst = 7;  // of kPenyakitKronis: TBC, stroke, cancer, kidney failure
constexpr int64_t kIllnessLast = 10;

// Three-valued: nullopt is unknown.
using Truth = std::optional<bool>;

Truth And(Truth a, Truth b) {
  if (a == false || b == false) return false;
  return a.has_value() && b.has_value() ? Truth(true) : std::nullopt;
}

Truth Or(Truth a, Truth b) {
  if (a == true || b == true) return true;
  return a.has_value() && b.has_value() ? Truth(false) : std::nullopt;
}

template <typename Predicate>
Truth Test(int64_t value, Predicate predicate) {
  return value == kNotRecorded ? Truth() : Truth(predicate(value));
}

Truth Equals(int64_t value, int64_t wanted) {
  return Test(value, [=](int64_t v) { return v == wanted; });
}

Truth HasNone(int64_t value, int64_t bits) {
  return Test(value, [=](int64_t v) { return (v & bits) == 0; });
}

bool InProvince(int area) { return area / 100 == kProvince; }

// What both programmes ask of a survey.
Truth CommonCriteria(const IndicatorValues& values) {
  return And(Test(values[kPekerjaanStatus], [](int64_t v) { return v != kCivilServant; }),
             Equals(values[kPadanDukcapil], 1));
}

Truth KjsCriteria(const Candidate& candidate, const IndicatorValues& values, int fiscal_year) {
  const Truth disabled = Test(values[kDisabilitasBerat], [](int64_t v) { return v >= kSevere; });
  const Truth ill = Test(values[kPenyakitKronis],
                         [](int64_t v) { return v >= kIllnessFirst && v <= kIllnessLast; });
  const Truth neglected =
      And(candidate.birth_date <= ElderlyBornUntil(fiscal_year), Equals(values[kPerawat], 0));
  Truth met = And(CommonCriteria(values), InProvince(candidate.area));
  met = And(met, HasNone(values[kProgramDiterima], kBpnt | kPkh));
  met = And(met, Or(disabled, Or(ill, neglected)));
  return And(met, Equals(values[kBekerja], 0));
}

Truth BltCriteria(const Candidate& candidate, const Proposal& proposal,
                  const IndicatorValues& values) {
  const bool class_counts = proposal.candidate_class == "FACTORY" ||
                            proposal.candidate_class == "TOBACCO_FARM" ||
                            proposal.candidate_class == "CLOVE";
  Truth met = And(CommonCriteria(values), class_counts);
  met = And(met, InProvince(candidate.area) || InProvince(proposal.work_area));
  met = And(met, HasNone(values[kProgramDiterima],
                         kBpnt | kPkh | kBltDanaDesa | kRegionalAid | kKabupatenBlt));
  return And(met, Equals(values[kBekerja], 1));
}

}  // namespace

absl::CivilDay ElderlyBornUntil(int fiscal_year) {
  return absl::CivilDay(fiscal_year - kElderlyYears, 6, 30);
}

bool IsEligible(const Candidate& candidate, ProgramCode program, int fiscal_year) {
  if (candidate.nik_fault != PlantedNikFault::kNone || candidate.assessments.empty()) return false;
  if (candidate.death.has_value() && candidate.death->died_on < absl::CivilDay(fiscal_year, 1, 1)) {
    return false;
  }
  const auto proposal =
      std::find_if(candidate.proposals.begin(), candidate.proposals.end(),
                   [&](const Proposal& proposal) { return proposal.program == program; });
  if (proposal == candidate.proposals.end()) return false;
  const IndicatorValues& values = candidate.assessments.front().values;
  return (program == ProgramCode::kKjs ? KjsCriteria(candidate, values, fiscal_year)
                                       : BltCriteria(candidate, *proposal, values)) == true;
}

}  // namespace bansos

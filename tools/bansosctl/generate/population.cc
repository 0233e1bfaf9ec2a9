#include "tools/bansosctl/generate/population.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/bansosctl/generate/candidate_maker.h"
#include "tools/bansosctl/generate/criteria.h"
#include "tools/bansosctl/generate/names.h"
#include "tools/bansosctl/generate/places.h"

namespace bansos {
namespace {

// 17,000 of 115,000 candidates are for KJS.
constexpr uint64_t kKjsPart = 17;
constexpr uint64_t kWhole = 115;

constexpr uint64_t kExactDuplicatePer10k = 20;
constexpr uint64_t kDifferingDuplicatePer10k = 20;
constexpr uint64_t kBothProgramsPer10k = 45;
constexpr uint64_t kUnregisteredPer10k = 10;
constexpr uint64_t kInstitutionsPer10k = 2;
// Deaths during the year, among those who are surely on a decree.
constexpr uint64_t kKjsDeathsPer10k = 130;
constexpr uint64_t kBltDeathsPer10k = 48;
constexpr int64_t kDecileMax = 10;

// Streams of the seed beside those of the candidates, which are numbered from 0.
constexpr uint64_t kCrossingStream = ~uint64_t{0};
constexpr uint64_t kDeathStream = ~uint64_t{1};

bool IsKjs(uint64_t index) { return index * kKjsPart / kWhole != (index + 1) * kKjsPart / kWhole; }

void ProposeInBoth(Prng& prng, Candidate& candidate, Summary& summary) {
  if (!prng.Chance(kBothProgramsPer10k)) return;
  const bool kjs = candidate.proposals[0].program == ProgramCode::kKjs;
  if (kjs) {
    candidate.proposals.push_back({ProgramCode::kBlt, "DISNAKER", "FACTORY", candidate.area});
  } else {
    candidate.proposals.push_back({ProgramCode::kKjs, "DINSOS", "DESTITUTE", 0});
  }
  summary.Add("faults", "proposed_in_both_programmes");
}

void RepeatRow(Prng& prng, size_t index, Population& population, Summary& summary) {
  const Candidate& original = population.candidates[index];
  if (original.nik_fault != PlantedNikFault::kNone) return;
  const bool exact = prng.Chance(kExactDuplicatePer10k);
  if (!exact && !prng.Chance(kDifferingDuplicatePer10k)) return;
  DuplicateRow row = {index + static_cast<size_t>(prng.Below(500)), original};
  row.after = std::min(row.after, population.candidates.size() - 1);
  if (!exact) {
    row.person.name = MakePersonName(prng, row.person.female);
    row.person.address = MakeAddress(prng);
  }
  summary.Add("faults", exact ? "duplicate_row_same_content" : "duplicate_nik_other_content");
  population.duplicates.push_back(std::move(row));
}

void AddInstitutions(Prng& prng, uint64_t count, Population& population, Summary& summary) {
  for (uint64_t i = 0; i < count; ++i) {
    Institution institution;
    institution.area = prng.Pick(PlacesInProvince()).code;
    institution.registration_number =
        absl::StrFormat("LKS-%s-%04d", DottedCode(institution.area), i + 1);
    institution.name = MakeInstitutionName(prng);
    institution.address = MakeAddress(prng);
    population.institutions.push_back(std::move(institution));
    summary.Add("variety", "institutions");
  }
}

// Counts the eligible and tells below which decile everybody surely gets a place.
int64_t CountEligible(const Population& population, ProgramCode program, int fiscal_year,
                      uint64_t quota, Summary& summary) {
  std::array<uint64_t, kDecileMax + 1> by_decile = {};
  uint64_t eligible = 0;
  for (const Candidate& candidate : population.candidates) {
    if (!IsEligible(candidate, program, fiscal_year)) continue;
    ++by_decile[candidate.assessments.front().values[kDesil]];
    ++eligible;
  }
  const std::string section(program == ProgramCode::kKjs ? "kjs" : "blt");
  summary.Add(section, "quota", quota);
  summary.Add(section, "eligible", eligible);
  summary.Add(section, "eligible_per_100_places", eligible * 100 / quota);
  uint64_t entitled = 0;
  for (int64_t decile = 1; decile <= kDecileMax; ++decile) {
    entitled += by_decile[decile];
    if (entitled > quota) return decile;
  }
  return kDecileMax + 1;
}

void LetDie(Prng& prng, int fiscal_year, Candidate& candidate) {
  static constexpr std::string_view kSources[] = {"CIVIL_REGISTRY", "CIVIL_REGISTRY", "VILLAGE",
                                                  "FAMILY", "BANK"};
  Death death;
  death.died_on = absl::CivilDay(fiscal_year, 1, 5) + prng.Between(0, 300);
  death.reported_on = death.died_on + prng.Between(3, 40);
  death.source = prng.Pick(kSources);
  candidate.death = death;
}

void AddDeaths(Prng& prng, ProgramCode program, const RegistryOptions& options,
               Population& population, Summary& summary) {
  const bool kjs = program == ProgramCode::kKjs;
  const int64_t decile_end =
      CountEligible(population, program, options.fiscal_year, kjs ? kKjsQuota : kBltQuota, summary);
  for (Candidate& candidate : population.candidates) {
    if (!IsEligible(candidate, program, options.fiscal_year)) continue;
    const bool surely_entitled = candidate.assessments.front().values[kDesil] < decile_end;
    if (!prng.Chance(kjs ? kKjsDeathsPer10k : kBltDeathsPer10k)) continue;
    LetDie(prng, options.fiscal_year, candidate);
    summary.Add(kjs ? "kjs" : "blt", "deaths_during_the_year");
    if (surely_entitled) {
      summary.Add(kjs ? "kjs" : "blt", "deaths_during_the_year_surely_entitled");
    }
  }
}

}  // namespace

Population MakePopulation(const RegistryOptions& options, Summary& summary) {
  Population population;
  population.candidates.reserve(options.candidates);
  CandidateMaker maker(options.seed, options.fiscal_year, summary);
  Prng prng(options.seed, kCrossingStream);
  for (uint64_t i = 0; i < options.candidates; ++i) {
    const ProgramCode program = IsKjs(i) ? ProgramCode::kKjs : ProgramCode::kBlt;
    population.candidates.push_back(maker.Make(i, program));
    ProposeInBoth(prng, population.candidates.back(), summary);
    summary.Add(program == ProgramCode::kKjs ? "kjs" : "blt", "candidates");
  }
  for (size_t i = 0; i < population.candidates.size(); ++i) {
    RepeatRow(prng, i, population, summary);
  }
  std::stable_sort(population.duplicates.begin(), population.duplicates.end(),
                   [](const DuplicateRow& a, const DuplicateRow& b) { return a.after < b.after; });
  AddInstitutions(prng, options.candidates * kInstitutionsPer10k / 10'000, population, summary);
  for (uint64_t i = 0; i < options.candidates * kUnregisteredPer10k / 10'000; ++i) {
    population.unregistered_niks.push_back(maker.MakeUnusedNik(prng));
    summary.Add("faults", "proposal_for_unregistered_nik");
  }
  Prng death_prng(options.seed, kDeathStream);
  AddDeaths(death_prng, ProgramCode::kKjs, options, population, summary);
  AddDeaths(death_prng, ProgramCode::kBlt, options, population, summary);
  return population;
}

}  // namespace bansos

#include "tools/bansosctl/generate/candidate_maker.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "tools/bansosctl/generate/criteria.h"
#include "tools/bansosctl/generate/names.h"

namespace bansos {
namespace {

// Cases in 10,000. Chosen so that 5 to 12 % more are eligible than the quotas hold.
struct FaultRates {
  uint64_t bad_nik;
  uint64_t dead;           // before the fiscal year
  uint64_t civil_servant;  // PNS, TNI, Polri
  uint64_t other_aid;      // gets aid that the programme excludes
  uint64_t unmatched;      // not found in the civil registry
  uint64_t no_need;     // KJS: neither disabled, ill nor neglected; BLT: class that does not count
  uint64_t wrong_work;  // KJS: works; BLT: does not
  uint64_t missing_value;  // a value that a criterion needs
  uint64_t not_assessed;
};
constexpr FaultRates kKjsRates = {130, 150, 100, 450, 350, 450, 150, 120, 60};
constexpr FaultRates kBltRates = {90, 60, 60, 350, 200, 50, 120, 60, 40};

constexpr uint64_t kBornElsewherePer10k = 500;   // NIK of another place, legal
constexpr uint64_t kLivesOutsidePer10k = 12;     // BLT: works in the province, lives outside
constexpr uint64_t kWorksElsewherePer10k = 700;  // BLT: in another kabupaten than that of residence
constexpr uint64_t kSecondOnCardPer10k = 400;    // shares the KK of another candidate
constexpr uint64_t kManyOnCardPer10k = 4;        // a KK of five to eight candidates
constexpr uint64_t kOlderSurveyPer10k = 100;     // an earlier survey beside the latest

constexpr int64_t kDaysPerYear = 365;

constexpr uint16_t kKjsDecileWeights[] = {34, 28, 20, 12, 6};
constexpr uint16_t kBltDecileWeights[] = {8, 14, 20, 22, 18, 12, 6};

const FaultRates& RatesOf(ProgramCode program) {
  return program == ProgramCode::kKjs ? kKjsRates : kBltRates;
}

const Place& PickPlace(Prng& prng, ProgramCode program) {
  static const auto* const kWeights = [] {
    auto* weights = new std::vector<uint16_t>[2];
    for (const Place& place : PlacesInProvince()) {
      weights[0].push_back(place.kjs_weight);
      weights[1].push_back(place.blt_weight);
    }
    return weights;
  }();
  return PlacesInProvince()[prng.PickWeighted(kWeights[program == ProgramCode::kKjs ? 0 : 1])];
}

absl::CivilDay DrawDay(Prng& prng, absl::CivilDay first, absl::CivilDay last) {
  return first + prng.Between(0, last - first);
}

}  // namespace

Candidate CandidateMaker::Make(uint64_t index, ProgramCode program) {
  Prng prng(seed_, index);
  Candidate candidate;
  IndicatorValues values = DrawIndicators(prng);
  const Place* place = &PickPlace(prng, program);
  candidate.proposals.push_back({program, "DINSOS", "DESTITUTE", 0});
  candidate.female = prng.Chance(program == ProgramCode::kKjs ? 5200 : 7000);
  if (program == ProgramCode::kKjs) {
    DrawKjsPerson(prng, candidate, values);
  } else {
    DrawBltPerson(prng, candidate, values);
    const Place& work_place =
        prng.Chance(kWorksElsewherePer10k) ? PickPlace(prng, program) : *place;
    candidate.proposals[0].work_area = work_place.code;
    if (prng.Chance(kLivesOutsidePer10k)) {
      place = &prng.Pick(PlacesOutside());
      summary_.Add("variety", "residence_outside_province");
    }
  }
  DrawIdentity(prng, *place, candidate);
  DrawSurvey(prng, candidate, *place, values);
  ApplyRuleFaults(prng, program, candidate, values);
  AddAssessments(prng, program, values, candidate);
  ApplyFileFaults(prng, program, candidate);
  return candidate;
}

std::string CandidateMaker::MakeUnusedNik(Prng& prng) {
  const Place& place = prng.Pick(PlacesInProvince());
  const absl::CivilDay born =
      DrawDay(prng, absl::CivilDay(1945, 1, 1), absl::CivilDay(2004, 12, 31));
  return numbers_.MakeNik(prng, place, born, prng.Chance(5000));
}

void CandidateMaker::DrawKjsPerson(Prng& prng, Candidate& candidate, IndicatorValues& values) {
  const absl::CivilDay old_until = ElderlyBornUntil(fiscal_year_);
  candidate.birth_date =
      DrawDay(prng, old_until - kDaysPerYear * 20, old_until + kDaysPerYear * 50);
  // The class says nothing of health: the disabled and ill are in both.
  if (prng.Chance(2500)) candidate.proposals[0].candidate_class = "NEGLECTED_ELDERLY";
  values[kDisabilitasBerat] = prng.Between(1, 2);
  values[kPenyakitKronis] = static_cast<int64_t>(prng.PickWeighted({60, 8, 8, 8, 6, 6, 4}));
  values[kPerawat] = 1;
  values[kBekerja] = 0;
  values[kLapanganUsaha] = kNotRecorded;
  values[kPekerjaanStatus] = 0;
  values[kDesil] = 1 + static_cast<int64_t>(prng.PickWeighted(kKjsDecileWeights));
  if (prng.Chance(kKjsRates.no_need)) {
    CountFault("kjs_no_need");
    return;
  }
  switch (prng.PickWeighted({45, 30, 25})) {
    case 0:
      values[kDisabilitasBerat] = prng.Between(3, 4);
      break;
    case 1:
      values[kPenyakitKronis] = prng.Between(7, 10);
      break;
    default:
      candidate.birth_date = DrawDay(prng, old_until - kDaysPerYear * 25, old_until);
      candidate.proposals[0].candidate_class = "NEGLECTED_ELDERLY";
      values[kPerawat] = 0;
  }
}

void CandidateMaker::DrawBltPerson(Prng& prng, Candidate& candidate, IndicatorValues& values) {
  struct Work {
    std::string_view candidate_class;
    std::string_view proposer;
    int64_t job_status;
    int64_t sector;
  };
  static constexpr Work kWorks[] = {{"FACTORY", "DISNAKER", 4, 8},
                                    {"TOBACCO_FARM", "DISPERTAN", 6, 1},
                                    {"CLOVE", "DISPERTAN", 6, 3},
                                    {"TRADER", "DISNAKER", 1, 13}};
  const bool counts = !prng.Chance(kBltRates.no_need);
  if (!counts) CountFault("blt_class_that_does_not_count");
  const Work& work = counts ? kWorks[prng.PickWeighted({62, 30, 8})] : kWorks[3];
  candidate.birth_date = DrawDay(prng, absl::CivilDay(fiscal_year_ - 62, 1, 1),
                                 absl::CivilDay(fiscal_year_ - 19, 12, 31));
  candidate.proposals[0].candidate_class = work.candidate_class;
  candidate.proposals[0].proposer = work.proposer;
  values[kDisabilitasBerat] = prng.Chance(300) ? 2 : 1;
  values[kPenyakitKronis] = static_cast<int64_t>(prng.PickWeighted({85, 4, 4, 3, 2, 2, 1}));
  values[kPerawat] = 0;
  values[kBekerja] = 1;
  values[kLapanganUsaha] = work.sector;
  values[kPekerjaanStatus] = work.job_status;
  values[kDesil] = 1 + static_cast<int64_t>(prng.PickWeighted(kBltDecileWeights));
}

void CandidateMaker::DrawIdentity(Prng& prng, const Place& place, Candidate& candidate) {
  const bool born_elsewhere = prng.Chance(kBornElsewherePer10k);
  const Place& origin = !born_elsewhere     ? place
                        : prng.Chance(3000) ? prng.Pick(PlacesOutside())
                                            : prng.Pick(PlacesInProvince());
  candidate.area = place.code;
  candidate.birth_place = origin.name;
  candidate.name = MakePersonName(prng, candidate.female);
  candidate.nik = numbers_.MakeNik(prng, origin, candidate.birth_date, candidate.female);
  candidate.kk = DrawKk(prng, place);
  candidate.address = MakeAddress(prng);
}

std::string CandidateMaker::DrawKk(Prng& prng, const Place& place) {
  Household& household = household_of_area_[place.code];
  if (household.places_left > 0) {
    --household.places_left;
    summary_.Add("variety", "people_on_a_shared_kk");
    return household.kk;
  }
  household.kk = numbers_.MakeKk(prng, place);
  if (prng.Chance(kManyOnCardPer10k)) {
    household.places_left = static_cast<int>(prng.Between(4, 7));
    summary_.Add("faults", "kk_of_five_or_more");
  } else if (prng.Chance(kSecondOnCardPer10k)) {
    household.places_left = 1;
  }
  return household.kk;
}

void CandidateMaker::DrawSurvey(Prng& prng, const Candidate& candidate, const Place& place,
                                IndicatorValues& values) {
  const int64_t kecamatan = int64_t{place.code} * 100 + prng.Between(1, place.kecamatan_count);
  values[kJenisKelamin] = candidate.female ? 2 : 1;
  values[kKodeKabkota] = place.code;
  values[kKodeKecamatan] = kecamatan;
  values[kKodeDesa] = kecamatan * 10'000 + prng.Between(2001, 2018);
  values[kPadanDukcapil] = 1;
  values[kProgramDiterima] = 0;
  if (prng.Chance(5500)) values[kProgramDiterima] |= kLpg;
  if (prng.Chance(3000)) values[kProgramDiterima] |= kElectricitySubsidy;
  if (prng.Chance(800)) values[kProgramDiterima] |= kFertiliser;
}

void CandidateMaker::ApplyRuleFaults(Prng& prng, ProgramCode program, Candidate& candidate,
                                     IndicatorValues& values) {
  const FaultRates& rates = RatesOf(program);
  const bool kjs = program == ProgramCode::kKjs;
  if (prng.Chance(rates.civil_servant)) {
    values[kPekerjaanStatus] = kCivilServant;
    CountFault("civil_servant");
  }
  if (prng.Chance(rates.other_aid)) {
    static constexpr int64_t kKjsBits[] = {kBpnt, kBpnt, kPkh, kBpnt | kPkh};
    static constexpr int64_t kBltBits[] = {kBpnt, kPkh, kBltDanaDesa, kRegionalAid, kKabupatenBlt};
    values[kProgramDiterima] |= kjs ? prng.Pick(kKjsBits) : prng.Pick(kBltBits);
    CountFault("other_aid");
  }
  if (prng.Chance(rates.unmatched)) {
    values[kPadanDukcapil] = 0;
    CountFault("not_matched_with_civil_registry");
  }
  if (prng.Chance(rates.wrong_work)) {
    values[kBekerja] = kjs ? 1 : 0;
    CountFault(kjs ? "kjs_works" : "blt_does_not_work");
  }
  if (prng.Chance(rates.missing_value)) {
    static constexpr Indicator kNeeded[] = {kPadanDukcapil, kProgramDiterima, kBekerja,
                                            kPekerjaanStatus};
    values[prng.Pick(kNeeded)] = kNotRecorded;
    CountFault("missing_value");
  }
  if (prng.Chance(rates.dead)) {
    static constexpr std::string_view kSources[] = {"CIVIL_REGISTRY", "VILLAGE"};
    Death death;
    death.died_on = DrawDay(prng, absl::CivilDay(fiscal_year_ - 1, 3, 1),
                            absl::CivilDay(fiscal_year_ - 1, 12, 10));
    death.reported_on = death.died_on + prng.Between(3, 20);
    death.source = prng.Pick(kSources);
    candidate.death = death;
    CountFault("dead_before_the_year");
  }
}

void CandidateMaker::AddAssessments(Prng& prng, ProgramCode program, const IndicatorValues& values,
                                    Candidate& candidate) {
  if (prng.Chance(RatesOf(program).not_assessed)) {
    CountFault("not_assessed");
    return;
  }
  const absl::CivilDay surveyed = DrawDay(prng, absl::CivilDay(fiscal_year_ - 1, 7, 1),
                                          absl::CivilDay(fiscal_year_ - 1, 11, 30));
  candidate.assessments.push_back({surveyed, values});
  if (!prng.Chance(kOlderSurveyPer10k)) return;
  // What the older survey says must not count: it is drawn anew.
  Assessment older = {surveyed - prng.Between(60, 300), values};
  older.values[kDesil] = prng.Between(1, 10);
  older.values[kBekerja] = prng.Between(0, 1);
  older.values[kPadanDukcapil] = prng.Between(0, 1);
  candidate.assessments.push_back(older);
  summary_.Add("variety", "older_survey");
}

void CandidateMaker::ApplyFileFaults(Prng& prng, ProgramCode program, Candidate& candidate) {
  if (!prng.Chance(RatesOf(program).bad_nik)) return;
  struct Fault {
    PlantedNikFault fault;
    const char* name;
  };
  static constexpr Fault kFaults[] = {{PlantedNikFault::kSpreadsheet, "nik_spreadsheet"},
                                      {PlantedNikFault::kWrongLength, "nik_wrong_length"},
                                      {PlantedNikFault::kDayZero, "nik_day_00"},
                                      {PlantedNikFault::kSerialZero, "nik_serial_0000"},
                                      {PlantedNikFault::kOneDigit, "nik_one_digit"}};
  const Fault& fault = kFaults[prng.PickWeighted({40, 20, 15, 15, 10})];
  candidate.nik_fault = fault.fault;
  candidate.nik = DamageNik(prng, candidate.nik, fault.fault);
  CountFault(fault.name);
  CountFault("nik_bad");
}

}  // namespace bansos

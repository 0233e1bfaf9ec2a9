// CandidateMaker: draws one candidate after the other: first somebody who meets every criterion of
// the programme, then the faults of real files at the rates of candidate_maker.cc, each counted in
// the summary. Not thread-safe; the same seed and the same order of calls give the same candidates.
#ifndef TOOLS_BANSOSCTL_GENERATE_CANDIDATE_MAKER_H_
#define TOOLS_BANSOSCTL_GENERATE_CANDIDATE_MAKER_H_

#include <cstdint>
#include <string>
#include <unordered_map>

#include "tools/bansosctl/generate/candidate.h"
#include "tools/bansosctl/generate/places.h"
#include "tools/bansosctl/generate/prng.h"
#include "tools/bansosctl/generate/summary.h"

namespace bansos {

class CandidateMaker {
 public:
  CandidateMaker(uint64_t seed, int fiscal_year, Summary& summary)
      : seed_(seed), fiscal_year_(fiscal_year), summary_(summary) {}

  // `index` is the number of the candidate: it alone chooses the random stream.
  Candidate Make(uint64_t index, ProgramCode program);

  // A sound NIK that no candidate has.
  std::string MakeUnusedNik(Prng& prng);

 private:
  struct Household {
    std::string kk;
    int places_left = 0;  // candidates still to be put on this card
  };

  void DrawKjsPerson(Prng& prng, Candidate& candidate, IndicatorValues& values);
  void DrawBltPerson(Prng& prng, Candidate& candidate, IndicatorValues& values);
  void DrawIdentity(Prng& prng, const Place& place, Candidate& candidate);
  std::string DrawKk(Prng& prng, const Place& place);
  void DrawSurvey(Prng& prng, const Candidate& candidate, const Place& place,
                  IndicatorValues& values);
  void ApplyRuleFaults(Prng& prng, ProgramCode program, Candidate& candidate,
                       IndicatorValues& values);
  void ApplyFileFaults(Prng& prng, ProgramCode program, Candidate& candidate);
  void AddAssessments(Prng& prng, ProgramCode program, const IndicatorValues& values,
                      Candidate& candidate);
  void CountFault(const std::string& name) { summary_.Add("faults", name); }

  const uint64_t seed_;
  const int fiscal_year_;
  Summary& summary_;
  CivilNumbers numbers_;
  std::unordered_map<int, Household> household_of_area_;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_GENERATE_CANDIDATE_MAKER_H_

// Candidate: one person of the generated registry with everything the files say of them. Plain
// values.
#ifndef TOOLS_BANSOSCTL_GENERATE_CANDIDATE_H_
#define TOOLS_BANSOSCTL_GENERATE_CANDIDATE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "tools/bansosctl/generate/civil_numbers.h"
#include "tools/bansosctl/generate/indicators.h"

namespace bansos {

enum class ProgramCode { kKjs, kBlt };

// The codes under which the demo opens the programmes.
inline std::string_view NameOf(ProgramCode program) {
  return program == ProgramCode::kKjs ? "KJS" : "BLT-DBHCHT";
}

struct Proposal {
  ProgramCode program = ProgramCode::kKjs;
  std::string_view proposer;
  std::string_view candidate_class;
  int work_area = 0;  // 0 when not stated
};

struct Assessment {
  absl::CivilDay survey_date;
  IndicatorValues values;
};

struct Death {
  absl::CivilDay died_on;
  absl::CivilDay reported_on;
  std::string_view source;
};

struct Candidate {
  std::string nik;  // as the files write it: with its fault, if it has one
  PlantedNikFault nik_fault = PlantedNikFault::kNone;
  std::string kk;
  std::string name;
  std::string birth_place;
  absl::CivilDay birth_date;
  bool female = false;
  std::string address;
  int area = 0;
  std::vector<Proposal> proposals;      // the first is the one the candidate was made for
  std::vector<Assessment> assessments;  // the latest first; may be empty
  std::optional<Death> death;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_GENERATE_CANDIDATE_H_

// The criteria of KJS and BLT DBHCHT as the generator must know them, to put in as many eligible
// people as the quotas need. The ledger has its own, as published rule sets; this is a second,
// independent reading, and its counts in summary.json can be compared with the ledger's decisions.
#ifndef TOOLS_BANSOSCTL_GENERATE_CRITERIA_H_
#define TOOLS_BANSOSCTL_GENERATE_CRITERIA_H_

#include "tools/bansosctl/generate/candidate.h"

namespace bansos {

// Whether the candidate would be found eligible at the start of `fiscal_year`: registered (sound
// NIK), proposed, assessed, alive then, and every criterion true. A missing value is unknown, and
// unknown is not eligible.
bool IsEligible(const Candidate& candidate, ProgramCode program, int fiscal_year);

// Who is born on or before this day counts as old.
absl::CivilDay ElderlyBornUntil(int fiscal_year);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_GENERATE_CRITERIA_H_

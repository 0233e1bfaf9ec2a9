// Invented names, villages and institutions that look like those of Jawa Tengah. Nobody real is
// meant.
#ifndef TOOLS_BANSOSCTL_GENERATE_NAMES_H_
#define TOOLS_BANSOSCTL_GENERATE_NAMES_H_

#include <string>

#include "tools/bansosctl/generate/prng.h"

namespace bansos {

std::string MakePersonName(Prng& prng, bool female);
std::string MakeVillageName(Prng& prng);
// "Jl. Mawar 12 RT 03 RW 05 Karangsari".
std::string MakeAddress(Prng& prng);
std::string MakeInstitutionName(Prng& prng);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_GENERATE_NAMES_H_

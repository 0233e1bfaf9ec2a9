// Population: all candidates of a registry, with what goes beyond one person: rows that stand
// twice, people proposed in both programmes, proposals for nobody, institutions, deaths during the
// year.
#ifndef TOOLS_BANSOSCTL_GENERATE_POPULATION_H_
#define TOOLS_BANSOSCTL_GENERATE_POPULATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tools/bansosctl/generate/candidate.h"
#include "tools/bansosctl/generate/summary.h"

namespace bansos {

struct RegistryOptions {
  uint64_t seed = 0;
  uint32_t candidates = 115'000;
  int fiscal_year = 2025;
};

// A recipient row whose NIK an earlier row has already.
struct DuplicateRow {
  size_t after = 0;  // index of the candidate behind which it is written
  Candidate person;
};

struct Institution {
  std::string registration_number;
  std::string name;
  std::string address;
  int area = 0;
};

struct Population {
  std::vector<Candidate> candidates;
  std::vector<DuplicateRow> duplicates;  // by rising `after`
  std::vector<Institution> institutions;
  std::vector<std::string> unregistered_niks;  // proposed, but in no recipient row
};

// Places on the decrees of the fiscal year 2025.
inline constexpr uint64_t kKjsQuota = 12'764;
inline constexpr uint64_t kBltQuota = 82'000;

// REQUIRES: options as GenerateRegistry accepts them.
Population MakePopulation(const RegistryOptions& options, Summary& summary);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_GENERATE_POPULATION_H_

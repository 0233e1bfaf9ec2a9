// Writes a generated population as the files that offices would send: recipients.csv with the
// habits of Indonesian Excel (byte-order mark, `;`, CRLF, 31/12/1960, apostrophes), the others as
// plain CSV.
#ifndef TOOLS_BANSOSCTL_GENERATE_REGISTRY_FILES_H_
#define TOOLS_BANSOSCTL_GENERATE_REGISTRY_FILES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tools/bansosctl/generate/payees.h"
#include "tools/bansosctl/generate/population.h"

namespace bansos {

// Each file appears whole or not at all. `folder` must exist. Counts rows in `summary`.
absl::Status WriteRecipients(const RegistryOptions& options, const Population& population,
                             const std::string& folder, Summary& summary);
absl::Status WriteAssessments(const Population& population, const std::string& folder,
                              Summary& summary);
absl::Status WriteProposals(const RegistryOptions& options, const Population& population,
                            const std::string& folder, Summary& summary);
absl::Status WritePayees(const std::vector<PayeeRow>& payees, const std::string& folder,
                         Summary& summary);
// By rising date of the document: the order in which the office learns of the deaths.
absl::Status WriteDeaths(const RegistryOptions& options, const Population& population,
                         const std::string& folder, Summary& summary);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_GENERATE_REGISTRY_FILES_H_

// The kinds of files that `bansosctl import` takes, each with its columns. What a column means
// stands with the kind, and `import KIND --help` prints it.
#ifndef TOOLS_BANSOSCTL_IMPORT_KINDS_H_
#define TOOLS_BANSOSCTL_IMPORT_KINDS_H_

#include <memory>
#include <string>
#include <vector>

#include "tools/bansosctl/import/catalogue.h"
#include "tools/bansosctl/import/import_kind.h"

namespace bansos {

std::unique_ptr<ImportKind> NewRecipientsKind(ImportContext context);
std::unique_ptr<ImportKind> NewProposalsKind(ImportContext context);
std::unique_ptr<ImportKind> NewPayeesKind(ImportContext context);
// Only deaths whose document is of `until` (YYYY-MM-DD) or earlier; empty = all.
std::unique_ptr<ImportKind> NewDeathsKind(ImportContext context, std::string until);
// The columns beside the fixed ones are the indicators of the catalogue.
std::unique_ptr<ImportKind> NewAssessmentsKind(ImportContext context, Catalogue catalogue);

const std::vector<ImportColumn>& RecipientsColumns();
const std::vector<ImportColumn>& ProposalsColumns();
const std::vector<ImportColumn>& PayeesColumns();
const std::vector<ImportColumn>& DeathsColumns();
// The fixed ones only.
const std::vector<ImportColumn>& AssessmentsColumns();

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_IMPORT_KINDS_H_

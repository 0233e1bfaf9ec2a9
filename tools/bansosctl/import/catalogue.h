// Catalogue: the indicators of a published catalogue, as the log has them. A plain value.
#ifndef TOOLS_BANSOSCTL_IMPORT_CATALOGUE_H_
#define TOOLS_BANSOSCTL_IMPORT_CATALOGUE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "bansos/ledger/v1/event.pb.h"
#include "tools/bansosctl/client/connection.h"

namespace bansos {

struct Catalogue {
  std::string name;
  uint32_t version = 0;
  std::vector<ledger::v1::Indicator> indicators;
};

// The one published last under `name` (empty = any name), with `version` (0 = any). Errors:
// NotFound when there is none.
absl::StatusOr<Catalogue> FindCatalogue(Connection& connection, const std::string& name,
                                        uint32_t version);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_IMPORT_CATALOGUE_H_

// AreaNames: the published name of each place by code, from the log. A plain value.
#ifndef TOOLS_BANSOSCTL_COMMANDS_AREA_NAMES_H_
#define TOOLS_BANSOSCTL_COMMANDS_AREA_NAMES_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "tools/bansosctl/client/connection.h"

namespace bansos {

struct AreaNames {
  std::map<std::string, std::string> by_code;
  // Empty for a place without a published name.
  std::string NameOf(const std::string& code) const;
};

absl::StatusOr<AreaNames> FetchAreaNames(Connection& connection);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_COMMANDS_AREA_NAMES_H_

// When a query is to be true, as people write it: a position, a time, or a day. Pure.
#ifndef TOOLS_BANSOSCTL_CLIENT_AS_OF_H_
#define TOOLS_BANSOSCTL_CLIENT_AS_OF_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "bansos/v1/common.pb.h"

namespace bansos {

// For the help of options.
inline constexpr char kAsOfForm[] =
    "A position (1322176), a time (2025-06-30T14:00:00+07:00; WIB without a zone) or a day "
    "(2025-06-30, to its end in WIB)";

// Empty: now. INVALID_ARGUMENT names the option.
absl::StatusOr<v1::ReadOptions> ParseAsOf(std::string_view option, std::string_view text);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CLIENT_AS_OF_H_

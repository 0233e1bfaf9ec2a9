// DisplayWidth: how many columns of a terminal a UTF-8 text takes. Knows combining marks (0) and
// the wide East Asian blocks and emoji (2); everything else is 1. Bad bytes count 1 each.
#ifndef TOOLS_BANSOSCTL_FORMAT_DISPLAY_WIDTH_H_
#define TOOLS_BANSOSCTL_FORMAT_DISPLAY_WIDTH_H_

#include <cstddef>
#include <string_view>

namespace bansos {

size_t DisplayWidth(std::string_view text);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_FORMAT_DISPLAY_WIDTH_H_

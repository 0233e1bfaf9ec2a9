// Whether the holder of an account has the registered name of its recipient: what docs/RULES.md
// says of payees, stated a second time. A pure function.
#ifndef TOOLS_BANSOS_VERIFY_KEYS_HOLDER_NAME_H_
#define TOOLS_BANSOS_VERIFY_KEYS_HOLDER_NAME_H_

#include <string>

namespace bansos::verify {

// False: the two are far apart.
bool IsSameName(const std::string& registered, const std::string& holder);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_KEYS_HOLDER_NAME_H_

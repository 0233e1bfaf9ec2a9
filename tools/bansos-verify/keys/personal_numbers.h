// The numbers by which the state knows people, as far as their digits tell
// (docs/formats/sealing.md, "What is sealed, and under which numbers"). Reasons never repeat a
// digit. Pure functions, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_KEYS_PERSONAL_NUMBERS_H_
#define TOOLS_BANSOS_VERIFY_KEYS_PERSONAL_NUMBERS_H_

#include <string>
#include <string_view>

#include "tools/bansos-verify/replay/fault.h"

namespace bansos::verify {

// kBadNik: 16 digits, not all one, with a day of a man or a woman, a month and a serial.
replay::Verdict CheckNik(std::string_view nik);

// kBadKk: the same without the women's days.
replay::Verdict CheckKk(std::string_view kk);

// The value under which the vault knows an account.
std::string AccountValue(std::string_view bank, std::string_view account_number);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_KEYS_PERSONAL_NUMBERS_H_

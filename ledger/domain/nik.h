// NIK and KK, the 16-digit numbers of a person and of a family card (DOMAIN 2). There is no check
// digit, so these are all the faults that can be seen. Never put a number into a message: the
// fault's name says enough.
#ifndef LEDGER_DOMAIN_NIK_H_
#define LEDGER_DOMAIN_NIK_H_

#include <optional>
#include <string_view>

#include "ledger/domain/values.h"

namespace bansos {

inline constexpr size_t kNikDigits = 16;

enum class NikFault {
  kSpreadsheetDamage,  // Holds E . or , : a spreadsheet made a number of it. Refuse, never repair.
  kNotSixteenDigits,
  kBadDay,     // NIK: not 1-31 or 41-71. KK: not 1-31.
  kBadMonth,   // Not 1-12.
  kBadSerial,  // 0000.
  kOneDigit,   // One digit repeated.
};

// nullopt when nothing is wrong with it.
std::optional<NikFault> CheckNik(std::string_view nik);
std::optional<NikFault> CheckKk(std::string_view kk);

// What is wrong and what to do, for people.
std::string_view Explain(NikFault fault);

// True unless the birth date differs from the one in the NIK (women: day + 40). A difference is a
// warning, not an error. REQUIRES: CheckNik passed.
bool BirthDateAgrees(std::string_view nik, Date birth_date);

}  // namespace bansos

#endif  // LEDGER_DOMAIN_NIK_H_

// Lower-case hexadecimal for people to read: digests, roots, reservations.
#ifndef LEDGER_BASE_HEX_H_
#define LEDGER_BASE_HEX_H_

#include <optional>
#include <string>
#include <string_view>

namespace bansos {

std::string HexEncode(std::string_view bytes);

// nullopt unless `text` is an even number of hexadecimal digits.
std::optional<std::string> HexDecode(std::string_view text);

}  // namespace bansos

#endif  // LEDGER_BASE_HEX_H_

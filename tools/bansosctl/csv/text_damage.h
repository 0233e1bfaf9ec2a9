// What a spreadsheet, a wrong decoding or a terminal has left in a cell where a value should be.
// Pure, thread-safe.
#ifndef TOOLS_BANSOSCTL_CSV_TEXT_DAMAGE_H_
#define TOOLS_BANSOSCTL_CSV_TEXT_DAMAGE_H_

#include <optional>
#include <string_view>

namespace bansos {

struct TextDamage {
  std::string_view reason;
  std::string_view what_to_do;
};

// nullopt when nothing is wrong with `cell`, which is UTF-8. Named: an error of a spreadsheet
// (#N/A, #REF!, Err:502, ####), U+FFFD, text that was decoded twice ("JosÃ©"), control characters
// other than TAB and line ends.
std::optional<TextDamage> FindTextDamage(std::string_view cell);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_TEXT_DAMAGE_H_

// What a report shows of texts that are not ours: names of files and logs, and messages that quote
// them. None can write lines of the report, change how the text around it looks, or break the form
// of the output. Pure functions, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_PROGRAM_SHOWN_TEXT_H_
#define TOOLS_BANSOS_VERIFY_PROGRAM_SHOWN_TEXT_H_

#include <string>
#include <string_view>

namespace bansos::verify {

// One line of valid UTF-8: characters that move or hide what a terminal shows beside them as
// \u{HEX}, bytes that are no UTF-8 as \xHEX.
std::string ShownText(std::string_view text);

// JSON of several lines with such characters as JSON's own escapes, so that it says the same; bytes
// that are no UTF-8, which JSON cannot say, as U+FFFD.
std::string ShownJson(std::string_view json);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_PROGRAM_SHOWN_TEXT_H_

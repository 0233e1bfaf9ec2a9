// ParseRecord: one row of CSV as RFC 4180 writes it, from bytes in memory. Pure; no file, no
// header.
//
//   row    = field *(delimiter field) line-end          line-end = CRLF | LF | CR | end of file
//   field  = plain | quoted
//   plain  = any bytes but delimiter and line end, not starting with a quote
//   quoted = `"` *(any byte but a quote | `""`) `"`      (line ends and delimiters included)
#ifndef TOOLS_BANSOSCTL_CSV_RECORD_H_
#define TOOLS_BANSOSCTL_CSV_RECORD_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bansos {

// The unescaped fields of one row, in one buffer that is used again for the next row.
class Record {
 public:
  void Clear();
  void Append(std::string_view bytes) { text_.append(bytes); }
  void EndField() { ends_.push_back(text_.size()); }
  size_t size() const { return ends_.size(); }
  // REQUIRES: i < size().
  std::string_view field(size_t i) const;
  std::string_view text() const { return text_; }

 private:
  std::string text_;
  std::vector<size_t> ends_;
};

enum class RecordOutcome {
  kRecord,
  kNeedMore,  // the row does not end within the bytes
  kTooManyFields,
  kQuotedFieldTooLong,
  kTextAfterQuote,
  kQuoteNotClosed,  // the file ends within quotes
};

struct RecordParse {
  RecordOutcome outcome;
  size_t consumed;  // only for kRecord: bytes of the row with its line end
};

// REQUIRES: `bytes` is not empty. `at_end`: nothing follows `bytes` in the file.
RecordParse ParseRecord(std::string_view bytes, bool at_end, char delimiter, Record& record);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_RECORD_H_

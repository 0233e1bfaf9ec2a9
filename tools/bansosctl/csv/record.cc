#include "tools/bansosctl/csv/record.h"

#include "ledger/base/check.h"
#include "tools/bansosctl/csv/limits.h"

namespace bansos {
namespace {

// Walks over one row. Each step says whether to go on (kRecord) or what ended it.
class RowScan {
 public:
  RowScan(std::string_view bytes, bool at_end, char delimiter, Record& record)
      : bytes_(bytes), at_end_(at_end), delimiter_(delimiter), record_(record) {}

  RecordParse Run() {
    while (true) {
      const RecordOutcome field = AtQuote() ? QuotedField() : PlainField();
      if (field != RecordOutcome::kRecord) return {field, 0};
      if (record_.size() == kCsvFieldsMax) return {RecordOutcome::kTooManyFields, 0};
      record_.EndField();
      if (offset_ < bytes_.size() && bytes_[offset_] == delimiter_) {
        ++offset_;
        continue;
      }
      return LineEnd();
    }
  }

 private:
  bool AtQuote() const { return offset_ < bytes_.size() && bytes_[offset_] == '"'; }
  bool IsLineEnd(char c) const { return c == '\n' || c == '\r'; }
  RecordOutcome OutOfBytes(RecordOutcome at_end) const {
    return at_end_ ? at_end : RecordOutcome::kNeedMore;
  }

  RecordOutcome PlainField() {
    const size_t start = offset_;
    while (offset_ < bytes_.size() && bytes_[offset_] != delimiter_ &&
           !IsLineEnd(bytes_[offset_])) {
      ++offset_;
    }
    if (offset_ == bytes_.size() && !at_end_) return RecordOutcome::kNeedMore;
    record_.Append(bytes_.substr(start, offset_ - start));
    return RecordOutcome::kRecord;
  }

  RecordOutcome QuotedField() {
    size_t length = 0;
    ++offset_;
    while (true) {
      const size_t quote = bytes_.find('"', offset_);
      const size_t stop = quote == std::string_view::npos ? bytes_.size() : quote;
      length += stop - offset_;
      if (length > kCsvQuotedFieldBytesMax) return RecordOutcome::kQuotedFieldTooLong;
      if (quote == std::string_view::npos) return OutOfBytes(RecordOutcome::kQuoteNotClosed);
      record_.Append(bytes_.substr(offset_, stop - offset_));
      offset_ = quote + 1;
      if (!AtQuote()) break;
      record_.Append("\"");
      ++length;
      ++offset_;
    }
    if (offset_ == bytes_.size()) return OutOfBytes(RecordOutcome::kRecord);
    const char next = bytes_[offset_];
    if (next != delimiter_ && !IsLineEnd(next)) return RecordOutcome::kTextAfterQuote;
    return RecordOutcome::kRecord;
  }

  RecordParse LineEnd() {
    if (offset_ == bytes_.size()) return {RecordOutcome::kRecord, offset_};
    if (bytes_[offset_] == '\n') return {RecordOutcome::kRecord, offset_ + 1};
    if (offset_ + 1 == bytes_.size() && !at_end_) return {RecordOutcome::kNeedMore, 0};
    const bool crlf = bytes_.substr(offset_, 2) == "\r\n";
    return {RecordOutcome::kRecord, offset_ + (crlf ? 2 : 1)};
  }

  const std::string_view bytes_;
  const bool at_end_;
  const char delimiter_;
  Record& record_;
  size_t offset_ = 0;
};

}  // namespace

void Record::Clear() {
  text_.clear();
  ends_.clear();
}

std::string_view Record::field(size_t i) const {
  CHECK(i < ends_.size());
  const size_t start = i == 0 ? 0 : ends_[i - 1];
  return std::string_view(text_).substr(start, ends_[i] - start);
}

RecordParse ParseRecord(std::string_view bytes, bool at_end, char delimiter, Record& record) {
  CHECK(!bytes.empty());
  record.Clear();
  return RowScan(bytes, at_end, delimiter, record).Run();
}

}  // namespace bansos

#include "tools/bansosctl/csv/record_reader.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/csv/limits.h"

namespace bansos {
namespace {

// A row of the greatest length with its CRLF.
constexpr size_t kWindowBytes = kCsvRowBytesMax + 2;

// Physical lines begun by the line ends within `bytes` (LF, CRLF or a lone CR).
uint64_t CountLineEnds(std::string_view bytes) {
  uint64_t lines = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\n') ++lines;
    if (bytes[i] == '\r' && (i + 1 == bytes.size() || bytes[i + 1] != '\n')) ++lines;
  }
  return lines;
}

}  // namespace

RecordReader::RecordReader(std::unique_ptr<ByteSource> source)
    : source_(std::move(source)), buffer_(kWindowBytes + kCsvChunkBytes, '\0') {}

absl::StatusOr<std::unique_ptr<RecordReader>> RecordReader::Open(
    std::unique_ptr<ByteSource> source) {
  auto reader = std::unique_ptr<RecordReader>(new RecordReader(std::move(source)));
  RETURN_IF_ERROR(reader->Fill());
  ASSIGN_OR_RETURN(reader->dialect_, DetectDialect(reader->Available()));
  reader->Consume(reader->dialect_.preamble_bytes);
  reader->next_row_ += reader->dialect_.preamble_lines;
  return reader;
}

absl::StatusOr<RecordReader::Step> RecordReader::Next() {
  RETURN_IF_ERROR(Fill());
  const std::string_view available = Available();
  if (available.empty()) return Step::kEnd;
  const std::string_view window = available.substr(0, kWindowBytes);
  const bool at_end = source_ended_ && window.size() == available.size();
  row_ = next_row_;
  const RecordParse parse = ParseRecord(window, at_end, dialect_.delimiter, record_);
  if (parse.outcome == RecordOutcome::kRecord && parse.consumed <= kWindowBytes) {
    next_row_ += CountLineEnds(window.substr(0, parse.consumed));
    Consume(parse.consumed);
    return Step::kRecord;
  }
  bad_row_ = Describe(parse.outcome);
  bad_row_.bytes = window.substr(
      0, std::min({window.find_first_of("\r\n"), window.size(), kCsvQuotedFieldBytesMax}));
  RETURN_IF_ERROR(SkipLine());
  return Step::kBadRow;
}

absl::Status RecordReader::Fill() {
  if (source_ended_ || end_ - begin_ >= kWindowBytes) return absl::OkStatus();
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  while (end_ < kWindowBytes && !source_ended_) {
    ASSIGN_OR_RETURN(const size_t length,
                     source_->Read(buffer_.data() + end_, buffer_.size() - end_));
    end_ += length;
    source_ended_ = length == 0;
  }
  return absl::OkStatus();
}

std::string_view RecordReader::Available() const {
  return std::string_view(buffer_).substr(begin_, end_ - begin_);
}

void RecordReader::Consume(size_t length) {
  CHECK(length <= end_ - begin_);
  begin_ += length;
  bytes_consumed_ += length;
}

absl::Status RecordReader::SkipLine() {
  while (true) {
    RETURN_IF_ERROR(Fill());
    const std::string_view available = Available();
    if (available.empty()) return absl::OkStatus();
    const size_t line_end = available.find_first_of("\r\n");
    const bool end_is_known = source_ended_ || line_end + 1 < available.size();
    if (line_end != std::string_view::npos && end_is_known) {
      Consume(line_end + (available.substr(line_end, 2) == "\r\n" ? 2 : 1));
      ++next_row_;
      return absl::OkStatus();
    }
    // The last byte stays until it is known what follows: it may be the CR of a CRLF.
    Consume(source_ended_ ? available.size() : available.size() - 1);
  }
}

RecordReader::BadRow RecordReader::Describe(RecordOutcome outcome) const {
  switch (outcome) {
    case RecordOutcome::kTooManyFields:
      return {absl::StrCat("the row has more than ", kCsvFieldsMax, " fields"),
              "check the delimiter and remove the extra columns"};
    case RecordOutcome::kQuotedFieldTooLong:
      return {absl::StrCat("a quoted field is longer than ", kCsvQuotedFieldBytesMax, " bytes"),
              "close the quote that was opened on this row, or shorten the text"};
    case RecordOutcome::kTextAfterQuote:
      return {"text follows a closing quote",
              "write a quote within a quoted field twice (\"\"), or close the quote on this row"};
    case RecordOutcome::kQuoteNotClosed:
      return {"a quote opened on this row is never closed", "close the quote"};
    case RecordOutcome::kRecord:
    case RecordOutcome::kNeedMore:
      break;
  }
  return {absl::StrCat("the row is longer than ", kCsvRowBytesMax, " bytes"),
          "check that each row ends with a line end and each quote is closed"};
}

}  // namespace bansos

// RecordReader: the rows of a CSV file one after another, in constant memory however large the
// file.
//
// A bad row (too long, too many fields, a quote that is never closed) is reported and reading goes
// on at the next physical line, so a stray quote cannot swallow the good rows after it. Not
// thread-safe. Knows no header and no columns: see CsvReader.
#ifndef TOOLS_BANSOSCTL_CSV_RECORD_READER_H_
#define TOOLS_BANSOSCTL_CSV_RECORD_READER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tools/bansosctl/csv/byte_source.h"
#include "tools/bansosctl/csv/dialect.h"
#include "tools/bansosctl/csv/record.h"

namespace bansos {

class RecordReader {
 public:
  enum class Step { kRecord, kBadRow, kEnd };
  struct BadRow {
    std::string reason;
    std::string what_to_do;
    std::string bytes = {};  // of its line, as far as a quoted field may hold them
  };

  // Reads the beginning and tells the dialect. Errors: those of DetectDialect and of the source.
  static absl::StatusOr<std::unique_ptr<RecordReader>> Open(std::unique_ptr<ByteSource> source);

  absl::StatusOr<Step> Next();

  const Record& record() const { return record_; }    // after kRecord, until the next Next()
  const BadRow& bad_row() const { return bad_row_; }  // after kBadRow
  uint64_t row() const { return row_; }               // physical line where the last row started
  char delimiter() const { return dialect_.delimiter; }
  uint64_t bytes_consumed() const { return bytes_consumed_; }
  std::optional<uint64_t> bytes_total() const { return source_->size(); }

 private:
  explicit RecordReader(std::unique_ptr<ByteSource> source);
  // Makes a whole row of the longest legal length available, or all that is left.
  absl::Status Fill();
  std::string_view Available() const;
  void Consume(size_t length);
  absl::Status SkipLine();
  BadRow Describe(RecordOutcome outcome) const;

  const std::unique_ptr<ByteSource> source_;
  Dialect dialect_;
  std::string buffer_;
  size_t begin_ = 0;
  size_t end_ = 0;
  bool source_ended_ = false;
  Record record_;
  BadRow bad_row_;
  uint64_t row_ = 0;
  uint64_t next_row_ = 1;
  uint64_t bytes_consumed_ = 0;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_RECORD_READER_H_

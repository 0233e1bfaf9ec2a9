// CsvReader: reads a registry file row by row under the column names of its header, in constant
// memory.
//
// Before the first row is handed out, the whole file, also a pipe, is checked for its encoding, its
// header and for damage that only a whole column shows, so that a wrong file is refused before any
// of it is taken; what was checked is what is then read. What is wrong with one row rejects that
// row only, also a cell that holds an error of a spreadsheet or broken text. Headings are compared
// trimmed and in lower case; empty columns at the right end are dropped. Values come trimmed,
// without the leading apostrophe or ="..." that keeps digits as text in Excel. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_CSV_CSV_READER_H_
#define TOOLS_BANSOSCTL_CSV_CSV_READER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/bansosctl/csv/column.h"
#include "tools/bansosctl/csv/file_check.h"
#include "tools/bansosctl/csv/record_reader.h"
#include "tools/bansosctl/csv/row_error.h"
#include "tools/bansosctl/csv/stable_file.h"

namespace bansos {

class CsvReader {
 public:
  enum class Step { kRow, kRejected, kEnd };

  // Opens `path`. Errors: InvalidArgument for what is wrong with the file as a whole (empty,
  // encoding with row and byte, missing, doubled or unknown column, damaged numbers), saying what
  // to do.
  static absl::StatusOr<std::unique_ptr<CsvReader>> Open(const std::string& path,
                                                         std::vector<Column> columns,
                                                         Unlikely unlikely = Unlikely::kRefused);
  // Another reader of the same bytes, from the first row on. REQUIRES: made by Open.
  absl::StatusOr<std::unique_ptr<CsvReader>> Again() const;
  // The same from any source, which is read once: encoding is checked row by row.
  static absl::StatusOr<std::unique_ptr<CsvReader>> FromSource(std::unique_ptr<ByteSource> source,
                                                               std::vector<Column> columns);

  // Goes to the next row that is not blank. An error means that the rest cannot be read.
  absl::StatusOr<Step> Next();

  // After kRow, until the next Next(). `column` is the index in the columns given to Open; the
  // value of an absent optional column is empty.
  std::string_view Get(size_t column) const;
  bool HasColumn(size_t column) const { return field_of_column_[column].has_value(); }
  // After kRejected.
  const RowError& rejected() const { return rejected_; }
  // An error about a value of the present row, to collect or write to the rejects file.
  RowError ErrorAt(size_t column, std::string reason, std::string what_to_do) const;

  uint64_t row() const { return records_->row(); }
  // For a file of the rejected rows: the headings and the cells of the present row as they are
  // written, without the columns of such a file. A row that is no row of CSV is one cell.
  char delimiter() const { return records_->delimiter(); }
  const std::vector<std::string>& own_headings() const { return own_headings_; }
  std::vector<std::string> OwnCells() const;
  const std::vector<Column>& columns() const { return columns_; }
  uint64_t bytes_consumed() const { return records_->bytes_consumed(); }
  std::optional<uint64_t> bytes_total() const { return records_->bytes_total(); }

 private:
  CsvReader(std::unique_ptr<RecordReader> records, std::vector<Column> columns)
      : records_(std::move(records)), columns_(std::move(columns)) {}
  absl::Status ReadHeader();
  absl::Status MapHeader(const Record& header);
  absl::Status CheckRowEncoding() const;
  bool IsBlank(size_t from_field = 0) const;
  RowError WrongFieldCount() const;
  std::optional<RowError> FindDamage() const;

  std::shared_ptr<StableFile> file_;  // only when made by Open
  const std::unique_ptr<RecordReader> records_;
  const std::vector<Column> columns_;
  std::vector<std::optional<size_t>> field_of_column_;
  std::vector<std::string> own_headings_;
  std::vector<bool> is_rejects_field_;  // by field of the header
  bool row_is_record_ = false;
  size_t fields_per_row_ = 0;
  RowError rejected_;
};

// Trims spaces and takes off the leading apostrophe or ="..." of a spreadsheet.
std::string_view CleanCell(std::string_view cell);

// A heading as it is compared.
std::string Heading(std::string_view cell);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_CSV_READER_H_

#include "tools/bansosctl/csv/rejects_writer.h"

#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

// Somebody may have corrected the rows of an earlier import.
absl::Status CheckHoldsNoRows(const std::string& path) {
  std::ifstream old(path, std::ios::binary);
  std::string header;
  if (!std::getline(old, header) || old.peek() == std::ifstream::traits_type::eof()) {
    return absl::OkStatus();
  }
  return absl::AlreadyExistsError(
      absl::StrCat(path,
                   " holds the rejected rows of an earlier import, which may be corrected: "
                   "import it, and name another file here, or remove it"));
}

}  // namespace

absl::StatusOr<std::unique_ptr<RejectsWriter>> RejectsWriter::Create(const std::string& path,
                                                                     const Layout& layout) {
  std::vector<std::string> headings(std::begin(kRejectsHeadings), std::end(kRejectsHeadings));
  if (!layout.numbers_lines) headings.pop_back();
  headings.insert(headings.end(), layout.headings.begin(), layout.headings.end());
  const CsvStyle style = {.delimiter = layout.delimiter};
  std::string header;
  AppendCsvRow(header, headings, style);
  ASSIGN_OR_RETURN(std::unique_ptr<AtomicFile> file,
                   AtomicFile::CreateTable(path, header, kRejectsHeadings[0]));
  RETURN_IF_ERROR(CheckHoldsNoRows(path));
  return std::unique_ptr<RejectsWriter>(
      new RejectsWriter(std::move(file), style, layout.numbers_lines));
}

absl::Status RejectsWriter::Add(const RejectedRow& rejected) {
  const RowError& error = rejected.error;
  std::string reason = error.reason;
  if (!error.value_shown_safely.empty()) {
    absl::StrAppend(&reason, " (found: ", error.value_shown_safely, ")");
  }
  std::vector<std::string> cells = {std::to_string(error.row), error.column, std::move(reason),
                                    error.what_to_do};
  if (numbers_lines_) {
    cells.push_back(rejected.line == 0 ? "" : std::to_string(rejected.line));
  }
  cells.insert(cells.end(), rejected.cells.begin(), rejected.cells.end());
  line_.clear();
  AppendCsvRow(line_, cells, style_);
  ++count_;
  return file_->Append(line_);
}

}  // namespace bansos

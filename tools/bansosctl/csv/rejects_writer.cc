#include "tools/bansosctl/csv/rejects_writer.h"

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/format/csv_row.h"

namespace bansos {

absl::StatusOr<std::unique_ptr<RejectsWriter>> RejectsWriter::Create(const std::string& path) {
  ASSIGN_OR_RETURN(std::unique_ptr<AtomicFile> file,
                   AtomicFile::CreateTable(path, "row,column,reason,what_to_do\n"));
  return std::unique_ptr<RejectsWriter>(new RejectsWriter(std::move(file)));
}

absl::Status RejectsWriter::Add(const RowError& error) {
  std::string reason = error.reason;
  if (!error.value_shown_safely.empty()) {
    absl::StrAppend(&reason, " (found: ", error.value_shown_safely, ")");
  }
  line_.clear();
  AppendCsvRow(line_, {std::to_string(error.row), error.column, reason, error.what_to_do});
  ++count_;
  return file_->Append(line_);
}

}  // namespace bansos

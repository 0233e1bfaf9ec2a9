// RejectsWriter: the rejects file of an import: each rejected row as it was, cell by cell, behind
// the columns that say where it stood, why it was rejected and what to do. Once corrected it can be
// imported itself.
//
// The file appears only when the import has ended (Commit), whole and readable by its owner only,
// because it holds what the rows hold; also an empty one, which says that nothing was rejected. Not
// thread-safe.
#ifndef TOOLS_BANSOSCTL_CSV_REJECTS_WRITER_H_
#define TOOLS_BANSOSCTL_CSV_REJECTS_WRITER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tools/bansosctl/csv/atomic_file.h"
#include "tools/bansosctl/csv/row_error.h"
#include "tools/bansosctl/format/csv_row.h"

namespace bansos {

struct RejectedRow {
  RowError error;
  uint64_t line = 0;  // of a file whose lines are numbered; 0 when it is not known
  std::vector<std::string> cells = {};
};

class RejectsWriter {
 public:
  // How the file is written that the rows come from.
  struct Layout {
    char delimiter = ',';
    std::vector<std::string> headings = {};  // as they were
    bool numbers_lines = false;
  };

  static absl::StatusOr<std::unique_ptr<RejectsWriter>> Create(const std::string& path,
                                                               const Layout& layout);

  absl::Status Add(const RejectedRow& rejected);
  absl::Status Commit() { return file_->Commit(); }
  uint64_t count() const { return count_; }

 private:
  RejectsWriter(std::unique_ptr<AtomicFile> file, CsvStyle style, bool numbers_lines)
      : file_(std::move(file)), style_(style), numbers_lines_(numbers_lines) {}

  const std::unique_ptr<AtomicFile> file_;
  const CsvStyle style_;
  const bool numbers_lines_;
  std::string line_;
  uint64_t count_ = 0;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_REJECTS_WRITER_H_

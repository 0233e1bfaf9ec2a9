// RejectsWriter: the rejects file of an import: row, column, reason, what to do. The file appears
// only when the import has ended (Commit), whole and readable by its owner only; also an empty one,
// which says that nothing was rejected. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_CSV_REJECTS_WRITER_H_
#define TOOLS_BANSOSCTL_CSV_REJECTS_WRITER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tools/bansosctl/csv/atomic_file.h"
#include "tools/bansosctl/csv/row_error.h"

namespace bansos {

class RejectsWriter {
 public:
  static absl::StatusOr<std::unique_ptr<RejectsWriter>> Create(const std::string& path);

  absl::Status Add(const RowError& error);
  absl::Status Commit() { return file_->Commit(); }
  uint64_t count() const { return count_; }

 private:
  explicit RejectsWriter(std::unique_ptr<AtomicFile> file) : file_(std::move(file)) {}

  const std::unique_ptr<AtomicFile> file_;
  std::string line_;
  uint64_t count_ = 0;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_REJECTS_WRITER_H_

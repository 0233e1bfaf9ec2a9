// ImportFile: takes a file row by row, records it in requests of at most 8,192 items and tells what
// became of each row. Memory does not grow with the file.
//
// May be run again after any interruption: what is recorded already is answered as such. A fault of
// one row never stops the others. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_IMPORT_IMPORTER_H_
#define TOOLS_BANSOSCTL_IMPORT_IMPORTER_H_

#include <string>

#include "absl/status/statusor.h"
#include "ledger/base/clock.h"
#include "tools/bansosctl/client/tally.h"
#include "tools/bansosctl/import/import_kind.h"

namespace bansos {

struct ImportFileOptions {
  std::string job;  // "import recipients"
  std::string path;
  std::string name;          // what errors call it
  std::string rejects_path;  // empty: rejected rows are only counted
  bool dry_run = false;
  bool accept_unlikely = false;  // somebody has said on the record that the file is right
};

// What is wrong with a file as a whole, with its name and with what else can be done about one that
// is only unlikely.
absl::Status WrongFile(const std::string& name, const absl::Status& status);

// Errors: what is wrong with the file as a whole, and calls that failed for good. The rejects file
// appears only when the whole file was taken.
absl::StatusOr<Tally> ImportFile(const ImportFileOptions& options, ImportKind& kind, Clock& clock);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_IMPORT_IMPORTER_H_

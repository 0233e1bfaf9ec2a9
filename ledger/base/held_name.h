// HeldName: a name in the file system together with the file that it led to. A store that is moved,
// removed or replaced while it is open goes on taking writes, and they are gone when it closes:
// each write asks its names whether they still lead to the files that are open.
//
// One stat (about a microsecond), beside RocksDB's FileSystem, which cannot tell files apart. The
// file must stay open, or its number may be given to another one. Immutable, thread-safe.
#ifndef LEDGER_BASE_HELD_NAME_H_
#define LEDGER_BASE_HELD_NAME_H_

#include <sys/types.h>

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace bansos {

class HeldName {
 public:
  // Errors: UNAVAILABLE, nothing can be seen there. REQUIRES: the file is open, and stays so.
  static absl::StatusOr<HeldName> Of(std::string path);
  // Of the file that an open RocksDB keeps locked in its directory.
  static absl::StatusOr<HeldName> OfDatabase(const std::string& directory);

  // UNAVAILABLE when the name leads nowhere, or elsewhere.
  absl::Status Check() const;

 private:
  HeldName(std::string path, dev_t device, ino_t number)
      : path_(std::move(path)), device_(device), number_(number) {}

  std::string path_;
  dev_t device_;
  ino_t number_;
};

}  // namespace bansos

#endif  // LEDGER_BASE_HELD_NAME_H_

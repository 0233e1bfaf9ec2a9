// DirectoryLocks: holds shared locks on the lock files of a data directory while it is verified, so
// that no server starts in it, and finds out whether one runs. Writes nothing. The locks belong to
// the process and end with the object.
#ifndef TOOLS_BANSOS_VERIFY_SOURCE_DIRECTORY_LOCKS_H_
#define TOOLS_BANSOS_VERIFY_SOURCE_DIRECTORY_LOCKS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace bansos::verify {

class DirectoryLocks {
 public:
  DirectoryLocks() = default;
  ~DirectoryLocks();
  DirectoryLocks(const DirectoryLocks&) = delete;
  DirectoryLocks& operator=(const DirectoryLocks&) = delete;

  // FAILED_PRECONDITION when another process has the directory open. Lock files that are missing
  // are not locked: a copy may have none.
  absl::Status Take(const std::string& directory);

 private:
  std::vector<int> descriptors_;
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_SOURCE_DIRECTORY_LOCKS_H_

#include "tools/bansos-verify/source/directory_locks.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "tools/bansos-verify/finding/finding.h"

namespace bansos::verify {
namespace {

// The server's own, and RocksDB's.
constexpr const char* kLockFiles[] = {"anchor.lock", "log/LOCK"};

}  // namespace

absl::Status DirectoryLocks::Take(const std::string& directory) {
  for (const char* name : kLockFiles) {
    const std::string path = absl::StrCat(directory, "/", name);
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
      if (errno == ENOENT || errno == ENOTDIR) continue;
      return absl::UnavailableError(absl::StrCat("cannot read ", path, ": ", strerror(errno)));
    }
    descriptors_.push_back(descriptor);
    struct flock lock = {};
    lock.l_type = F_RDLCK;
    lock.l_whence = SEEK_SET;
    if (fcntl(descriptor, F_SETLK, &lock) == 0) continue;
    if (errno == EACCES || errno == EAGAIN) {
      return absl::FailedPreconditionError(absl::StrCat(
          "a server has ", directory, " open (", name,
          " is locked): stop the server, or verify an export (bansosctl export tiles)"));
    }
    return absl::UnavailableError(absl::StrCat("cannot lock ", path, ": ", strerror(errno)));
  }
  return absl::OkStatus();
}

DirectoryLocks::~DirectoryLocks() {
  for (const int descriptor : descriptors_) close(descriptor);
}

}  // namespace bansos::verify

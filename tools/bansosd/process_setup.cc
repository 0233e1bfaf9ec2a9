#include "tools/bansosd/process_setup.h"

#include <grpc/support/log.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "google/protobuf/stubs/logging.h"
#include "ledger/base/status_macros.h"
#include "ledger/base/store_limits.h"

namespace bansos {
namespace {

// Raises what the process may have of `what` to what the machine lets it, and checks that.
absl::Status TakeLimit(int resource, uint64_t needed, const char* what, const char* set_by) {
  rlimit limit{};
  if (getrlimit(resource, &limit) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot read the limit of ", what));
  }
  limit.rlim_cur = limit.rlim_max;
  // Where it cannot be raised, what there is may be enough.
  if (setrlimit(resource, &limit) != 0) getrlimit(resource, &limit);
  if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= needed) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("the process may have ", limit.rlim_cur, " ",
                                                    what, ", and the stores need ", needed,
                                                    ": raise that limit (", set_by, ")"));
}

}  // namespace

absl::Status KeepMemoryPrivate() {
  const rlimit none{0, 0};
  if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
    return absl::ErrnoToStatus(errno, "cannot switch core dumps off, which would hold keys");
  }
  return absl::OkStatus();
}

absl::Status TakeFileLimits() {
  RETURN_IF_ERROR(TakeLimit(RLIMIT_NOFILE, kMinOpenFiles, "open files", "LimitNOFILE, ulimit -n"));
  return TakeLimit(RLIMIT_FSIZE, kMinFileBytes, "bytes of one file", "LimitFSIZE, ulimit -f");
}

void SilenceLibraries() {
  google::protobuf::SetLogHandler(nullptr);
  if (std::getenv("GRPC_VERBOSITY") == nullptr) gpr_set_log_function([](gpr_log_func_args*) {});
}

}  // namespace bansos

#include "tools/bansosd/process_setup.h"

#include <grpc/support/log.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstdlib>

#include "google/protobuf/stubs/logging.h"

namespace bansos {

absl::Status KeepMemoryPrivate() {
  const rlimit none{0, 0};
  if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
    return absl::ErrnoToStatus(errno, "cannot switch core dumps off, which would hold keys");
  }
  return absl::OkStatus();
}

void SilenceLibraries() {
  google::protobuf::SetLogHandler(nullptr);
  if (std::getenv("GRPC_VERBOSITY") == nullptr) gpr_set_log_function([](gpr_log_func_args*) {});
}

}  // namespace bansos

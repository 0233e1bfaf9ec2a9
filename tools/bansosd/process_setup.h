// What a process that holds keys does first: nothing of its memory reaches a disk by a crash or
// another user by a debugger, and its standard output holds lines of its own log only. Called once,
// before other threads exist.
#ifndef TOOLS_BANSOSD_PROCESS_SETUP_H_
#define TOOLS_BANSOSD_PROCESS_SETUP_H_

#include "absl/status/status.h"

namespace bansos {

// No core dumps, and no tracing by other processes of the same user.
absl::Status KeepMemoryPrivate();

// As many open files, and files as large, as the machine lets the process have.
// FAILED_PRECONDITION when that is less than the stores need (ledger/base/store_limits.h).
absl::Status TakeFileLimits();

// gRPC and protobuf write lines of their own form for what callers do wrong; callers are told, and
// what matters to the operator is in our lines. The environment's GRPC_VERBOSITY lets gRPC speak.
void SilenceLibraries();

}  // namespace bansos

#endif  // TOOLS_BANSOSD_PROCESS_SETUP_H_

// Errors of calls: a gRPC status as absl::Status that keeps its refusals, and what people and
// scripts are told of it: words, advice and an exit code. Pure functions, thread-safe.
#ifndef TOOLS_BANSOSCTL_CLIENT_CALL_ERROR_H_
#define TOOLS_BANSOSCTL_CLIENT_CALL_ERROR_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "bansos/v1/common.pb.h"
#include "grpcpp/support/status.h"
#include "tools/bansosctl/client/tally.h"

namespace bansos {

// Exit codes of bansosctl; --help names them.
inline constexpr int kExitRefused = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitUnreachable = 3;

// Same code and message; remembers the StatusDetail that came with it.
absl::Status FromGrpc(const grpc::Status& status);

// True for an error that came out of a call, false for one of our own side (usage, files).
bool IsFromCall(const absl::Status& status);

std::vector<v1::Refusal> RefusalsOf(const absl::Status& status);

// How long the server asks to wait before trying again; 0 when it does not say.
uint32_t RetryDelayMs(const absl::Status& status);

// True when the same call may succeed later: UNAVAILABLE, RESOURCE_EXHAUSTED.
bool IsWorthRetrying(const absl::Status& status);

// That the server refused items of a job which it otherwise did; the tally tells why.
absl::Status RefusedItems(const Tally& tally);

int ExitCodeOf(const absl::Status& status);

// What failed and what to do, in lines for a terminal.
std::string Describe(const absl::Status& status);

// A refusal's message in two parts: what failed, and the advice that ends it.
struct RefusalParts {
  std::string reason;
  std::string advice;
};
RefusalParts SplitMessage(std::string_view message);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CLIENT_CALL_ERROR_H_

// The actor: the opaque id of who calls, from the metadata entry "bansos-actor". Until
// authentication comes it is what the caller says, and the server listens on loopback only.
#ifndef GRPC_ACTOR_H_
#define GRPC_ACTOR_H_

#include <string>

#include "absl/status/status.h"
#include "grpcpp/server_context.h"

namespace bansos {

inline constexpr char kActorMetadata[] = "bansos-actor";

// Empty when the caller states none.
std::string StatedActor(const grpc::CallbackServerContext& context);

// UNAUTHENTICATED when empty. Whether it is a well-formed id is a rule of the domain.
absl::Status RequireActor(const std::string& actor);

}  // namespace bansos

#endif  // GRPC_ACTOR_H_

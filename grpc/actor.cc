#include "grpc/actor.h"

#include "grpc/fault.h"
#include "ledger/domain/shape_rules.h"

namespace bansos {

std::string StatedActor(const grpc::CallbackServerContext& context) {
  const auto& metadata = context.client_metadata();
  const auto it = metadata.find(kActorMetadata);
  return it == metadata.end() ? std::string() : std::string(it->second.data(), it->second.size());
}

absl::Status RequireActor(const std::string& actor) {
  if (actor.empty()) {
    return absl::UnauthenticatedError(
        "who records this is not stated. Send the caller's opaque id in the metadata entry "
        "\"bansos-actor\".");
  }
  const Check refusal = shape::Actor(actor);
  return refusal.has_value() ? ToStatus(FaultOf(*refusal, kActorMetadata)) : absl::OkStatus();
}

}  // namespace bansos

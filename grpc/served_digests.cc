#include "grpc/served_digests.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"

namespace bansos {
namespace {

absl::StatusOr<ViewDigests> NewestDigests(const Projector& projector) {
  if (const absl::Status failed = projector.status(); !failed.ok()) {
    return absl::UnavailableError(absl::StrCat("the views stopped: ", failed.ToString()));
  }
  std::optional<ViewDigests> newest = projector.NewestDigests();
  if (newest.has_value()) return *std::move(newest);
  return absl::UnavailableError(
      "no digests of the views were made yet: the log has left no time for it since the start. Try "
      "again when it is quieter.");
}

}  // namespace

void AskNewestDigests(const ServiceParts& parts, uint64_t size, const Caller& caller,
                      Answer<ViewDigests> answer) {
  Projector& projector = parts.reads.projector();
  const std::optional<ViewDigests> newest = projector.NewestDigests();
  if (newest.has_value() && newest->head.size >= size) return answer(*newest);
  projector.CallAtDigests(size, [&projector, caller, answer = std::move(answer)] {
    if (caller.life->over()) return;
    caller.lane->Run([&projector, answer] { answer(NewestDigests(projector)); });
  });
}

void AskDigestsAsOf(const ServiceParts& parts, const v1::ReadOptions& options, const Caller& caller,
                    Answer<ViewDigests> answer) {
  Caller scanning = caller;
  scanning.lane = &parts.lanes.of(Lane::kScan);
  parts.reads.AsItWas(options, scanning,
                      [answer = std::move(answer)](absl::StatusOr<AsOfViews::Lease> views) {
                        if (!views.ok()) return answer(views.status());
                        answer(DigestsOf((*views)->set, (*views)->head));
                      });
}

}  // namespace bansos

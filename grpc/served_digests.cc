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
  parts.reads.WhenDigests(size, caller, [&parts, answer = std::move(answer)](absl::Status status) {
    if (!status.ok()) return answer(status);
    answer(NewestDigests(parts.reads.projector()));
  });
}

void AskDigestsAsOf(const ServiceParts& parts, const v1::ReadOptions& options, const Caller& caller,
                    Answer<ViewDigests> answer) {
  parts.reads.AsItWas(
      options, caller,
      [life = caller.life, answer = std::move(answer)](absl::StatusOr<AsOfViews::Lease> views) {
        if (!views.ok()) return answer(views.status());
        answer(DigestsOf((*views)->set, (*views)->head, [&] { return !life->over(); }));
      });
}

}  // namespace bansos

#include "grpc/admin_service.h"

#include <algorithm>
#include <string>
#include <utility>

#include "grpc/convert_program.h"
#include "grpc/server_version.h"

namespace bansos {

void AdminService::Publish(v1::PublishCatalogueRequest request, const Caller& caller,
                           Answer<v1::PublishCatalogueResponse> answer) {
  parts_.writes.RecordOne(request, caller, ToCataloguePublished, std::move(answer));
}

void AdminService::PublishPlaces(v1::PublishAreasRequest request, const Caller& caller,
                                 Answer<v1::PublishAreasResponse> answer) {
  parts_.writes.RecordOne(request, caller, ToAreasPublished, std::move(answer));
}

void AdminService::Set(v1::SetPolicyRequest request, const Caller& caller,
                       Answer<v1::SetPolicyResponse> answer) {
  parts_.writes.RecordOne(request, caller, ToPolicySet, std::move(answer));
}

void AdminService::Adopt(v1::AdoptRulesRequest request, const Caller& caller,
                         Answer<v1::AdoptRulesResponse> answer) {
  parts_.writes.RecordOne(
      request, caller,
      [](const v1::AdoptRulesRequest& stated, ItemReader&) {
        return RulesAdopted{.version = stated.version()};
      },
      std::move(answer));
}

void AdminService::Status(v1::GetStatusRequest request, const Caller& caller,
                          Answer<v1::GetStatusResponse> answer) {
  // Size and root come from one look at the log; the views are waited for.
  const uint64_t size = std::max(request.read().min_position(), parts_.log.Head().size);
  parts_.reads.When(size, caller, [this, answer = std::move(answer)](absl::Status status) {
    if (!status.ok()) return answer(status);
    const LogHead head = parts_.log.Head();
    v1::GetStatusResponse response;
    status = parts_.reads.Read([&](const Views& views) {
      response.set_ledger_id(views.state.ledger.ledger_id);
      response.set_rules_version(views.state.ledger.rules_version);
    });
    if (!status.ok()) return answer(status);
    const absl::StatusOr<ViewDigests> digests = Digests();
    if (!digests.ok()) return answer(digests.status());
    *response.mutable_true_at() = ToProto(ProjectionHead{head.size, head.last_time_us});
    response.set_root(std::string(AsBytes(head.root)));
    for (const ViewDigest& view : digests->views) {
      v1::ViewStatus& added = *response.add_views();
      added.set_name(view.name);
      added.set_version(view.version);
      added.set_position(digests->head.size);
      added.set_digest(std::string(AsBytes(view.digest)));
    }
    response.set_server_version(kServerVersion);
    answer(std::move(response));
  });
}

absl::StatusOr<ViewDigests> AdminService::Digests() {
  {
    absl::MutexLock lock(&mutex_);
    if (!digests_.views.empty() && digests_.head.size == parts_.reads.projector().Head().size) {
      return digests_;
    }
  }
  absl::StatusOr<ViewDigests> digests = parts_.reads.projector().Digests();
  if (digests.ok()) {
    absl::MutexLock lock(&mutex_);
    digests_ = *digests;
  }
  return digests;
}

}  // namespace bansos

#include "grpc/admin_service.h"

#include <string>
#include <utility>

#include "grpc/as_of_head.h"
#include "grpc/convert_program.h"
#include "grpc/served_digests.h"
#include "grpc/server_version.h"
#include "ledger/base/status_macros.h"

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
  if (request.read().as_of_case() != v1::ReadOptions::AS_OF_NOT_SET) {
    return AskDigestsAsOf(parts_, request.read(), caller,
                          [this, request, caller, answer](absl::StatusOr<ViewDigests> then) {
                            if (!then.ok()) return answer(then.status());
                            parts_.reads.Query<v1::GetStatusResponse>(
                                request.read(), caller,
                                [this, then = *std::move(then)](const Moment& moment) {
                                  return StatusAt(moment, then);
                                },
                                answer);
                          });
  }
  const uint64_t size = request.read().min_position();
  parts_.reads.When(size, caller, [this, size, caller, answer](absl::Status status) {
    if (!status.ok()) return answer(status);
    // Only who asks for digests of some position waits for them, and who comes before the first.
    AskNewestDigests(parts_, size, caller, [this, answer](absl::StatusOr<ViewDigests> newest) {
      if (!newest.ok()) return answer(newest.status());
      answer(StatusAt(Moment(parts_.reads), *newest));
    });
  });
}

absl::StatusOr<v1::GetStatusResponse> AdminService::StatusAt(const Moment& moment,
                                                             const ViewDigests& digests) const {
  v1::GetStatusResponse response;
  ProjectionHead head;
  RETURN_IF_ERROR(moment.Read([&](const Views& views) {
    response.set_ledger_id(views.state.ledger.ledger_id);
    response.set_rules_version(views.state.ledger.rules_version);
    head = views.head;
  }));
  ASSIGN_OR_RETURN(const Hash root, RootAt(parts_, head.size));
  *response.mutable_true_at() = ToProto(head);
  response.set_root(std::string(AsBytes(root)));
  for (const ViewDigest& view : digests.views) {
    v1::ViewStatus& added = *response.add_views();
    added.set_name(view.name);
    added.set_version(view.version);
    added.set_position(digests.head.size);
    added.set_digest(std::string(AsBytes(view.digest)));
  }
  response.set_server_version(kServerVersion);
  return response;
}

}  // namespace bansos

#include "grpc/admin_service.h"

#include <string>
#include <utility>

#include "grpc/as_of_head.h"
#include "grpc/convert_program.h"
#include "grpc/server_version.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

// Positions whose digests are remembered.
constexpr size_t kMaxKnownDigests = 64;

}  // namespace

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
  parts_.reads.Query<v1::GetStatusResponse>(
      request.read(), caller, [this](const Moment& moment) { return StatusAt(moment); },
      std::move(answer));
}

absl::StatusOr<v1::GetStatusResponse> AdminService::StatusAt(const Moment& moment) {
  v1::GetStatusResponse response;
  ViewDigests digests;
  RETURN_IF_ERROR(moment.Read([&](const Views& views) {
    response.set_ledger_id(views.state.ledger.ledger_id);
    response.set_rules_version(views.state.ledger.rules_version);
    digests = Digests(views);
  }));
  ASSIGN_OR_RETURN(const Hash root, RootAt(parts_, digests.head.size));
  *response.mutable_true_at() = ToProto(digests.head);
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

ViewDigests AdminService::Digests(const Views& views) {
  {
    absl::MutexLock lock(&mutex_);
    const auto known = digests_.find(views.head.size);
    if (known != digests_.end()) return known->second;
  }
  ViewDigests digests = DigestsOf(views.set, views.head);
  absl::MutexLock lock(&mutex_);
  if (digests_.size() >= kMaxKnownDigests) digests_.clear();
  digests_[views.head.size] = digests;
  return digests;
}

}  // namespace bansos

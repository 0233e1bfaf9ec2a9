#include "tools/bansosctl/commands/area_names.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "bansos/v1/audit_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/pages.h"

namespace bansos {

std::string AreaNames::NameOf(const std::string& code) const {
  const auto found = by_code.find(code);
  return found == by_code.end() ? "" : found->second;
}

absl::StatusOr<AreaNames> FetchAreaNames(Connection& connection) {
  AreaNames names;
  v1::GetTimelineRequest request;
  request.set_ledger(true);
  RETURN_IF_ERROR(ForEachPage<v1::AuditService::Stub>(
      connection, &v1::AuditService::Stub::GetTimeline, request,
      [&](const v1::GetTimelineResponse& page) -> absl::StatusOr<bool> {
        for (const v1::LoggedEvent& logged : page.events()) {
          // Newest first: the first name of a code that is met is the latest.
          for (const ledger::v1::Area& area : logged.event().areas_published().areas()) {
            names.by_code.emplace(area.code(), area.name());
          }
        }
        return true;
      }));
  return names;
}

}  // namespace bansos

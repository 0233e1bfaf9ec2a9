#include "tools/bansosctl/import/catalogue.h"

#include "absl/strings/str_cat.h"
#include "bansos/v1/audit_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/pages.h"

namespace bansos {

absl::StatusOr<Catalogue> FindCatalogue(Connection& connection, const std::string& name,
                                        uint32_t version) {
  Catalogue found;
  v1::GetTimelineRequest request;
  request.set_ledger(true);
  RETURN_IF_ERROR(ForEachPage<v1::AuditService::Stub>(
      connection, &v1::AuditService::Stub::GetTimeline, request,
      [&](v1::GetTimelineResponse page) -> absl::StatusOr<bool> {
        for (v1::LoggedEvent& logged : *page.mutable_events()) {
          if (!logged.event().has_catalogue_published()) continue;
          const auto& published = logged.event().catalogue_published();
          if (!name.empty() && published.name() != name) continue;
          if (version != 0 && published.version() != version) continue;
          found.name = published.name();
          found.version = published.version();
          found.indicators.assign(published.indicators().begin(), published.indicators().end());
          return false;
        }
        return true;
      }));
  if (found.version != 0) return found;
  return absl::NotFoundError(absl::StrCat(
      "no catalogue", name.empty() ? "" : absl::StrCat(" ", name),
      version == 0 ? "" : absl::StrCat(" version ", version),
      " is published: publish it first (bansosctl catalogue publish FILE.csv --name NAME)"));
}

}  // namespace bansos

#include "absl/strings/str_cat.h"
#include "bansos/v1/admin_service.grpc.pb.h"
#include "ledger/base/hex.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/commands/commands.h"

namespace bansos {
namespace {

absl::Status StatusCommand(Session& session) {
  ASSIGN_OR_RETURN(
      const v1::GetStatusResponse response,
      session.connection().Call(&v1::AdminService::Stub::GetStatus, v1::GetStatusRequest()));
  if (session.json()) {
    session.PrintJson(response);
    return absl::OkStatus();
  }
  Table table({{"ledger"}, {response.ledger_id()}});
  table.AddRow({"events", session.Count(static_cast<int64_t>(response.true_at().position()))});
  table.AddRow({"root", HexEncode(response.root())});
  table.AddRow({"rules version", std::to_string(response.rules_version())});
  table.AddRow({"server version", response.server_version()});
  session.Print(table);
  Table views({{"view"}, {"version", Align::kRight}, {"position", Align::kRight}, {"digest"}});
  for (const v1::ViewStatus& view : response.views()) {
    views.AddRow({view.name(), std::to_string(view.version()),
                  session.Count(static_cast<int64_t>(view.position())), HexEncode(view.digest())});
  }
  session.out() << '\n';
  session.Print(views);
  return absl::OkStatus();
}

}  // namespace

void AddStatusCommand(CommandNode root) {
  root.Command("status", "Shows how log and views of the server stand.",
               "Example: bansosctl status", [](Session& s) { return StatusCommand(s); });
}

}  // namespace bansos

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "bansos/v1/eligibility_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/pages.h"
#include "tools/bansosctl/client/request_window.h"
#include "tools/bansosctl/commands/commands.h"

namespace bansos {
namespace {

using EligibilityStub = v1::EligibilityService::Stub;

struct EndArguments {
  std::string program;
  bool died = false;
  bool running = false;
  uint64_t recipient = 0;
  std::string reason;
  std::string ended_on;
  uint32_t last_tranche = 0;
  BasisOptions basis;
};

absl::StatusOr<ledger::v1::EndReason> ReasonOf(const EndArguments& arguments) {
  const int selections = arguments.died + arguments.running + (arguments.recipient != 0);
  if (selections != 1) {
    return absl::InvalidArgumentError(
        "say whose entitlements end: one of --died, --running and --recipient");
  }
  if (arguments.died && arguments.reason.empty()) return ledger::v1::END_REASON_DIED;
  ledger::v1::EndReason reason;
  const std::string name = absl::StrCat("END_REASON_", absl::AsciiStrToUpper(arguments.reason));
  if (ledger::v1::EndReason_Parse(name, &reason) && reason != 0) return reason;
  return absl::InvalidArgumentError(
      "--reason: use DIED, CENTRAL_AID, ABLE_TO_WORK, MOVED, WITHDREW, NOT_ELIGIBLE or "
      "CIVIL_SERVANT");
}

// What all ends of the request share.
absl::StatusOr<v1::EntitlementEnd> SharedEnd(const EndArguments& arguments) {
  v1::EntitlementEnd end;
  end.set_program(arguments.program);
  ASSIGN_OR_RETURN(const ledger::v1::EndReason reason, ReasonOf(arguments));
  end.set_reason(reason);
  ASSIGN_OR_RETURN(const std::string ended_on, ToIsoDate("--ended-on", arguments.ended_on));
  end.set_ended_on(ended_on);
  end.set_last_tranche(arguments.last_tranche);
  return end;
}

absl::Status EndCommand(Session& session, const EndArguments& arguments) {
  RETURN_IF_ERROR(session.RequireActor());
  ASSIGN_OR_RETURN(const v1::EntitlementEnd shared, SharedEnd(arguments));
  ASSIGN_OR_RETURN(const v1::Basis basis, ToBasis(arguments.basis));
  Connection& connection = session.connection();
  Tally tally{.job = absl::StrCat("end ", arguments.program), .unit = "entitlements"};
  RequestWindow<v1::EndEntitlementsResponse> window;
  v1::ListEntitlementsRequest request;
  request.set_program(arguments.program);
  request.set_filter(arguments.died ? v1::ENTITLEMENT_FILTER_DIED_BUT_RUNNING
                                    : v1::ENTITLEMENT_FILTER_RUNNING);
  request.set_page_size(kPageRowsMax);
  RETURN_IF_ERROR(ForEachPage<EligibilityStub>(
      connection, &EligibilityStub::ListEntitlements, request,
      [&](const v1::ListEntitlementsResponse& page) -> absl::StatusOr<bool> {
        const auto ends = std::make_shared<v1::EndEntitlementsRequest>();
        *ends->mutable_options() = connection.write_options();
        *ends->mutable_basis() = basis;
        for (const v1::ListedEntitlement& listed : page.entitlements()) {
          const v1::Entitlement& entitlement = listed.entitlement();
          if (arguments.recipient != 0 && entitlement.recipient() != arguments.recipient) continue;
          v1::EntitlementEnd& end = *ends->add_items();
          end = shared;
          end.mutable_recipient()->set_number(entitlement.recipient());
          end.set_slot(entitlement.slot());
          end.set_holder(entitlement.holder());
        }
        if (ends->items().empty()) return true;
        tally.items += ends->items_size();
        RETURN_IF_ERROR(window.Submit(
            [&connection, ends] {
              return connection.Call(&EligibilityStub::EndEntitlements, *ends);
            },
            [&tally, ends](const v1::EndEntitlementsResponse& response) {
              tally.Add(response.outcomes(), ends->items_size(), [&](int index) {
                return absl::StrCat("recipient ", ends->items(index).recipient().number());
              });
              return absl::OkStatus();
            }));
        return true;
      }));
  RETURN_IF_ERROR(window.Finish());
  if (arguments.recipient != 0 && tally.items == 0) {
    session.Say(absl::StrCat("Recipient ", arguments.recipient, " has no running entitlement in ",
                             arguments.program, ": nothing to end."));
  }
  return session.ReportAll(tally);
}

}  // namespace

void AddEndCommand(CommandNode root) {
  auto end = std::make_shared<EndArguments>();
  root.Command("end", "Ends entitlements.",
               "The places become free; decree fills them again.\n"
               "Example: bansosctl --actor dinsos-17 end --program KJS --died --ended-on "
               "2025-03-31 --last-tranche 1 --document BA/12/2025/2025-04-02",
               [end](Session& s) { return EndCommand(s, *end); })
      .Text("--program", end->program, "Code of the programme.", Wanted::kRequired)
      .Flag("--died", end->died, "Of all who died but still run.")
      .Flag("--running", end->running, "Of all that still run.")
      .Number("--recipient", end->recipient, "Of this recipient.")
      .Text("--reason", end->reason,
            "DIED, CENTRAL_AID, ABLE_TO_WORK, MOVED, WITHDREW, NOT_ELIGIBLE or CIVIL_SERVANT.")
      .Text("--ended-on", end->ended_on, "Last day of the entitlement.", Wanted::kRequired)
      .Number("--last-tranche", end->last_tranche, "Last tranche still owed; 0 = none.")
      .Basis(end->basis, Wanted::kRequired);
}

}  // namespace bansos

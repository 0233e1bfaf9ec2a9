#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "bansos/v1/payment_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/request_window.h"
#include "tools/bansosctl/commands/commands.h"
#include "tools/bansosctl/commands/payment_lookup.h"

namespace bansos {

void AddYearReportCommand(CommandNode group);

namespace {

using PaymentStub = v1::PaymentService::Stub;

struct ResolveArguments {
  std::vector<uint64_t> positions;
  std::vector<uint64_t> carried_by;
  BasisOptions basis;
};

struct SettleArguments {
  uint64_t position = 0;
  std::string payment;
  std::string sender = "DINSOS";
  BasisOptions basis;
};

absl::Status ResolveCommand(Session& session, const ResolveArguments& arguments) {
  RETURN_IF_ERROR(session.RequireActor());
  if (arguments.positions.size() > kRequestItemsMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("state at most ", kRequestItemsMax, " positions at a time"));
  }
  v1::ResolveReportsRequest request;
  *request.mutable_options() = session.connection().write_options();
  ASSIGN_OR_RETURN(*request.mutable_basis(), ToBasis(arguments.basis));
  for (const uint64_t position : arguments.positions) {
    v1::Resolution& resolution = *request.add_items();
    resolution.set_held_position(position);
    for (const uint64_t carrier : arguments.carried_by) resolution.add_carried_by(carrier);
  }
  ASSIGN_OR_RETURN(const v1::ResolveReportsResponse response,
                   session.connection().Call(&PaymentStub::ResolveReports, request));
  Tally tally{.job = "report resolve", .unit = "reports", .items = arguments.positions.size()};
  tally.Add(response.outcomes(), request.items_size(), [&](int index) {
    return absl::StrCat("position ", request.items(index).held_position());
  });
  return session.ReportAll(tally);
}

std::string FormatDay(int32_t date) {
  return absl::StrFormat("%04d-%02d-%02d", date / 10'000, date / 100 % 100, date % 100);
}

absl::Status SettleCommand(Session& session, const SettleArguments& arguments) {
  RETURN_IF_ERROR(session.RequireActor());
  Connection& connection = session.connection();
  ASSIGN_OR_RETURN(const ledger::v1::PaymentKey key, ParsePaymentKey(arguments.payment));
  ASSIGN_OR_RETURN(const ledger::v1::Event event, FindEvent(connection, arguments.position));
  if (!event.has_report_held()) {
    return absl::InvalidArgumentError(absl::StrCat("position ", arguments.position,
                                                   " is no held report: list them with "
                                                   "exceptions --kind HELD_REPORT"));
  }
  ASSIGN_OR_RETURN(const v1::Payment payment, FindPayment(connection, key));
  v1::SettleHeldReportRequest request;
  *request.mutable_options() = connection.write_options();
  ASSIGN_OR_RETURN(*request.mutable_basis(), ToBasis(arguments.basis));
  request.set_cites(arguments.position);
  *request.mutable_payment() = key;
  request.set_attempt(payment.attempt());
  request.set_value_date(FormatDay(event.report_held().value_date()));
  request.set_amount(event.report_held().amount());
  request.set_sender(arguments.sender);
  // One statement for each held report: its position is the statement's number.
  request.set_line(arguments.position);
  ASSIGN_OR_RETURN(const auto response, connection.Call(&PaymentStub::SettleHeldReport, request));
  return session.ReportFact(response, response.recorded());
}

}  // namespace

void AddReportCommands(CommandNode root) {
  CommandNode group = root.Group("report", "Held reports of the bank, and the year's report.");
  auto resolve = std::make_shared<ResolveArguments>();
  group
      .Command("resolve",
               "Resolves held reports by a letter, or by the facts that carry them now; also a "
               "result file "
               "that is whole and whose totals differ, by a document.",
               "Example: bansosctl --actor dinsos-17 report resolve 812345 --document "
               "SURAT/55/2025/2025-08-01",
               [resolve](Session& s) { return ResolveCommand(s, *resolve); })
      .Numbers("POSITION", resolve->positions, "Positions of the held reports or files.",
               Wanted::kRequired)
      .Numbers("--carried-by", resolve->carried_by, "Positions of the facts that carry them now.")
      .Basis(resolve->basis);
  auto settle = std::make_shared<SettleArguments>();
  group
      .Command("settle", "Settles a payment by a held settlement, which that resolves.",
               "Example: bansosctl --actor dinsos-17 report settle 812345 --payment "
               "KJS/2/4711/1 --document SURAT/56/2025/2025-08-01",
               [settle](Session& s) { return SettleCommand(s, *settle); })
      .Number("POSITION", settle->position, "Position of the held report.", Wanted::kRequired)
      .Text("--payment", settle->payment, "PROGRAM/TRANCHE/RECIPIENT/NUMBER.", Wanted::kRequired)
      .Text("--sender", settle->sender, "Who states this, as a code; DINSOS if not stated.")
      .Basis(settle->basis);
  AddYearReportCommand(group);
}

}  // namespace bansos

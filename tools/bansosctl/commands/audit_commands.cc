#include <array>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "bansos/v1/audit_service.grpc.pb.h"
#include "bansos/v1/balance_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/pages.h"
#include "tools/bansosctl/commands/audit_tables.h"
#include "tools/bansosctl/commands/commands.h"
#include "tools/bansosctl/commands/names.h"

namespace bansos {
namespace {

struct AuditArguments {
  std::string program;
  std::string by = "program";
  uint64_t recipient = 0;
  std::vector<std::string> kinds;
  std::string date;
};

absl::Status BalancesCommand(Session& session, const AuditArguments& arguments) {
  v1::GetBalancesRequest request;
  v1::BalanceGroup group;
  const std::string name = absl::StrCat("BALANCE_GROUP_", absl::AsciiStrToUpper(arguments.by));
  if (!v1::BalanceGroup_Parse(name, &group) || group == v1::BALANCE_GROUP_UNSPECIFIED) {
    return absl::InvalidArgumentError("--by: use program, tranche, batch, area or recipient");
  }
  request.set_group_by(group);
  request.set_program(arguments.program);
  request.set_recipient(arguments.recipient);
  request.set_page_size(kPageRowsMax);
  BalanceTable table(session, group);
  RETURN_IF_ERROR(ForEachPage<v1::BalanceService::Stub>(
      session.connection(), &v1::BalanceService::Stub::GetBalances, request,
      [&](const v1::GetBalancesResponse& page) -> absl::StatusOr<bool> {
        if (session.json()) session.PrintJson(page);
        for (const v1::BalanceRow& row : page.rows()) table.Add(row);
        return true;
      }));
  if (!session.json()) session.Print(table.Finish());
  return absl::OkStatus();
}

absl::Status TrialBalanceCommand(Session& session, const AuditArguments& arguments) {
  v1::GetTrialBalanceRequest request;
  request.set_program(arguments.program);
  ASSIGN_OR_RETURN(const v1::GetTrialBalanceResponse response,
                   session.connection().Follow(&v1::AuditService::Stub::GetTrialBalance, request,
                                               "trial balance", session.clock()));
  if (session.json()) {
    session.PrintJson(response);
  } else {
    session.Print(TrialBalanceTable(session, response));
  }
  return absl::OkStatus();
}

constexpr char kKinds[] =
    "HELD_REPORT, PAID_TO_DEAD, SHARED_ACCOUNT, SEVERAL_PROGRAMS, KK_OVER_LIMIT, RETURN_OVERDUE, "
    "FILE_INCOMPLETE, ORDER_UNANSWERED or PAYEE_NAME_DIFFERS";

// "3 of 51 missing", "totals differ"; empty of what is no file.
std::string LinesOf(const v1::Exception& exception) {
  if (exception.lines() == 0) return "";
  if (exception.lines_missing() == 0) return "totals differ";
  return absl::StrCat(exception.lines_missing(), " of ", exception.lines(), " missing");
}

absl::StatusOr<v1::ListExceptionsRequest> ExceptionsRequest(const AuditArguments& arguments) {
  v1::ListExceptionsRequest request;
  for (const std::string& name : arguments.kinds) {
    v1::ExceptionKind kind;
    if (!v1::ExceptionKind_Parse(absl::StrCat("EXCEPTION_KIND_", absl::AsciiStrToUpper(name)),
                                 &kind)) {
      return absl::InvalidArgumentError(absl::StrCat("--kind ", name, ": use ", kKinds));
    }
    request.add_kinds(kind);
  }
  if (!arguments.date.empty()) {
    ASSIGN_OR_RETURN(const std::string date, ToIsoDate("--date", arguments.date));
    request.set_as_of_date(date);
  }
  request.set_page_size(kPageRowsMax);
  return request;
}

absl::Status ExceptionsCommand(Session& session, const AuditArguments& arguments) {
  ASSIGN_OR_RETURN(const v1::ListExceptionsRequest request, ExceptionsRequest(arguments));
  Table table({{"kind"},
               {"recipients"},
               {"payment"},
               {"positions"},
               {"amount", Align::kRight},
               {"days", Align::kRight},
               {"rule"},
               {"programmes"},
               {"lines of the file"}});
  v1::ListExceptionsResponse counts;
  RETURN_IF_ERROR(ForEachPage<v1::AuditService::Stub>(
      session.connection(), &v1::AuditService::Stub::ListExceptions, request,
      [&](v1::ListExceptionsResponse page) -> absl::StatusOr<bool> {
        if (session.json()) session.PrintJson(page);
        for (const v1::Exception& exception : page.exceptions()) {
          table.AddRow({NameOf(exception.kind(), "EXCEPTION_KIND_"),
                        absl::StrJoin(exception.recipients(), " "),
                        exception.has_payment() ? FormatPaymentKey(exception.payment()) : "",
                        absl::StrJoin(exception.positions(), " "),
                        exception.amount() == 0 ? "" : session.Rupiah(exception.amount()),
                        exception.days() == 0 ? "" : std::to_string(exception.days()),
                        exception.rule() == 0 ? "" : NameOf(exception.rule(), "HOLD_RULE_"),
                        absl::StrJoin(exception.programs(), " "), LinesOf(exception)});
        }
        page.clear_exceptions();
        counts = std::move(page);
        return true;
      }));
  if (session.json()) return absl::OkStatus();
  session.Print(table);
  if (session.output() == OutputFormat::kTable) {
    session.out() << '\n' << ExceptionCountTable(session, counts).ToText();
  }
  return absl::OkStatus();
}

}  // namespace

void AddAuditCommands(CommandNode root) {
  auto balances = std::make_shared<AuditArguments>();
  root.Command("balances", "Shows where the money is.",
               "Example: bansosctl balances --program KJS --by tranche",
               [balances](Session& s) { return BalancesCommand(s, *balances); })
      .Text("--program", balances->program, "Only this programme.")
      .Text("--by", balances->by, "A row for each program, tranche, batch, area or recipient.")
      .Number("--recipient", balances->recipient, "Only this recipient, with --by recipient.");
  auto trial = std::make_shared<AuditArguments>();
  root.Command("trial-balance", "Adds up every movement of the log; the balances sum to zero.",
               "Example: bansosctl trial-balance",
               [trial](Session& s) { return TrialBalanceCommand(s, *trial); })
      .Text("--program", trial->program, "Only this programme.");
  auto exceptions = std::make_shared<AuditArguments>();
  root.Command("exceptions", "Shows what needs attention.",
               "Example: bansosctl exceptions --kind HELD_REPORT --date 2025-12-31",
               [exceptions](Session& s) { return ExceptionsCommand(s, *exceptions); })
      .Texts("--kind", exceptions->kinds, absl::StrCat("Only ", kKinds, ".").c_str())
      .Text("--date", exceptions->date, "Day to which ages are counted.");
}

}  // namespace bansos

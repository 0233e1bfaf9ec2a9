#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "bansos/v1/program_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/pages.h"
#include "tools/bansosctl/commands/commands.h"
#include "tools/bansosctl/commands/json_file.h"
#include "tools/bansosctl/commands/names.h"

namespace bansos {
namespace {

using ProgramStub = v1::ProgramService::Stub;

struct ProgramArguments {
  std::string file;
  std::string program;
  int64_t amount = 0;
  BasisOptions basis;
};

// A request from a file, with what the command line adds to it.
template <typename Request>
absl::StatusOr<Request> ReadRequest(Session& session, const ProgramArguments& arguments) {
  RETURN_IF_ERROR(session.RequireActor());
  Request request;
  RETURN_IF_ERROR(ReadJsonFile(arguments.file, request));
  *request.mutable_options() = session.connection().write_options();
  ASSIGN_OR_RETURN(const v1::Basis basis, ToBasis(arguments.basis));
  request.mutable_basis()->MergeFrom(basis);
  return request;
}

absl::Status OpenProgram(Session& session, const ProgramArguments& arguments) {
  ASSIGN_OR_RETURN(const auto request, ReadRequest<v1::OpenProgramRequest>(session, arguments));
  ASSIGN_OR_RETURN(const auto response,
                   session.connection().Call(&ProgramStub::OpenProgram, request));
  return session.ReportFact(response, response.recorded());
}

absl::Status AmendProgram(Session& session, const ProgramArguments& arguments) {
  ASSIGN_OR_RETURN(const auto request, ReadRequest<v1::AmendProgramRequest>(session, arguments));
  ASSIGN_OR_RETURN(const auto response,
                   session.connection().Call(&ProgramStub::AmendProgram, request));
  return session.ReportFact(response, response.recorded());
}

absl::Status PublishRuleSet(Session& session, const ProgramArguments& arguments) {
  ASSIGN_OR_RETURN(const auto request, ReadRequest<v1::PublishRuleSetRequest>(session, arguments));
  ASSIGN_OR_RETURN(const auto response,
                   session.connection().Call(&ProgramStub::PublishRuleSet, request));
  return session.ReportFact(response, response.recorded());
}

absl::Status AppropriateBudget(Session& session, const ProgramArguments& arguments) {
  RETURN_IF_ERROR(session.RequireActor());
  v1::AppropriateBudgetRequest request;
  *request.mutable_options() = session.connection().write_options();
  ASSIGN_OR_RETURN(*request.mutable_basis(), ToBasis(arguments.basis));
  request.set_program(arguments.program);
  request.set_amount(arguments.amount);
  ASSIGN_OR_RETURN(const auto response,
                   session.connection().Call(&ProgramStub::AppropriateBudget, request));
  return session.ReportFact(response, response.recorded());
}

Table NewProgramTable() {
  return Table({{"programme"},
                {"name"},
                {"year", Align::kRight},
                {"quota", Align::kRight},
                {"entitled", Align::kRight},
                {"tranches", Align::kRight},
                {"rule set", Align::kRight},
                {"appropriated", Align::kRight},
                {"available", Align::kRight}});
}

void AddProgram(const Session& session, const v1::Program& program, Table& table) {
  const uint32_t rule_set =
      program.rule_sets().empty() ? 0 : program.rule_sets().rbegin()->version();
  table.AddRow({program.program(), program.name(), std::to_string(program.fiscal_year()),
                session.Count(program.quota()), session.Count(program.running_entitlements()),
                session.Count(program.tranches_size()), session.Count(rule_set),
                session.Rupiah(program.appropriated()), session.Rupiah(program.available())});
}

absl::Status ListPrograms(Session& session) {
  Table table = NewProgramTable();
  RETURN_IF_ERROR(ForEachPage<ProgramStub>(
      session.connection(), &ProgramStub::ListPrograms, v1::ListProgramsRequest(),
      [&](const v1::ListProgramsResponse& page) -> absl::StatusOr<bool> {
        if (session.json()) session.PrintJson(page);
        for (const v1::Program& program : page.programs()) AddProgram(session, program, table);
        return true;
      }));
  if (!session.json()) session.Print(table);
  return absl::OkStatus();
}

void PrintTranches(Session& session, const v1::Program& program) {
  Table tranches({{"tranche", Align::kRight}, {"amount", Align::kRight}, {"owed from"}});
  for (const v1::Tranche& tranche : program.tranches()) {
    tranches.AddRow({std::to_string(tranche.number()),
                     program.amount_by_decree() ? "by decree" : session.Rupiah(tranche.amount()),
                     tranche.entitlement_date()});
  }
  session.out() << '\n';
  session.Print(tranches);
  Table criteria({{"rule set", Align::kRight}, {"in force"}, {"criterion"}, {"says"}});
  for (const v1::RuleSet& rule_set : program.rule_sets()) {
    for (const ledger::v1::Criterion& criterion : rule_set.criteria()) {
      criteria.AddRow({std::to_string(rule_set.version()), rule_set.date_in_force(), criterion.id(),
                       criterion.title()});
    }
  }
  session.out() << '\n';
  session.Print(criteria);
}

absl::Status ShowProgram(Session& session, const ProgramArguments& arguments) {
  v1::GetProgramRequest request;
  request.set_program(arguments.program);
  ASSIGN_OR_RETURN(const auto response,
                   session.connection().Call(&ProgramStub::GetProgram, request));
  if (session.json()) {
    session.PrintJson(response);
    return absl::OkStatus();
  }
  Table table = NewProgramTable();
  AddProgram(session, response.program(), table);
  session.Print(table);
  PrintTranches(session, response.program());
  return absl::OkStatus();
}

void AddProgramGroup(CommandNode group) {
  auto open = std::make_shared<ProgramArguments>();
  group
      .Command("open", "Opens a programme.",
               "FILE.json is an OpenProgramRequest as protobuf JSON; see tools/data.\n"
               "Example: bansosctl --actor head-1 program open tools/data/program-kjs.json "
               "--document SK/900/1/2025/2025-01-02",
               [open](Session& s) { return OpenProgram(s, *open); })
      .Text("FILE", open->file, "Definition of the programme.", Wanted::kRequired)
      .Basis(open->basis);
  auto amend = std::make_shared<ProgramArguments>();
  group
      .Command("amend", "Changes quota or tranches of a programme.",
               "FILE.json is an AmendProgramRequest: the quota and all tranches as they are from "
               "now on.\nExample: bansosctl --actor head-1 program amend kjs-2.json --document "
               "SK/900/7/2025/2025-07-01",
               [amend](Session& s) { return AmendProgram(s, *amend); })
      .Text("FILE", amend->file, "The amendment.", Wanted::kRequired)
      .Basis(amend->basis, Wanted::kRequired);
  group.Command("list", "Lists all programmes.", "Example: bansosctl program list",
                [](Session& s) { return ListPrograms(s); });
  auto show = std::make_shared<ProgramArguments>();
  group
      .Command("show", "Shows a programme with its tranches and criteria.",
               "Example: bansosctl program show KJS",
               [show](Session& s) { return ShowProgram(s, *show); })
      .Text("CODE", show->program, "Code of the programme.", Wanted::kRequired);
}

}  // namespace

void AddProgramCommands(CommandNode root) {
  AddProgramGroup(root.Group("program", "Programmes: quota, tranches, money."));
  auto publish = std::make_shared<ProgramArguments>();
  root.Group("ruleset", "Criteria of the programmes.")
      .Command("publish", "Publishes a version of a programme's criteria.",
               "FILE.json is a PublishRuleSetRequest as protobuf JSON; see tools/data.\n"
               "Example: bansosctl --actor head-1 ruleset publish tools/data/ruleset-kjs-1.json",
               [publish](Session& s) { return PublishRuleSet(s, *publish); })
      .Text("FILE", publish->file, "The rule set.", Wanted::kRequired)
      .Basis(publish->basis);
  auto budget = std::make_shared<ProgramArguments>();
  root.Group("budget", "Money of the programmes.")
      .Command("appropriate", "Appropriates money to a programme, or takes it back.",
               "Example: bansosctl --actor treasurer-1 budget appropriate --program KJS "
               "--amount 56672160000 --document DPA/1/2025/2025-01-03",
               [budget](Session& s) { return AppropriateBudget(s, *budget); })
      .Text("--program", budget->program, "Code of the programme.", Wanted::kRequired)
      .SignedRupiah("--amount", budget->amount, "Whole rupiah; negative takes back.",
                    Wanted::kRequired)
      .Basis(budget->basis, Wanted::kRequired);
}

}  // namespace bansos

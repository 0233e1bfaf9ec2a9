#include <algorithm>
#include <filesystem>
#include <map>
#include <numeric>
#include <set>

#include "absl/strings/str_cat.h"
#include "bansos/v1/admin_service.grpc.pb.h"
#include "bansos/v1/audit_service.grpc.pb.h"
#include "bansos/v1/balance_service.grpc.pb.h"
#include "bansos/v1/program_service.grpc.pb.h"
#include "google/protobuf/struct.pb.h"
#include "ledger/base/hex.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/pages.h"
#include "tools/bansosctl/commands/area_names.h"
#include "tools/bansosctl/commands/audit_tables.h"
#include "tools/bansosctl/commands/command_node.h"
#include "tools/bansosctl/commands/json_file.h"
#include "tools/bansosctl/format/number.h"

namespace bansos {
namespace {

struct YearArguments {
  std::string summaries;
  std::string date;
};

void Heading(Session& session, const std::string& title) {
  session.out() << '\n' << title << "\n\n";
}

// All balances of one grouping, at one position.
absl::StatusOr<std::vector<v1::BalanceRow>> FetchBalances(Connection& connection,
                                                          v1::BalanceGroup group) {
  std::vector<v1::BalanceRow> rows;
  v1::GetBalancesRequest request;
  request.set_group_by(group);
  request.set_page_size(kPageRowsMax);
  RETURN_IF_ERROR(ForEachPage<v1::BalanceService::Stub>(
      connection, &v1::BalanceService::Stub::GetBalances, request,
      [&](const v1::GetBalancesResponse& page) -> absl::StatusOr<bool> {
        rows.insert(rows.end(), page.rows().begin(), page.rows().end());
        return true;
      }));
  return rows;
}

// Programmes down, quota, entitled and buckets across, turned so that it fits a page.
absl::Status PrintPrograms(Session& session) {
  std::vector<v1::Program> programs;
  RETURN_IF_ERROR(ForEachPage<v1::ProgramService::Stub>(
      session.connection(), &v1::ProgramService::Stub::ListPrograms, v1::ListProgramsRequest(),
      [&](const v1::ListProgramsResponse& page) -> absl::StatusOr<bool> {
        programs.insert(programs.end(), page.programs().begin(), page.programs().end());
        return true;
      }));
  ASSIGN_OR_RETURN(const std::vector<v1::BalanceRow> balances,
                   FetchBalances(session.connection(), v1::BALANCE_GROUP_PROGRAM));
  std::map<std::string, v1::BalanceRow> balance_of;
  for (const v1::BalanceRow& row : balances) balance_of[row.program()] = row;

  std::vector<TableColumn> columns = {{"programme"}};
  for (const v1::Program& program : programs) columns.push_back({program.program(), Align::kRight});
  columns.push_back({"sum", Align::kRight});
  Table table(std::move(columns));
  const auto add = [&](const std::string& title, bool rupiah, auto value) {
    std::vector<std::string> cells = {title};
    int64_t sum = 0;
    for (const v1::Program& program : programs) {
      const int64_t amount = value(program, balance_of[program.program()]);
      sum += amount;
      cells.push_back(rupiah ? session.Rupiah(amount) : session.Count(amount));
    }
    cells.push_back(rupiah ? session.Rupiah(sum) : session.Count(sum));
    table.AddRow(std::move(cells));
  };
  using Row = v1::BalanceRow;
  using Program = v1::Program;
  add("quota", false, [](const Program& p, const Row&) -> int64_t { return p.quota(); });
  add("entitled", false,
      [](const Program& p, const Row&) -> int64_t { return p.running_entitlements(); });
  add("payments settled", false,
      [](const Program&, const Row& row) -> int64_t { return row.payments_paid(); });
  table.AddRule();
  static constexpr const char* kTitles[kBuckets] = {
      "available (tersedia)", "obligated (dikomitmenkan)", "in transit (dalam proses bank)",
      "paid (tersalur)",      "returned (retur)",          "remitted (disetor kembali)",
      "receivable (piutang)"};
  for (size_t i = 0; i < kBuckets; ++i) {
    add(kTitles[i], true,
        [i](const Program&, const Row& row) { return AmountsOf(row.buckets())[i]; });
  }
  table.AddRule();
  const auto sum_of = [](const Row& row) {
    const auto amounts = AmountsOf(row.buckets());
    return std::accumulate(amounts.begin(), amounts.end(), int64_t{0});
  };
  add("sum of the buckets", true, [&](const Program&, const Row& row) { return sum_of(row); });
  add("appropriated", true, [](const Program&, const Row& row) { return row.appropriated(); });
  add("difference", true,
      [&](const Program&, const Row& row) { return row.appropriated() - sum_of(row); });
  Heading(session, "Programmes");
  session.Print(table);
  return absl::OkStatus();
}

absl::Status PrintAreas(Session& session) {
  ASSIGN_OR_RETURN(const AreaNames names, FetchAreaNames(session.connection()));
  ASSIGN_OR_RETURN(const std::vector<v1::BalanceRow> rows,
                   FetchBalances(session.connection(), v1::BALANCE_GROUP_AREA));
  std::set<std::string> programs;
  std::map<std::string, std::map<std::string, const v1::BalanceRow*>> by_area;
  for (const v1::BalanceRow& row : rows) {
    programs.insert(row.program());
    by_area[row.area()][row.program()] = &row;
  }
  std::vector<TableColumn> columns = {{"area"}, {"kabupaten or kota"}};
  for (const std::string& program : programs) {
    columns.push_back({program + " people", Align::kRight});
    columns.push_back({program + " paid", Align::kRight});
  }
  columns.push_back({"paid in all", Align::kRight});
  Table table(std::move(columns));
  std::map<std::string, std::pair<int64_t, int64_t>> sums;
  const auto add = [&](std::vector<std::string> cells, auto people_and_paid) {
    int64_t paid_in_all = 0;
    for (const std::string& program : programs) {
      const auto [people, paid] = people_and_paid(program);
      cells.push_back(session.Count(people));
      cells.push_back(session.Rupiah(paid));
      paid_in_all += paid;
    }
    cells.push_back(session.Rupiah(paid_in_all));
    table.AddRow(std::move(cells));
  };
  for (const auto& area_and_rows : by_area) {
    const std::string& area = area_and_rows.first;
    const auto& by_program = area_and_rows.second;
    add({area, names.NameOf(area)}, [&](const std::string& program) {
      const auto found = by_program.find(program);
      if (found == by_program.end()) return std::pair<int64_t, int64_t>(0, 0);
      const std::pair<int64_t, int64_t> pair(found->second->recipients_paid(),
                                             found->second->buckets().paid());
      sums[program].first += pair.first;
      sums[program].second += pair.second;
      return pair;
    });
  }
  table.AddRule();
  add({"sum", ""}, [&](const std::string& program) { return sums[program]; });
  Heading(session, "Kabupaten and kota: people paid and money paid");
  session.Print(table);
  return absl::OkStatus();
}

absl::Status PrintAudit(Session& session, const YearArguments& arguments) {
  ASSIGN_OR_RETURN(
      const v1::GetTrialBalanceResponse trial,
      session.connection().Follow(&v1::AuditService::Stub::GetTrialBalance,
                                  v1::GetTrialBalanceRequest(), "trial balance", session.clock()));
  Heading(session, "Trial balance");
  session.Print(TrialBalanceTable(session, trial));
  v1::ListExceptionsRequest request;
  request.set_as_of_date(arguments.date);
  request.set_page_size(1);
  ASSIGN_OR_RETURN(const v1::ListExceptionsResponse exceptions,
                   session.connection().Call(&v1::AuditService::Stub::ListExceptions, request));
  Heading(session, "Exceptions");
  session.Print(ExceptionCountTable(session, exceptions));
  return absl::OkStatus();
}

double NumberOf(const google::protobuf::Struct& json, const char* name) {
  const auto found = json.fields().find(name);
  return found == json.fields().end() ? 0 : found->second.number_value();
}

// From the summaries that the commands of the year left behind, in the order of their names.
absl::Status PrintSummaries(Session& session, const std::string& folder) {
  std::error_code error;
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".json") paths.push_back(entry.path());
  }
  if (error) return absl::NotFoundError(absl::StrCat("cannot read ", folder));
  std::sort(paths.begin(), paths.end());
  Table steps({{"step"},
               {"looked at", Align::kRight},
               {"recorded", Align::kRight},
               {"rejected", Align::kRight},
               {"seconds", Align::kRight}});
  Table refusals({{"step"}, {"refused because"}, {"count", Align::kRight}});
  for (const std::string& path : paths) {
    google::protobuf::Struct json;
    RETURN_IF_ERROR(ReadJsonFile(path, json));
    const auto named = json.fields().find("job");
    const std::string job =
        named == json.fields().end() ? path : std::string(named->second.string_value());
    const auto count = [&](const char* name) {
      return session.Count(static_cast<int64_t>(NumberOf(json, name)));
    };
    steps.AddRow({job, count("items"), count("recorded"), count("rejected"),
                  FormatSeconds(static_cast<int64_t>(NumberOf(json, "elapsed_ms")))});
    const auto reasons = json.fields().find("rejected_by_reason");
    if (reasons == json.fields().end()) continue;
    std::map<std::string, int64_t> sorted;
    for (const auto& [reason, value] : reasons->second.struct_value().fields()) {
      sorted[reason] = static_cast<int64_t>(value.number_value());
    }
    for (const auto& [reason, number] : sorted) {
      refusals.AddRow({job, reason, session.Count(number)});
    }
  }
  Heading(session, "Steps with many items");
  session.Print(steps);
  Heading(session, "What was refused and why");
  session.Print(refusals);
  return absl::OkStatus();
}

absl::Status PrintHead(Session& session) {
  ASSIGN_OR_RETURN(
      const v1::GetStatusResponse status,
      session.connection().Call(&v1::AdminService::Stub::GetStatus, v1::GetStatusRequest()));
  Heading(session, "Log");
  Table table({{"ledger"}, {status.ledger_id()}});
  table.AddRow({"events", session.Count(static_cast<int64_t>(status.true_at().position()))});
  table.AddRow({"root of the tree", HexEncode(status.root())});
  session.Print(table);
  return absl::OkStatus();
}

absl::Status YearReport(Session& session, const YearArguments& arguments) {
  if (session.json()) {
    return absl::InvalidArgumentError(
        "report year prints tables: for JSON use balances, trial-balance, exceptions and status");
  }
  YearArguments checked = arguments;
  if (!arguments.date.empty()) {
    ASSIGN_OR_RETURN(checked.date, ToIsoDate("--date", arguments.date));
  }
  RETURN_IF_ERROR(PrintPrograms(session));
  RETURN_IF_ERROR(PrintAreas(session));
  RETURN_IF_ERROR(PrintAudit(session, checked));
  if (!arguments.summaries.empty()) RETURN_IF_ERROR(PrintSummaries(session, arguments.summaries));
  return PrintHead(session);
}

}  // namespace

void AddYearReportCommand(CommandNode group) {
  auto year = std::make_shared<YearArguments>();
  group
      .Command("year", "Prints how the year stands: programmes, areas, trial balance, exceptions.",
               "Example: bansosctl report year --date 2025-12-31",
               [year](Session& s) { return YearReport(s, *year); })
      .Text("--summaries", year->summaries,
            "Folder of the --summary files of the year's commands: what they refused and why.")
      .Text("--date", year->date, "Day to which ages of exceptions are counted.");
}

}  // namespace bansos

#include <algorithm>
#include <iterator>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "bansos/v1/admin_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/commands/commands.h"
#include "tools/bansosctl/csv/csv_reader.h"
#include "tools/bansosctl/csv/fields.h"

namespace bansos {
namespace {

using AdminStub = v1::AdminService::Stub;

constexpr uint32_t kIndicatorNumberMax = 10'000;

struct PublishArguments {
  std::string file;
  std::string name;
  uint32_t version = 1;
  int64_t value = 0;
  std::string legal_basis;
  std::string date_in_force;
  BasisOptions basis;
};

absl::Status RowStatus(const std::string& path, const RowError& error) {
  return absl::InvalidArgumentError(
      absl::StrCat(path, ", row ", error.row, error.column.empty() ? "" : ", column ", error.column,
                   ": ", error.reason, ": ", error.what_to_do));
}

// Runs `use` on every row; a bad row stops, since a list is published as a whole.
absl::Status ForEachRow(const std::string& path, std::vector<Column> columns,
                        const std::function<absl::Status(const CsvReader&)>& use) {
  absl::StatusOr<std::unique_ptr<CsvReader>> reader = CsvReader::Open(path, std::move(columns));
  if (!reader.ok()) {
    return absl::Status(reader.status().code(),
                        absl::StrCat(path, ": ", reader.status().message()));
  }
  while (true) {
    ASSIGN_OR_RETURN(const CsvReader::Step step, (*reader)->Next());
    if (step == CsvReader::Step::kEnd) return absl::OkStatus();
    if (step == CsvReader::Step::kRejected) return RowStatus(path, (*reader)->rejected());
    RETURN_IF_ERROR(use(**reader));
  }
}

// An identity row whose codes are "date" can be used by criteria (age), so it is a date.
ledger::v1::IndicatorKind KindOf(const std::string& kind, const std::string& codes) {
  if (kind == "identity") {
    return codes == "date" ? ledger::v1::INDICATOR_KIND_DATE : ledger::v1::INDICATOR_KIND_IDENTITY;
  }
  if (kind == "coded") return ledger::v1::INDICATOR_KIND_CODED;
  if (kind == "number") return ledger::v1::INDICATOR_KIND_NUMBER;
  if (kind == "bitmask") return ledger::v1::INDICATOR_KIND_BITMASK;
  if (kind == "date") return ledger::v1::INDICATOR_KIND_DATE;
  return ledger::v1::INDICATOR_KIND_UNSPECIFIED;
}

enum : size_t { kNumber, kId, kSource, kKind, kCodes, kValues, kMeaning };

// "0..5 9": ranges and single values, set apart by spaces. Two points, because a spreadsheet makes
// a date of 1-8.
bool AddRanges(std::string_view text, ledger::v1::Indicator& indicator) {
  const absl::string_view list(text.data(), text.size());
  for (const absl::string_view entry : absl::StrSplit(list, ' ', absl::SkipEmpty())) {
    const std::string_view word(entry.data(), entry.size());
    const size_t points = word.find("..");
    const Parsed<int64_t> first = ParseInteger(word.substr(0, points), INT64_MIN, INT64_MAX);
    const Parsed<int64_t> last = points == std::string_view::npos
                                     ? first
                                     : ParseInteger(word.substr(points + 2), INT64_MIN, INT64_MAX);
    if (!first.ok() || !last.ok()) return false;
    ledger::v1::ValueRange& range = *indicator.add_values();
    range.set_first(*first);
    range.set_last(*last);
  }
  return true;
}

absl::Status AddIndicator(const std::string& path, const CsvReader& row,
                          v1::PublishCatalogueRequest& request) {
  ledger::v1::Indicator& indicator = *request.add_indicators();
  const Parsed<int64_t> number = ParseInteger(row.Get(kNumber), 1, kIndicatorNumberMax);
  if (!number.ok()) {
    return RowStatus(path, row.ErrorAt(kNumber, number.error().reason, number.error().what_to_do));
  }
  indicator.set_number(static_cast<uint32_t>(*number));
  indicator.set_id(std::string(row.Get(kId)));
  indicator.set_source(std::string(row.Get(kSource)));
  indicator.set_codes(std::string(row.Get(kCodes)));
  indicator.set_meaning(std::string(row.Get(kMeaning)));
  if (!AddRanges(row.Get(kValues), indicator)) {
    return RowStatus(path, row.ErrorAt(kValues, "not a list of values and ranges",
                                       "write it as 1..8 or as 1 2 4"));
  }
  indicator.set_kind(KindOf(absl::AsciiStrToLower(std::string(row.Get(kKind))), indicator.codes()));
  if (indicator.kind() != ledger::v1::INDICATOR_KIND_UNSPECIFIED) return absl::OkStatus();
  return RowStatus(path, row.ErrorAt(kKind, "the kind is not a known one",
                                     "use identity, coded, number, bitmask or date"));
}

// The parts that all published things share.
template <typename Request>
absl::StatusOr<Request> NewRequest(Session& session, const PublishArguments& arguments) {
  RETURN_IF_ERROR(session.RequireActor());
  Request request;
  *request.mutable_options() = session.connection().write_options();
  ASSIGN_OR_RETURN(*request.mutable_basis(), ToBasis(arguments.basis));
  request.set_name(arguments.name);
  request.set_version(arguments.version);
  request.set_legal_basis(arguments.legal_basis);
  ASSIGN_OR_RETURN(const std::string date, ToIsoDate("--date-in-force", arguments.date_in_force));
  request.set_date_in_force(date);
  return request;
}

absl::Status PublishCatalogue(Session& session, const PublishArguments& arguments) {
  ASSIGN_OR_RETURN(v1::PublishCatalogueRequest request,
                   NewRequest<v1::PublishCatalogueRequest>(session, arguments));
  RETURN_IF_ERROR(
      ForEachRow(arguments.file,
                 {{.name = "number"},
                  {.name = "id"},
                  {.name = "source"},
                  {.name = "kind"},
                  {.name = "codes"},
                  {.name = "values"},
                  {.name = "meaning"}},
                 [&](const CsvReader& row) { return AddIndicator(arguments.file, row, request); }));
  ASSIGN_OR_RETURN(const auto response,
                   session.connection().Call(&AdminStub::PublishCatalogue, request));
  return session.ReportFact(response, response.recorded());
}

// "33.74" is in "33", "33.74.01" in "33.74", "33" in nothing.
std::string ParentOf(const std::string& code) {
  const size_t dot = code.rfind('.');
  return dot == std::string::npos ? "" : code.substr(0, dot);
}

absl::Status PublishAreas(Session& session, const PublishArguments& arguments) {
  ASSIGN_OR_RETURN(const v1::PublishAreasRequest shared,
                   NewRequest<v1::PublishAreasRequest>(session, arguments));
  std::map<std::string, v1::PublishAreasRequest> by_parent;
  RETURN_IF_ERROR(
      ForEachRow(arguments.file, {{.name = "code"}, {.name = "name"}}, [&](const CsvReader& row) {
        const Parsed<std::string> code = ParseAreaCode(row.Get(0));
        if (!code.ok()) {
          return RowStatus(arguments.file,
                           row.ErrorAt(0, code.error().reason, code.error().what_to_do));
        }
        const std::string parent = ParentOf(*code);
        // A province is in no other place of the list.
        if (parent.empty()) return absl::OkStatus();
        v1::PublishAreasRequest& request = by_parent.try_emplace(parent, shared).first->second;
        request.set_parent(parent);
        ledger::v1::Area& area = *request.add_areas();
        area.set_code(*code);
        area.set_name(std::string(row.Get(1)));
        return absl::OkStatus();
      }));
  Tally tally{.job = "areas publish", .unit = "lists"};
  for (const auto& [parent, request] : by_parent) {
    ASSIGN_OR_RETURN(const auto response,
                     session.connection().Call(&AdminStub::PublishAreas, request));
    ++tally.items;
    ++(response.recorded().already_recorded() ? tally.already : tally.recorded);
    tally.counts["areas"] += static_cast<uint64_t>(request.areas_size());
  }
  return session.ReportAll(tally);
}

// The policies that the exceptions read; any other name is kept for readers of the log.
constexpr const char* kKnownPolicies[] = {"return_unrepaired_days", "order_unanswered_days",
                                          "kk_max_recipients"};

absl::Status SetPolicy(Session& session, const PublishArguments& arguments) {
  if (std::ranges::find(kKnownPolicies, arguments.name) == std::end(kKnownPolicies)) {
    session.Say(absl::StrCat("No report of this release reads the policy ", arguments.name,
                             "; those read are ", absl::StrJoin(kKnownPolicies, ", "), "."));
  } else if (arguments.value < 1) {
    return absl::InvalidArgumentError(
        absl::StrCat(arguments.name, " is a number of days or people: give 1 or more"));
  }
  ASSIGN_OR_RETURN(v1::SetPolicyRequest request,
                   NewRequest<v1::SetPolicyRequest>(session, arguments));
  request.set_value(arguments.value);
  ASSIGN_OR_RETURN(const auto response, session.connection().Call(&AdminStub::SetPolicy, request));
  return session.ReportFact(response, response.recorded());
}

absl::Status AdoptRules(Session& session, const PublishArguments& arguments) {
  RETURN_IF_ERROR(session.RequireActor());
  v1::AdoptRulesRequest request;
  *request.mutable_options() = session.connection().write_options();
  ASSIGN_OR_RETURN(*request.mutable_basis(), ToBasis(arguments.basis));
  request.set_version(arguments.version);
  ASSIGN_OR_RETURN(const auto response, session.connection().Call(&AdminStub::AdoptRules, request));
  return session.ReportFact(response, response.recorded());
}

void AddPublishOptions(CommandNode& command, PublishArguments& arguments) {
  command.Number("--version", arguments.version, "Version: 1, then one more each time.")
      .Text("--legal-basis", arguments.legal_basis, "What it rests on in law.", Wanted::kRequired)
      .Text("--date-in-force", arguments.date_in_force, "First day on which it is in force.",
            Wanted::kRequired)
      .Basis(arguments.basis);
}

}  // namespace

void AddPublishCommands(CommandNode root) {
  auto catalogue = std::make_shared<PublishArguments>();
  catalogue->name = "DT-Jateng";
  CommandNode publish_catalogue =
      root.Group("catalogue", "The indicators that surveys measure.")
          .Command("publish", "Publishes a version of the indicators.",
                   "FILE.csv has the columns number, id, source, kind, codes, values, meaning. "
                   "codes is the legal wording; values is what surveys are held to: 1..8, or "
                   "1 2 4 (the flags of a bitmask); empty for identity data and dates.\n"
                   "Example: bansosctl --actor data-1 catalogue publish indicators-46.csv "
                   "--name DT-Jateng --legal-basis \"Pergub 12/2024\" --date-in-force 2025-01-01",
                   [catalogue](Session& s) { return PublishCatalogue(s, *catalogue); });
  publish_catalogue.Text("FILE", catalogue->file, "The indicators as CSV.", Wanted::kRequired)
      .Text("--name", catalogue->name, "Name of the catalogue; DT-Jateng if not stated.");
  AddPublishOptions(publish_catalogue, *catalogue);

  auto areas = std::make_shared<PublishArguments>();
  areas->name = "Kemendagri";
  CommandNode publish_areas =
      root.Group("areas", "Provinces, kabupaten and kota, and what is below them.")
          .Command("publish", "Publishes places, one list for each place that they are in.",
                   "FILE.csv has the columns code and name, of any levels.\n"
                   "Example: bansosctl --actor data-1 areas publish kabupaten-kota.csv "
                   "--legal-basis \"Kepmendagri 100.1.1-6117/2022\" --date-in-force 2025-01-01",
                   [areas](Session& s) { return PublishAreas(s, *areas); });
  publish_areas.Text("FILE", areas->file, "The places as CSV.", Wanted::kRequired)
      .Text("--name", areas->name, "Name of the list; Kemendagri if not stated.");
  AddPublishOptions(publish_areas, *areas);

  auto policy = std::make_shared<PublishArguments>();
  CommandNode set_policy =
      root.Group("policy", "Numbers that reports use.")
          .Command(
              "set", "Sets a number.",
              "Read by the exceptions: return_unrepaired_days (how long a return may wait), "
              "order_unanswered_days (how long the bank may take to answer an order) and "
              "kk_max_recipients (how many of one family card).\n"
              "Example: bansosctl --actor head-1 policy set return_unrepaired_days 30 --version 1 "
              "--legal-basis \"Pergub 5/2025\" --date-in-force 2025-01-01",
              [policy](Session& s) { return SetPolicy(s, *policy); });
  set_policy.Text("NAME", policy->name, "Name of the policy.", Wanted::kRequired)
      .Signed("VALUE", policy->value, "Its value in the unit that its name says.",
              Wanted::kRequired);
  AddPublishOptions(set_policy, *policy);

  auto rules = std::make_shared<PublishArguments>();
  root.Group("rules", "The rules by which the ledger decides.")
      .Command("adopt", "Lets another version of the rules decide from here on.",
               "Example: bansosctl --actor head-1 rules adopt --version 2",
               [rules](Session& s) { return AdoptRules(s, *rules); })
      .Number("--version", rules->version, "Version of the rules.", Wanted::kRequired)
      .Basis(rules->basis);
}

}  // namespace bansos

#include "ledger/base/status_macros.h"
#include "tools/bansosctl/commands/commands.h"
#include "tools/bansosctl/generate/registry.h"
#include "tools/bansosctl/generate/results.h"

namespace bansos {
namespace {

struct RegistryArguments {
  uint64_t seed = 0;
  uint32_t candidates = 115'000;
  uint32_t fiscal_year = 2025;
  std::string out;
};

struct ResultsArguments {
  uint64_t seed = 0;
  std::string orders;
  std::string out;
  std::string part = "both";
};

absl::Status GenerateRegistryCommand(Session& session, const RegistryArguments& arguments) {
  RegistryOptions options;
  options.seed = arguments.seed;
  options.candidates = arguments.candidates;
  options.fiscal_year = static_cast<int>(arguments.fiscal_year);
  ASSIGN_OR_RETURN(const Summary summary, GenerateRegistry(options, arguments.out));
  session.out() << summary.ToJson();
  return absl::OkStatus();
}

absl::Status GenerateResultsCommand(Session& session, const ResultsArguments& arguments) {
  ResultsOptions options;
  options.seed = arguments.seed;
  options.orders_path = arguments.orders;
  options.out_path = arguments.out;
  if (arguments.part == "first") {
    options.part = ResultsPart::kFirst;
  } else if (arguments.part == "late") {
    options.part = ResultsPart::kLate;
  } else if (arguments.part != "both") {
    return absl::InvalidArgumentError("--part: use both, first or late");
  }
  ASSIGN_OR_RETURN(const Summary summary, GenerateResults(options));
  session.out() << summary.ToJson();
  return absl::OkStatus();
}

}  // namespace

void AddGenerateCommands(CommandNode root) {
  CommandNode group = root.Group("generate", "Makes files to try the ledger with; no server.");
  auto registry = std::make_shared<RegistryArguments>();
  group
      .Command("registry", "Writes an invented registry, the same for the same seed.",
               "Writes recipients.csv, assessments.csv, proposals.csv, payees.csv, deaths.csv and "
               "summary.json.\nExample: bansosctl generate registry --seed 2025 --out registry",
               [registry](Session& s) { return GenerateRegistryCommand(s, *registry); })
      .Number("--seed", registry->seed, "Seed of the random numbers.", Wanted::kRequired)
      .Text("--out", registry->out, "Folder to write to.", Wanted::kRequired)
      .Number("--candidates", registry->candidates, "How many candidates; 115,000 if not stated.")
      .Number("--fiscal-year", registry->fiscal_year, "Fiscal year; 2025 if not stated.");
  auto results = std::make_shared<ResultsArguments>();
  group
      .Command("results", "Answers an orders file as the bank would.",
               "Writes the first answer to FILE.csv and the late one to FILE.late.csv.\n"
               "Example: bansosctl generate results --orders orders.csv --out results.csv "
               "--seed 2025",
               [results](Session& s) { return GenerateResultsCommand(s, *results); })
      .Text("--orders", results->orders, "What batch send wrote.", Wanted::kRequired)
      .Text("--out", results->out, "Result file to write.", Wanted::kRequired)
      .Number("--seed", results->seed, "Seed of the random numbers.", Wanted::kRequired)
      .Text("--part", results->part, "both, first or late.");
}

}  // namespace bansos

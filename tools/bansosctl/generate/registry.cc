#include "tools/bansosctl/generate/registry.h"

#include <filesystem>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/csv/atomic_file.h"
#include "tools/bansosctl/generate/payees.h"
#include "tools/bansosctl/generate/registry_files.h"

namespace bansos {
namespace {

constexpr char kSummaryFile[] = "summary.json";

constexpr int kFiscalYearMin = 2000;
constexpr int kFiscalYearMax = 2099;

absl::Status CheckOptions(const RegistryOptions& options) {
  if (options.candidates < kCandidatesMin || options.candidates > kCandidatesMax) {
    return absl::InvalidArgumentError(absl::StrCat("--candidates ", options.candidates,
                                                   ": give a number from ", kCandidatesMin, " to ",
                                                   kCandidatesMax));
  }
  if (options.fiscal_year < kFiscalYearMin || options.fiscal_year > kFiscalYearMax) {
    return absl::InvalidArgumentError(absl::StrCat("--fiscal-year ", options.fiscal_year,
                                                   ": give a year from ", kFiscalYearMin, " to ",
                                                   kFiscalYearMax));
  }
  return absl::OkStatus();
}

// Before the first of them is written, so that no folder holds files of two registries.
absl::Status CheckNothingIsThere(const std::string& folder) {
  for (const char* name : {"recipients.csv", "assessments.csv", "proposals.csv", "payees.csv",
                           "deaths.csv", kSummaryFile}) {
    const std::string path = absl::StrCat(folder, "/", name);
    if (!std::filesystem::exists(path)) continue;
    return absl::AlreadyExistsError(
        absl::StrCat(path, " exists and is never overwritten: name another folder, or remove it"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Summary> GenerateRegistry(const RegistryOptions& options,
                                         const std::string& folder) {
  RETURN_IF_ERROR(CheckOptions(options));
  RETURN_IF_ERROR(CheckNothingIsThere(folder));
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return absl::ErrnoToStatus(error.value(), absl::StrCat("cannot create ", folder));
  Summary summary;
  summary.Add("options", "seed", options.seed);
  summary.Add("options", "candidates", options.candidates);
  summary.Add("options", "fiscal_year", static_cast<uint64_t>(options.fiscal_year));
  const Population population = MakePopulation(options, summary);
  const std::vector<PayeeRow> payees = MakePayees(options, population, summary);
  RETURN_IF_ERROR(WriteRecipients(options, population, folder, summary));
  RETURN_IF_ERROR(WriteAssessments(population, folder, summary));
  RETURN_IF_ERROR(WriteProposals(options, population, folder, summary));
  RETURN_IF_ERROR(WritePayees(payees, folder, summary));
  RETURN_IF_ERROR(WriteDeaths(options, population, folder, summary));
  RETURN_IF_ERROR(WriteFileAtomically(absl::StrCat(folder, "/", kSummaryFile), summary.ToJson(),
                                      Existing::kKept));
  return summary;
}

}  // namespace bansos

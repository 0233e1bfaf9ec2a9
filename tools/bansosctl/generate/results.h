// GenerateResults: `bansosctl generate results`: the bank's answer to the orders that `batch send`
// wrote, with the returns, late, doubled and contradicting lines of real result files.
//
// What becomes of an order depends on the seed and its reference alone, so the answer is the same
// on any machine and however the orders are split into files.
#ifndef TOOLS_BANSOSCTL_GENERATE_RESULTS_H_
#define TOOLS_BANSOSCTL_GENERATE_RESULTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "tools/bansosctl/generate/summary.h"

namespace bansos {

// The bank answers twice: at once, and some days later what it did not know or got wrong at first.
enum class ResultsPart { kBoth, kFirst, kLate };

struct ResultsOptions {
  uint64_t seed = 0;
  std::string orders_path;
  std::string out_path;  // the late answer is written to LatePathOf(out_path)
  ResultsPart part = ResultsPart::kBoth;
};

// "results.csv" -> "results.late.csv".
std::string LatePathOf(const std::string& out_path);

// Counts lines by status, reason and kind of oddity. Errors: InvalidArgument for an orders file
// that `batch send` did not write (naming row and column), and those of the file system.
absl::StatusOr<Summary> GenerateResults(const ResultsOptions& options);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_GENERATE_RESULTS_H_

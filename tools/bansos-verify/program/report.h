// Report: what a run found, and how it is printed: text for people or JSON for programs on standard
// output, the fault or error in one line on standard error. Value type.
#ifndef TOOLS_BANSOS_VERIFY_PROGRAM_REPORT_H_
#define TOOLS_BANSOS_VERIFY_PROGRAM_REPORT_H_

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tools/bansos-verify/program/options.h"
#include "tools/bansos-verify/tree/sha256.h"

namespace bansos::verify {

struct Report {
  std::string kind;  // "exported directory", "receipt"; empty when not even that is known
  std::string path;
  std::string key;                   // empty: none
  std::string origin;                // empty: none
  std::string profile;               // of a log
  std::optional<uint64_t> position;  // of a receipt
  std::optional<uint64_t> size;
  std::optional<Hash> root;
  std::string event_json;  // of a receipt
  std::vector<std::string> checked;
  std::vector<std::string> findings;  // no faults
  std::vector<std::string> not_checked;
  absl::Status status;
};

int ExitCode(const absl::Status& status);
void Print(const Report& report, OutputForm form, std::ostream& out, std::ostream& err);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_PROGRAM_REPORT_H_

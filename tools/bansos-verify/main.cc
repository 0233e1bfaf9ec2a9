#include <iostream>

#include "tools/bansos-verify/program/verify.h"

int main(int argc, char** argv) {
  using namespace bansos::verify;
  int exit_code = kExitChecked;
  const std::optional<Options> options = ParseCommandLine(argc, argv, exit_code);
  if (!options) return exit_code;
  ProgressLine progress = ProgressLine::OnTerminal();
  const Report report = Verify(*options, progress);
  Print(report, options->output, std::cout, std::cerr);
  if (!std::cout) {
    std::cerr
        << "cannot verify: standard output could not be written; the report is not complete\n";
    return kExitCouldNotLook;
  }
  return ExitCode(report.status);
}

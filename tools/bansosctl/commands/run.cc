#include <iostream>

#include "tools/bansosctl/client/call_error.h"
#include "tools/bansosctl/commands/commands.h"

namespace bansos {

int RunBansosctl(int argc, const char* const* argv) {
  const ParsedCommand parsed = ParseCommandLine(argc, argv, [](CommandNode root) {
    AddGenerateCommands(root);
    AddPublishCommands(root);
    AddProgramCommands(root);
    AddImportCommands(root);
    AddEligibilityCommands(root);
    AddBatchCommands(root);
    AddPaymentCommands(root);
    AddReportCommands(root);
    AddAuditCommands(root);
    AddExplainCommands(root);
    AddRecipientCommands(root);
    AddEventCommands(root);
    AddProofCommands(root);
    AddExportCommands(root);
    AddReplayCommand(root);
    AddStatusCommand(root);
  });
  if (parsed.run == nullptr) return parsed.exit_code;
  SystemClock clock;
  Session session(parsed.session, clock, std::cout, std::cerr);
  absl::Status status = parsed.run(session);
  std::cout.flush();
  // What was kept of an answer must be all of it.
  if (status.ok() && !std::cout) {
    status = absl::DataLossError(
        "standard output could not be written (is the disk full?): what it holds is not complete");
  }
  if (!status.ok()) std::cerr << "bansosctl: " << Describe(status) << '\n';
  return ExitCodeOf(status);
}

}  // namespace bansos

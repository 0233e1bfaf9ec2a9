// The commands of bansosctl by area; each function adds its group to the root.
#ifndef TOOLS_BANSOSCTL_COMMANDS_COMMANDS_H_
#define TOOLS_BANSOSCTL_COMMANDS_COMMANDS_H_

#include "tools/bansosctl/commands/command_node.h"

namespace bansos {

void AddGenerateCommands(CommandNode root);
void AddPublishCommands(CommandNode root);  // catalogue, areas, policy, rules
void AddProgramCommands(CommandNode root);  // program, ruleset, budget
void AddImportCommands(CommandNode root);
void AddEligibilityCommands(CommandNode root);  // decide, decree, end
void AddBatchCommands(CommandNode root);
void AddPaymentCommands(CommandNode root);
void AddReportCommands(CommandNode root);
void AddAuditCommands(CommandNode root);  // balances, trial-balance, exceptions
void AddExplainCommands(CommandNode root);
void AddRecipientCommands(CommandNode root);
void AddEventCommands(CommandNode root);
void AddProofCommands(CommandNode root);   // checkpoint, proof, receipt
void AddExportCommands(CommandNode root);  // tiles, journal
void AddReplayCommand(CommandNode root);
void AddStatusCommand(CommandNode root);

// Parses, runs the command, tells errors on standard error; the exit code of the program.
int RunBansosctl(int argc, const char* const* argv);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_COMMANDS_COMMANDS_H_

// The commands about batches, one file pair each where they are long.
#ifndef TOOLS_BANSOSCTL_COMMANDS_BATCH_COMMANDS_H_
#define TOOLS_BANSOSCTL_COMMANDS_BATCH_COMMANDS_H_

#include "absl/status/statusor.h"
#include "bansos/v1/payment.pb.h"
#include "tools/bansosctl/commands/command_node.h"

namespace bansos {

void AddBatchDraftCommand(CommandNode group);
void AddBatchStepCommands(CommandNode group);  // submit, verify, approve, release, send-back, close
void AddBatchSendCommand(CommandNode group);

absl::StatusOr<v1::Batch> FetchBatch(Connection& connection, const ledger::v1::BatchKey& key);

Table NewBatchTable();
void AddBatchRow(const Session& session, const v1::Batch& batch, Table& table);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_COMMANDS_BATCH_COMMANDS_H_

// CommitGroup: what the decider hands to the committer, one commit's worth: the entries, and the
// requests that are answered once those are durable.
#ifndef LEDGER_SEQUENCER_COMMIT_GROUP_H_
#define LEDGER_SEQUENCER_COMMIT_GROUP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/base/ids.h"
#include "ledger/sequencer/sequencer.h"
#include "ledger/sequencer/write_queue.h"

namespace bansos {

// A command whose business key is recorded, perhaps in the same group. Its fact stands at walk_from
// or further back on that event's chain.
struct Retry {
  uint32_t command = 0;  // Index in the request.
  Position walk_from;
};

struct DecidedRequest {
  PendingRequest pending;
  WriteResult result;          // Complete but for log_size and the outcomes of the retries.
  std::vector<Retry> retries;  // To be resolved against the log, by rising command.
};

struct CommitGroup {
  Position first;       // Position of entries[0].
  int64_t time_us = 0;  // Recorded time of all entries.
  std::vector<std::string> entries;
  size_t entry_bytes = 0;
  size_t commands = 0;                   // Of all requests, also those that write nothing.
  std::vector<DecidedRequest> requests;  // In the order of their submission.
};

}  // namespace bansos

#endif  // LEDGER_SEQUENCER_COMMIT_GROUP_H_

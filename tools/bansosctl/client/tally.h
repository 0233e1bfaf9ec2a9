// Tally: what became of the items of a job that took many requests: recorded, already recorded,
// rejected by reason, and counts of its own. A plain value; not thread-safe.
#ifndef TOOLS_BANSOSCTL_CLIENT_TALLY_H_
#define TOOLS_BANSOSCTL_CLIENT_TALLY_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "bansos/v1/common.pb.h"
#include "tools/bansosctl/client/json.h"
#include "tools/bansosctl/format/table.h"

namespace bansos {

struct Tally {
  std::string job;        // "import recipients"
  std::string unit;       // what an item is: "rows", "payments"
  uint64_t items = 0;     // all that were looked at
  uint64_t recorded = 0;  // newly; in a dry run those that would be
  uint64_t already = 0;   // recorded before, nothing written
  uint64_t rejected = 0;  // refused by the server or faulty in the file
  bool dry_run = false;
  int64_t elapsed_ms = 0;
  std::map<std::string, uint64_t> rejected_by_reason = {};
  std::map<std::string, uint64_t> counts = {};  // what only this job counts
  std::vector<std::string> refusals = {};       // the first ones, each with its item and what to do
  std::vector<std::string> examples = {};       // the first of what only this job tells
  std::vector<uint64_t> warned_rows = {};       // the first ones, recorded all the same

  // Adds a request's outcomes, its refusals by code.
  void Add(const v1::Outcomes& outcomes);
  // The same of a request of so many items, and keeps what to tell of the refusals.
  // `name_of(index)` names an item.
  void Add(const v1::Outcomes& outcomes, int items_asked,
           const std::function<std::string(int)>& name_of);
  void Reject(std::string reason);

  JsonObject ToJson() const;
  // Numbers in Indonesian form for people, or plain.
  Table ToTable(bool plain) const;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CLIENT_TALLY_H_

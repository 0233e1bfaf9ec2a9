// PolicyTable: the values of the policies (PolicySet) that views use, with the day from which each
// version is in force. Not thread-safe.
#ifndef PROJECTIONS_POLICY_TABLE_H_
#define PROJECTIONS_POLICY_TABLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "ledger/domain/event.h"
#include "projections/snapshot_codec.h"

namespace bansos {

class PolicyTable {
 public:
  void Set(const PolicySet& policy);

  // The value of the highest version in force on `date`, or `otherwise` when there is none.
  int64_t ValueOn(const std::string& name, Date date, int64_t otherwise) const;

  void Save(SnapshotWriter& writer) const;
  void Load(SnapshotReader& reader);

 private:
  struct Version {
    Date date_in_force = 0;
    int64_t value = 0;
  };
  absl::btree_map<std::string, std::vector<Version>> versions_;  // of a name, as recorded
};

}  // namespace bansos

#endif  // PROJECTIONS_POLICY_TABLE_H_

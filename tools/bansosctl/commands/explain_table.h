// The events behind a figure as a table: what each added, their sum, and the figure. And the names
// of figures and rows as people write them. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_COMMANDS_EXPLAIN_TABLE_H_
#define TOOLS_BANSOSCTL_COMMANDS_EXPLAIN_TABLE_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "bansos/v1/audit_service.pb.h"
#include "tools/bansosctl/commands/session.h"
#include "tools/bansosctl/format/table.h"

namespace bansos {

// "in-transit", "in transit", "IN_TRANSIT", "dalam proses bank". INVALID_ARGUMENT lists all.
absl::StatusOr<v1::BalanceFigure> ParseBalanceFigure(std::string_view name);

// "tranche". INVALID_ARGUMENT lists all.
absl::StatusOr<v1::BalanceGroup> ParseBalanceGroup(std::string_view name);

class ExplainTable {
 public:
  ExplainTable(Session& session, v1::BalanceFigure figure, bool proofs);
  void Add(const v1::ExplainResponse& page);
  void Print();

 private:
  void AddEvent(const v1::ExplainedEvent& explained);
  void AddSums();
  std::string Amount(int64_t amount) const;

  Session& session_;
  const v1::BalanceFigure figure_;
  const bool proofs_;
  Table table_;
  uint64_t shown_ = 0;
  v1::ExplainResponse last_;  // without its events
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_COMMANDS_EXPLAIN_TABLE_H_

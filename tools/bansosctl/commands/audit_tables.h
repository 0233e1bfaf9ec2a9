// Tables of balances, trial balance and exceptions, as balances and the year's report print them.
// Not thread-safe.
#ifndef TOOLS_BANSOSCTL_COMMANDS_AUDIT_TABLES_H_
#define TOOLS_BANSOSCTL_COMMANDS_AUDIT_TABLES_H_

#include <array>
#include <string>
#include <vector>

#include "bansos/v1/audit_service.pb.h"
#include "bansos/v1/balance_service.pb.h"
#include "tools/bansosctl/commands/session.h"
#include "tools/bansosctl/format/table.h"

namespace bansos {

inline constexpr size_t kBuckets = 7;

// In the order of DOMAIN 3: available, obligated, in transit, paid, returned, remitted, receivable.
std::array<int64_t, kBuckets> AmountsOf(const v1::Buckets& buckets);

// One row for each row of the answer, and what they add up to.
class BalanceTable {
 public:
  BalanceTable(const Session& session, v1::BalanceGroup group);
  void Add(const v1::BalanceRow& row);
  // With the sums, when there is more than one row.
  Table Finish();

 private:
  std::vector<std::string> MoneyCells(const std::array<int64_t, kBuckets>& amounts,
                                      int64_t whole) const;

  const Session& session_;
  const v1::BalanceGroup group_;
  Table table_;
  size_t rows_ = 0;
  std::array<int64_t, kBuckets> sums_ = {};
  int64_t sum_whole_ = 0;
};

Table TrialBalanceTable(const Session& session, const v1::GetTrialBalanceResponse& response);

Table ExceptionCountTable(const Session& session, const v1::ListExceptionsResponse& response);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_COMMANDS_AUDIT_TABLES_H_

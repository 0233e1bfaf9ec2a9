// BalanceView: the seven buckets of each programme, and below it by tranche, batch, kabupaten/kota
// of residence, and tranche with kabupaten/kota. Small, so it is saved often and queries are cheap.
//
// Invariant 3: both bucket equations hold in every row after every event, or Apply fails.
// What belongs to one recipient is in RecipientView. Threads: see Fold.
#ifndef PROJECTIONS_BALANCE_VIEW_H_
#define PROJECTIONS_BALANCE_VIEW_H_

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "ledger/domain/values.h"
#include "projections/balance_row.h"
#include "projections/fold.h"
#include "projections/program_table.h"

namespace bansos {

enum class BalanceBy : uint8_t {
  kProgram = 0,
  kTranche = 1,
  kBatch = 2,
  kArea = 3,
  kTrancheArea = 4,
};
inline constexpr int kBalanceByCount = 5;

// Names a row within one BalanceBy. Rows are in this order: programmes as they were opened.
struct BalanceKey {
  uint32_t program = 0;  // order of opening
  uint32_t tranche = 0;  // 0 in kProgram and kArea
  uint32_t part = 0;     // number of the batch, or area; else 0
  friend auto operator<=>(const BalanceKey&, const BalanceKey&) = default;  // NOLINT
};

// The row that a movement is booked in: in each BalanceBy one. `program` is the programme's number.
BalanceKey KeyOf(BalanceBy by, uint32_t program, const PaymentMove& move);

struct BalanceQuery {
  BalanceBy by = BalanceBy::kProgram;
  std::string program = {};              // empty: all
  uint32_t tranche = 0;                  // 0: all
  std::optional<BalanceKey> after = {};  // the page begins behind this row
  size_t limit = 0;
};

struct BalanceEntry {
  BalanceKey key;
  std::string program;
  BalanceRow row;
  // One person has at most one payment of a tranche that stands (rule 4), so in kTranche, kBatch
  // and kTrancheArea this many people hold the money of their payment. In kProgram and kArea ask
  // RecipientView::PeoplePaid.
  uint64_t payments_paid() const { return row.payments_in(Bucket::kPaid); }
};

struct BalancePage {
  std::vector<BalanceEntry> rows;
  bool more = false;
};

class BalanceView final : public Fold {
 public:
  std::string_view name() const override { return "balances"; }
  uint32_t version() const override { return 1; }
  absl::Status Apply(Position position, const Event& event) override;
  void Save(SnapshotWriter& writer) const override;
  absl::Status Load(SnapshotReader& reader) override;
  void Reset() override { *this = BalanceView(); }

  // NOT_FOUND when the named programme was never opened.
  absl::StatusOr<BalancePage> Page(const BalanceQuery& query) const;

  // The same row by row, without a limit of its own: calls visit(entry) until it returns false.
  absl::Status ForEach(const BalanceQuery& query,
                       absl::FunctionRef<bool(const BalanceEntry&)> visit) const;

  // nullptr when there is no such row.
  const BalanceRow* Find(BalanceBy by, const std::string& program, uint32_t tranche = 0,
                         uint32_t part = 0) const;

 private:
  using Table = absl::btree_map<BalanceKey, BalanceRow>;

  Table& table(BalanceBy by) { return tables_[static_cast<size_t>(by)]; }
  const Table& table(BalanceBy by) const { return tables_[static_cast<size_t>(by)]; }

  absl::Status Open(const ProgramOpened& opened);
  absl::Status AddTranches(const std::string& program, const std::vector<Tranche>& tranches);
  absl::Status Book(const PaymentMove& move);

  ProgramTable programs_;
  std::array<Table, kBalanceByCount> tables_;
};

}  // namespace bansos

#endif  // PROJECTIONS_BALANCE_VIEW_H_

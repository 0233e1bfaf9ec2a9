// RecipientView: what each recipient was instructed and where that money is, by programme and area,
// and how many people are paid in each programme and area.
//
// A recipient's rows come from the recipient's own events alone, so they can also be had for an
// older position from the chain (RecipientRowsAt). Invariant 3 is checked in every row that
// changes. Memory: about 90 bytes a recipient and programme. Threads: see Fold.
#ifndef PROJECTIONS_RECIPIENT_VIEW_H_
#define PROJECTIONS_RECIPIENT_VIEW_H_

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/base/ids.h"
#include "ledger/domain/values.h"
#include "ledger/log/event_log.h"
#include "projections/balance_row.h"
#include "projections/fold.h"
#include "projections/program_table.h"
#include "projections/recipient_lists.h"

namespace bansos {

// One recipient's money in one programme, for payments pinned to one area (a recipient who moved
// has several).
struct RecipientRow {
  RecipientNumber recipient;
  std::string program;
  AreaCode area = 0;
  PaymentMoney money;
  uint32_t payments_paid = 0;
};

struct RecipientQuery {
  std::string program = {};    // empty: all
  AreaCode area = 0;           // 0: all
  RecipientNumber after = {};  // the page begins with the next recipient
  size_t limit = 0;            // recipients; all rows of a recipient are on one page
  size_t looks = ~size_t{0};   // recipients that the page looks at, also those that it leaves out
};

struct RecipientPage {
  std::vector<RecipientRow> rows = {};  // by recipient, programme code, area
  RecipientNumber last = {};            // pass it as `after` for the next page
  bool more = false;
};

class RecipientView final : public Fold {
 public:
  std::string_view name() const override { return "recipients"; }
  uint32_t version() const override { return 1; }
  absl::Status Apply(Position position, const Event& event) override;
  void Save(SnapshotWriter& writer) const override;
  absl::Status Load(SnapshotReader& reader) override;
  void Reset() override { *this = RecipientView(); }

  // By programme code, then area; empty when nothing was ever instructed.
  std::vector<RecipientRow> Rows(RecipientNumber recipient) const;

  // NOT_FOUND when the named programme was never opened.
  absl::StatusOr<RecipientPage> Page(const RecipientQuery& query) const;

  // People with at least one payment paid now; empty programme or area 0 means all of them.
  uint64_t PeoplePaid(const std::string& program, AreaCode area) const;

 private:
  struct Node {
    PaymentMoney money = {};
    uint32_t program = 0;
    AreaCode area = 0;
    uint32_t payments_paid = 0;
    uint32_t next = 0;
  };
  // Whom a number of people is about: one programme or all, one area or all.
  struct Scope {
    static constexpr uint32_t kAll = ~uint32_t{0};
    uint32_t program = kAll;
    uint32_t area = kAll;
    bool Holds(const Node& node) const {
      return (program == kAll || program == node.program) && (area == kAll || area == node.area);
    }
    friend auto operator<=>(const Scope&, const Scope&) = default;  // NOLINT
  };

  static bool Less(const Node& a, const Node& b) {
    return std::pair(a.program, a.area) < std::pair(b.program, b.area);
  }
  absl::Status Book(const PaymentMove& move);
  // Counts the recipient in or out of every scope in which `node` is the only one paid.
  void CountPerson(uint32_t recipient, const Node& node, int64_t by);
  RecipientRow ToRow(uint32_t recipient, const Node& node) const;
  void AppendRows(uint32_t recipient, const Scope& scope, std::vector<RecipientRow>& rows) const;

  ProgramTable programs_;
  RecipientLists<Node> lists_;
  absl::btree_map<Scope, int64_t> people_paid_;  // Follows from lists_; not saved.
};

// The rows of one recipient, as Rows gives them, as they were after the first `size` events, by
// walking the recipient's chain from its event at `chain` (any at or after those). For pages that
// go on at the position of the first. `visit` sees each of these events on the way, newest first,
// and ends the walk with an error. DATA_LOSS when the chain cannot be read.
absl::StatusOr<std::vector<RecipientRow>> RecipientRowsAt(
    const EventLog& log, RecipientNumber recipient, Position chain, uint64_t size,
    absl::FunctionRef<absl::Status(const Event&)> visit);

}  // namespace bansos

#endif  // PROJECTIONS_RECIPIENT_VIEW_H_

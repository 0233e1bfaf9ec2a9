// ExceptionView: the exception reports, kept as small sets that each event moves a little, so that
// a query looks only at what is wrong and never at everyone.
//
// Facts (PersonFacts, OpenReports, OpenFiles, WaitingPayments, PolicyTable) are saved; the sets
// follow from them. Days and policies are taken at the query's date. Four eyes and amounts cannot
// go wrong here: Decide refuses them. Threads: see Fold.
#ifndef PROJECTIONS_EXCEPTION_VIEW_H_
#define PROJECTIONS_EXCEPTION_VIEW_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/domain/event.h"
#include "projections/exception_row.h"
#include "projections/fold.h"
#include "projections/open_files.h"
#include "projections/open_reports.h"
#include "projections/person_facts.h"
#include "projections/policy_table.h"
#include "projections/token_groups.h"
#include "projections/waiting_payments.h"

namespace bansos {

class ExceptionView final : public Fold {
 public:
  std::string_view name() const override { return "exceptions"; }
  uint32_t version() const override { return 3; }
  absl::Status Apply(Position position, const Event& event) override;
  void Save(SnapshotWriter& writer) const override;
  absl::Status Load(SnapshotReader& reader) override;
  void Reset() override { *this = ExceptionView(); }

  // INVALID_ARGUMENT when query.date is no date.
  absl::StatusOr<ExceptionPage> Page(const ExceptionQuery& query) const;

  // Takes the next row of a scan; false ends it.
  using Emit = absl::FunctionRef<bool(ExceptionRow)>;
  // The same row by row, whatever query.limit.
  absl::Status ForEach(const ExceptionQuery& query, Emit emit) const;

  // One count for each kind, in their order, without looking at the rows. INVALID_ARGUMENT as
  // above.
  absl::StatusOr<std::vector<ExceptionCount>> Count(Date date) const;

  // False when after `size` events every query gave what it gives now. May be true without need.
  bool ChangedSince(uint64_t size) const { return !touched_ || touched_->value() >= size; }

 private:
  // A recipient and a position (settlement) or a fiscal year.
  using RecipientKey = std::pair<uint32_t, uint64_t>;

  absl::Status TakeLine(Position position, const EventBody& body);
  // Takes the event into the facts; the recipient whose exceptions may have changed, or 0.
  absl::StatusOr<uint32_t> Take(Position position, const Event& event);
  absl::StatusOr<uint32_t> TakeMove(Position position, const Event& event, const PaymentMove& move);
  // Money that leaves or enters a bucket where it waits.
  absl::Status TakeWaiting(Position position, const Event& event, const PaymentMove& move);
  absl::Status TakeResolution(const ReportResolved& resolved);

  // Whether some exception is about the recipient.
  bool IsNamed(uint32_t recipient) const;
  // Brings the sets in line with the facts about one recipient.
  void Judge(uint32_t recipient);
  void JudgeDeath(uint32_t recipient);
  void JudgePrograms(uint32_t recipient);

  // Rows of one kind from `from` on, in order (exception_query.cc).
  void Scan(const ExceptionQuery& query, const ExceptionKey& from, Emit emit) const;
  void ScanHeldReports(const ExceptionKey& from, Emit emit) const;
  void ScanPaidToTheDead(const ExceptionKey& from, Emit emit) const;
  void ScanSharedAccounts(const ExceptionKey& from, size_t max_members, Emit emit) const;
  void ScanTwoPrograms(const ExceptionKey& from, Emit emit) const;
  void ScanCrowdedKks(const ExceptionKey& from, Date date, size_t max_members, Emit emit) const;
  void ScanUnrepairedReturns(const ExceptionKey& from, Date date, Emit emit) const;
  void ScanIncompleteFiles(const ExceptionKey& from, Date date, Emit emit) const;
  void ScanUnansweredOrders(const ExceptionKey& from, Date date, Emit emit) const;
  // Those of `waiting` for more than `allowed` days.
  void ScanWaiting(const WaitingPayments& waiting, int64_t allowed, const ExceptionKey& from,
                   Date date, Emit emit) const;
  void AddEntitlements(uint32_t recipient, ExceptionRow& row) const;
  ExceptionRow TwoProgramsRow(uint32_t recipient, uint32_t fiscal_year, uint32_t detail) const;
  uint64_t KkMaxRecipients(Date date) const;
  int64_t ReturnDaysAllowed(Date date) const;
  int64_t OrderDaysAllowed(Date date) const;
  ExceptionCount CountCrowdedKks(Date date) const;
  // How many wait for more than the allowed days.
  static uint64_t CountWaiting(const WaitingPayments& waiting, int64_t allowed, Date date);

  PersonFacts facts_;
  OpenReports reports_;
  OpenFiles files_;
  WaitingPayments returns_;
  WaitingPayments orders_;
  PolicyTable policies_;

  // These follow from the facts.
  TokenGroups accounts_;  // by latest payee
  TokenGroups kks_;       // of recipients with a running entitlement
  absl::btree_set<RecipientKey> paid_to_the_dead_;
  absl::btree_map<RecipientKey, uint32_t> two_programs_;  // to kEntitledInSeveral | kPaidInSeveral

  // The last event that may have changed what a query gives; unknown from Load to the next event.
  std::optional<Position> touched_ = Position(0);
};

}  // namespace bansos

#endif  // PROJECTIONS_EXCEPTION_VIEW_H_

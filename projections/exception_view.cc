#include "projections/exception_view.h"

#include <algorithm>

#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/date.h"
#include "ledger/domain/payment.h"
#include "projections/overloaded.h"

namespace bansos {
namespace {

using YearAndProgram = std::pair<uint64_t, ProgramTable::Number>;
using YearsAndPrograms = absl::InlinedVector<YearAndProgram, 8>;

// Marks with `flag` each year of which `programs` holds several programmes.
void MarkYears(YearsAndPrograms programs, uint32_t flag,
               absl::btree_map<uint64_t, uint32_t>& years) {
  std::sort(programs.begin(), programs.end());
  programs.erase(std::unique(programs.begin(), programs.end()), programs.end());
  for (size_t i = 1; i < programs.size(); ++i) {
    if (programs[i].first == programs[i - 1].first) years[programs[i].first] |= flag;
  }
}

ReportKind KindOf(const TransferSettled&) { return ReportKind::kSettled; }
ReportKind KindOf(const TransferReturned&) { return ReportKind::kReturned; }
ReportKind KindOf(const ReportHeld& held) { return held.kind; }

// The day on which it holds: as stated, else as recorded.
Date DateOf(const Event& event) {
  const Date stated = event.envelope.effective_date;
  return IsValidDate(stated) ? stated : WibDate(event.envelope.recorded_time_us);
}

template <typename Set>
void EraseRecipient(uint32_t recipient, Set& set) {
  set.erase(set.lower_bound({recipient, 0}), set.upper_bound({recipient, ~uint64_t{0}}));
}

}  // namespace

absl::Status ExceptionView::Apply(Position position, const Event& event) {
  // What came between the snapshot's facts and this event is not known: nothing, if all is well.
  if (!touched_.has_value()) touched_ = position;
  RETURN_IF_ERROR(TakeLine(position, event.body));
  ASSIGN_OR_RETURN(const uint32_t recipient, Take(position, event));
  if (recipient == 0) return absl::OkStatus();
  const bool was_named = IsNamed(recipient);
  Judge(recipient);
  if (was_named || IsNamed(recipient)) touched_ = position;
  return absl::OkStatus();
}

bool ExceptionView::IsNamed(uint32_t recipient) const {
  const RecipientKey from{recipient, 0};
  const auto dead = paid_to_the_dead_.lower_bound(from);
  const auto several = two_programs_.lower_bound(from);
  return accounts_.IsShared(recipient) || kks_.IsShared(recipient) ||
         differing_names_.contains(recipient) ||
         (dead != paid_to_the_dead_.end() && dead->first == recipient) ||
         (several != two_programs_.end() && several->first.first == recipient);
}

absl::Status ExceptionView::TakeLine(Position position, const EventBody& body) {
  return std::visit(
      [this, position]<typename Body>(const Body& report) -> absl::Status {
        if constexpr (requires { report.source.file_position; }) {
          if (!report.source.file_position.has_value()) return absl::OkStatus();
          touched_ = position;
          return files_.TakeLine(*report.source.file_position, KindOf(report), report.amount);
        }
        return absl::OkStatus();
      },
      body);
}

absl::StatusOr<uint32_t> ExceptionView::Take(Position position, const Event& event) {
  const EventBody& body = event.body;
  if (const std::optional<PaymentMove> move = PaymentMoveOf(body)) {
    return TakeMove(position, event, *move);
  }
  using Result = absl::StatusOr<uint32_t>;
  const auto no_one = [](const absl::Status& status) -> Result {
    if (!status.ok()) return status;
    return 0;
  };
  return std::visit(
      Overloaded{[&](const ProgramOpened& opened) { return no_one(facts_.Open(opened)); },
                 [&](const PolicySet& policy) -> Result {
                   policies_.Set(policy);
                   touched_ = position;
                   return 0;
                 },
                 [&](const RecipientRegistered& registered) { return facts_.Register(registered); },
                 [&](const IdentityCorrected& corrected) { return facts_.Correct(corrected); },
                 [&](const PayeeAssigned& assigned) { return facts_.Assign(position, assigned); },
                 [&](const RecipientDied& died) { return facts_.Die(position, died); },
                 [&](const RecipientDecreed& decreed) { return facts_.Decree(position, decreed); },
                 [&](const EntitlementEnded& ended) { return facts_.End(ended); },
                 [&](const ResultFileReceived& file) -> Result {
                   touched_ = position;
                   files_.Receive(position, DateOf(event), file);
                   return 0;
                 },
                 [&](const ReportHeld& held) -> Result {
                   touched_ = position;
                   reports_.Hold(position, held, held.payment ? facts_.BatchOf(*held.payment) : 0);
                   return 0;
                 },
                 [&](const ReportResolved& resolved) {
                   touched_ = position;
                   return no_one(TakeResolution(resolved));
                 },
                 [](const auto&) -> Result { return 0; }},
      body);
}

absl::Status ExceptionView::TakeResolution(const ReportResolved& resolved) {
  if (!resolved.held_position.has_value()) {
    return absl::DataLossError("a resolution names neither report nor file");
  }
  if (reports_.IsOpen(*resolved.held_position)) return reports_.Resolve(*resolved.held_position);
  return files_.End(*resolved.held_position);
}

absl::Status ExceptionView::TakeWaiting(Position position, const Event& event,
                                        const PaymentMove& move) {
  const Movement& movement = *move.movement;
  const auto waits = [](Bucket bucket) {
    return bucket == Bucket::kReturned || bucket == Bucket::kInTransit;
  };
  if (waits(movement.from) || waits(movement.to)) touched_ = position;
  if (movement.from == Bucket::kReturned) RETURN_IF_ERROR(returns_.Remove(*move.payment));
  if (movement.from == Bucket::kInTransit) RETURN_IF_ERROR(orders_.Remove(*move.payment));
  WaitingPayment waiting{
      .payment = *move.payment, .batch = movement.batch, .amount = movement.amount};
  if (movement.to == Bucket::kReturned) {
    const auto* returned = std::get_if<TransferReturned>(&event.body);
    if (returned == nullptr || !IsValidDate(returned->value_date)) {
      return absl::DataLossError(absl::StrCat(Describe(*move.payment), ": a return without date"));
    }
    waiting.attempt = returned->attempt;
    waiting.reason = returned->reason;
    returns_.Add(returned->value_date, position, std::move(waiting));
  } else if (movement.to == Bucket::kInTransit) {
    if (const auto* sent = std::get_if<TransferSent>(&event.body)) waiting.attempt = sent->attempt;
    orders_.Add(DateOf(event), position, std::move(waiting));
  }
  return absl::OkStatus();
}

absl::StatusOr<uint32_t> ExceptionView::TakeMove(Position position, const Event& event,
                                                 const PaymentMove& move) {
  const auto* settled = std::get_if<TransferSettled>(&event.body);
  const Date value_date = settled == nullptr ? 0 : settled->value_date;
  ASSIGN_OR_RETURN(const uint32_t recipient, facts_.Move(position, move, value_date));
  RETURN_IF_ERROR(TakeWaiting(position, event, move));
  if (settled != nullptr && settled->cites.has_value()) {
    touched_ = position;
    RETURN_IF_ERROR(reports_.Resolve(*settled->cites));
  }
  const bool paid_changed =
      move.movement->from == Bucket::kPaid || move.movement->to == Bucket::kPaid;
  return paid_changed ? recipient : 0;
}

void ExceptionView::Judge(uint32_t recipient) {
  const PersonFacts::Person& person = facts_.person(recipient);
  accounts_.Assign(recipient, person.account_token);
  kks_.Assign(recipient, facts_.IsEntitled(recipient) ? person.kk_token : 0);
  if (person.name_differs) {
    differing_names_.insert(recipient);
  } else {
    differing_names_.erase(recipient);
  }
  JudgeDeath(recipient);
  JudgePrograms(recipient);
}

void ExceptionView::JudgeDeath(uint32_t recipient) {
  EraseRecipient(recipient, paid_to_the_dead_);
  const auto death = facts_.deaths().find(recipient);
  if (death == facts_.deaths().end()) return;
  facts_.payments().ForEach(recipient, [&](const PersonFacts::Payment& payment) {
    if (payment.paid() && payment.value_date > death->second.died_on) {
      paid_to_the_dead_.insert({recipient, payment.settled_at});
    }
  });
}

void ExceptionView::JudgePrograms(uint32_t recipient) {
  EraseRecipient(recipient, two_programs_);
  YearsAndPrograms entitled, paid;
  facts_.running().ForEach(recipient, [&](const PersonFacts::Running& running) {
    entitled.push_back({facts_.programs().fiscal_year(running.program), running.program});
  });
  facts_.payments().ForEach(recipient, [&](const PersonFacts::Payment& payment) {
    if (!payment.paid()) return;
    const ProgramTable::Number program = facts_.lot(payment).program;
    paid.push_back({facts_.programs().fiscal_year(program), program});
  });
  if (entitled.size() < 2 && paid.size() < 2) return;
  absl::btree_map<uint64_t, uint32_t> years;
  MarkYears(std::move(entitled), kEntitledInSeveral, years);
  MarkYears(std::move(paid), kPaidInSeveral, years);
  for (const auto& [year, flags] : years) two_programs_[{recipient, year}] = flags;
}

void ExceptionView::Save(SnapshotWriter& writer) const {
  facts_.Save(writer);
  reports_.Save(writer);
  files_.Save(writer);
  returns_.Save(writer);
  orders_.Save(writer);
  policies_.Save(writer);
}

absl::Status ExceptionView::Load(SnapshotReader& reader) {
  touched_ = std::nullopt;
  facts_.Load(reader);
  reports_.Load(reader);
  files_.Load(reader);
  returns_.Load(reader);
  orders_.Load(reader);
  policies_.Load(reader);
  RETURN_IF_ERROR(reader.Finish());
  facts_.ForEachRecipient([&](uint32_t recipient) {
    Judge(recipient);
    return true;
  });
  return absl::OkStatus();
}

int64_t ExceptionView::ReturnDaysAllowed(Date date) const {
  return std::max<int64_t>(0, policies_.ValueOn(kReturnPolicy, date, kDefaultReturnUnrepairedDays));
}

int64_t ExceptionView::OrderDaysAllowed(Date date) const {
  return std::max<int64_t>(0, policies_.ValueOn(kOrderPolicy, date, kDefaultOrderUnansweredDays));
}

}  // namespace bansos

// The queries of ExceptionView: one scan a kind, each from a key onward in the order of keys.
#include <algorithm>
#include <cstdlib>
#include <limits>
#include <utility>

#include "ledger/base/status_macros.h"
#include "ledger/domain/date.h"
#include "projections/dense_number.h"
#include "projections/exception_view.h"

namespace bansos {
namespace {

// The key that comes next in order.
ExceptionKey Behind(ExceptionKey key) {
  if (++key.second == 0) ++key.first;
  return key;
}

bool Matches(const ExceptionQuery& query, const ExceptionRow& row) {
  if (query.recipient.value() != 0 && query.recipient != row.recipient) return false;
  return query.program.empty() ||
         std::find(row.programs.begin(), row.programs.end(), query.program) != row.programs.end();
}

ExceptionRow PaymentRow(const ExceptionKey& key, const PaymentKey& payment) {
  ExceptionRow row{.key = key,
                   .recipient = payment.recipient,
                   .tranche = payment.tranche,
                   .payment_number = payment.number};
  if (!payment.program.empty()) row.programs.push_back(payment.program);
  return row;
}

// Whether the key can be one of its kind: page tokens come from outside.
bool CanBe(const ExceptionKey& key) {
  if (key.kind == ExceptionKind::kHeldReport || key.kind == ExceptionKind::kFileIncomplete) {
    return true;
  }
  if (key.kind == ExceptionKind::kUnrepairedReturn || key.kind == ExceptionKind::kOrderUnanswered) {
    return key.first <= static_cast<uint64_t>(std::numeric_limits<Date>::max());
  }
  return key.first <= kMaxDenseNumber;
}

// Which recipients of which groups a scan visits.
struct GroupBounds {
  uint64_t allowed = 0;  // groups of more than this
  size_t most = 0;       // the first so many of each; 0: all
};

// Calls visit(row, recipient) from the key on until it returns false.
void ForEachMember(const TokenGroups::Groups& groups, const ExceptionKey& from,
                   const GroupBounds& members,
                   absl::FunctionRef<bool(ExceptionRow, uint32_t)> visit) {
  for (auto it = groups.lower_bound(static_cast<uint32_t>(from.first)); it != groups.end(); ++it) {
    const auto& [token, recipients] = *it;
    if (recipients.size() <= members.allowed) continue;
    const uint64_t first = token == from.first ? from.second : 0;
    if (first > kMaxDenseNumber) continue;
    auto recipient = recipients.lower_bound(static_cast<uint32_t>(first));
    for (size_t visited = 0; recipient != recipients.end(); ++recipient, ++visited) {
      if (members.most != 0 && visited == members.most) break;
      ExceptionRow row{.key = {from.kind, token, *recipient},
                       .recipient = RecipientNumber(*recipient),
                       .group = token,
                       .group_size = static_cast<uint32_t>(recipients.size())};
      if (!visit(std::move(row), *recipient)) return;
    }
  }
}

// How far two differences are from none, together; not beyond what an amount can be.
Rupiah SaturatedSum(Rupiah a, Rupiah b) {
  const auto size = [](Rupiah value) {
    return value == std::numeric_limits<Rupiah>::min() ? std::numeric_limits<Rupiah>::max()
                                                       : std::abs(value);
  };
  Rupiah sum = 0;
  return __builtin_add_overflow(size(a), size(b), &sum) ? std::numeric_limits<Rupiah>::max() : sum;
}

void SortOnce(std::vector<Position>& positions) {
  std::sort(positions.begin(), positions.end());
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
}

}  // namespace

absl::StatusOr<ExceptionPage> ExceptionView::Page(const ExceptionQuery& query) const {
  ExceptionPage page;
  RETURN_IF_ERROR(ForEach(query, [&](ExceptionRow row) {
    page.more = page.rows.size() == query.limit;
    if (!page.more) page.rows.push_back(std::move(row));
    return !page.more;
  }));
  return page;
}

absl::Status ExceptionView::ForEach(const ExceptionQuery& query, Emit emit) const {
  RETURN_IF_ERROR(CheckDate(query.date));
  bool ended = false;
  for (const ExceptionKind kind : kAllExceptionKinds) {
    if (query.kind.has_value() && *query.kind != kind) continue;
    ExceptionKey from{.kind = kind};
    if (query.after.has_value() && query.after->kind > kind) continue;
    if (query.after.has_value() && query.after->kind == kind) from = Behind(*query.after);
    if (ended) break;
    Scan(query, from, [&](ExceptionRow row) {
      if (!Matches(query, row)) return true;
      ended = !emit(std::move(row));
      return !ended;
    });
  }
  return absl::OkStatus();
}

void ExceptionView::Scan(const ExceptionQuery& query, const ExceptionKey& from, Emit emit) const {
  if (!CanBe(from)) return;
  switch (from.kind) {
    case ExceptionKind::kHeldReport:
      return ScanHeldReports(from, emit);
    case ExceptionKind::kPaidToTheDead:
      return ScanPaidToTheDead(from, emit);
    case ExceptionKind::kSharedAccount:
      return ScanSharedAccounts(from, query.max_members, emit);
    case ExceptionKind::kTwoPrograms:
      return ScanTwoPrograms(from, emit);
    case ExceptionKind::kCrowdedKk:
      return ScanCrowdedKks(from, query.date, query.max_members, emit);
    case ExceptionKind::kUnrepairedReturn:
      return ScanUnrepairedReturns(from, query.date, emit);
    case ExceptionKind::kFileIncomplete:
      return ScanIncompleteFiles(from, query.date, emit);
    case ExceptionKind::kOrderUnanswered:
      return ScanUnansweredOrders(from, query.date, emit);
    case ExceptionKind::kPayeeNameDiffers:
      return ScanDifferingNames(from, emit);
  }
}

void ExceptionView::ScanHeldReports(const ExceptionKey& from, Emit emit) const {
  // The key of a held report is its position alone: a second part means behind it.
  const OpenReports::Rows& rows = reports_.rows();
  auto it = from.second > 0 ? rows.upper_bound(from.first) : rows.lower_bound(from.first);
  for (; it != rows.end(); ++it) {
    const auto& [position, report] = *it;
    ExceptionRow row = PaymentRow({ExceptionKind::kHeldReport, position, 0}, report.payment);
    row.attempt = report.attempt;
    row.batch = report.batch;
    row.positions = {Position(position)};
    row.amount = report.amount;
    row.date = report.value_date;
    row.detail = static_cast<uint32_t>(report.rule);
    if (!emit(std::move(row))) return;
  }
}

void ExceptionView::ScanPaidToTheDead(const ExceptionKey& from, Emit emit) const {
  const RecipientKey first{static_cast<uint32_t>(from.first), from.second};
  for (auto it = paid_to_the_dead_.lower_bound(first); it != paid_to_the_dead_.end(); ++it) {
    const uint32_t recipient = it->first;
    const uint64_t settled_at = it->second;
    const PersonFacts::Death& death = facts_.deaths().at(recipient);
    const PersonFacts::Payment* payment = facts_.payments().Find(
        recipient,
        [&](const PersonFacts::Payment& other) { return other.settled_at == settled_at; });
    const PersonFacts::Lot& lot = facts_.lot(*payment);
    ExceptionRow row{.key = {ExceptionKind::kPaidToTheDead, recipient, settled_at},
                     .recipient = RecipientNumber(recipient),
                     .programs = {facts_.programs().code(lot.program)},
                     .tranche = lot.tranche,
                     .payment_number = payment->number,
                     .batch = lot.batch,
                     .positions = {Position(settled_at), Position(death.position)},
                     .amount = lot.amount,
                     .date = payment->value_date,
                     .died_on = death.died_on,
                     .detail = static_cast<uint32_t>(death.source)};
    SortOnce(row.positions);
    if (!emit(std::move(row))) return;
  }
}

void ExceptionView::ScanSharedAccounts(const ExceptionKey& from, size_t max_members,
                                       Emit emit) const {
  const GroupBounds members{.allowed = 1, .most = max_members};
  ForEachMember(accounts_.groups(), from, members, [&](ExceptionRow row, uint32_t recipient) {
    const PersonFacts::Person& person = facts_.person(recipient);
    row.detail = static_cast<uint32_t>(person.reason);
    AddEntitlements(recipient, row);
    row.positions = {Position(person.payee_position)};
    return emit(std::move(row));
  });
}

void ExceptionView::ScanTwoPrograms(const ExceptionKey& from, Emit emit) const {
  const RecipientKey first{static_cast<uint32_t>(from.first), from.second};
  for (auto it = two_programs_.lower_bound(first); it != two_programs_.end(); ++it) {
    const auto& [key, detail] = *it;
    if (!emit(TwoProgramsRow(key.first, static_cast<uint32_t>(key.second), detail))) return;
  }
}

void ExceptionView::ScanCrowdedKks(const ExceptionKey& from, Date date, size_t max_members,
                                   Emit emit) const {
  const uint64_t allowed = KkMaxRecipients(date);
  const GroupBounds members{.allowed = allowed, .most = max_members};
  ForEachMember(kks_.groups(), from, members, [&](ExceptionRow row, uint32_t recipient) {
    row.detail = static_cast<uint32_t>(allowed);
    AddEntitlements(recipient, row);
    return emit(std::move(row));
  });
}

void ExceptionView::ScanUnrepairedReturns(const ExceptionKey& from, Date date, Emit emit) const {
  ScanWaiting(returns_, ReturnDaysAllowed(date),
              {ExceptionKind::kUnrepairedReturn, from.first, from.second}, date, emit);
}

void ExceptionView::ScanUnansweredOrders(const ExceptionKey& from, Date date, Emit emit) const {
  ScanWaiting(orders_, OrderDaysAllowed(date),
              {ExceptionKind::kOrderUnanswered, from.first, from.second}, date, emit);
}

void ExceptionView::ScanWaiting(const WaitingPayments& waiting, int64_t allowed,
                                const ExceptionKey& from, Date date, Emit emit) const {
  const WaitingPayments::Key first{static_cast<Date>(from.first), from.second};
  for (auto it = waiting.rows().lower_bound(first); it != waiting.rows().end(); ++it) {
    const auto& [key, row_waiting] = *it;
    const auto& [since, position] = key;
    const int64_t days = DaysBetween(since, date);
    if (days <= allowed) return;  // and so are all that follow
    ExceptionRow row =
        PaymentRow({from.kind, static_cast<uint64_t>(since), position}, row_waiting.payment);
    row.attempt = row_waiting.attempt;
    row.batch = row_waiting.batch;
    row.positions = {Position(position)};
    row.amount = row_waiting.amount;
    row.date = since;
    row.days = days;
    row.detail = static_cast<uint32_t>(row_waiting.reason);
    if (!emit(std::move(row))) return;
  }
}

void ExceptionView::ScanIncompleteFiles(const ExceptionKey& from, Date date, Emit emit) const {
  // The key is the file's position alone, as of a held report.
  const OpenFiles::Rows& rows = files_.rows();
  auto it = from.second > 0 ? rows.upper_bound(from.first) : rows.lower_bound(from.first);
  for (; it != rows.end(); ++it) {
    const auto& [position, file] = *it;
    ExceptionRow row{.key = {ExceptionKind::kFileIncomplete, position, 0},
                     .positions = {Position(position)},
                     .date = file.received_on,
                     .days = DaysBetween(file.received_on, date),
                     .lines = file.lines,
                     .lines_missing = file.missing};
    if (file.states_totals) row.amount = SaturatedSum(file.settled_open, file.returned_open);
    if (!emit(std::move(row))) return;
  }
}

void ExceptionView::ScanDifferingNames(const ExceptionKey& from, Emit emit) const {
  // The key is the recipient alone.
  const auto first = static_cast<uint32_t>(from.first);
  auto it =
      from.second > 0 ? differing_names_.upper_bound(first) : differing_names_.lower_bound(first);
  for (; it != differing_names_.end(); ++it) {
    ExceptionRow row{.key = {ExceptionKind::kPayeeNameDiffers, *it, 0},
                     .recipient = RecipientNumber(*it)};
    AddEntitlements(*it, row);
    row.positions = {Position(facts_.person(*it).payee_position)};
    if (!emit(std::move(row))) return;
  }
}

void ExceptionView::AddEntitlements(uint32_t recipient, ExceptionRow& row) const {
  for (const PersonFacts::Running& running : facts_.RunningOf(recipient)) {
    const std::string& code = facts_.programs().code(running.program);
    if (row.programs.empty() || row.programs.back() != code) row.programs.push_back(code);
    row.positions.push_back(Position(running.decree_position));
  }
  SortOnce(row.positions);
}

ExceptionRow ExceptionView::TwoProgramsRow(uint32_t recipient, uint32_t fiscal_year,
                                           uint32_t detail) const {
  ExceptionRow row{.key = {ExceptionKind::kTwoPrograms, recipient, fiscal_year},
                   .recipient = RecipientNumber(recipient),
                   .detail = detail};
  const ProgramTable& programs = facts_.programs();
  std::vector<ProgramTable::Number> numbers;
  const auto add = [&](ProgramTable::Number program, uint64_t position) {
    if (programs.fiscal_year(program) != fiscal_year) return false;
    numbers.push_back(program);
    row.positions.push_back(Position(position));
    return true;
  };
  facts_.running().ForEach(recipient, [&](const PersonFacts::Running& running) {
    add(running.program, running.decree_position);
  });
  facts_.payments().ForEach(recipient, [&](const PersonFacts::Payment& payment) {
    const PersonFacts::Lot& lot = facts_.lot(payment);
    if (payment.paid() && add(lot.program, payment.settled_at)) row.amount += lot.amount;
  });
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  for (const ProgramTable::Number number : numbers) row.programs.push_back(programs.code(number));
  SortOnce(row.positions);
  return row;
}

uint64_t ExceptionView::KkMaxRecipients(Date date) const {
  // A family card is crowded by two recipients at least, whatever the policy says.
  return static_cast<uint64_t>(
      std::max<int64_t>(1, policies_.ValueOn(kKkPolicy, date, kDefaultKkMaxRecipients)));
}

}  // namespace bansos

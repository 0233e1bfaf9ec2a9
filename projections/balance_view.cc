#include "projections/balance_view.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "projections/overloaded.h"

namespace bansos {

BalanceKey KeyOf(BalanceBy by, uint32_t program, const PaymentMove& move) {
  const uint32_t tranche = move.payment->tranche;
  switch (by) {
    case BalanceBy::kProgram:
      return {.program = program};
    case BalanceBy::kTranche:
      return {.program = program, .tranche = tranche};
    case BalanceBy::kBatch:
      return {.program = program, .tranche = tranche, .part = move.movement->batch};
    case BalanceBy::kArea:
      return {.program = program, .part = move.movement->area};
    case BalanceBy::kTrancheArea:
      return {.program = program, .tranche = tranche, .part = move.movement->area};
  }
  CHECK(false) << "balances by " << static_cast<int>(by);
  return {};
}

absl::Status BalanceView::Apply(Position, const Event& event) {
  if (const std::optional<PaymentMove> move = PaymentMoveOf(event.body)) return Book(*move);
  return std::visit(
      Overloaded{[&](const ProgramOpened& opened) { return Open(opened); },
                 [&](const ProgramAmended& amended) {
                   return AddTranches(amended.program, amended.tranches);
                 },
                 [&](const BudgetAppropriated& budget) -> absl::Status {
                   ASSIGN_OR_RETURN(const uint32_t program, programs_.Find(budget.program));
                   return table(BalanceBy::kProgram)[{.program = program}].Appropriate(
                       budget.amount);
                 },
                 [&](const BatchDrafted& drafted) -> absl::Status {
                   ASSIGN_OR_RETURN(const uint32_t program, programs_.Find(drafted.batch.program));
                   table(BalanceBy::kBatch)[{program, drafted.batch.tranche, drafted.batch.number}];
                   return absl::OkStatus();
                 },
                 [](const auto&) { return absl::OkStatus(); }},
      event.body);
}

absl::Status BalanceView::Open(const ProgramOpened& opened) {
  ASSIGN_OR_RETURN(const uint32_t program, programs_.Open(opened));
  table(BalanceBy::kProgram)[{.program = program}];
  return AddTranches(opened.program, opened.tranches);
}

absl::Status BalanceView::AddTranches(const std::string& program,
                                      const std::vector<Tranche>& tranches) {
  ASSIGN_OR_RETURN(const uint32_t number, programs_.Find(program));
  for (const Tranche& tranche : tranches) {
    table(BalanceBy::kTranche)[{.program = number, .tranche = tranche.number}];
  }
  return absl::OkStatus();
}

absl::Status BalanceView::Book(const PaymentMove& move) {
  RETURN_IF_ERROR(CheckMove(move));
  ASSIGN_OR_RETURN(const uint32_t program, programs_.Find(move.payment->program));
  for (const BalanceBy by : {BalanceBy::kProgram, BalanceBy::kTranche, BalanceBy::kBatch,
                             BalanceBy::kArea, BalanceBy::kTrancheArea}) {
    BalanceRow& row = table(by)[KeyOf(by, program, move)];
    RETURN_IF_ERROR(by == BalanceBy::kProgram ? row.BookProgram(move) : row.BookPart(move));
  }
  return absl::OkStatus();
}

absl::StatusOr<BalancePage> BalanceView::Page(const BalanceQuery& query) const {
  BalancePage page;
  RETURN_IF_ERROR(ForEach(query, [&](const BalanceEntry& entry) {
    page.more = page.rows.size() == query.limit;
    if (!page.more) page.rows.push_back(entry);
    return !page.more;
  }));
  return page;
}

absl::Status BalanceView::ForEach(const BalanceQuery& query,
                                  absl::FunctionRef<bool(const BalanceEntry&)> visit) const {
  const Table& rows = table(query.by);
  BalanceKey first;
  if (!query.program.empty()) {
    const absl::StatusOr<uint32_t> program = programs_.Find(query.program);
    if (!program.ok()) {
      return absl::NotFoundError(
          absl::StrCat("programme ", query.program, " is not in the ledger"));
    }
    first.program = *program;
  }
  auto it = query.after.has_value() && *query.after >= first ? rows.upper_bound(*query.after)
                                                             : rows.lower_bound(first);
  for (; it != rows.end(); ++it) {
    const auto& [key, row] = *it;
    if (!query.program.empty() && key.program != first.program) break;
    if (query.tranche != 0 && key.tranche != query.tranche) continue;
    if (!visit({.key = key, .program = programs_.code(key.program), .row = row})) break;
  }
  return absl::OkStatus();
}

const BalanceRow* BalanceView::Find(BalanceBy by, const std::string& program, uint32_t tranche,
                                    uint32_t part) const {
  const absl::StatusOr<uint32_t> number = programs_.Find(program);
  if (!number.ok()) return nullptr;
  const auto it = table(by).find({*number, tranche, part});
  return it == table(by).end() ? nullptr : &it->second;
}

void BalanceView::Save(SnapshotWriter& writer) const {
  programs_.Save(writer);
  for (const Table& rows : tables_) {
    writer.List(rows, [&](const Table::value_type& entry) {
      const auto& [key, row] = entry;
      writer.U64(key.program);
      writer.U64(key.tranche);
      writer.U64(key.part);
      row.Save(writer);
    });
  }
}

absl::Status BalanceView::Load(SnapshotReader& reader) {
  programs_.Load(reader);
  for (Table& rows : tables_) {
    const uint64_t count = reader.U64();
    for (uint64_t i = 0; i < count && reader.ok(); ++i) {
      BalanceKey key;
      key.program = programs_.LoadNumber(reader);
      key.tranche = reader.U32();
      key.part = reader.U32();
      rows[key].Load(reader);
    }
  }
  return reader.Finish();
}

}  // namespace bansos

#include "tools/bansosctl/commands/audit_tables.h"

#include <numeric>

#include "absl/strings/str_cat.h"
#include "tools/bansosctl/commands/names.h"

namespace bansos {
namespace {

// Columns that say what a row stands for.
std::vector<TableColumn> KeyColumns(v1::BalanceGroup group) {
  switch (group) {
    case v1::BALANCE_GROUP_TRANCHE:
      return {{"programme"}, {"tranche", Align::kRight}};
    case v1::BALANCE_GROUP_BATCH:
      return {{"batch"}};
    case v1::BALANCE_GROUP_AREA:
      return {{"programme"}, {"area"}};
    case v1::BALANCE_GROUP_RECIPIENT:
      return {{"recipient", Align::kRight}};
    default:
      return {{"programme"}};
  }
}

std::vector<std::string> KeyCells(v1::BalanceGroup group, const v1::BalanceRow& row) {
  switch (group) {
    case v1::BALANCE_GROUP_TRANCHE:
      return {row.program(), std::to_string(row.tranche())};
    case v1::BALANCE_GROUP_BATCH:
      return {absl::StrCat(row.program(), "/", row.tranche(), "/", row.batch())};
    case v1::BALANCE_GROUP_AREA:
      return {row.program(), row.area()};
    case v1::BALANCE_GROUP_RECIPIENT:
      return {std::to_string(row.recipient())};
    default:
      return {row.program()};
  }
}

std::vector<TableColumn> BalanceColumns(v1::BalanceGroup group) {
  std::vector<TableColumn> columns = KeyColumns(group);
  const bool program = group == v1::BALANCE_GROUP_PROGRAM;
  columns.push_back({program ? "appropriated" : "instructed", Align::kRight});
  for (const char* bucket :
       {"available", "obligated", "in transit", "paid", "returned", "remitted", "receivable"}) {
    columns.push_back({bucket, Align::kRight});
  }
  columns.push_back({"difference", Align::kRight});
  columns.push_back({"payments", Align::kRight});
  columns.push_back({"settled", Align::kRight});
  columns.push_back({"people paid", Align::kRight});
  return columns;
}

}  // namespace

std::array<int64_t, kBuckets> AmountsOf(const v1::Buckets& buckets) {
  return {buckets.available(), buckets.obligated(), buckets.in_transit(), buckets.paid(),
          buckets.returned(),  buckets.remitted(),  buckets.receivable()};
}

BalanceTable::BalanceTable(const Session& session, v1::BalanceGroup group)
    : session_(session), group_(group), table_(BalanceColumns(group)) {}

std::vector<std::string> BalanceTable::MoneyCells(const std::array<int64_t, kBuckets>& amounts,
                                                  int64_t whole) const {
  std::vector<std::string> cells = {session_.Rupiah(whole)};
  for (const int64_t amount : amounts) cells.push_back(session_.Rupiah(amount));
  const int64_t sum = std::accumulate(amounts.begin(), amounts.end(), int64_t{0});
  cells.push_back(session_.Rupiah(whole - sum));
  return cells;
}

void BalanceTable::Add(const v1::BalanceRow& row) {
  const std::array<int64_t, kBuckets> amounts = AmountsOf(row.buckets());
  const int64_t whole =
      group_ == v1::BALANCE_GROUP_PROGRAM ? row.appropriated() : row.instructed() - row.withdrawn();
  std::vector<std::string> cells = KeyCells(group_, row);
  for (std::string& cell : MoneyCells(amounts, whole)) cells.push_back(std::move(cell));
  cells.push_back(session_.Count(static_cast<int64_t>(row.payments())));
  cells.push_back(session_.Count(static_cast<int64_t>(row.payments_paid())));
  cells.push_back(session_.Count(static_cast<int64_t>(row.recipients_paid())));
  table_.AddRow(std::move(cells));
  for (size_t i = 0; i < kBuckets; ++i) sums_[i] += amounts[i];
  sum_whole_ += whole;
  ++rows_;
}

Table BalanceTable::Finish() {
  // In CSV a sum among the rows would be counted twice.
  if (rows_ > 1 && session_.output() == OutputFormat::kTable) {
    table_.AddRule();
    std::vector<std::string> cells(KeyColumns(group_).size());
    cells[0] = "sum";
    for (std::string& cell : MoneyCells(sums_, sum_whole_)) cells.push_back(std::move(cell));
    cells.insert(cells.end(), 3, "");
    table_.AddRow(std::move(cells));
  }
  return table_;
}

Table TrialBalanceTable(const Session& session, const v1::GetTrialBalanceResponse& response) {
  Table table({{"programme"},
               {"account"},
               {"debit", Align::kRight},
               {"credit", Align::kRight},
               {"balance", Align::kRight}});
  for (const v1::TrialBalanceRow& row : response.rows()) {
    table.AddRow({row.program(),
                  row.bucket() == ledger::v1::BUCKET_UNSPECIFIED ? "outside (appropriations)"
                                                                 : NameOf(row.bucket(), "BUCKET_"),
                  session.Rupiah(row.debit()), session.Rupiah(row.credit()),
                  session.Rupiah(row.balance())});
  }
  if (session.output() == OutputFormat::kTable) {
    table.AddRule();
    table.AddRow(
        {"sum",
         absl::StrCat(session.Count(static_cast<int64_t>(response.movements())), " movements"),
         session.Rupiah(response.total_debit()), session.Rupiah(response.total_credit()),
         session.Rupiah(response.total_debit() - response.total_credit())});
  }
  return table;
}

Table ExceptionCountTable(const Session& session, const v1::ListExceptionsResponse& response) {
  Table table({{"exceptions up to " + response.as_of_date()}, {"count", Align::kRight}});
  for (const v1::ExceptionCount& count : response.counts()) {
    table.AddRow({NameOf(count.kind(), "EXCEPTION_KIND_"),
                  session.Count(static_cast<int64_t>(count.count()))});
  }
  return table;
}

}  // namespace bansos

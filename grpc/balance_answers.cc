#include "grpc/balance_answers.h"

#include <string>

#include "grpc/convert_balance.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

BalanceBy ByOf(v1::BalanceGroup group) {
  switch (group) {
    case v1::BALANCE_GROUP_TRANCHE:
      return BalanceBy::kTranche;
    case v1::BALANCE_GROUP_BATCH:
      return BalanceBy::kBatch;
    case v1::BALANCE_GROUP_AREA:
      return BalanceBy::kArea;
    default:
      return BalanceBy::kProgram;
  }
}

v1::BalanceRow ToRow(const ViewSet& views, BalanceBy by, const BalanceEntry& entry) {
  v1::BalanceRow row;
  row.set_program(entry.program);
  row.set_tranche(entry.key.tranche);
  const AreaCode area = by == BalanceBy::kArea ? entry.key.part : 0;
  if (by == BalanceBy::kBatch) row.set_batch(entry.key.part);
  row.set_area(FormatArea(area));
  FillMoney(entry.row.money, row);
  row.mutable_buckets()->set_available(entry.row.available);
  row.set_appropriated(entry.row.appropriated);
  uint64_t payments = 0;
  for (const uint64_t in_bucket : entry.row.payments) payments += in_bucket;
  row.set_payments(payments);
  row.set_payments_paid(entry.payments_paid());
  // Within a tranche or batch a person has one payment that stands; across tranches, several.
  const bool by_payment = by == BalanceBy::kTranche || by == BalanceBy::kBatch;
  row.set_recipients_paid(by_payment ? entry.payments_paid()
                                     : views.recipients().PeoplePaid(entry.program, area));
  return row;
}

absl::Status Wrong(const char* field, const char* why) {
  return ToStatus(
      Fault{.code = "BAD_FILTER", .message = absl::StrCat(field, ": ", why), .field = field});
}

}  // namespace

absl::Status CheckBalanceRequest(const v1::GetBalancesRequest& request) {
  ItemReader reader;
  reader.ReadOptionalEnum<int>("group_by", request.group_by());
  if (!reader.ok()) return ToStatus(*reader.fault());
  const bool by_recipient = request.group_by() == v1::BALANCE_GROUP_RECIPIENT;
  if (by_recipient && !request.program().empty()) {
    return Wrong("program", "a recipient's row is over all programmes. Leave it empty.");
  }
  if (!by_recipient && request.recipient() != 0) {
    return Wrong("recipient", "group by BALANCE_GROUP_RECIPIENT to ask for one recipient.");
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::GetBalancesResponse> GroupBalances(const Views& views,
                                                      const v1::GetBalancesRequest& request,
                                                      PageScan& scan) {
  if (!request.program().empty() && views.state.FindProgram(request.program()) == nullptr) {
    return ToStatus(ProgramUnknown(request.program()));
  }
  v1::GetBalancesResponse response;
  // Each payment changes its rows.
  if (!scan.DependsOnAll(views.head.size)) return response;
  BalanceQuery query{.by = ByOf(request.group_by()), .program = request.program()};
  if (scan.after().has_value()) {
    const auto [program, tranche, part] = *scan.after();
    query.after = BalanceKey{static_cast<uint32_t>(program), static_cast<uint32_t>(tranche),
                             static_cast<uint32_t>(part)};
  }
  RETURN_IF_ERROR(views.set.balances().ForEach(query, [&](const BalanceEntry& entry) {
    const BalanceKey& key = entry.key;
    if (!scan.Look({key.program, key.tranche, key.part}) || !scan.Take()) return false;
    *response.add_rows() = ToRow(views.set, query.by, entry);
    return true;
  }));
  return response;
}

absl::StatusOr<v1::GetBalancesResponse> GroupBalance(const Views& views,
                                                     const BalanceSubject& subject) {
  if (views.state.FindProgram(subject.program) == nullptr) {
    return ToStatus(ProgramUnknown(subject.program));
  }
  v1::GetBalancesResponse response;
  const BalanceRow* row =
      views.set.balances().Find(subject.by, subject.program, subject.tranche, subject.part);
  if (row != nullptr) {
    const BalanceKey key{.tranche = subject.tranche, .part = subject.part};
    *response.add_rows() =
        ToRow(views.set, subject.by, {.key = key, .program = subject.program, .row = *row});
  }
  return response;
}

}  // namespace bansos

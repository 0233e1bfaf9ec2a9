#include <algorithm>

#include "absl/strings/str_cat.h"
#include "bansos/v1/batch_service.grpc.pb.h"
#include "bansos/v1/eligibility_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/pages.h"
#include "tools/bansosctl/client/request_window.h"
#include "tools/bansosctl/commands/batch_commands.h"

namespace bansos {
namespace {

struct DraftArguments {
  std::string batch;
  uint32_t limit = 0;  // 0 = all that can be paid
  BasisOptions basis;
};

absl::Status OpenBatch(Connection& connection, const ledger::v1::BatchKey& batch,
                       const v1::Basis& basis) {
  v1::DraftBatchRequest request;
  *request.mutable_options() = connection.write_options();
  *request.mutable_basis() = basis;
  *request.mutable_batch() = batch;
  return connection.Call(&v1::BatchService::Stub::DraftBatch, request).status();
}

// How many payments the list may still take.
absl::StatusOr<uint64_t> RoomOf(Connection& connection, const ledger::v1::BatchKey& batch,
                                uint32_t limit) {
  if (limit == 0) return UINT64_MAX;
  ASSIGN_OR_RETURN(const v1::Batch found, FetchBatch(connection, batch));
  return limit > found.count() ? limit - found.count() : 0;
}

v1::InstructPaymentsRequest InstructionsOf(const v1::ListEntitlementsResponse& page,
                                           uint64_t room) {
  v1::InstructPaymentsRequest request;
  for (const v1::ListedEntitlement& listed : page.entitlements()) {
    if (static_cast<uint64_t>(request.items_size()) == room) break;
    v1::Instruction& item = *request.add_items();
    item.set_recipient(listed.entitlement().recipient());
    item.set_number(listed.payment_number());
    item.set_amount(listed.payment_amount());
  }
  return request;
}

absl::Status InstructPayable(Connection& connection, const ledger::v1::BatchKey& batch,
                             const v1::Basis& basis, uint64_t room, Tally& tally) {
  // The order of the instructions is the order of the list, whose digest the steps state.
  RequestWindow<v1::InstructPaymentsResponse> window(kOneRequestInFlight);
  v1::ListEntitlementsRequest payable;
  payable.set_program(batch.program());
  payable.set_tranche(batch.tranche());
  payable.set_filter(v1::ENTITLEMENT_FILTER_PAYABLE);
  payable.set_page_size(kPageRowsMax);
  RETURN_IF_ERROR(ForEachPage<v1::EligibilityService::Stub>(
      connection, &v1::EligibilityService::Stub::ListEntitlements, payable,
      [&](const v1::ListEntitlementsResponse& page) -> absl::StatusOr<bool> {
        const auto request =
            std::make_shared<v1::InstructPaymentsRequest>(InstructionsOf(page, room));
        if (request->items().empty()) return room > 0;
        *request->mutable_options() = connection.write_options();
        *request->mutable_basis() = basis;
        *request->mutable_batch() = batch;
        room -= request->items_size();
        tally.items += request->items_size();
        RETURN_IF_ERROR(window.Submit(
            [&connection, request] {
              return connection.Call(&v1::BatchService::Stub::InstructPayments, *request);
            },
            [&tally, request](const v1::InstructPaymentsResponse& response) {
              tally.Add(response.outcomes(), request->items_size(), [&](int index) {
                return absl::StrCat("recipient ", request->items(index).recipient());
              });
              return absl::OkStatus();
            }));
        return room > 0;
      }));
  return window.Finish();
}

absl::Status DraftCommand(Session& session, const DraftArguments& arguments) {
  RETURN_IF_ERROR(session.RequireActor());
  ASSIGN_OR_RETURN(const ledger::v1::BatchKey batch, ParseBatchKey(arguments.batch));
  ASSIGN_OR_RETURN(const v1::Basis basis, ToBasis(arguments.basis));
  Connection& connection = session.connection();
  Tally tally{.job = absl::StrCat("batch draft ", arguments.batch), .unit = "payments"};
  const int64_t started_us = session.clock().NowMicros();
  RETURN_IF_ERROR(OpenBatch(connection, batch, basis));
  ASSIGN_OR_RETURN(const uint64_t room, RoomOf(connection, batch, arguments.limit));
  RETURN_IF_ERROR(InstructPayable(connection, batch, basis, room, tally));
  ASSIGN_OR_RETURN(const v1::Batch drafted, FetchBatch(connection, batch));
  tally.counts["on the list"] = drafted.count();
  tally.counts["rupiah on the list"] = static_cast<uint64_t>(drafted.total());
  tally.elapsed_ms = (session.clock().NowMicros() - started_us) / 1000;
  return session.ReportAll(tally);
}

}  // namespace

void AddBatchDraftCommand(CommandNode group) {
  auto draft = std::make_shared<DraftArguments>();
  group
      .Command("draft", "Opens a batch and puts on it whoever can be paid in its tranche.",
               "Run again, it puts on what is missing.\n"
               "Example: bansosctl --actor clerk-1 batch draft --batch KJS/1/1 --document "
               "DAFTAR/1/2025/2025-01-20",
               [draft](Session& s) { return DraftCommand(s, *draft); })
      .Text("--batch", draft->batch, "PROGRAM/TRANCHE/NUMBER.", Wanted::kRequired)
      .Number("--limit", draft->limit, "At most this many payments on the list.")
      .Basis(draft->basis);
}

}  // namespace bansos

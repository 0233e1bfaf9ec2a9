#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "bansos/v1/batch_service.grpc.pb.h"
#include "bansos/v1/payment_service.grpc.pb.h"
#include "bansos/v1/recipient_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/pages.h"
#include "tools/bansosctl/client/request_window.h"
#include "tools/bansosctl/commands/commands.h"
#include "tools/bansosctl/commands/payment_lookup.h"

namespace bansos {
namespace {

using PaymentStub = v1::PaymentService::Stub;

struct PaymentArguments {
  std::string batch;
  std::string payment;
  bool returned = false;
  bool unsent = false;
  std::vector<std::string> reasons;
  BasisOptions basis;
};

// Reasons after which the same payee may be tried again (DOMAIN 4).
const std::vector<std::string>& TechnicalReasons() {
  static const auto* const kReasons = new std::vector<std::string>{"DS28", "NOAS", "CNPC", "AM02"};
  return *kReasons;
}

absl::StatusOr<std::vector<int>> ParseReasons(const std::vector<std::string>& names) {
  std::vector<int> reasons;
  for (const std::string& name : names) {
    ledger::v1::ReturnReason reason;
    if (!ledger::v1::ReturnReason_Parse(absl::StrCat("RETURN_REASON_", absl::AsciiStrToUpper(name)),
                                        &reason)) {
      return absl::InvalidArgumentError(
          absl::StrCat("--reason ", name, ": use an ISO 20022 code such as DS28 or AC01"));
    }
    reasons.push_back(reason);
  }
  return reasons;
}

// Hands over the payments that the arguments name: one, or those of a batch in these states.
absl::Status ForEachPayment(Connection& connection, const PaymentArguments& arguments,
                            const std::vector<v1::PaymentState>& states,
                            const std::function<absl::Status(const v1::Payment&)>& use) {
  if (arguments.batch.empty() == arguments.payment.empty()) {
    return absl::InvalidArgumentError("state either --batch or --payment");
  }
  if (!arguments.payment.empty()) {
    ASSIGN_OR_RETURN(const ledger::v1::PaymentKey key, ParsePaymentKey(arguments.payment));
    ASSIGN_OR_RETURN(const v1::Payment payment, FindPayment(connection, key));
    return use(payment);
  }
  v1::ListBatchPaymentsRequest request;
  ASSIGN_OR_RETURN(*request.mutable_batch(), ParseBatchKey(arguments.batch));
  for (const v1::PaymentState state : states) request.add_states(state);
  request.set_page_size(kPageRowsMax);
  return ForEachPage<v1::BatchService::Stub>(
      connection, &v1::BatchService::Stub::ListBatchPayments, request,
      [&](const v1::ListBatchPaymentsResponse& page) -> absl::StatusOr<bool> {
        for (const v1::Payment& payment : page.payments()) RETURN_IF_ERROR(use(payment));
        return true;
      });
}

// Collects items and records them in requests of the greatest size.
template <typename Request, typename Response>
class ItemSender {
 public:
  using Method = grpc::Status (PaymentStub::*)(grpc::ClientContext*, const Request&, Response*);
  ItemSender(Connection& connection, Method method, v1::Basis basis, Tally& tally)
      : connection_(connection), method_(method), basis_(std::move(basis)), tally_(tally) {}

  // The item to fill; sends before when the request is full.
  absl::StatusOr<decltype(std::declval<Request>().add_items())> Next() {
    if (request_.items_size() == kRequestItemsMax) RETURN_IF_ERROR(Send());
    ++tally_.items;
    return request_.add_items();
  }
  absl::Status Finish() {
    RETURN_IF_ERROR(Send());
    return window_.Finish();
  }

 private:
  absl::Status Send() {
    if (request_.items().empty()) return absl::OkStatus();
    *request_.mutable_options() = connection_.write_options();
    *request_.mutable_basis() = basis_;
    const auto request = std::make_shared<const Request>(std::move(request_));
    request_ = Request();
    return window_.Submit([this, request] { return connection_.Call(method_, *request); },
                          [this, request](const Response& response) {
                            tally_.Add(response.outcomes(), request->items_size(), [&](int index) {
                              return FormatPaymentKey(request->items(index).payment());
                            });
                            return absl::OkStatus();
                          });
  }

  Connection& connection_;
  const Method method_;
  const v1::Basis basis_;
  Tally& tally_;
  Request request_;
  RequestWindow<Response> window_;
};

std::string JobName(const char* verb, const PaymentArguments& arguments) {
  return absl::StrCat(verb, " ", arguments.batch.empty() ? arguments.payment : arguments.batch);
}

absl::Status ReissueCommand(Session& session, const PaymentArguments& arguments) {
  RETURN_IF_ERROR(session.RequireActor());
  ASSIGN_OR_RETURN(const v1::Basis basis, ToBasis(arguments.basis));
  ASSIGN_OR_RETURN(
      const std::vector<int> reasons,
      ParseReasons(arguments.reasons.empty() ? TechnicalReasons() : arguments.reasons));
  const bool any = !arguments.payment.empty() && arguments.reasons.empty();
  Tally tally{.job = JobName("reissue", arguments), .unit = "payments"};
  ItemSender<v1::ReissuePaymentsRequest, v1::ReissuePaymentsResponse> sender(
      session.connection(), &PaymentStub::ReissuePayments, basis, tally);
  RETURN_IF_ERROR(ForEachPayment(session.connection(), arguments, {v1::PAYMENT_STATE_RETURNED},
                                 [&](const v1::Payment& payment) -> absl::Status {
                                   if (!any &&
                                       std::find(reasons.begin(), reasons.end(),
                                                 payment.return_reason()) == reasons.end()) {
                                     ++tally.counts["returned for another reason"];
                                     return absl::OkStatus();
                                   }
                                   ASSIGN_OR_RETURN(v1::Reissue * item, sender.Next());
                                   *item->mutable_payment() = payment.payment();
                                   // A payment that is ready for its next attempt already is stated
                                   // again as it was.
                                   const bool ready = payment.state() == v1::PAYMENT_STATE_REISSUED;
                                   item->set_attempt(payment.attempt() + (ready ? 0 : 1));
                                   return absl::OkStatus();
                                 }));
  RETURN_IF_ERROR(sender.Finish());
  return session.ReportAll(tally);
}

absl::Status RemitCommand(Session& session, const PaymentArguments& arguments) {
  RETURN_IF_ERROR(session.RequireActor());
  ASSIGN_OR_RETURN(const v1::Basis basis, ToBasis(arguments.basis));
  std::vector<v1::PaymentState> states;
  if (arguments.returned) states.push_back(v1::PAYMENT_STATE_RETURNED);
  if (arguments.unsent) {
    states.push_back(v1::PAYMENT_STATE_INSTRUCTED);
    states.push_back(v1::PAYMENT_STATE_REISSUED);
  }
  if (!arguments.batch.empty() && states.empty()) {
    return absl::InvalidArgumentError("with --batch, say which: --returned, --unsent or both");
  }
  Tally tally{.job = JobName("remit", arguments), .unit = "payments"};
  ItemSender<v1::RemitPaymentsRequest, v1::RemitPaymentsResponse> sender(
      session.connection(), &PaymentStub::RemitPayments, basis, tally);
  RETURN_IF_ERROR(ForEachPayment(
      session.connection(), arguments, states, [&](const v1::Payment& payment) -> absl::Status {
        ASSIGN_OR_RETURN(v1::Remittance * item, sender.Next());
        *item->mutable_payment() = payment.payment();
        tally.counts["rupiah"] += static_cast<uint64_t>(payment.amount());
        return absl::OkStatus();
      }));
  RETURN_IF_ERROR(sender.Finish());
  return session.ReportAll(tally);
}

}  // namespace

void AddPaymentCommands(CommandNode root) {
  CommandNode group = root.Group("payment", "Payments that did not arrive.");
  auto reissue = std::make_shared<PaymentArguments>();
  group
      .Command("reissue", "Makes returned payments ready for their next attempt.",
               "Of a batch: those returned for DS28, NOAS, CNPC or AM02, or for the --reason "
               "stated (their payees must then have been corrected).\n"
               "Example: bansosctl --actor clerk-1 payment reissue --batch KJS/1/1 --document "
               "SRPR/7/2025/2025-02-20",
               [reissue](Session& s) { return ReissueCommand(s, *reissue); })
      .Text("--batch", reissue->batch, "All of a batch: PROGRAM/TRANCHE/NUMBER.")
      .Text("--payment", reissue->payment, "One: PROGRAM/TRANCHE/RECIPIENT/NUMBER.")
      .Texts("--reason", reissue->reasons, "Only those returned for these reasons.")
      .Basis(reissue->basis, Wanted::kRequired);
  auto remit = std::make_shared<PaymentArguments>();
  group
      .Command("remit", "Records that money went back to the treasury (STS).",
               "Example: bansosctl --actor cashier-1 payment remit --batch KJS/1/1 --returned "
               "--unsent --document STS/3/2025/2025-03-20",
               [remit](Session& s) { return RemitCommand(s, *remit); })
      .Text("--batch", remit->batch, "Of a batch: PROGRAM/TRANCHE/NUMBER.")
      .Text("--payment", remit->payment, "One: PROGRAM/TRANCHE/RECIPIENT/NUMBER.")
      .Flag("--returned", remit->returned, "All returned payments of the batch.")
      .Flag("--unsent", remit->unsent, "All payments of the batch that were not sent.")
      .Basis(remit->basis, Wanted::kRequired);
}

}  // namespace bansos

#include "grpc/batch_service.h"

#include <algorithm>
#include <utility>

#include "grpc/batch_answers.h"
#include "grpc/convert_records.h"
#include "ledger/domain/batch.h"

namespace bansos {
namespace {

// BatchSubmitted and the other steps that state what is on the list.
template <typename Step, typename Request>
EventBody ToStep(const Request& request, ItemReader&) {
  Step step;
  step.batch = FromProto(request.batch());
  step.round = request.round();
  step.list.count = request.count();
  step.list.total = request.total();
  return step;
}

}  // namespace

void BatchService::Draft(v1::DraftBatchRequest request, const Caller& caller,
                         Answer<v1::DraftBatchResponse> answer) {
  parts_.writes.RecordOne(
      request, caller,
      [](const v1::DraftBatchRequest& stated, ItemReader&) -> EventBody {
        return BatchDrafted{FromProto(stated.batch())};
      },
      std::move(answer));
}

void BatchService::Instruct(v1::InstructPaymentsRequest request, const Caller& caller,
                            Answer<v1::InstructPaymentsResponse> answer) {
  const BatchKey batch = FromProto(request.batch());
  parts_.writes.RecordItems(
      request, caller,
      [&batch](const v1::Instruction& item, ItemReader&) -> EventBody {
        PaymentInstructed event;
        event.payment = PaymentKey{batch.program, batch.tranche, RecipientNumber(item.recipient()),
                                   item.number()};
        event.batch = batch.number;
        event.amount = item.amount();
        return event;
      },
      std::move(answer));
}

void BatchService::Withdraw(v1::WithdrawPaymentsRequest request, const Caller& caller,
                            Answer<v1::WithdrawPaymentsResponse> answer) {
  const absl::StatusOr<RequestHead> head = ReadHead(request.options(), request.basis(), caller);
  if (!head.ok()) return answer(head.status());
  absl::StatusOr<std::vector<PreparedItem>> items = PrepareItems(
      *head, request.payments(), [](const ledger::v1::PaymentKey& key, ItemReader&) -> EventBody {
        return PaymentWithdrawn{.payment = FromProto(key), .movement = {}};
      });
  if (!items.ok()) return answer(items.status());
  parts_.writes.Record(*head, *std::move(items), WritePath::AnswerOutcomes(std::move(answer)));
}

void BatchService::Submit(v1::SubmitBatchRequest request, const Caller& caller,
                          Answer<v1::SubmitBatchResponse> answer) {
  parts_.writes.RecordOne(request, caller, ToStep<BatchSubmitted, v1::SubmitBatchRequest>,
                          std::move(answer));
}

void BatchService::Verify(v1::VerifyBatchRequest request, const Caller& caller,
                          Answer<v1::VerifyBatchResponse> answer) {
  parts_.writes.RecordOne(request, caller, ToStep<BatchVerified, v1::VerifyBatchRequest>,
                          std::move(answer));
}

void BatchService::Approve(v1::ApproveBatchRequest request, const Caller& caller,
                           Answer<v1::ApproveBatchResponse> answer) {
  parts_.writes.RecordOne(request, caller, ToStep<BatchApproved, v1::ApproveBatchRequest>,
                          std::move(answer));
}

void BatchService::SendBack(v1::SendBackBatchRequest request, const Caller& caller,
                            Answer<v1::SendBackBatchResponse> answer) {
  parts_.writes.RecordOne(request, caller, ToStep<BatchSentBack, v1::SendBackBatchRequest>,
                          std::move(answer));
}

void BatchService::Release(v1::ReleaseBatchRequest request, const Caller& caller,
                           Answer<v1::ReleaseBatchResponse> answer) {
  parts_.writes.RecordOne(request, caller, ToStep<BatchReleased, v1::ReleaseBatchRequest>,
                          std::move(answer));
}

void BatchService::Close(v1::CloseBatchRequest request, const Caller& caller,
                         Answer<v1::CloseBatchResponse> answer) {
  parts_.writes.RecordOne(
      request, caller,
      [](const v1::CloseBatchRequest& stated, ItemReader&) -> EventBody {
        return BatchClosed{FromProto(stated.batch()), stated.round()};
      },
      std::move(answer));
}

void BatchService::Get(v1::GetBatchRequest request, const Caller& caller,
                       Answer<v1::GetBatchResponse> answer) {
  parts_.reads.Ask<v1::GetBatchResponse>(
      request.read(), caller,
      [key =
           FromProto(request.batch())](const Views& views) -> absl::StatusOr<v1::GetBatchResponse> {
        const BatchState* batch = views.state.FindBatch(key);
        if (batch == nullptr) return ToStatus(BatchUnknown());
        v1::GetBatchResponse response;
        *response.mutable_batch() = ToProto(views.state, *batch);
        return response;
      },
      std::move(answer));
}

void BatchService::List(v1::ListBatchesRequest request, const Caller& caller,
                        Answer<v1::ListBatchesResponse> answer) {
  parts_.reads.AskPage<v1::ListBatchesRequest, v1::ListBatchesResponse>(
      request, caller,
      [request](const Views& views, PageScan& scan) { return BatchPage(views, request, scan); },
      std::move(answer));
}

void BatchService::ListPayments(v1::ListBatchPaymentsRequest request, const Caller& caller,
                                Answer<v1::ListBatchPaymentsResponse> answer) {
  if (request.include_payee()) {
    answer = [this, life = caller.life,
              answer = std::move(answer)](absl::StatusOr<v1::ListBatchPaymentsResponse> page) {
      const absl::Status filled =
          page.ok() ? FillPayees(parts_, sealing_, *life, *page) : page.status();
      if (!filled.ok()) page = filled;
      answer(std::move(page));
    };
  }
  parts_.reads.AskPage<v1::ListBatchPaymentsRequest, v1::ListBatchPaymentsResponse>(
      request, caller,
      [request](const Views& views, PageScan& scan) {
        return BatchPaymentPage(views, request, scan);
      },
      std::move(answer));
}

}  // namespace bansos

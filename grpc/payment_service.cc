#include "grpc/payment_service.h"

#include <utility>

#include "grpc/convert_records.h"
#include "grpc/transfer_stream.h"

namespace bansos {

void PaymentService::Send(v1::SendTransfersRequest request, const Caller& caller,
                          Answer<v1::SendTransfersResponse> answer) {
  recorder_.Send(request, caller, std::move(answer));
}

void PaymentService::OrderFile(v1::RecordOrderFileRequest request, const Caller& caller,
                               Answer<v1::RecordOrderFileResponse> answer) {
  parts_.writes.RecordOne(
      request, caller,
      [](const v1::RecordOrderFileRequest& stated, ItemReader&) -> EventBody {
        return OrderFileWritten{.batch = FromProto(stated.batch()),
                                .number = stated.number(),
                                .attempt = stated.attempt(),
                                .again = stated.again(),
                                .sha256 = stated.sha256(),
                                .count = stated.count(),
                                .total = stated.total()};
      },
      std::move(answer));
}

void PaymentService::ReceiveFile(v1::ReceiveResultFileRequest request, const Caller& caller,
                                 Answer<v1::ReceiveResultFileResponse> answer) {
  parts_.writes.RecordOne(
      request, caller,
      [](const v1::ReceiveResultFileRequest& stated, ItemReader&) -> EventBody {
        return ResultFileReceived{.kind = stated.kind(),
                                  .sender = stated.sender(),
                                  .sha256 = stated.sha256(),
                                  .lines = stated.lines(),
                                  .settled_total = stated.settled_total(),
                                  .returned_total = stated.returned_total()};
      },
      std::move(answer));
}

void PaymentService::Report(v1::RecordResultsRequest request, const Caller& caller,
                            Answer<v1::RecordResultsResponse> answer) {
  recorder_.RecordResults(request, caller, std::move(answer));
}

void PaymentService::Settle(v1::SettleHeldReportRequest request, const Caller& caller,
                            Answer<v1::SettleHeldReportResponse> answer) {
  parts_.writes.RecordOne(
      request, caller,
      [](const v1::SettleHeldReportRequest& stated, ItemReader& reader) -> EventBody {
        TransferSettled event;
        event.payment = FromProto(stated.payment());
        event.attempt = stated.attempt();
        event.value_date = reader.ReadDate("value_date", stated.value_date());
        event.amount = stated.amount();
        event.source.sender = stated.sender();
        event.source.line = stated.line();
        event.cites = Position(stated.cites());
        return event;
      },
      std::move(answer));
}

void PaymentService::Reissue(v1::ReissuePaymentsRequest request, const Caller& caller,
                             Answer<v1::ReissuePaymentsResponse> answer) {
  parts_.writes.RecordItems(
      request, caller,
      [](const v1::Reissue& item, ItemReader&) -> EventBody {
        return PaymentReissued{.payment = FromProto(item.payment()),
                               .attempt = item.attempt(),
                               .payee_position = {},
                               .movement = {}};
      },
      std::move(answer));
}

void PaymentService::Remit(v1::RemitPaymentsRequest request, const Caller& caller,
                           Answer<v1::RemitPaymentsResponse> answer) {
  parts_.writes.RecordItems(
      request, caller,
      [](const v1::Remittance& item, ItemReader&) -> EventBody {
        return PaymentRemitted{.payment = FromProto(item.payment()), .movement = {}};
      },
      std::move(answer));
}

void PaymentService::Resolve(v1::ResolveReportsRequest request, const Caller& caller,
                             Answer<v1::ResolveReportsResponse> answer) {
  parts_.writes.RecordItems(
      request, caller,
      [](const v1::Resolution& item, ItemReader&) -> EventBody {
        ReportResolved event;
        event.held_position = Position(item.held_position());
        for (const uint64_t position : item.carried_by()) event.carried_by.emplace_back(position);
        return event;
      },
      std::move(answer));
}

grpc::ServerBidiReactor<Bytes, Bytes>* PaymentService::StreamTransfers(Context* context) {
  return TransferStream::Start(*context, recorder_, parts_.lanes, streams_);
}

}  // namespace bansos

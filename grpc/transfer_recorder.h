// TransferRecorder: orders to the bank and the bank's reports, for the single calls and for the
// stream alike. A report is never refused for what it says; what the bank wrote is sealed before it
// enters the log. Thread-safe. Owned by PaymentService.
#ifndef GRPC_TRANSFER_RECORDER_H_
#define GRPC_TRANSFER_RECORDER_H_

#include <vector>

#include "bansos/v1/payment_service.pb.h"
#include "grpc/sealing.h"
#include "grpc/service_parts.h"
#include "grpc/unary_call.h"

namespace bansos {

class TransferRecorder {
 public:
  explicit TransferRecorder(const ServiceParts& parts) : parts_(parts), sealing_(parts.vault) {}

  void Send(const v1::SendTransfersRequest& request, const Caller& caller,
            Answer<v1::SendTransfersResponse> answer) const;
  void RecordResults(const v1::RecordResultsRequest& request, const Caller& caller,
                     Answer<v1::RecordResultsResponse> answer) const;

 private:
  ReportTransfer ToReport(const v1::RecordResultsRequest& request, const v1::Result& item,
                          ItemReader& reader) const;
  // Which of the items became held reports, or would, and by which rule.
  absl::StatusOr<v1::RecordResultsResponse> AnswerResults(const Recording& recording) const;

  const ServiceParts parts_;
  const Sealing sealing_;
};

}  // namespace bansos

#endif  // GRPC_TRANSFER_RECORDER_H_

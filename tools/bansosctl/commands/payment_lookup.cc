#include "tools/bansosctl/commands/payment_lookup.h"

#include "absl/strings/str_cat.h"
#include "bansos/v1/log_service.grpc.pb.h"
#include "bansos/v1/recipient_service.grpc.pb.h"
#include "google/protobuf/util/message_differencer.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/basis.h"

namespace bansos {

absl::StatusOr<v1::Payment> FindPayment(Connection& connection, const ledger::v1::PaymentKey& key) {
  v1::GetRecipientRequest request;
  request.mutable_recipient()->set_number(key.recipient());
  ASSIGN_OR_RETURN(const v1::GetRecipientResponse response,
                   connection.Call(&v1::RecipientService::Stub::GetRecipient, request));
  for (const v1::Payment& payment : response.recipient().payments()) {
    if (google::protobuf::util::MessageDifferencer::Equals(payment.payment(), key)) return payment;
  }
  return absl::NotFoundError(absl::StrCat("there is no payment ", FormatPaymentKey(key),
                                          ": look at recipient show ", key.recipient()));
}

absl::StatusOr<ledger::v1::Event> FindEvent(Connection& connection, uint64_t position) {
  v1::ReadEventsRequest request;
  request.set_from_position(position);
  request.set_limit(1);
  ASSIGN_OR_RETURN(v1::ReadEventsResponse response,
                   connection.Call(&v1::LogService::Stub::ReadEvents, request));
  if (response.events().empty() || response.events(0).position() != position) {
    return absl::NotFoundError(absl::StrCat("the log has no position ", position));
  }
  return std::move(*response.mutable_events(0)->mutable_event());
}

}  // namespace bansos

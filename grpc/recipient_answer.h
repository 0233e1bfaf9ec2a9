// RecipientAnswer: one recipient with all entitlements and payments, and, where asked for, identity
// and payee unsealed. Blocks on log and vault, so only on workers.
#ifndef GRPC_RECIPIENT_ANSWER_H_
#define GRPC_RECIPIENT_ANSWER_H_

#include "absl/status/statusor.h"
#include "bansos/v1/recipient_service.pb.h"
#include "grpc/recipient_lookup.h"
#include "grpc/sealing.h"
#include "grpc/service_parts.h"

namespace bansos {

// NOT_FOUND when nobody is registered by this name, INVALID_ARGUMENT when it is none.
absl::StatusOr<v1::GetRecipientResponse> RecipientAnswer(const ServiceParts& parts,
                                                         const RecipientLookup& lookup,
                                                         const Sealing& sealing,
                                                         const Moment& moment,
                                                         const v1::GetRecipientRequest& request);

// The payee recorded at `position`; with its details when `unseal`.
absl::StatusOr<v1::Payee> ReadPayee(const EventLog& log, const Sealing& sealing, Position position,
                                    bool unseal);
v1::Payee ToPayee(Position position, const PayeeAssigned& event);

}  // namespace bansos

#endif  // GRPC_RECIPIENT_ANSWER_H_

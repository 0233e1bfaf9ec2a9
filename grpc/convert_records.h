// Recipients, entitlements, payments and batches as the views hold them, for answers. Pure: the
// caller holds the views' lock.
#ifndef GRPC_CONVERT_RECORDS_H_
#define GRPC_CONVERT_RECORDS_H_

#include <string>

#include "bansos/ledger/v1/event.pb.h"
#include "bansos/ledger/v1/sealed.pb.h"
#include "bansos/v1/entitlement.pb.h"
#include "bansos/v1/payment.pb.h"
#include "bansos/v1/person.pb.h"
#include "ledger/domain/state.h"

namespace bansos {

ledger::v1::PaymentKey ToProto(const PaymentKey& key);
ledger::v1::BatchKey ToProto(const BatchKey& key);
PaymentKey FromProto(const ledger::v1::PaymentKey& key);
BatchKey FromProto(const ledger::v1::BatchKey& key);

v1::Entitlement ToProto(const State& state, const ProgramState& program, RecipientNumber recipient,
                        const Entitlement& entitlement);

v1::Payment ToProto(const State& state, const PaymentState& payment);
v1::Batch ToProto(const State& state, const BatchState& batch);

v1::Identity ToProto(const ledger::v1::SealedIdentity& identity);
v1::PayeeDetails ToProto(const ledger::v1::SealedPayee& payee);

}  // namespace bansos

#endif  // GRPC_CONVERT_RECORDS_H_

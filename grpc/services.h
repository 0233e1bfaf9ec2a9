// Services: all services of the API and what they share, made by constructor.
// Owned by Server; the parts outlive it.
#ifndef GRPC_SERVICES_H_
#define GRPC_SERVICES_H_

#include "grpc/admin_service.h"
#include "grpc/audit_service.h"
#include "grpc/balance_service.h"
#include "grpc/batch_service.h"
#include "grpc/eligibility_service.h"
#include "grpc/ledger_parts.h"
#include "grpc/log_service.h"
#include "grpc/payment_service.h"
#include "grpc/program_service.h"
#include "grpc/read_path.h"
#include "grpc/recipient_service.h"
#include "grpc/write_path.h"
#include "grpcpp/server_builder.h"

namespace bansos {

class Services {
 public:
  explicit Services(LedgerParts& parts);

  void Register(grpc::ServerBuilder& builder);

  // Ends the streams that would never end by themselves.
  void EndStreams();

 private:
  StreamRegistry subscriptions_;
  StreamRegistry transfer_streams_;
  StreamRegistry replays_;
  const PageTokens pages_;
  const WritePath writes_;
  const ReadPath reads_;
  const ServiceParts shared_;
  ProgramService programs_;
  AdminService admin_;
  RecipientService recipients_;
  EligibilityService eligibility_;
  BatchService batches_;
  PaymentService payments_;
  BalanceService balances_;
  AuditService audit_;
  LogService log_;
};

}  // namespace bansos

#endif  // GRPC_SERVICES_H_

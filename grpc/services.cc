#include "grpc/services.h"

#include "grpc/limits.h"

namespace bansos {

Services::Services(LedgerParts& parts)
    : subscriptions_(kMaxSubscriptions),
      transfer_streams_(kMaxTransferStreams),
      replays_(kMaxReplays),
      pages_(parts.vault().page_token_key()),
      writes_(parts.sequencer(), parts.log()),
      reads_(parts.projector(), parts.records(), parts.log(), parts.as_of(), pages_),
      shared_{.pages = pages_,
              .lanes = parts.lanes(),
              .writes = writes_,
              .reads = reads_,
              .log = parts.log(),
              .vault = parts.vault(),
              .clock = parts.clock(),
              .checkpoints = parts.checkpoints(),
              .proofs = parts.proofs(),
              .tiles = parts.tiles()},
      programs_(shared_),
      admin_(shared_, replays_),
      recipients_(shared_),
      eligibility_(shared_),
      batches_(shared_),
      payments_(shared_, transfer_streams_),
      balances_(shared_),
      audit_(shared_),
      log_(shared_, subscriptions_) {}

void Services::Register(grpc::ServerBuilder& builder) {
  for (grpc::Service* service :
       std::initializer_list<grpc::Service*>{&programs_, &admin_, &recipients_, &eligibility_,
                                             &batches_, &payments_, &balances_, &audit_, &log_}) {
    builder.RegisterService(service);
  }
}

void Services::EndStreams() {
  subscriptions_.EndAll();
  transfer_streams_.EndAll();
  replays_.EndAll();
}

}  // namespace bansos

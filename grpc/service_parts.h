// What the services are made of; the server makes it and outlives them.
#ifndef GRPC_SERVICE_PARTS_H_
#define GRPC_SERVICE_PARTS_H_

#include "grpc/lanes.h"
#include "grpc/page_token.h"
#include "grpc/read_path.h"
#include "grpc/write_path.h"
#include "ledger/base/clock.h"
#include "ledger/log/event_log.h"
#include "ledger/vault/vault.h"

namespace bansos {

class Checkpoints;
class LogProofs;
class LogTiles;

struct ServiceParts {
  const PageTokens& pages;
  Lanes& lanes;
  const WritePath& writes;
  const ReadPath& reads;
  EventLog& log;
  Vault& vault;
  Clock& clock;
  Checkpoints& checkpoints;
  const LogProofs& proofs;
  const LogTiles& tiles;
};

}  // namespace bansos

#endif  // GRPC_SERVICE_PARTS_H_

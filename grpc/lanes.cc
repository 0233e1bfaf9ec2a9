#include "grpc/lanes.h"

#include "grpc/limits.h"

namespace bansos {

Lanes::Lanes() {
  const int threads[kLaneCount] = {kWriteThreads, kReadThreads, kScanThreads, kBulkThreads,
                                   kSignThreads};
  for (size_t i = 0; i < kLaneCount; ++i) {
    pools_[i] = std::make_unique<WorkerPool>(threads[i], kMaxLaneCalls, kMaxLaneBytes);
  }
}

Lanes::~Lanes() {
  for (const Lane lane : {Lane::kRead, Lane::kWrite, Lane::kBulk, Lane::kScan, Lane::kSign}) {
    pools_[static_cast<size_t>(lane)].reset();
  }
}

const char* TellFull(Lane lane) {
  switch (lane) {
    case Lane::kWrite:
      return "too many writes wait; try again";
    case Lane::kRead:
      return "too many questions wait; try again";
    case Lane::kBulk:
      return "too many large writes wait; try again when some are answered";
    case Lane::kSign:
      return "too many calls wait for a new checkpoint; try again";
    case Lane::kScan:
      break;
  }
  return "too many questions that pass over the log wait; try again when some are answered";
}

}  // namespace bansos

// ReplayStream: AdminService.Replay as a reactor. Each turn on a worker applies one batch and tells
// how far it is; the next turn follows when the caller has taken that, so a replay never holds a
// worker for long, goes no faster than its caller, and ends with it.
//
// Keeps itself alive from Start until gRPC is done with it. Thread-safe. What it refers to outlives
// it.
#ifndef GRPC_REPLAY_STREAM_H_
#define GRPC_REPLAY_STREAM_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "bansos/v1/admin_service.pb.h"
#include "grpc/replay_run.h"
#include "grpc/service_parts.h"
#include "grpc/stream_registry.h"
#include "grpc/unary_call.h"

namespace bansos {

// Each replay holds one more set of views.
inline constexpr size_t kMaxReplays = 1;

class ReplayStream final : public grpc::ServerWriteReactor<Bytes>,
                           public EndableStream,
                           public std::enable_shared_from_this<ReplayStream> {
 public:
  static ReplayStream* Start(const ServiceParts& parts, StreamRegistry& registry,
                             const Bytes& request);
  ReplayStream(const ServiceParts& parts, StreamRegistry& registry);

  void End(const absl::Status& status) override;

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  // On a worker, one at a time.
  void Begin(const Bytes& request);
  void Turn();
  void Advance();

  void RunTurn();
  void Write(const v1::ReplayResponse& response);

  const ServiceParts parts_;
  StreamRegistry& registry_;
  const Caller caller_;
  uint64_t registered_ = 0;
  std::shared_ptr<ReplayStream> self_;

  // Used by one turn at a time.
  std::unique_ptr<ReplayRun> run_;
  bool told_result_ = false;
  Bytes outgoing_;  // gRPC's between StartWrite and OnWriteDone.

  absl::Mutex mutex_;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<absl::Status> ending_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bansos

#endif  // GRPC_REPLAY_STREAM_H_

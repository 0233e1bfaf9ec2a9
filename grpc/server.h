// Server: the API over the parts of a ledger. It makes all services, listens on loopback only (the
// actor is what the caller says until authentication comes), and tells the standard health service
// whether the views have caught up.
//
// Threads: Start and Stop from one, the rest from any. Owner: main() or a test. The parts outlive
// it, and are stopped between Stop and its destruction, because what they finish answers to its
// services.
#ifndef GRPC_SERVER_H_
#define GRPC_SERVER_H_

#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "grpc/ledger_parts.h"
#include "grpcpp/server.h"

namespace bansos {

class Services;

class Server {
 public:
  // `address` is HOST:PORT; port 0 takes a free one. INVALID_ARGUMENT when it is no loopback
  // address, UNAVAILABLE when the port is taken.
  static absl::StatusOr<std::unique_ptr<Server>> Start(LedgerParts& parts,
                                                       const std::string& address);
  ~Server();

  // The port that it listens on.
  int port() const { return port_; }

  // What the health service says for the whole server and for each service. Thread-safe; nothing
  // after Stop.
  void SetServing(bool serving);

  // Says NOT_SERVING, takes no new calls, ends subscriptions, lets the others finish for a few
  // seconds and cancels what is left. Idempotent.
  void Stop();

 private:
  Server();

  std::unique_ptr<Services> services_;
  int port_ = 0;
  absl::Mutex mutex_;
  std::unique_ptr<grpc::Server> server_ ABSL_GUARDED_BY(mutex_);
};

// INVALID_ARGUMENT with a sentence unless the host is a loopback address.
absl::Status CheckLoopback(const std::string& address);

}  // namespace bansos

#endif  // GRPC_SERVER_H_

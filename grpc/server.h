// Server: the API over the parts of a ledger. It makes all services, listens on loopback only (the
// actor is what the caller says until authentication comes), and tells the standard health service
// whether the views have caught up.
//
// Threads: Start and Stop from one, the rest from any. Owner: main() or a test. The parts outlive
// it, and are stopped between Stop and its destruction, because what they finish answers to its
// services.
#ifndef GRPC_SERVER_H_
#define GRPC_SERVER_H_

#include <functional>
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

  // From now on the health service says SERVING exactly when the server serves: from when the views
  // have seen what was in the log at the start, until they fail or Stop begins. `tell` is told of
  // both ("serving", "views_failed"), as LedgerOptions::tell is. Called once.
  void FollowHealth(LedgerParts& parts,
                    std::function<void(const std::string& event, const std::string& details)> tell);

  // Says NOT_SERVING, takes no new calls, ends subscriptions, lets the others finish for a few
  // seconds and cancels what is left. Idempotent.
  void Stop();

 private:
  Server();

  // For the whole server and each of its services; nothing once Stop has begun.
  void SetServing(bool serving);

  std::unique_ptr<Services> services_;
  int port_ = 0;
  absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::unique_ptr<grpc::Server> server_ ABSL_GUARDED_BY(mutex_);
};

// INVALID_ARGUMENT with a sentence unless the host is a loopback address.
absl::Status CheckLoopback(const std::string& address);

}  // namespace bansos

#endif  // GRPC_SERVER_H_

// StopSignal: takes SIGTERM and SIGINT from its construction on, so that they also end a long
// start. One a process, made before other threads exist: it blocks the signals in all of them.
#ifndef TOOLS_BANSOSD_STOP_SIGNAL_H_
#define TOOLS_BANSOSD_STOP_SIGNAL_H_

#include <signal.h>

#include <thread>

#include "absl/synchronization/notification.h"

namespace bansos {

class StopSignal {
 public:
  StopSignal();
  ~StopSignal();

  // True once a signal came. Thread-safe.
  bool came() const { return came_.HasBeenNotified(); }

  // Blocks until a signal comes; which one.
  int Wait() const;

 private:
  sigset_t signals_;
  int signal_ = 0;  // Written before came_ is notified.
  absl::Notification came_;
  std::thread thread_;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSD_STOP_SIGNAL_H_

#include "tools/bansosd/stop_signal.h"

#include <pthread.h>

namespace bansos {

StopSignal::StopSignal() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  thread_ = std::thread([this] {
    sigwait(&signals_, &signal_);
    came_.Notify();
  });
}

StopSignal::~StopSignal() {
  // A thread that still waits is woken by a signal of its own.
  if (!came()) pthread_kill(thread_.native_handle(), SIGTERM);
  thread_.join();
}

int StopSignal::Wait() const {
  came_.WaitForNotification();
  return signal_;
}

}  // namespace bansos

// Tells ThreadSanitizer what absl::Mutex and absl::CondVar do.
//
// Debian's abseil is built without the sanitizer, which therefore reports a race at every correct
// use of its mutex. In the tsan preset this shared library stands before libabsl_synchronization:
// each function announces the step to the sanitizer and calls the real one. Reads inside the real
// calls are ignored, because there abseil evaluates the conditions of other waiters under its own
// lock. Await is taken to hold the lock as a writer. Symbols are those of abseil 20220623 in
// Debian 12.
#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

#include <type_traits>

#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

extern "C" {
void AnnotateIgnoreReadsBegin(const char* file, int line);
void AnnotateIgnoreReadsEnd(const char* file, int line);
}

namespace {

using absl::Condition;
using absl::CondVar;
using absl::Duration;
using absl::Mutex;
using absl::Time;

constexpr unsigned kWriter = __tsan_mutex_not_static;
constexpr unsigned kReader = __tsan_mutex_not_static | __tsan_mutex_read_lock;

// Calls abseil's own function of this mangled name.
template <typename Result, typename... Arguments>
Result Real(const char* symbol, Arguments... arguments) {
  auto* function = reinterpret_cast<Result (*)(Arguments...)>(dlsym(RTLD_NEXT, symbol));
  AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
  if constexpr (std::is_void_v<Result>) {
    function(arguments...);
    AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
  } else {
    const Result result = function(arguments...);
    AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
    return result;
  }
}

template <typename Result, typename... Arguments>
Result Acquire(const char* symbol, unsigned kind, Mutex* mutex, Arguments... arguments) {
  __tsan_mutex_pre_lock(mutex, kind);
  if constexpr (std::is_void_v<Result>) {
    Real<void>(symbol, mutex, arguments...);
    __tsan_mutex_post_lock(mutex, kind, 0);
  } else {
    const Result result = Real<Result>(symbol, mutex, arguments...);
    __tsan_mutex_post_lock(mutex, kind, 0);
    return result;
  }
}

bool TryAcquire(const char* symbol, unsigned kind, Mutex* mutex) {
  __tsan_mutex_pre_lock(mutex, kind | __tsan_mutex_try_lock);
  const bool held = Real<bool>(symbol, mutex);
  __tsan_mutex_post_lock(mutex,
                         kind | (held ? __tsan_mutex_try_lock : __tsan_mutex_try_lock_failed), 0);
  return held;
}

void Release(const char* symbol, unsigned kind, Mutex* mutex) {
  __tsan_mutex_pre_unlock(mutex, kind);
  Real<void>(symbol, mutex);
  __tsan_mutex_post_unlock(mutex, kind);
}

// A wait that releases the mutex and holds it again at its end.
template <typename Result, typename... Arguments>
Result Wait(const char* symbol, Mutex* mutex, Arguments... arguments) {
  __tsan_mutex_pre_unlock(mutex, kWriter);
  __tsan_mutex_post_unlock(mutex, kWriter);
  __tsan_mutex_pre_lock(mutex, kWriter);
  if constexpr (std::is_void_v<Result>) {
    Real<void>(symbol, arguments...);
    __tsan_mutex_post_lock(mutex, kWriter, 0);
  } else {
    const Result result = Real<Result>(symbol, arguments...);
    __tsan_mutex_post_lock(mutex, kWriter, 0);
    return result;
  }
}

}  // namespace

namespace absl {
inline namespace debian3 {

void Mutex::Lock() { Acquire<void>("_ZN4absl7debian35Mutex4LockEv", kWriter, this); }
void Mutex::Unlock() { Release("_ZN4absl7debian35Mutex6UnlockEv", kWriter, this); }
bool Mutex::TryLock() { return TryAcquire("_ZN4absl7debian35Mutex7TryLockEv", kWriter, this); }
void Mutex::ReaderLock() { Acquire<void>("_ZN4absl7debian35Mutex10ReaderLockEv", kReader, this); }
void Mutex::ReaderUnlock() { Release("_ZN4absl7debian35Mutex12ReaderUnlockEv", kReader, this); }
bool Mutex::ReaderTryLock() {
  return TryAcquire("_ZN4absl7debian35Mutex13ReaderTryLockEv", kReader, this);
}
void Mutex::LockWhen(const Condition& condition) {
  Acquire<void>("_ZN4absl7debian35Mutex8LockWhenERKNS0_9ConditionE", kWriter, this, &condition);
}
bool Mutex::LockWhenWithTimeout(const Condition& condition, Duration timeout) {
  return Acquire<bool>(
      "_ZN4absl7debian35Mutex19LockWhenWithTimeoutERKNS0_9ConditionENS0_8DurationE", kWriter, this,
      &condition, timeout);
}
bool Mutex::LockWhenWithDeadline(const Condition& condition, Time deadline) {
  return Acquire<bool>("_ZN4absl7debian35Mutex20LockWhenWithDeadlineERKNS0_9ConditionENS0_4TimeE",
                       kWriter, this, &condition, deadline);
}
void Mutex::ReaderLockWhen(const Condition& condition) {
  Acquire<void>("_ZN4absl7debian35Mutex14ReaderLockWhenERKNS0_9ConditionE", kReader, this,
                &condition);
}
void Mutex::Await(const Condition& condition) {
  Wait<void>("_ZN4absl7debian35Mutex5AwaitERKNS0_9ConditionE", this, this, &condition);
}
bool Mutex::AwaitWithTimeout(const Condition& condition, Duration timeout) {
  return Wait<bool>("_ZN4absl7debian35Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE",
                    this, this, &condition, timeout);
}
bool Mutex::AwaitWithDeadline(const Condition& condition, Time deadline) {
  return Wait<bool>("_ZN4absl7debian35Mutex17AwaitWithDeadlineERKNS0_9ConditionENS0_4TimeE", this,
                    this, &condition, deadline);
}
void CondVar::Wait(Mutex* mutex) {
  ::Wait<void>("_ZN4absl7debian37CondVar4WaitEPNS0_5MutexE", mutex, this, mutex);
}
bool CondVar::WaitWithTimeout(Mutex* mutex, Duration timeout) {
  return ::Wait<bool>("_ZN4absl7debian37CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE", mutex,
                      this, mutex, timeout);
}
bool CondVar::WaitWithDeadline(Mutex* mutex, Time deadline) {
  return ::Wait<bool>("_ZN4absl7debian37CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE", mutex,
                      this, mutex, deadline);
}

}  // namespace debian3
}  // namespace absl

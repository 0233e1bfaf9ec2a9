// Clock: where recorded time comes from. Injected everywhere, so that tests and simulations decide
// what time it is and no code of ours reads the system clock by itself. Thread-safe.
#ifndef LEDGER_BASE_CLOCK_H_
#define LEDGER_BASE_CLOCK_H_

#include <atomic>
#include <cstdint>

namespace bansos {

class Clock {
 public:
  virtual ~Clock() = default;
  // Microseconds since 1970-01-01T00:00:00Z.
  virtual int64_t NowMicros() = 0;
  // Microseconds since a moment that does not change while the process runs. Nobody can set it, and
  // it goes on while the machine sleeps.
  virtual int64_t SteadyMicros() = 0;
};

class SystemClock final : public Clock {
 public:
  int64_t NowMicros() override;
  int64_t SteadyMicros() override;
};

// Stands still until told to move.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(int64_t now_us) : now_us_(now_us) {}
  int64_t NowMicros() override { return now_us_.load(); }
  int64_t SteadyMicros() override { return steady_us_.load(); }
  // Time passes.
  void AdvanceMicros(int64_t by_us) {
    steady_us_.fetch_add(by_us);
    now_us_.fetch_add(by_us);
  }
  // Somebody sets the clock: no time passes.
  void JumpMicros(int64_t by_us) { now_us_.fetch_add(by_us); }

 private:
  std::atomic<int64_t> now_us_;
  std::atomic<int64_t> steady_us_{0};
};

}  // namespace bansos

#endif  // LEDGER_BASE_CLOCK_H_

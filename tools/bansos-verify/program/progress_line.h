// ProgressLine: one line on standard error, written over itself, while entries are checked; silent
// when that is no terminal. Not thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_PROGRAM_PROGRESS_LINE_H_
#define TOOLS_BANSOS_VERIFY_PROGRAM_PROGRESS_LINE_H_

#include <chrono>
#include <cstdint>

namespace bansos::verify {

class ProgressLine {
 public:
  explicit ProgressLine(bool active) : active_(active) {}
  // On standard error if it is a terminal.
  static ProgressLine OnTerminal();
  ~ProgressLine() { Clear(); }

  // Draws at most ten times a second.
  void Update(uint64_t entries, uint64_t total);
  // Takes the line away, so that what is printed next stands alone.
  void Clear();

 private:
  using Clock = std::chrono::steady_clock;

  const bool active_;
  const Clock::time_point started_ = Clock::now();
  Clock::time_point drawn_ = started_;
  bool shown_ = false;
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_PROGRAM_PROGRESS_LINE_H_

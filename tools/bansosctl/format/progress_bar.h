// ProgressBar: one line that is written over itself while a long job runs: share, count, rate and
// the time left. Silent when its output is no terminal, so that logs and pipes stay clean. The
// clock is given. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_FORMAT_PROGRESS_BAR_H_
#define TOOLS_BANSOSCTL_FORMAT_PROGRESS_BAR_H_

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

#include "ledger/base/clock.h"

namespace bansos {

class ProgressBar {
 public:
  // What the bar measures; `total` unknown (a pipe) shows count and rate only.
  struct Job {
    std::string label;
    std::string unit;  // "rows"
    std::optional<uint64_t> total;
  };

  ProgressBar(Job job, Clock& clock, std::ostream& out, bool is_terminal);
  // On standard error, shown only when that is a terminal.
  static ProgressBar OnStderr(Job job, Clock& clock);

  // `done` of `total` (say bytes), `items` of the unit. Draws at most ten times a second.
  void Update(uint64_t done, uint64_t items);
  // Draws the last state and ends the line. Nothing is drawn afterwards.
  void Finish();

 private:
  void Draw();
  std::string Line() const;

  const Job job_;
  Clock& clock_;
  std::ostream& out_;
  bool active_;
  const int64_t started_us_;
  std::optional<int64_t> drawn_us_;
  uint64_t done_ = 0;
  uint64_t items_ = 0;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_FORMAT_PROGRESS_BAR_H_

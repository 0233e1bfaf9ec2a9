#include "tools/bansosctl/format/progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/bansosctl/format/number.h"

namespace bansos {
namespace {

constexpr int64_t kMicrosPerSecond = 1'000'000;
// Often enough to look alive, seldom enough to cost nothing over a slow connection.
constexpr int64_t kDrawEveryMicros = kMicrosPerSecond / 10;
constexpr uint64_t kBarCells = 20;
constexpr std::string_view kClearToLineEnd = "\x1b[K";

uint64_t Scale(uint64_t value, uint64_t factor, uint64_t divisor) {
  return static_cast<uint64_t>(static_cast<unsigned __int128>(value) * factor / divisor);
}

std::string MinutesAndSeconds(uint64_t seconds) {
  return absl::StrFormat("%d:%02d", seconds / 60, seconds % 60);
}

}  // namespace

ProgressBar::ProgressBar(Job job, Clock& clock, std::ostream& out, bool is_terminal)
    : job_(std::move(job)),
      clock_(clock),
      out_(out),
      active_(is_terminal),
      started_us_(clock.NowMicros()) {}

ProgressBar ProgressBar::OnStderr(Job job, Clock& clock) {
  return ProgressBar(std::move(job), clock, std::cerr, ::isatty(STDERR_FILENO) == 1);
}

void ProgressBar::Update(uint64_t done, uint64_t items) {
  done_ = done;
  items_ = items;
  if (!active_) return;
  const int64_t now_us = clock_.NowMicros();
  if (drawn_us_.has_value() && now_us - *drawn_us_ < kDrawEveryMicros) return;
  drawn_us_ = now_us;
  Draw();
}

void ProgressBar::Finish() {
  if (!active_) return;
  Draw();
  out_ << '\n' << std::flush;
  active_ = false;
}

void ProgressBar::Draw() { out_ << '\r' << Line() << kClearToLineEnd << std::flush; }

std::string ProgressBar::Line() const {
  const uint64_t elapsed_us =
      static_cast<uint64_t>(std::max<int64_t>(clock_.NowMicros() - started_us_, 1));
  std::string line = job_.label;
  const uint64_t total = job_.total.value_or(0);
  const uint64_t done = std::min(done_, total);
  if (total != 0) {
    const uint64_t cells = Scale(done, kBarCells, total);
    absl::StrAppend(&line, " [", std::string(cells, '#'), std::string(kBarCells - cells, '.'), "] ",
                    Scale(done, 100, total), " %");
  }
  absl::StrAppend(&line, "  ", FormatCount(static_cast<int64_t>(items_)), " ", job_.unit, "  ",
                  FormatCount(static_cast<int64_t>(Scale(items_, kMicrosPerSecond, elapsed_us))),
                  "/s");
  if (done != 0 && done < total) {
    const uint64_t left_us = Scale(elapsed_us, total - done, done);
    absl::StrAppend(&line, "  ", MinutesAndSeconds(left_us / kMicrosPerSecond), " left");
  }
  return line;
}

}  // namespace bansos

#include "tools/bansos-verify/program/progress_line.h"

#include <unistd.h>

#include <cstdio>
#include <string>

namespace bansos::verify {
namespace {

constexpr std::chrono::milliseconds kRedrawEvery(100);
constexpr int kBarColumns = 30;

}  // namespace

ProgressLine ProgressLine::OnTerminal() { return ProgressLine(isatty(STDERR_FILENO) == 1); }

void ProgressLine::Update(uint64_t entries, uint64_t total) {
  const Clock::time_point now = Clock::now();
  if (!active_ || total == 0 || now - drawn_ < kRedrawEvery) return;
  drawn_ = now;
  shown_ = true;
  const double share = static_cast<double>(entries) / static_cast<double>(total);
  const double seconds = std::chrono::duration<double>(now - started_).count();
  const double rate = static_cast<double>(entries) / seconds;
  const int filled = static_cast<int>(share * kBarColumns);
  const std::string bar = std::string(filled, '#') + std::string(kBarColumns - filled, '.');
  std::fprintf(stderr, "\r\033[Kverifying [%s] %3.0f%%  %.0f entries/s, %.0f s left", bar.c_str(),
               share * 100, rate, static_cast<double>(total - entries) / rate);
  std::fflush(stderr);
}

void ProgressLine::Clear() {
  if (!shown_) return;
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
  shown_ = false;
}

}  // namespace bansos::verify

#include "ledger/base/store_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace bansos {
namespace {

// The longest lines list files; what is longer is cut.
constexpr size_t kMaxLineBytes = 4096;

}  // namespace

StoreLog::~StoreLog() {
  std::lock_guard lock(mutex_);
  CloseFile();
}

void StoreLog::OpenFile() {
  if (fd_ >= 0) return;
  fd_ = open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);
  struct stat info {};
  bytes_ = fd_ >= 0 && fstat(fd_, &info) == 0 ? static_cast<size_t>(info.st_size) : 0;
}

void StoreLog::CloseFile() {
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
}

void StoreLog::Logv(const char* format, va_list arguments) {
  std::array<char, kMaxLineBytes> text;
  if (vsnprintf(text.data(), text.size(), format, arguments) < 0) return;
  const std::string line =
      absl::StrCat(absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::Now(), absl::UTCTimeZone()), " ",
                   text.data(), "\n");
  std::lock_guard lock(mutex_);
  OpenFile();
  if (bytes_ >= kStoreLogBytes) {
    if (rename(path_.c_str(), (path_ + ".old").c_str()) == 0) CloseFile();
    OpenFile();
  }
  if (fd_ < 0) return;
  if (const ssize_t written = write(fd_, line.data(), line.size()); written > 0) {
    bytes_ += static_cast<size_t>(written);
  }
}

}  // namespace bansos

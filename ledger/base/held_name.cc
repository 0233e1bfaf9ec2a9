#include "ledger/base/held_name.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace bansos {
namespace {

absl::Status Gone(const std::string& path, const char* how) {
  return absl::UnavailableError(absl::StrCat(
      "the file ", path, " was moved, removed or replaced while it was served (", how,
      "): what is written now would be lost. Put the data directory back where it was, "
      "whole, and start again"));
}

}  // namespace

absl::StatusOr<HeldName> HeldName::Of(std::string path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return Gone(path, strerrordesc_np(errno));
  return HeldName(std::move(path), info.st_dev, info.st_ino);
}

absl::StatusOr<HeldName> HeldName::OfDatabase(const std::string& directory) {
  return Of(directory + "/LOCK");
}

absl::Status HeldName::Check() const {
  struct stat info {};
  if (stat(path_.c_str(), &info) != 0) return Gone(path_, strerrordesc_np(errno));
  if (info.st_dev == device_ && info.st_ino == number_) return absl::OkStatus();
  return Gone(path_, "another file has its name");
}

}  // namespace bansos

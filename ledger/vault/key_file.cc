#include "ledger/vault/key_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "ledger/vault/random_buffer.h"

namespace bansos {
namespace {

constexpr uint32_t kFirstEpoch = 1;
constexpr std::string_view kEpochWord = "epoch ";
constexpr std::string_view kKeyWord = "key ";

// A key file has under 90 bytes; more than this is another file.
constexpr size_t kMaxKeyFileBytes = 256;

absl::Status Failed(absl::string_view what, const std::string& path) {
  return absl::ErrnoToStatus(errno, absl::StrCat(what, " key file ", path));
}

absl::Status CheckModes(int fd, const std::string& path) {
  struct stat info {};
  if (fstat(fd, &info) != 0) return Failed("cannot stat", path);
  if (!S_ISREG(info.st_mode)) {
    return absl::FailedPreconditionError(absl::StrCat("key file ", path, " is not a file"));
  }
  if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return absl::FailedPreconditionError(absl::StrCat(
        "key file ", path, " is open to group or others (mode ", "0", (info.st_mode >> 6) & 7,
        (info.st_mode >> 3) & 7, info.st_mode & 7, "); run: chmod 600 ", path));
  }
  return absl::OkStatus();
}

// The two lines, or nullopt.
std::optional<WrappingKey> Parse(std::string_view text) {
  if (!text.starts_with(kEpochWord)) return std::nullopt;
  text.remove_prefix(kEpochWord.size());
  const size_t line_end = text.find('\n');
  if (line_end == std::string_view::npos) return std::nullopt;
  uint32_t epoch = 0;
  if (!absl::SimpleAtoi(absl::string_view(text.data(), line_end), &epoch) || epoch == 0) {
    return std::nullopt;
  }
  text.remove_prefix(line_end + 1);
  if (!text.starts_with(kKeyWord)) return std::nullopt;
  text.remove_prefix(kKeyWord.size());
  if (text.ends_with('\n')) text.remove_suffix(1);
  SecretKey key;
  size_t key_size = 0;
  const char* end = nullptr;
  if (sodium_hex2bin(key.mutable_data(), SecretKey::kBytes, text.data(), text.size(), nullptr,
                     &key_size, &end) != 0 ||
      key_size != SecretKey::kBytes || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return WrappingKey(epoch, key);
}

absl::Status SyncFolderOf(const std::string& path) {
  std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (folder.empty()) folder = ".";
  const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return Failed("cannot open the folder of", path);
  const absl::Cleanup close_folder = [fd] { close(fd); };
  if (fsync(fd) != 0) return Failed("cannot sync the folder of", path);
  return absl::OkStatus();
}

// Writes all of `text` to a new file that only its owner can read, and syncs it.
absl::Status WriteNewFile(const std::string& path, std::string_view text) {
  unlink(path.c_str());  // what a crash left here may be open to others
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0) return Failed("cannot create", path);
  const absl::Cleanup close_file = [fd] { close(fd); };
  // So few bytes are written at once or not at all.
  if (write(fd, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    return Failed("cannot write", path);
  }
  if (fsync(fd) != 0) return Failed("cannot sync", path);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<WrappingKey> ReadKeyFile(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return Failed("cannot open", path);
  const absl::Cleanup close_file = [fd] { close(fd); };
  RETURN_IF_ERROR(CheckModes(fd, path));
  char text[kMaxKeyFileBytes + 1];
  const absl::Cleanup wipe = [&text] { sodium_memzero(text, sizeof(text)); };
  const ssize_t size = read(fd, text, sizeof(text));
  if (size < 0) return Failed("cannot read", path);
  std::optional<WrappingKey> key;
  if (static_cast<size_t>(size) <= kMaxKeyFileBytes) {
    key = Parse(std::string_view(text, static_cast<size_t>(size)));
  }
  if (!key.has_value()) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, " is not a key file: expected the two lines 'epoch NUMBER' and 'key HEX'"));
  }
  return *std::move(key);
}

absl::StatusOr<WrappingKey> CreateKeyFile(const std::string& path) {
  const SecretKey master = RandomBuffer().TakeKey();
  char hex[2 * SecretKey::kBytes + 1];
  sodium_bin2hex(hex, sizeof(hex), master.data(), SecretKey::kBytes);
  std::string text = absl::StrCat("epoch ", kFirstEpoch, "\nkey ", hex, "\n");
  const std::string unfinished = absl::StrCat(path, ".unfinished");
  const absl::Cleanup wipe = [&] {
    sodium_memzero(hex, sizeof(hex));
    sodium_memzero(text.data(), text.size());
    unlink(unfinished.c_str());
  };
  RETURN_IF_ERROR(WriteNewFile(unfinished, text));
  // link() gives the finished file its name and never replaces one that is there.
  if (link(unfinished.c_str(), path.c_str()) != 0) return Failed("cannot create", path);
  RETURN_IF_ERROR(SyncFolderOf(path));
  return WrappingKey(kFirstEpoch, master);
}

absl::Status CheckKeyFileOutside(const std::string& key_file, const std::string& directory) {
  std::error_code error;
  const auto file = std::filesystem::weakly_canonical(key_file, error);
  if (error) return absl::InvalidArgumentError(absl::StrCat("no such place: ", key_file));
  const auto folder = std::filesystem::weakly_canonical(directory, error);
  if (error) return absl::InvalidArgumentError(absl::StrCat("no such place: ", directory));
  const auto [folder_end, file_at] =
      std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
  // A trailing slash leaves one empty name at the end.
  if (folder_end == folder.end() || folder_end->empty()) {
    return absl::FailedPreconditionError(absl::StrCat("key file ", key_file, " lies in ", directory,
                                                      ": keep it where no copy of the data "
                                                      "takes it along"));
  }
  return absl::OkStatus();
}

}  // namespace bansos

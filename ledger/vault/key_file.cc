#include "ledger/vault/key_file.h"

#include <sodium.h>

#include <filesystem>
#include <optional>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/place.h"
#include "ledger/base/secret_file.h"
#include "ledger/base/status_macros.h"
#include "ledger/vault/random_buffer.h"

namespace bansos {
namespace {

constexpr uint32_t kFirstEpoch = 1;
constexpr std::string_view kEpochWord = "epoch ";
constexpr std::string_view kKeyWord = "key ";

// A key file has under 90 bytes; more than this is another file.
constexpr size_t kMaxKeyFileBytes = 256;

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

}  // namespace

absl::StatusOr<WrappingKey> ReadKeyFile(const std::string& path) {
  ASSIGN_OR_RETURN(std::string text, ReadSecretFile(path, kMaxKeyFileBytes));
  const absl::Cleanup wipe = [&text] { sodium_memzero(text.data(), text.size()); };
  std::optional<WrappingKey> key;
  if (text.size() <= kMaxKeyFileBytes) key = Parse(text);
  if (!key.has_value()) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, " is not a key file: expected the two lines 'epoch NUMBER' and 'key HEX'"));
  }
  return *std::move(key);
}

absl::StatusOr<WrappingKey> CreateKeyFile(rocksdb::FileSystem& files, const std::string& path) {
  const SecretKey master = RandomBuffer().TakeKey();
  char hex[2 * SecretKey::kBytes + 1];
  sodium_bin2hex(hex, sizeof(hex), master.data(), SecretKey::kBytes);
  std::string text = absl::StrCat("epoch ", kFirstEpoch, "\nkey ", hex, "\n");
  const absl::Cleanup wipe = [&] {
    sodium_memzero(hex, sizeof(hex));
    sodium_memzero(text.data(), text.size());
  };
  CHECK(text.size() <= kMaxKeyFileBytes && Parse(text).has_value());
  RETURN_IF_ERROR(CreateSecretFile(files, path, text));
  return WrappingKey(kFirstEpoch, master);
}

absl::Status CheckKeyFileOutside(const std::string& key_file, const std::string& directory) {
  ASSIGN_OR_RETURN(const std::filesystem::path file, PlaceOf(key_file));
  ASSIGN_OR_RETURN(const std::filesystem::path folder, PlaceOf(directory));
  if (LiesIn(file, folder)) {
    return absl::FailedPreconditionError(absl::StrCat("key file ", key_file, " lies in ", directory,
                                                      ": keep it where no copy of the data "
                                                      "takes it along"));
  }
  return absl::OkStatus();
}

}  // namespace bansos

#include "tools/bansos-verify/keys/wrapping_key.h"

#include <sys/stat.h>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/source/files.h"
#include "tools/bansos-verify/tree/big_endian.h"

namespace bansos::verify {
namespace {

// Two lines with a number of 10 and a key of 64 digits; what is longer is another file.
constexpr size_t kMaxKeyFileBytes = 128;

constexpr size_t kWrapNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kEpochBytes = 4;
constexpr size_t kWrappedBytes =
    kEpochBytes + kWrapNonceBytes + Secret::kBytes + crypto_aead_xchacha20poly1305_ietf_ABYTES;

const uint8_t* WrapBytes(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

// Takes "WORD VALUE" and its line end off; nullopt when the next line is another.
std::optional<std::string_view> TakeLine(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return std::nullopt;
  const size_t end = std::min(text.find('\n'), text.size());
  const std::string_view value = text.substr(word.size(), end - word.size());
  text.remove_prefix(std::min(end + 1, text.size()));
  return value;
}

bool ReadHex(std::string_view digits, Secret& secret) {
  size_t size = 0;
  return digits.size() == 2 * Secret::kBytes &&
         sodium_hex2bin(secret.data(), Secret::kBytes, digits.data(), digits.size(), nullptr, &size,
                        nullptr) == 0 &&
         size == Secret::kBytes;
}

// A key that others can read is no secret any more: that is told before it is used.
absl::StatusOr<std::string> ReadKeyFile(const std::string& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) {
    return absl::NotFoundError(absl::StrCat("there is no key file ", path));
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return absl::FailedPreconditionError(absl::StrCat(
        "key file ", path, " is open to others than its owner: give it the mode 0600"));
  }
  return ReadNamedFile(path, kMaxKeyFileBytes);
}

}  // namespace

WrappingKey::WrappingKey(uint32_t epoch, const Secret& master)
    : epoch_(epoch),
      wrapping_(master.Derive(1, "bnswrap1")),
      check_(master.Derive(2, "bnswrap1")) {}

absl::StatusOr<WrappingKey> WrappingKey::Read(const std::string& key_file) {
  TRY_ASSIGN(std::string content, ReadKeyFile(key_file));
  const absl::Cleanup wipe = [&content] { sodium_memzero(content.data(), content.size()); };
  std::string_view rest = content;
  const std::optional<std::string_view> epoch_text = TakeLine(rest, "epoch ");
  const std::optional<std::string_view> key_text = TakeLine(rest, "key ");
  uint32_t epoch = 0;
  Secret master;
  if (!epoch_text || !key_text || !rest.empty() ||
      !absl::SimpleAtoi(absl::string_view(epoch_text->data(), epoch_text->size()), &epoch) ||
      epoch == 0 || !ReadHex(*key_text, master)) {
    return absl::InvalidArgumentError(
        absl::StrCat(key_file,
                     " is not a key file: expected the two lines 'epoch NUMBER' and "
                     "'key HEX'. Give the file that the server has as --key-file."));
  }
  return WrappingKey(epoch, master);
}

std::string WrappingKey::CheckValue() const {
  constexpr std::string_view kMessage = "bansos vault check";
  std::string value(32, '\0');
  REQUIRE(crypto_generichash(reinterpret_cast<uint8_t*>(value.data()), value.size(),
                             WrapBytes(kMessage), kMessage.size(), check_.data(),
                             Secret::kBytes) == 0);
  return value;
}

std::optional<Secret> WrappingKey::Unwrap(std::string_view row_key,
                                          std::string_view wrapped) const {
  std::string aad;
  AppendU32(aad, epoch_);
  if (wrapped.size() != kWrappedBytes || !wrapped.starts_with(aad)) return std::nullopt;
  aad += row_key;
  const std::string_view nonce = wrapped.substr(kEpochBytes, kWrapNonceBytes);
  const std::string_view encrypted = wrapped.substr(kEpochBytes + kWrapNonceBytes);
  Secret key;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(key.data(), nullptr, nullptr, WrapBytes(encrypted),
                                                 encrypted.size(), WrapBytes(aad), aad.size(),
                                                 WrapBytes(nonce), wrapping_.data()) != 0) {
    return std::nullopt;
  }
  return key;
}

}  // namespace bansos::verify

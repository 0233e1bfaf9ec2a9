#include "ledger/log/signed_note.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/endian.h"
#include "ledger/base/hash.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/note_key_name.h"

namespace bansos {
namespace {

constexpr uint8_t kEd25519 = 0x01;
constexpr std::string_view kKeyTextPrefix = "PRIVATE+KEY+";
constexpr std::string_view kSignatureStart = "\xE2\x80\x94 ";  // em dash and a space

absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

std::string Base64(std::string_view bytes) { return absl::Base64Escape(ToAbsl(bytes)); }

template <size_t n>
std::string_view View(const std::array<uint8_t, n>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), n};
}

std::string HexOf(uint32_t key_id) { return absl::StrCat(absl::Hex(key_id, absl::kZeroPad8)); }

uint32_t KeyIdOf(std::string_view name, std::string_view public_key) {
  std::string input(name);
  input.push_back('\n');
  input.push_back(static_cast<char>(kEd25519));
  input.append(public_key);
  return LoadBigEndian<uint32_t>(AsBytes(Sha256(input)));
}

absl::Status BadKeyText(absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat("not a signed-note key (PRIVATE+KEY+name+id+base64): ", what));
}

}  // namespace

NoteSigner::NoteSigner(std::string_view name, const std::array<uint8_t, kSeedBytes>& seed)
    : name_(name) {
  static_assert(kSeedBytes == crypto_sign_SEEDBYTES);
  static_assert(kPublicKeyBytes == crypto_sign_PUBLICKEYBYTES);
  static_assert(kSecretKeyBytes == crypto_sign_SECRETKEYBYTES);
  CHECK(sodium_init() >= 0);
  CHECK(crypto_sign_seed_keypair(public_key_.data(), secret_key_.data(), seed.data()) == 0);
  key_id_ = KeyIdOf(name_, View(public_key_));
}

NoteSigner::~NoteSigner() { sodium_memzero(secret_key_.data(), secret_key_.size()); }

absl::StatusOr<NoteSigner> NoteSigner::Generate(std::string_view name) {
  RETURN_IF_ERROR(CheckNoteKeyName(name));
  CHECK(sodium_init() >= 0);
  std::array<uint8_t, kSeedBytes> seed;
  const absl::Cleanup wipe = [&seed] { sodium_memzero(seed.data(), seed.size()); };
  randombytes_buf(seed.data(), seed.size());
  return NoteSigner(name, seed);
}

absl::StatusOr<NoteSigner> NoteSigner::Parse(std::string_view key_text) {
  if (key_text.ends_with('\n')) key_text.remove_suffix(1);
  if (!key_text.starts_with(kKeyTextPrefix)) return BadKeyText("it does not begin so");
  key_text.remove_prefix(kKeyTextPrefix.size());
  const size_t name_end = key_text.find('+');
  const size_t id_end = name_end == key_text.npos ? name_end : key_text.find('+', name_end + 1);
  if (id_end == key_text.npos) return BadKeyText("a part is missing");
  const std::string_view name = key_text.substr(0, name_end);
  const std::string_view id = key_text.substr(name_end + 1, id_end - name_end - 1);
  const std::string_view base64 = key_text.substr(id_end + 1);
  RETURN_IF_ERROR(CheckNoteKeyName(name));

  std::string bytes;
  const absl::Cleanup wipe_bytes = [&bytes] { sodium_memzero(bytes.data(), bytes.size()); };
  // Unescaping takes more than one spelling of the same bytes.
  if (!absl::Base64Unescape(ToAbsl(base64), &bytes) || Base64(bytes) != base64) {
    return BadKeyText("its last part is no base64");
  }
  if (bytes.empty() || bytes[0] != static_cast<char>(kEd25519)) {
    return BadKeyText("its type is not Ed25519 (0x01)");
  }
  std::array<uint8_t, kSeedBytes> seed;
  const absl::Cleanup wipe_seed = [&seed] { sodium_memzero(seed.data(), seed.size()); };
  if (bytes.size() != 1 + kSeedBytes) return BadKeyText("its seed is not 32 bytes long");
  std::copy(bytes.begin() + 1, bytes.end(), seed.begin());
  NoteSigner signer(name, seed);
  if (id != HexOf(signer.key_id())) return BadKeyText("its key id is another one's");
  return signer;
}

std::string NoteSigner::VerifierKey() const {
  std::string bytes(1, static_cast<char>(kEd25519));
  bytes.append(View(public_key_));
  return absl::StrCat(name_, "+", HexOf(key_id_), "+", Base64(bytes));
}

std::string NoteSigner::KeyText() const {
  std::string bytes(1, static_cast<char>(kEd25519));
  bytes.append(View(secret_key_).substr(0, kSeedBytes));
  const absl::Cleanup wipe = [&bytes] { sodium_memzero(bytes.data(), bytes.size()); };
  return absl::StrCat(ToAbsl(kKeyTextPrefix), name_, "+", HexOf(key_id_), "+", Base64(bytes));
}

std::string NoteSigner::Sign(std::string_view text) const {
  CHECK(text.ends_with('\n'));
  std::array<uint8_t, crypto_sign_BYTES> signature;
  CHECK(crypto_sign_detached(signature.data(), nullptr,
                             reinterpret_cast<const uint8_t*>(text.data()), text.size(),
                             secret_key_.data()) == 0);
  std::string signed_bytes;
  AppendU32(signed_bytes, key_id_);
  signed_bytes.append(View(signature));
  return absl::StrCat(ToAbsl(text), "\n", ToAbsl(kSignatureStart), name_, " ", Base64(signed_bytes),
                      "\n");
}

}  // namespace bansos

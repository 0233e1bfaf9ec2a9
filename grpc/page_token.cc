#include "grpc/page_token.h"

#include <sodium.h>

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "grpc/limits.h"
#include "ledger/base/check.h"
#include "ledger/base/endian.h"

namespace bansos {
namespace {

constexpr size_t kCheckBytes = 16;
constexpr size_t kMinTokenBytes = kCheckBytes + sizeof(uint64_t);
constexpr size_t kMaxTokenBytes = kMinTokenBytes + kMaxPlaceBytes;

const uint8_t* TokenBytes(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

absl::Status NotOurs() {
  return absl::InvalidArgumentError(
      "page_token is not one that this ledger gave to this question: it was changed, or belongs to "
      "another question. Ask for the first page with an empty page_token and keep all other fields "
      "the same.");
}

}  // namespace

std::string PlaceOf(absl::Span<const uint64_t> numbers) {
  std::string place;
  for (const uint64_t number : numbers) AppendU64(place, number);
  return place;
}

absl::StatusOr<std::vector<uint64_t>> NumbersOf(std::string_view place, size_t count) {
  if (place.size() != count * sizeof(uint64_t)) return NotOurs();
  std::vector<uint64_t> numbers;
  for (size_t i = 0; i < count; ++i) {
    numbers.push_back(LoadBigEndian<uint64_t>(place.substr(i * sizeof(uint64_t))));
  }
  return numbers;
}

std::string PageTokens::CheckOf(std::string_view scope, std::string_view body) const {
  // The body's length is in front, so that none of its bytes can pass for some of the question.
  std::string message;
  AppendU64(message, body.size());
  absl::StrAppend(&message, std::string(body), std::string(scope));
  std::string check(kCheckBytes, '\0');
  CHECK(crypto_generichash(reinterpret_cast<uint8_t*>(check.data()), check.size(),
                           TokenBytes(message), message.size(), key_.data(),
                           SecretKey::kBytes) == 0);
  return check;
}

std::string PageTokens::Encode(std::string_view scope, const PageToken& token) const {
  CHECK(token.place.size() <= kMaxPlaceBytes) << token.place.size();
  std::string body;
  AppendU64(body, token.position);
  body.append(token.place);
  return absl::WebSafeBase64Escape(CheckOf(scope, body) + body);
}

absl::StatusOr<PageToken> PageTokens::Decode(std::string_view scope, std::string_view text) const {
  std::string bytes;
  if (text.size() <= 2 * kMaxTokenBytes &&
      absl::WebSafeBase64Unescape(absl::string_view(text.data(), text.size()), &bytes) &&
      bytes.size() >= kMinTokenBytes) {
    const std::string_view body = std::string_view(bytes).substr(kCheckBytes);
    const std::string check = CheckOf(scope, body);
    if (sodium_memcmp(check.data(), bytes.data(), kCheckBytes) == 0) {
      return PageToken{.position = LoadBigEndian<uint64_t>(body),
                       .place = std::string(body.substr(sizeof(uint64_t)))};
    }
  }
  return NotOurs();
}

uint32_t PageRows(uint32_t page_size) {
  if (page_size == 0) return kDefaultPageRows;
  return std::min(page_size, kMaxPageRows);
}

}  // namespace bansos

#include "tools/bansos-verify/keys/number_index.h"

#include <algorithm>

#include "tools/bansos-verify/finding/require.h"
#include "tools/bansos-verify/tree/big_endian.h"

namespace bansos::verify {
namespace {

constexpr char kIndexContext[] = "bnsindex";
constexpr size_t kNumberBytes = 8;
constexpr size_t kIndexTagBytes = 16;

const uint8_t* IndexBytes(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

std::string Tag(const Secret& key, std::string_view row_key, std::string_view number) {
  std::string message(row_key);
  message += number;
  std::string tag(kIndexTagBytes, '\0');
  REQUIRE(crypto_generichash(reinterpret_cast<uint8_t*>(tag.data()), tag.size(),
                             IndexBytes(message), message.size(), key.data(), Secret::kBytes) == 0);
  return tag;
}

}  // namespace

NumberIndex::NumberIndex(IndexTable table, const Secret& index_key)
    : table_(table),
      hmac_key_(index_key.Derive(1, kIndexContext)),
      tag_key_(index_key.Derive(2, kIndexContext)) {}

std::string NumberIndex::RowKey(std::string_view value) const {
  const std::string table(1, static_cast<char>(table_));
  const std::string message = table + std::string(value);
  std::string hmac(crypto_auth_hmacsha256_BYTES, '\0');
  REQUIRE(crypto_auth_hmacsha256(reinterpret_cast<uint8_t*>(hmac.data()), IndexBytes(message),
                                 message.size(), hmac_key_.data()) == 0);
  return table + hmac;
}

std::optional<uint64_t> NumberIndex::ParseRow(std::string_view row_key,
                                              std::string_view value) const {
  if (value.size() != kNumberBytes + kIndexTagBytes) return std::nullopt;
  const std::string_view number = value.substr(0, kNumberBytes);
  if (Tag(tag_key_, row_key, number) != value.substr(kNumberBytes)) return std::nullopt;
  return ParseU64(number);
}

void NumberIndex::Finish() {
  std::ranges::sort(numbers_);
  for (size_t i = 1; i < numbers_.size(); ++i) {
    if (numbers_[i] == numbers_[i - 1]) shared_.push_back(numbers_[i]);
  }
  if (!numbers_.empty()) greatest_ = numbers_.back();
  numbers_ = {};
}

bool NumberIndex::IsShared(uint64_t number) const {
  return std::ranges::binary_search(shared_, number);
}

}  // namespace bansos::verify

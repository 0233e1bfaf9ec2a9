// The low-level SHA-256 calls for the reason given in ledger/base/hash.cc: this runs twice an
// event.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "ledger/log/merkle.h"

#include <openssl/sha.h>

#include <algorithm>
#include <bit>

#include "ledger/base/check.h"

namespace bansos {
namespace {

constexpr uint8_t kLeafPrefix = 0x00;
constexpr uint8_t kNodePrefix = 0x01;

}  // namespace

Hash LeafHash(std::string_view entry) {
  Hash hash;
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, &kLeafPrefix, 1);
  SHA256_Update(&context, entry.data(), entry.size());
  SHA256_Final(hash.data(), &context);
  return hash;
}

Hash NodeHash(const Hash& left, const Hash& right) {
  std::array<uint8_t, 1 + sizeof(Hash) * 2> input;
  input[0] = kNodePrefix;
  std::copy(left.begin(), left.end(), input.begin() + 1);
  std::copy(right.begin(), right.end(), input.begin() + 1 + sizeof(Hash));
  Hash hash;
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, input.data(), input.size());
  SHA256_Final(hash.data(), &context);
  return hash;
}

RightEdge::RightEdge(uint64_t size, absl::Span<const Hash> subtrees)
    : size_(size), count_(subtrees.size()) {
  CHECK(subtrees.size() == static_cast<size_t>(std::popcount(size)))
      << subtrees.size() << " subtrees for size " << size;
  std::copy(subtrees.begin(), subtrees.end(), subtrees_.begin());
}

void RightEdge::Append(const Hash& leaf, FilledSubtree filled) {
  Hash node = leaf;
  int height = 0;
  for (uint64_t left = size_; left & 1; left >>= 1) {
    node = NodeHash(subtrees_[--count_], node);
    ++height;
    filled(height, size_ >> height, node);
  }
  subtrees_[count_++] = node;
  ++size_;
  CHECK(count_ == static_cast<size_t>(std::popcount(size_))) << count_ << " subtrees at " << size_;
}

Hash RightEdge::Root() const {
  if (count_ == 0) return Sha256("");
  CHECK(count_ == static_cast<size_t>(std::popcount(size_))) << count_ << " subtrees at " << size_;
  Hash root = subtrees_[count_ - 1];
  for (size_t i = count_ - 1; i > 0; --i) root = NodeHash(subtrees_[i - 1], root);
  return root;
}

}  // namespace bansos

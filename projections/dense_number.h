// Recipient numbers and tokens as indexes of dense arrays: the vault gives them out from 1 upward,
// so 32 bits are more than there can be.
#ifndef PROJECTIONS_DENSE_NUMBER_H_
#define PROJECTIONS_DENSE_NUMBER_H_

#include <cstdint>
#include <limits>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/ids.h"

namespace bansos {

inline constexpr uint64_t kMaxDenseNumber = std::numeric_limits<uint32_t>::max() - 1;

// DATA_LOSS unless it names a recipient.
inline absl::StatusOr<uint32_t> DenseNumber(RecipientNumber recipient) {
  if (recipient.value() >= 1 && recipient.value() <= kMaxDenseNumber) {
    return static_cast<uint32_t>(recipient.value());
  }
  return absl::DataLossError(absl::StrCat("no recipient has the number ", recipient.value()));
}

// 0 means "none". DATA_LOSS above the bound.
template <typename Token>
absl::StatusOr<uint32_t> DenseToken(Token token) {
  if (token.value() <= kMaxDenseNumber) return static_cast<uint32_t>(token.value());
  return absl::DataLossError(absl::StrCat("no account or KK has the token ", token.value()));
}

}  // namespace bansos

#endif  // PROJECTIONS_DENSE_NUMBER_H_

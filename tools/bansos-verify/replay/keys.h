// Readable keys of the reference ledger: what names a tranche, a slot, a batch and a payment, and
// the same as text for reasons and for the lines of the balances; hashes for the tables of state.h.
// Value types.
#ifndef TOOLS_BANSOS_VERIFY_REPLAY_KEYS_H_
#define TOOLS_BANSOS_VERIFY_REPLAY_KEYS_H_

#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "bansos/ledger/v1/event.pb.h"

namespace bansos::replay {

namespace v1 = ::bansos::ledger::v1;

struct TrancheId {
  std::string program;
  uint32_t tranche = 0;
  auto operator<=>(const TrancheId&) const = default;
};

// A place in the quota of a programme.
struct SlotId {
  std::string program;
  uint32_t slot = 0;
  auto operator<=>(const SlotId&) const = default;
  template <typename H>
  friend H AbslHashValue(H hash, const SlotId& id) {
    return H::combine(std::move(hash), id.program, id.slot);
  }
};

// A place in the quota in one tranche: at most one living payment each.
struct TrancheSlotId {
  std::string program;
  uint32_t tranche = 0;
  uint32_t slot = 0;
  auto operator<=>(const TrancheSlotId&) const = default;
  template <typename H>
  friend H AbslHashValue(H hash, const TrancheSlotId& id) {
    return H::combine(std::move(hash), id.program, id.tranche, id.slot);
  }
};

// A recipient in one tranche: at most one living payment each.
struct TrancheRecipientId {
  std::string program;
  uint32_t tranche = 0;
  uint64_t recipient = 0;
  auto operator<=>(const TrancheRecipientId&) const = default;
  template <typename H>
  friend H AbslHashValue(H hash, const TrancheRecipientId& id) {
    return H::combine(std::move(hash), id.program, id.tranche, id.recipient);
  }
};

// A recipient in a programme.
struct CandidateId {
  std::string program;
  uint64_t recipient = 0;
  auto operator<=>(const CandidateId&) const = default;
  template <typename H>
  friend H AbslHashValue(H hash, const CandidateId& id) {
    return H::combine(std::move(hash), id.program, id.recipient);
  }
};

struct BatchId {
  std::string program;
  uint32_t tranche = 0;
  uint32_t number = 0;
  auto operator<=>(const BatchId&) const = default;
};

struct PaymentId {
  std::string program;
  uint32_t tranche = 0;
  uint64_t recipient = 0;
  uint32_t number = 0;
  auto operator<=>(const PaymentId&) const = default;
  template <typename H>
  friend H AbslHashValue(H hash, const PaymentId& id) {
    return H::combine(std::move(hash), id.program, id.tranche, id.recipient, id.number);
  }
};

struct AttemptId {
  PaymentId payment;
  uint32_t attempt = 0;
  auto operator<=>(const AttemptId&) const = default;
  template <typename H>
  friend H AbslHashValue(H hash, const AttemptId& id) {
    return H::combine(std::move(hash), id.payment, id.attempt);
  }
};

// The first half of the SHA-256 of a business key (business_key.h): a year's keys themselves would
// take most of the memory. Two keys with one digest could only be a false fault, never a missed
// one.
using KeyDigest = std::array<uint8_t, 16>;

inline BatchId IdOf(const v1::BatchKey& key) {
  return {key.program(), key.tranche(), key.number()};
}

inline PaymentId IdOf(const v1::PaymentKey& key) {
  return {key.program(), key.tranche(), key.recipient(), key.number()};
}

inline std::string Text(const TrancheId& id) { return absl::StrCat(id.program, ".", id.tranche); }

inline std::string Text(const BatchId& id) {
  return absl::StrCat(id.program, ".", id.tranche, ".", id.number);
}

inline std::string Text(const PaymentId& id) {
  return absl::StrCat(id.program, ".", id.tranche, ".", id.recipient, ".", id.number);
}

}  // namespace bansos::replay

#endif  // TOOLS_BANSOS_VERIFY_REPLAY_KEYS_H_

// The keys and fixed-width values of the vault's rows; the whole grammar is
// docs/formats/sealing.md.
//
//   row key      := table byte, id          (id: nothing, one byte, u64 or a 32-byte HMAC)
//   wrapped key  := epoch u32, nonce 24, ciphertext 32, tag 16
//   person value := kind byte, wrapped key  (kind 2 is kept for the tombstone of an erasure)
//   index value  := number u64, tag 16
//
// Integers are big-endian. Functions without state; stored values are read as hostile.
#ifndef LEDGER_VAULT_ROW_FORMAT_H_
#define LEDGER_VAULT_ROW_FORMAT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/endian.h"

namespace bansos {

// First byte of each row key. Never renumber.
enum class RowTable : uint8_t {
  kVault = 0x01,       // one row: format, epoch and check value
  kNamedKey = 0x02,    // wrapped keys that belong to no person
  kNextNumber = 0x03,  // the next number of each index
  kPersonKey = 0x04,   // one row a recipient number
  kLastWrite = 0x05,   // one row: which write was the last
  kRecipientIndex = 0x11,
  kAccountIndex = 0x12,
  kKkIndex = 0x13,
};

// Id of the ledger key among the named keys; an index's own key has the table byte of the index.
inline constexpr uint8_t kLedgerKeyId = 0x01;

inline constexpr uint8_t kVaultFormat = 1;
inline constexpr uint8_t kPersonKindKey = 1;

inline constexpr size_t kWrapNonceBytes = 24;
inline constexpr size_t kWrappedKeyBytes = 4 + kWrapNonceBytes + 32 + 16;
inline constexpr size_t kCheckValueBytes = 32;
inline constexpr size_t kIndexTagBytes = 16;

inline std::string TableRowKey(RowTable table) { return std::string(1, static_cast<char>(table)); }

inline std::string NamedKeyRowKey(uint8_t key_id) {
  return TableRowKey(RowTable::kNamedKey) + static_cast<char>(key_id);
}

inline std::string NextNumberRowKey(RowTable index) {
  return TableRowKey(RowTable::kNextNumber) + static_cast<char>(index);
}

inline std::string PersonKeyRowKey(uint64_t number) {
  std::string key = TableRowKey(RowTable::kPersonKey);
  AppendU64(key, number);
  return key;
}

}  // namespace bansos

#endif  // LEDGER_VAULT_ROW_FORMAT_H_

// LastWrite: which write of the vault was the last, kept in a row of each write and, once it is
// acknowledged, in the anchor beside the database. So a start knows whether all is there.
//
//   row 05 := count u64 || mark (32) || mark of the write before (32)
//
// A mark is random: two copies of a vault that went on apart have no mark in common. Functions
// without state; stored values are read as hostile.
#ifndef LEDGER_VAULT_LAST_WRITE_H_
#define LEDGER_VAULT_LAST_WRITE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/base/anchor.h"
#include "ledger/base/hash.h"

namespace bansos {

struct LastWrite {
  uint64_t count = 0;  // writes so far; 0: a vault that was never written
  Hash mark = {};
  Hash mark_before = {};
};

// The write that comes after `last`.
LastWrite NextWrite(const LastWrite& last);

std::string EncodeLastWrite(const LastWrite& last);
// DATA_LOSS unless `row` is one.
absl::StatusOr<LastWrite> DecodeLastWrite(std::string_view row);

inline AnchorRecord AnchorOf(const LastWrite& last) {
  return {.size = last.count, .root = last.mark};
}

// Is what is stored all that was acknowledged? `anchor` is empty when there is no anchor file.
//   DATA_LOSS            acknowledged writes are missing, or the two do not belong together
//   FAILED_PRECONDITION  a vault without its anchor
absl::Status CheckAgainstAnchor(const LastWrite& stored, const std::optional<AnchorRecord>& anchor);

}  // namespace bansos

#endif  // LEDGER_VAULT_LAST_WRITE_H_

// NumberIndex: one index of the vault (docs/formats/sealing.md, rows 11 to 13): HMAC of a value to
// its number. Knows the grammar of the rows and collects, from all of them, which numbers stand in
// two rows and which is the greatest. Not thread-safe. Owned by Vault.
#ifndef TOOLS_BANSOS_VERIFY_KEYS_NUMBER_INDEX_H_
#define TOOLS_BANSOS_VERIFY_KEYS_NUMBER_INDEX_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/bansos-verify/keys/secret.h"

namespace bansos::verify {

// The first byte of the row keys.
enum class IndexTable : uint8_t { kIdentity = 0x11, kAccount = 0x12, kKk = 0x13 };

class NumberIndex {
 public:
  NumberIndex(IndexTable table, const Secret& index_key);

  std::string RowKey(std::string_view value) const;

  // nullopt when the row does not authenticate.
  std::optional<uint64_t> ParseRow(std::string_view row_key, std::string_view value) const;

  // One call for each row, then Finish.
  void Collect(uint64_t number) { numbers_.push_back(number); }
  void Finish();

  // REQUIRES: finished.
  uint64_t greatest() const { return greatest_; }
  bool IsShared(uint64_t number) const;

 private:
  const IndexTable table_;
  const Secret hmac_key_;
  const Secret tag_key_;
  std::vector<uint64_t> numbers_;
  std::vector<uint64_t> shared_;  // sorted
  uint64_t greatest_ = 0;
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_KEYS_NUMBER_INDEX_H_

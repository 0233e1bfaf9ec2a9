// WrappingKey: the key of the key file, under which the vault stores every other key
// (docs/formats/sealing.md, "Keys" and "Rows"). Immutable, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_KEYS_WRAPPING_KEY_H_
#define TOOLS_BANSOS_VERIFY_KEYS_WRAPPING_KEY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "tools/bansos-verify/keys/secret.h"

namespace bansos::verify {

class WrappingKey {
 public:
  // Errors: NOT_FOUND, FAILED_PRECONDITION (open to group or others), INVALID_ARGUMENT (no key
  // file).
  static absl::StatusOr<WrappingKey> Read(const std::string& key_file);

  uint32_t epoch() const { return epoch_; }

  // Tells this key from another one.
  std::string CheckValue() const;

  // The key that is stored in this row; nullopt when it was not wrapped for it by this key.
  std::optional<Secret> Unwrap(std::string_view row_key, std::string_view wrapped) const;

 private:
  WrappingKey(uint32_t epoch, const Secret& master);

  uint32_t epoch_;
  Secret wrapping_;
  Secret check_;
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_KEYS_WRAPPING_KEY_H_

// The words of a business key: its parts, each after a slash.
#ifndef LEDGER_DOMAIN_KEY_TEXT_H_
#define LEDGER_DOMAIN_KEY_TEXT_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "ledger/domain/values.h"

namespace bansos {

template <typename... Parts>
std::string KeyText(std::string_view name, const Parts&... parts) {
  std::string key(name);
  (absl::StrAppend(&key, "/", parts), ...);
  return key;
}

inline std::string KeyPart(const PaymentKey& key) {
  return absl::StrCat(key.program, "/", key.tranche, "/", key.recipient.value(), "/", key.number);
}
inline std::string KeyPart(const BatchKey& key) {
  return absl::StrCat(key.program, "/", key.tranche, "/", key.number);
}
// A document is named by kind and number: the same number with another date is other content.
inline std::string KeyPart(const std::optional<Document>& document) {
  if (!document) return "-";
  return absl::StrCat(document->kind, "/", document->number);
}
inline std::string KeyPart(const Source& source) {
  if (source.file_position)
    return absl::StrCat("file/", source.file_position->value(), "/", source.line);
  return absl::StrCat("message/", source.sender, "/", source.line);
}

}  // namespace bansos

#endif  // LEDGER_DOMAIN_KEY_TEXT_H_

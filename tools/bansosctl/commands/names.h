// Names of the API's enums as people read them, and tables that several commands print. Pure.
#ifndef TOOLS_BANSOSCTL_COMMANDS_NAMES_H_
#define TOOLS_BANSOSCTL_COMMANDS_NAMES_H_

#include <string>
#include <string_view>

#include "google/protobuf/generated_enum_reflection.h"

namespace bansos {

// "PAYMENT_STATE_SENT" without "PAYMENT_STATE_"; the number when it is unknown.
template <typename Enum>
std::string NameOf(Enum value, std::string_view prefix) {
  const google::protobuf::EnumValueDescriptor* found =
      google::protobuf::GetEnumDescriptor<Enum>()->FindValueByNumber(value);
  if (found == nullptr) return std::to_string(static_cast<int>(value));
  std::string_view name = found->name();
  if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  return std::string(name);
}

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_COMMANDS_NAMES_H_

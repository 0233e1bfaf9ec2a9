// ReadLayout: a sealed message (sealed.proto), which must be its own canonical encoding without
// unknown fields, so that one value has one sealed form. Pure, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_KEYS_LAYOUT_H_
#define TOOLS_BANSOS_VERIFY_KEYS_LAYOUT_H_

#include <string>

#include "tools/bansos-verify/replay/fault.h"

namespace bansos::verify {

// Fault: kSealedLayout.
template <typename Message>
replay::Verdict ReadLayout(const std::string& plaintext, Message& message) {
  const bool read = message.ParseFromString(plaintext);
  message.DiscardUnknownFields();
  FAULT_UNLESS(read && message.SerializeAsString() == plaintext, "kSealedLayout",
               "what is sealed is no canonical ", Message::descriptor()->name());
  return replay::kAllowed;
}

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_KEYS_LAYOUT_H_

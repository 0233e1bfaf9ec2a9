// The protobuf wire format as far as events need it: tags, varints and length-delimited bytes.
// Readers are strict: a varint must be minimal, a length must fit. Errors are bare false; the codec
// says which event was damaged.
#ifndef LEDGER_EVENT_WIRE_H_
#define LEDGER_EVENT_WIRE_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace bansos::wire {

inline constexpr uint32_t kVarint = 0;
inline constexpr uint32_t kBytes = 2;

inline void AppendVarint(std::string& out, uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

inline void AppendTag(std::string& out, uint32_t field, uint32_t type) {
  AppendVarint(out, (field << 3) | type);
}

inline void AppendBytes(std::string& out, uint32_t field, std::string_view bytes) {
  AppendTag(out, field, kBytes);
  AppendVarint(out, bytes.size());
  out.append(bytes);
}

// Takes one minimal varint off the front of `in`.
inline bool TakeVarint(std::string_view& in, uint64_t& value) {
  value = 0;
  for (size_t i = 0; i < in.size() && i < 10; ++i) {
    const auto byte = static_cast<uint8_t>(in[i]);
    if (i == 9 && byte > 1) return false;  // Above 64 bits.
    value |= static_cast<uint64_t>(byte & 0x7f) << (7 * i);
    if (byte < 0x80) {
      if (byte == 0 && i > 0) return false;  // Not minimal.
      in.remove_prefix(i + 1);
      return true;
    }
  }
  return false;
}

// Takes the tag of (field, type) off the front of `in` if it stands there.
inline bool TakeTag(std::string_view& in, uint32_t field, uint32_t type) {
  std::string_view rest = in;
  uint64_t tag;
  if (!TakeVarint(rest, tag) || tag != ((static_cast<uint64_t>(field) << 3) | type)) return false;
  in = rest;
  return true;
}

inline bool TakeBytes(std::string_view& in, std::string_view& bytes) {
  uint64_t length;
  if (!TakeVarint(in, length) || length > in.size()) return false;
  bytes = in.substr(0, length);
  in.remove_prefix(length);
  return true;
}

}  // namespace bansos::wire

#endif  // LEDGER_EVENT_WIRE_H_

// Decoder: a field visitor that reads what Encoder wrote, and nothing else. Hostile bytes leave
// ok() false. Fields are met in rising order, so one pass with one look at each tag is enough, and
// what is left over at the end is an unknown, doubled or misplaced field.
#ifndef LEDGER_EVENT_DECODER_H_
#define LEDGER_EVENT_DECODER_H_

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "ledger/base/strong_int.h"
#include "ledger/domain/event.h"
#include "ledger/event/encoder.h"
#include "ledger/event/wire.h"

namespace bansos {

// Deepest nesting of messages that is read (criteria have at most 16 levels, each one message).
inline constexpr int kMaxMessageDepth = 32;

template <Scalar T>
bool FromVarint(uint64_t varint, T& value) {
  if constexpr (std::is_enum_v<T>) {
    if (varint > std::numeric_limits<std::underlying_type_t<T>>::max()) return false;
    value = static_cast<T>(varint);
  } else if constexpr (std::is_signed_v<T>) {
    const auto wide = static_cast<int64_t>(varint);
    value = static_cast<T>(wide);
    return value == wide;
  } else {
    value = static_cast<T>(varint);
    return value == varint;
  }
  return true;
}
template <typename Tag, typename Rep>
bool FromVarint(uint64_t varint, StrongInt<Tag, Rep>& id) {
  id = StrongInt<Tag, Rep>(static_cast<Rep>(varint));
  return id.value() == varint;
}

class Decoder {
 public:
  explicit Decoder(std::string_view in, int depth = 0) : in_(in), depth_(depth) {}

  // False once anything was wrong. `Finished` also asks that nothing is left.
  bool ok() const { return ok_; }
  bool Finished() const { return ok_ && in_.empty(); }
  std::string_view rest() const { return in_; }

  template <typename T>
  void operator()(uint32_t number, const char*, T& value) {
    if (ok_) ok_ = Take(number, value);
  }
  template <typename T>
  void Decided(uint32_t number, const char*, T& value) {
    if (ok_) ok_ = Take(number, value);
  }

  template <typename T>
  static bool ReadMessage(std::string_view bytes, T& message, int depth) {
    if (depth > kMaxMessageDepth) return false;
    Decoder decoder(bytes, depth);
    VisitFields(decoder, message);
    return decoder.Finished();
  }

 private:
  bool Take(uint32_t number, std::string& value) {
    value.clear();
    if (!wire::TakeTag(in_, number, wire::kBytes)) return true;
    std::string_view bytes;
    if (!wire::TakeBytes(in_, bytes) || bytes.empty()) return false;
    value = bytes;
    return true;
  }
  template <VarintLike T>
  bool Take(uint32_t number, T& value) {
    value = T{};
    if (!wire::TakeTag(in_, number, wire::kVarint)) return true;
    uint64_t varint;
    return wire::TakeVarint(in_, varint) && varint != 0 && FromVarint(varint, value);
  }
  bool Take(uint32_t number, std::optional<Position>& value) {
    value.reset();
    if (!wire::TakeTag(in_, number, wire::kVarint)) return true;
    uint64_t varint;
    if (!wire::TakeVarint(in_, varint)) return false;
    value = Position(varint);
    return true;
  }
  template <typename T>
  bool Take(uint32_t number, std::optional<T>& value) {
    value.reset();
    if (!wire::TakeTag(in_, number, wire::kBytes)) return true;
    std::string_view bytes;
    return wire::TakeBytes(in_, bytes) && ReadMessage(bytes, value.emplace(), depth_ + 1);
  }
  template <VarintLike T>
  bool Take(uint32_t number, std::vector<T>& values) {
    values.clear();
    if (!wire::TakeTag(in_, number, wire::kBytes)) return true;
    std::string_view packed;
    if (!wire::TakeBytes(in_, packed) || packed.empty()) return false;
    while (!packed.empty()) {
      uint64_t varint;
      if (!wire::TakeVarint(packed, varint) || !FromVarint(varint, values.emplace_back()))
        return false;
    }
    return true;
  }
  bool Take(uint32_t number, std::vector<std::string>& values) {
    values.clear();
    std::string_view bytes;
    while (wire::TakeTag(in_, number, wire::kBytes)) {
      if (!wire::TakeBytes(in_, bytes)) return false;
      values.emplace_back(bytes);
    }
    return true;
  }
  template <typename T>
  bool Take(uint32_t number, std::vector<T>& values) {
    values.clear();
    std::string_view bytes;
    while (wire::TakeTag(in_, number, wire::kBytes)) {
      if (!wire::TakeBytes(in_, bytes)) return false;
      if (!ReadMessage(bytes, values.emplace_back(), depth_ + 1)) return false;
    }
    return true;
  }
  template <typename T>
  requires(!VarintLike<T>) bool Take(uint32_t number, T& message) {
    message = T{};
    std::string_view bytes;
    if (wire::TakeTag(in_, number, wire::kBytes)) {
      if (!wire::TakeBytes(in_, bytes) || bytes.empty()) return false;
    }
    return ReadMessage(bytes, message, depth_ + 1);
  }

  std::string_view in_;
  int depth_;
  bool ok_ = true;
};

}  // namespace bansos

#endif  // LEDGER_EVENT_DECODER_H_

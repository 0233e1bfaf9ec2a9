// Encoder: a field visitor that appends the canonical protobuf encoding of what it visits.
#ifndef LEDGER_EVENT_ENCODER_H_
#define LEDGER_EVENT_ENCODER_H_

#include <concepts>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "ledger/base/strong_int.h"
#include "ledger/domain/event.h"
#include "ledger/event/wire.h"

namespace bansos {

template <typename T>
concept Scalar = std::integral<T> || std::is_enum_v<T>;

template <Scalar T>
uint64_t ToVarint(T value) {
  return static_cast<uint64_t>(static_cast<int64_t>(value));
}
template <typename Tag, typename Rep>
uint64_t ToVarint(StrongInt<Tag, Rep> id) {
  return static_cast<uint64_t>(id.value());
}

template <typename T>
concept VarintLike = requires(T value) {
  ToVarint(value);
};

class Encoder {
 public:
  explicit Encoder(std::string& out) : out_(out) {}

  template <typename T>
  void operator()(uint32_t number, const char*, const T& value) {
    Append(number, value);
  }
  template <typename T>
  void Decided(uint32_t number, const char*, const T& value) {
    Append(number, value);
  }

  // A message field, present even when all in it is left out.
  template <typename T>
  void AppendMessage(uint32_t number, const T& message) {
    std::string body;
    Encoder encoder(body);
    VisitFields(encoder, message);
    wire::AppendBytes(out_, number, body);
  }

 private:
  void Append(uint32_t number, const std::string& value) {
    if (!value.empty()) wire::AppendBytes(out_, number, value);
  }
  template <VarintLike T>
  void Append(uint32_t number, const T& value) {
    if (ToVarint(value) == 0) return;
    wire::AppendTag(out_, number, wire::kVarint);
    wire::AppendVarint(out_, ToVarint(value));
  }
  void Append(uint32_t number, const std::optional<Position>& value) {
    if (!value) return;
    wire::AppendTag(out_, number, wire::kVarint);
    wire::AppendVarint(out_, value->value());
  }
  template <typename T>
  void Append(uint32_t number, const std::optional<T>& value) {
    if (value) AppendMessage(number, *value);
  }
  template <VarintLike T>
  void Append(uint32_t number, const std::vector<T>& values) {
    if (values.empty()) return;
    std::string packed;
    for (const T& value : values) wire::AppendVarint(packed, ToVarint(value));
    wire::AppendBytes(out_, number, packed);
  }
  void Append(uint32_t number, const std::vector<std::string>& values) {
    for (const std::string& value : values) wire::AppendBytes(out_, number, value);
  }
  template <typename T>
  void Append(uint32_t number, const std::vector<T>& values) {
    for (const T& value : values) AppendMessage(number, value);
  }
  // A plain message: left out when nothing in it is set.
  template <typename T>
  requires(!VarintLike<T>) void Append(uint32_t number, const T& message) {
    const size_t before = out_.size();
    AppendMessage(number, message);
    if (out_.back() == 0 && out_.size() - before == (number < 16 ? 2u : 3u)) out_.resize(before);
  }

  std::string& out_;
};

}  // namespace bansos

#endif  // LEDGER_EVENT_ENCODER_H_

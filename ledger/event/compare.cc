#include "ledger/event/compare.h"

#include <type_traits>
#include <utility>
#include <vector>

#include "ledger/domain/key.h"
#include "ledger/event/codec.h"
#include "ledger/event/encoder.h"

namespace bansos {
namespace {

template <typename T>
struct IsPlainMessage : std::bool_constant<std::is_class_v<T> && !VarintLike<T>> {};
template <>
struct IsPlainMessage<std::string> : std::false_type {};
template <typename T>
struct IsPlainMessage<std::vector<T>> : std::false_type {};
template <typename T>
struct IsPlainMessage<std::optional<T>> : std::false_type {};

// Collects the stated fields of an event as (name, encoding).
class StatedFields {
 public:
  template <typename T>
  void operator()(uint32_t number, const char* name, const T& value) {
    if constexpr (IsPlainMessage<T>::value) {
      const std::string outer = std::exchange(prefix_, prefix_ + name + ".");
      VisitFields(*this, value);
      prefix_ = outer;
    } else {
      std::string encoding;
      Encoder encoder(encoding);
      encoder(number, name, value);
      fields_.emplace_back(prefix_ + name, std::move(encoding));
    }
  }
  template <typename T>
  void Decided(uint32_t, const char*, const T&) {}

  const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }

 private:
  std::string prefix_;
  std::vector<std::pair<std::string, std::string>> fields_;
};

StatedFields Collect(const Event& event) {
  StatedFields stated;
  if (TraitsOf(event.body).actor_is_content) stated(2, "actor", event.envelope.actor);
  stated(4, "effective_date", event.envelope.effective_date);
  stated(5, "document", event.envelope.document);
  std::visit([&](const auto& body) { VisitFields(stated, body); }, event.body);
  return stated;
}

}  // namespace

std::optional<std::string> FirstDifferingField(const Event& stated, const Event& recorded) {
  if (stated.body.index() != recorded.body.index()) return "body";
  const StatedFields left = Collect(stated);
  const StatedFields right = Collect(recorded);
  for (size_t i = 0; i < left.fields().size(); ++i) {
    if (left.fields()[i] != right.fields()[i]) return left.fields()[i].first;
  }
  return std::nullopt;
}

}  // namespace bansos

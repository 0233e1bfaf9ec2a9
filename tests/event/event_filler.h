// Fills every field of an event with a value of its own, by the field lists, so that a test covers
// fields that did not exist when it was written.
#ifndef TESTS_EVENT_EVENT_FILLER_H_
#define TESTS_EVENT_EVENT_FILLER_H_

#include <string>
#include <vector>

#include "ledger/domain/event.h"
#include "ledger/event/encoder.h"

namespace bansos::testing {

class EventFiller {
 public:
  explicit EventFiller(uint64_t seed = 1) : next_(seed) {}

  template <typename T>
  void operator()(uint32_t, const char*, T& value) {
    Fill(value);
  }
  template <typename T>
  void Decided(uint32_t, const char*, T& value) {
    Fill(value);
  }

 private:
  void Fill(std::string& value) { value = "text " + std::to_string(next_++); }
  template <VarintLike T>
  void Fill(T& value) {
    if constexpr (std::is_enum_v<T>) {
      value = static_cast<T>(1);
    } else {
      value = T(next_++ % 100 + 1);
    }
  }
  void Fill(bool& value) { value = true; }
  template <typename T>
  void Fill(std::optional<T>& value) {
    Fill(value.emplace());
  }
  template <typename T>
  void Fill(std::vector<T>& values) {
    // An expression holds expressions: end somewhere.
    if (++depth_ > 4) return;
    values.resize(2);
    for (T& value : values) Fill(value);
    --depth_;
  }
  template <typename T>
  requires(!VarintLike<T>) void Fill(T& value) { VisitFields(*this, value); }

  uint64_t next_;
  int depth_ = 0;
};

// One filled event of each kind, in the order of EventBody.
inline std::vector<Event> OneOfEach(uint64_t seed = 1) {
  std::vector<Event> events;
  const auto add = [&]<size_t... I>(std::index_sequence<I...>) {
    (
        [&] {
          Event event;
          EventFiller filler(seed);
          VisitFields(filler, event.envelope);
          VisitFields(filler, event.body.emplace<I>());
          events.push_back(std::move(event));
        }(),
        ...);
  };
  add(std::make_index_sequence<std::variant_size_v<EventBody>>{});
  return events;
}

}  // namespace bansos::testing

#endif  // TESTS_EVENT_EVENT_FILLER_H_

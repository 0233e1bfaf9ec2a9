// Oddities: a grammar of values that likes odd shapes: the empty, the longest allowed and one
// more, what looks right and is not, bounds of dates and numbers. It makes a request odd in a few
// places, whatever the request is (by reflection), and leaves it otherwise as it was.
//
// The same seed gives the same values. Not thread-safe.
#ifndef TESTS_AGREEMENT_ODDITIES_H_
#define TESTS_AGREEMENT_ODDITIES_H_

#include <google/protobuf/message.h>

#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <vector>

namespace bansos::testing {

class Oddities {
 public:
  explicit Oddities(uint64_t seed) : random_(seed) {}

  // 0 .. bound - 1. The same on every machine, which std::uniform_int_distribution is not.
  uint64_t Below(uint64_t bound) { return random_() % bound; }
  bool OneIn(uint64_t n) { return Below(n) == 0; }
  template <typename Value>
  const Value& Pick(const std::vector<Value>& values) {
    return values[Below(values.size())];
  }
  template <typename Value>
  Value Pick(std::initializer_list<Value> values) {
    return values.begin()[Below(values.size())];
  }

  // Makes one to three places of the request odd. Never asks for a dry run.
  void Change(google::protobuf::Message& request);

  std::string Actor();
  std::string Date();
  std::string Code();
  std::string PlaceCode();
  std::string Text();
  int64_t Number();
  // The text with one thing put in, taken out or exchanged.
  std::string Near(std::string text);

 private:
  struct Place {
    google::protobuf::Message* message;
    const google::protobuf::FieldDescriptor* field;
  };

  static void FindPlaces(google::protobuf::Message& message, std::vector<Place>& places);
  void ChangePlace(const Place& place);
  void ChangeList(const Place& place);
  void ChangeMessage(const Place& place);
  // Sets the field; of a repeated one its element `index`.
  void SetOdd(const Place& place, int index);
  // A value of a field of this name.
  std::string OddString(const std::string& name);

  std::mt19937_64 random_;
};

}  // namespace bansos::testing

#endif  // TESTS_AGREEMENT_ODDITIES_H_

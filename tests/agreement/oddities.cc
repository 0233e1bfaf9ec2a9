#include "tests/agreement/oddities.h"

#include <limits>

#include "absl/strings/match.h"

namespace bansos::testing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Bounds of docs/LIMITS.md and of the types, and what stands beside them.
const std::vector<int64_t>& Bounds() {
  static const auto* bounds = new std::vector<int64_t>{
      1,
      2,
      16,
      31,
      63,
      100,
      256,
      366,
      1'000,
      1'899,
      1'900,
      2'999,
      9'999,
      100'000,
      131'072,
      999'999,
      10'000'000,
      50'000'000,
      999'999'999,
      (int64_t{1} << 31) - 1,
      (int64_t{1} << 32) - 1,
      999'999'999'999,
      1'000'000'000'000'000,
      9'999'999'999'999'999,
      999'999'999'999'999'999,
      std::numeric_limits<int64_t>::max() - 1,
  };
  return *bounds;
}

}  // namespace

void Oddities::Change(Message& request) {
  const uint64_t count = OneIn(3) ? 1 + Below(3) : 1;
  for (uint64_t i = 0; i < count; ++i) {
    std::vector<Place> places;
    FindPlaces(request, places);
    if (!places.empty()) ChangePlace(Pick(places));
  }
}

std::string Oddities::Near(std::string text) {
  const std::string put = Pick<std::string>(
      {" ", ".", "-", "/", "_", "a", "A", "0", "9", "\u00e9", "\u0301", "\n", "\u00a0", "@", "+"});
  const size_t at = text.empty() ? 0 : Below(text.size());
  // Never into a character: what is no UTF-8 does not even arrive.
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return put + text;
  }
  switch (Below(5)) {
    case 0:
      return text.insert(OneIn(2) ? text.size() : at, put);
    case 1:
      return text.erase(at, 1);
    case 2:
      return put + text;
    default:
      return text.replace(at, 1, put);
  }
}

int64_t Oddities::Number() {
  switch (Below(8)) {
    case 0:
      return 0;
    case 1:
      return -Pick(Bounds());
    case 2:
      return Pick(Bounds()) + 1;
    case 3:
      return Pick(Bounds()) - 1;
    case 4:
      return static_cast<int64_t>(Below(8));
    case 5:
      return Pick(
          {std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max(), int64_t{-1}});
    default:
      return Pick(Bounds());
  }
}

void Oddities::FindPlaces(Message& message, std::vector<Place>& places) {
  const Reflection& reflection = *message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    if (field->name() == "dry_run" || field->name() == "options") continue;
    places.push_back({&message, field});
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (field->is_repeated()) {
      for (int at = 0; at < reflection.FieldSize(message, field); ++at) {
        FindPlaces(*reflection.MutableRepeatedMessage(&message, field, at), places);
      }
    } else if (reflection.HasField(message, field)) {
      FindPlaces(*reflection.MutableMessage(&message, field), places);
    }
  }
}

void Oddities::ChangePlace(const Place& place) {
  if (place.field->is_repeated()) return ChangeList(place);
  if (place.field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) return ChangeMessage(place);
  SetOdd(place, -1);
}

// Doubled, cut, in another order, empty; or one element odd.
void Oddities::ChangeList(const Place& place) {
  Message& message = *place.message;
  const Reflection& reflection = *message.GetReflection();
  const int size = reflection.FieldSize(message, place.field);
  const bool of_messages = place.field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  if (size == 0) {
    if (of_messages) return;
    SetOdd(place, 0);
    return;
  }
  const int at = static_cast<int>(Below(size));
  switch (Below(of_messages ? 4 : 6)) {
    case 0:
      return reflection.RemoveLast(&message, place.field);
    case 1:
      return reflection.SwapElements(&message, place.field, at, static_cast<int>(Below(size)));
    case 2:
      if (!OneIn(4)) return;
      return reflection.ClearField(&message, place.field);
    case 3:
      if (!of_messages) return SetOdd(place, size);
      reflection.AddMessage(&message, place.field)
          ->CopyFrom(reflection.GetRepeatedMessage(message, place.field, at));
      return;
    default:
      return SetOdd(place, at);
  }
}

// Taken away, or put there with something in it.
void Oddities::ChangeMessage(const Place& place) {
  const Reflection& reflection = *place.message->GetReflection();
  if (reflection.HasField(*place.message, place.field) && OneIn(2)) {
    return reflection.ClearField(place.message, place.field);
  }
  Message& inner = *reflection.MutableMessage(place.message, place.field);
  for (int i = 0; i < inner.GetDescriptor()->field_count(); ++i) {
    const Place within = {&inner, inner.GetDescriptor()->field(i)};
    if (within.field->is_repeated() || OneIn(2)) continue;
    ChangePlace(within);
  }
}

void Oddities::SetOdd(const Place& place, int index) {
  Message& message = *place.message;
  const Reflection& reflection = *message.GetReflection();
  const FieldDescriptor* field = place.field;
  const bool repeated = index >= 0;
  const bool adds = repeated && index == reflection.FieldSize(message, field);
  const auto set = [&](auto value, auto one, auto at, auto add) {
    if (!repeated) return (reflection.*one)(&message, field, value);
    if (adds) return (reflection.*add)(&message, field, value);
    (reflection.*at)(&message, field, index, value);
  };
  // Mostly near what was there.
  const bool near = !repeated && OneIn(2);
  const int by = OneIn(2) ? 1 : -1;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return set(OneIn(2), &Reflection::SetBool, &Reflection::SetRepeatedBool,
                 &Reflection::AddBool);
    case FieldDescriptor::CPPTYPE_UINT32:
      return set(static_cast<uint32_t>(near ? reflection.GetUInt32(message, field) + by : Number()),
                 &Reflection::SetUInt32, &Reflection::SetRepeatedUInt32, &Reflection::AddUInt32);
    case FieldDescriptor::CPPTYPE_UINT64:
      return set(static_cast<uint64_t>(near ? reflection.GetUInt64(message, field) + by : Number()),
                 &Reflection::SetUInt64, &Reflection::SetRepeatedUInt64, &Reflection::AddUInt64);
    case FieldDescriptor::CPPTYPE_INT64:
      return set(near ? static_cast<int64_t>(
                            static_cast<uint64_t>(reflection.GetInt64(message, field)) + by)
                      : Number(),
                 &Reflection::SetInt64, &Reflection::SetRepeatedInt64, &Reflection::AddInt64);
    case FieldDescriptor::CPPTYPE_ENUM:
      return set(static_cast<int>(OneIn(6) ? 77 : Below(field->enum_type()->value_count())),
                 &Reflection::SetEnumValue, &Reflection::SetRepeatedEnumValue,
                 &Reflection::AddEnumValue);
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string value = field->type() == FieldDescriptor::TYPE_BYTES
                                    ? std::string(Pick({0, 1, 31, 32, 33}), '\0')
                                : near ? Near(reflection.GetString(message, field))
                                       : OddString(std::string(field->name()));
      if (!repeated) return reflection.SetString(&message, field, value);
      if (adds) return reflection.AddString(&message, field, value);
      return reflection.SetRepeatedString(&message, field, index, value);
    }
    default:
      return;
  }
}

std::string Oddities::OddString(const std::string& name) {
  if (absl::StrContains(name, "date") || absl::EndsWith(name, "_on") || name == "fiscal_year_end") {
    return Date();
  }
  if (name == "area" || name == "work_area" || name == "parent") return PlaceCode();
  if (name == "code") return OneIn(3) ? Code() : PlaceCode();
  if (name == "signatory") return Actor();
  if (name == "nik" || name == "kk" || name == "account_number" || name == "reference") {
    return OneIn(2) ? Text() : Code();
  }
  if (name == "number" || name == "legal_basis" || name == "title" || name == "meaning" ||
      name == "source" || name == "codes") {
    return Text();
  }
  if (name == "name" || name == "id") return OneIn(2) ? Text() : Code();
  if (name == "program" || name == "proposer" || name == "candidate_class" || name == "kind" ||
      name == "sender" || name == "catalogue" || name == "indicator" || name == "texts") {
    return OneIn(4) ? Text() : Code();
  }
  return OneIn(8) ? std::string(Pick({140, 141, 512, 513}), 'x') : Text();
}

}  // namespace bansos::testing

#include "tests/agreement/odd_values.h"

#include <limits>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace bansos::testing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

std::string Repeated(const std::string& part, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += part;
  return text;
}

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

void OddValues::Change(Message& request) {
  const uint64_t count = OneIn(3) ? 1 + Below(3) : 1;
  for (uint64_t i = 0; i < count; ++i) {
    std::vector<Place> places;
    FindPlaces(request, places);
    if (!places.empty()) ChangePlace(Pick(places));
  }
}

std::string OddValues::Actor() {
  return Pick<std::string>({"a", "A", "Amir", "amir@dinsos", "@", ".", "-", "_", "0",
                            std::string(64, 'a'), std::string(65, 'a'), "amir-", "a b", "a/b",
                            "amir.3374010101800001", "3374-0101-0180-0001", "337401010180000",
                            "amir,x", "1234567890123456"});
}

std::string OddValues::Date() {
  return Pick<std::string>(
      {"1900-01-01", "2999-12-31", "1899-12-31", "3000-01-01", "9999-12-31", "2024-02-29",
       "2025-02-29", "2000-02-29", "1900-02-29", "2100-02-29", "2025-06-02", "2025-06-03",
       "2025-06-01", "2025-04-31", "2025-00-10", "2025-13-01", "2025-01-00", "", "2025-1-1",
       "20250101", " 2025-01-01", "2025-01-01 ", "2025-01-01T00:00:00", "0000-00-00",
       "-2025-01-01", "2025-12-31"});
}

std::string OddValues::Code() {
  return Pick<std::string>({"", "A", "a", "Z9", "0", "9", "-", ".", "_", "-A", "A-", "A.B", "A_B",
                            "A/B", "A B", " A", "A ", "É", "KJS", "kjs", "33.AB",
                            std::string(12, 'A'), std::string(13, 'A'), std::string(31, 'A'),
                            std::string(32, 'A'), "3374010101800001", "3374-0101.0180-0001",
                            "337401010180000", "A3374010101800001", "1111111111111111",
                            "A\tB", "A\nB"});
}

std::string OddValues::PlaceCode() {
  return Pick<std::string>({"33.AB", "01.01", "33.00", "00.00", "33.99", "99.99", "33.7", "33.074",
                            "3374", "33.74.01", "33.74.00", "33.74.01.1001", "33.74.01.0000",
                            "33.74.01.100", "33.74.01.1001.1", "33", "33.", ".33", "", " 33.74",
                            "33.74 ", "33,74", "33.7４", "10.01", "33.74.0A", "33.74.01.10O1",
                            "33.01", "33.74", "0", "+3.74", "33.-1"});
}

std::string OddValues::Text() {
  return Pick<std::string>({
      "", " ", "  ", "\u00a0", "\u1680", "\u2003", "\u202f", "\u205f", "\u3000", "\u3000 \u00a0",
      "\u00ad", "\u034f", "\u115f", "\u180e", "\u200b", "\u200c", "\u200d", "\u2060", "\u2061",
      "\u2063", "\u2800", "\u3164", "\ufe0f", "\ufff9", "\ufffb", "\ufffc", "\ufffd", "\uffff",
      "\ufeff", "\u061c", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202e", "\u2066",
      "\u2069", "\u206a", "\U000e0001", "\U000e0041", "\U000f0000", "\U0010ffff", "\U0001f600",
      "e\u0301", "\u0301", "a\u0301\u0302\u0303", "\u0085", "x\u0085y", "x\u009fy", "\u007f",
      "\n", "a\nb", "a\r", "a\tb", "\x1b[31m", std::string("a\0b", 3), std::string(1, '\0'),
      std::string(200, 'x'), std::string(201, 'x'), Repeated("\u00e9", 100),
      Repeated("\u00e9", 101), absl::StrCat(std::string(199, 'x'), "\u00e9"),
      absl::StrCat(std::string(197, 'x'), "\u3042"), Repeated("\U0001f600", 50), std::string(200, ' '),
      absl::StrCat(std::string(199, ' '), "x"), " x", "x ", "SK/1", "900/1.2/SK/2025", "../..",
      "/", ".", "-", "\"", "'", "a,b", "a;b", "=1+1", "@x", "3374010101800001",
      "33 74 01 01 01 80 00 01", "33.74.01.01.01.80.00.01", "33/74/01/01/01/80/00/01",
      "33  74010101800001", "jateng/2025.0101.0112.0042", "2025.0101.0112.0042",
      "3374014101800001", "3374013201800001", "3374010113800001", "337401010180000",
      "33740101018000011", "33 74 01 01 01 80 00 01 2", "1.3374010101800001", "x3374010101800001x",
      "１２３４５６７８９０１２３４５６", "0000000000000000", "1111111111111111",
      "12.34.56.01.01.80.00.01-x",
  });
}

int64_t OddValues::Number() {
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
      return Pick({std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max(),
                   int64_t{-1}});
    default:
      return Pick(Bounds());
  }
}

void OddValues::FindPlaces(Message& message, std::vector<Place>& places) {
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

void OddValues::ChangePlace(const Place& place) {
  if (place.field->is_repeated()) return ChangeList(place);
  if (place.field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) return ChangeMessage(place);
  SetOdd(place, -1);
}

// Doubled, cut, in another order, empty; or one element odd.
void OddValues::ChangeList(const Place& place) {
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
void OddValues::ChangeMessage(const Place& place) {
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

void OddValues::SetOdd(const Place& place, int index) {
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
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return set(OneIn(2), &Reflection::SetBool, &Reflection::SetRepeatedBool,
                 &Reflection::AddBool);
    case FieldDescriptor::CPPTYPE_UINT32:
      return set(static_cast<uint32_t>(Number()), &Reflection::SetUInt32,
                 &Reflection::SetRepeatedUInt32, &Reflection::AddUInt32);
    case FieldDescriptor::CPPTYPE_UINT64:
      return set(static_cast<uint64_t>(Number()), &Reflection::SetUInt64,
                 &Reflection::SetRepeatedUInt64, &Reflection::AddUInt64);
    case FieldDescriptor::CPPTYPE_INT64:
      return set(Number(), &Reflection::SetInt64, &Reflection::SetRepeatedInt64,
                 &Reflection::AddInt64);
    case FieldDescriptor::CPPTYPE_ENUM:
      return set(static_cast<int>(OneIn(6) ? 77 : Below(field->enum_type()->value_count())),
                 &Reflection::SetEnumValue, &Reflection::SetRepeatedEnumValue,
                 &Reflection::AddEnumValue);
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string value = field->type() == FieldDescriptor::TYPE_BYTES
                                    ? std::string(Pick({0, 1, 31, 32, 33}), '\0')
                                    : OddString(std::string(field->name()));
      if (!repeated) return reflection.SetString(&message, field, value);
      if (adds) return reflection.AddString(&message, field, value);
      return reflection.SetRepeatedString(&message, field, index, value);
    }
    default:
      return;
  }
}

std::string OddValues::OddString(const std::string& name) {
  if (absl::StrContains(name, "date") || absl::EndsWith(name, "_on") ||
      name == "fiscal_year_end") {
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

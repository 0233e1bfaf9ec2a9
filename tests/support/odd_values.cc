#include "tests/support/odd_values.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

namespace bansos::testing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Expressions hold expressions: below this depth they only repeat themselves.
constexpr int kDeepest = 5;
// Bytes of texts: the bounds of texts, one more, and a megabyte.
constexpr size_t kTextLengths[] = {
    size_t{1} << 20, 50'177, 50'176, 513, 512, 201, 200, 141, 140, 65, 64, 32, 31, 1, 0};
// One more than any list may have that is not bytes of a message.
constexpr int kTooMany = 8193;

// Sets a number of whatever type; false when the type cannot hold it.
template <typename Number>
bool Fits(uint64_t value) {
  return value <= static_cast<uint64_t>(std::numeric_limits<Number>::max());
}

struct Setter {
  Message& at;
  const FieldDescriptor& field;

  bool Unsigned(uint64_t value) const {
    const Reflection& reflection = *at.GetReflection();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        if (!Fits<int32_t>(value)) return false;
        Number<int32_t>(value, &Reflection::SetInt32, &Reflection::AddInt32);
        return true;
      case FieldDescriptor::CPPTYPE_ENUM:
        if (!Fits<int32_t>(value)) return false;
        Number<int>(value, &Reflection::SetEnumValue, &Reflection::AddEnumValue);
        return true;
      case FieldDescriptor::CPPTYPE_UINT32:
        if (!Fits<uint32_t>(value)) return false;
        Number<uint32_t>(value, &Reflection::SetUInt32, &Reflection::AddUInt32);
        return true;
      case FieldDescriptor::CPPTYPE_INT64:
        if (!Fits<int64_t>(value)) return false;
        Number<int64_t>(value, &Reflection::SetInt64, &Reflection::AddInt64);
        return true;
      case FieldDescriptor::CPPTYPE_UINT64:
        Number<uint64_t>(value, &Reflection::SetUInt64, &Reflection::AddUInt64);
        return true;
      case FieldDescriptor::CPPTYPE_BOOL:
        if (value > 1) return false;
        if (field.is_repeated()) return false;
        reflection.SetBool(&at, &field, value != 0);
        return true;
      default:
        return false;
    }
  }
  bool Negative(int64_t value) const {
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT32 &&
        value >= std::numeric_limits<int32_t>::min()) {
      Number<int32_t>(value, &Reflection::SetInt32, &Reflection::AddInt32);
      return true;
    }
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_INT64) return false;
    Number<int64_t>(value, &Reflection::SetInt64, &Reflection::AddInt64);
    return true;
  }

  // A list gets this number as its only one.
  template <typename Type, typename Value, typename Set, typename Add>
  void Number(Value value, Set set, Add add) const {
    const Reflection& reflection = *at.GetReflection();
    if (field.is_repeated()) {
      reflection.ClearField(&at, &field);
      (reflection.*add)(&at, &field, static_cast<Type>(value));
    } else {
      (reflection.*set)(&at, &field, static_cast<Type>(value));
    }
  }
};

uint64_t LargestOf(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_UINT64:
      return std::numeric_limits<uint64_t>::max();
    case FieldDescriptor::CPPTYPE_INT64:
      return std::numeric_limits<int64_t>::max();
    case FieldDescriptor::CPPTYPE_UINT32:
      return std::numeric_limits<uint32_t>::max();
    case FieldDescriptor::CPPTYPE_BOOL:
      return 1;
    default:
      return std::numeric_limits<int32_t>::max();
  }
}

}  // namespace

struct OddValues::Visit {
  const std::function<void(const OddValue&)>& send;
  const std::function<void()>& next;
};

OddValues::OddValues(std::vector<uint64_t> bounds) {
  std::set<uint64_t, std::greater<>> numbers = {0, 1};
  for (const uint64_t bound : bounds) {
    numbers.insert(bound);
    numbers.insert(bound + 1);
  }
  numbers_.assign(numbers.begin(), numbers.end());
}

void OddValues::Walk(Message& message, const std::function<void(const OddValue&)>& send,
                     const std::function<void()>& next) const {
  WalkMessage(Visit{send, next}, message, "", 0);
}

void OddValues::WalkMessage(const Visit& visit, Message& at, const std::string& path,
                            int depth) const {
  const auto* descriptor = at.GetDescriptor();
  const Reflection& reflection = *at.GetReflection();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor& field = *descriptor->field(i);
    const std::string name = absl::StrCat(path, path.empty() ? "" : ".", std::string(field.name()));
    const std::unique_ptr<Message> old(at.New());
    old->CopyFrom(at);
    if (field.is_repeated()) WalkList(visit, at, field, name);
    at.CopyFrom(*old);
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      WalkField(visit, at, field, name);
    } else if (depth < kDeepest) {
      Message* inner = field.is_repeated()
                           ? (reflection.FieldSize(at, &field) > 0
                                  ? reflection.MutableRepeatedMessage(&at, &field, 0)
                                  : reflection.AddMessage(&at, &field))
                           : reflection.MutableMessage(&at, &field);
      WalkMessage(visit, *inner, name, depth + 1);
    }
    at.CopyFrom(*old);
    visit.next();
  }
}

void OddValues::WalkField(const Visit& visit, Message& at, const FieldDescriptor& field,
                          const std::string& path) const {
  const Reflection& reflection = *at.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    for (const size_t length : kTextLengths) {
      std::string text(length, 'A');
      if (field.is_repeated()) {
        reflection.ClearField(&at, &field);
        reflection.AddString(&at, &field, std::move(text));
      } else {
        reflection.SetString(&at, &field, std::move(text));
      }
      visit.send({path, absl::StrCat(length, " bytes"), length == kTextLengths[0], false});
    }
    return;
  }
  const Setter setter{at, field};
  const uint64_t largest = LargestOf(field);
  const bool counts = field.cpp_type() != FieldDescriptor::CPPTYPE_BOOL;
  if (setter.Unsigned(largest)) visit.send({path, absl::StrCat(largest), counts});
  for (const uint64_t number : numbers_) {
    if (number < largest && setter.Unsigned(number)) visit.send({path, absl::StrCat(number)});
  }
  for (const int64_t number : {int64_t{-1}, std::numeric_limits<int64_t>::min()}) {
    if (setter.Negative(number)) visit.send({path, absl::StrCat(number), number != -1});
  }
}

void OddValues::WalkList(const Visit& visit, Message& at, const FieldDescriptor& field,
                         const std::string& path) const {
  const Reflection& reflection = *at.GetReflection();
  const bool messages = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  if (messages) {
    std::unique_ptr<Message> first;
    if (reflection.FieldSize(at, &field) > 0) {
      const Message& there = reflection.GetRepeatedMessage(at, &field, 0);
      first.reset(there.New());
      first->CopyFrom(there);
    }
    while (reflection.FieldSize(at, &field) < kTooMany) {
      Message* added = reflection.AddMessage(&at, &field);
      if (first != nullptr) added->CopyFrom(*first);
    }
  } else {
    for (int i = 0; i < kTooMany; ++i) {
      if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        reflection.AddString(&at, &field, "A");
      } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT64) {
        reflection.AddInt64(&at, &field, 1);
      } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_UINT64) {
        reflection.AddUInt64(&at, &field, 1);
      } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_UINT32) {
        reflection.AddUInt32(&at, &field, 1);
      } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
        reflection.AddEnumValue(&at, &field, 1);
      }
    }
  }
  visit.send({path, absl::StrCat(kTooMany, " elements"), true, false});
  reflection.ClearField(&at, &field);
  visit.send({path, "no element", false, false});
}

}  // namespace bansos::testing

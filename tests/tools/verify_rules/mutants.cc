#include "tests/tools/verify_rules/mutants.h"

#include <functional>

#include "absl/strings/str_cat.h"
#include "bansos/ledger/v1/event.pb.h"
#include "ledger/base/check.h"

namespace bansos::testing {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

int OtherValue(const EnumDescriptor& type, int number) {
  const auto* value = type.FindValueByNumber(number);
  const int index = value == nullptr ? 0 : value->index();
  return type.value((index + 1) % type.value_count())->number();
}

// Another text of the same characters, so that only its meaning can be wrong.
std::string OtherText(std::string text) {
  if (text.empty()) return "X";
  char& last = text.back();
  if (last >= '0' && last < '9') {
    ++last;
  } else if (last == '9') {
    last = '8';
  } else {
    last = last == 'b' || last == 'B' ? last + 1 : (last >= 'a' ? 'b' : 'B');
  }
  return text;
}

std::string OtherBytes(std::string bytes) {
  if (bytes.empty()) return "X";
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  return bytes;
}

std::string OtherString(const FieldDescriptor& field, const std::string& value) {
  return field.type() == FieldDescriptor::TYPE_BYTES ? OtherBytes(value) : OtherText(value);
}

// Of a field where 0 means that none is stated, a value that could be stated.
int StatedInsteadOf0(const std::string& field) {
  if (field.ends_with("_date")) return 20250110;
  if (field.ends_with("area")) return 3301;
  return 1;
}

template <typename Int>
Int OtherNumber(const FieldDescriptor& field, Int value) {
  return value == 0 ? StatedInsteadOf0(field.name()) : value + 1;
}

void ChangeScalar(Message& message, const FieldDescriptor& field) {
  const Reflection& reflect = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return reflect.SetInt32(&message, &field,
                              OtherNumber(field, reflect.GetInt32(message, &field)));
    case FieldDescriptor::CPPTYPE_INT64:
      return reflect.SetInt64(&message, &field,
                              OtherNumber(field, reflect.GetInt64(message, &field)));
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflect.SetUInt32(&message, &field,
                               OtherNumber(field, reflect.GetUInt32(message, &field)));
    case FieldDescriptor::CPPTYPE_UINT64:
      return reflect.SetUInt64(&message, &field,
                               OtherNumber(field, reflect.GetUInt64(message, &field)));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflect.SetBool(&message, &field, !reflect.GetBool(message, &field));
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflect.SetEnumValue(
          &message, &field, OtherValue(*field.enum_type(), reflect.GetEnumValue(message, &field)));
    case FieldDescriptor::CPPTYPE_STRING:
      return reflect.SetString(&message, &field,
                               OtherString(field, reflect.GetString(message, &field)));
    default:
      CHECK(false) << field.full_name();
  }
}

void ChangeLastElement(Message& message, const FieldDescriptor& field) {
  const Reflection& reflect = *message.GetReflection();
  const int last = reflect.FieldSize(message, &field) - 1;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT64:
      return reflect.SetRepeatedInt64(&message, &field, last,
                                      reflect.GetRepeatedInt64(message, &field, last) + 1);
    case FieldDescriptor::CPPTYPE_UINT64:
      return reflect.SetRepeatedUInt64(&message, &field, last,
                                       reflect.GetRepeatedUInt64(message, &field, last) + 1);
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflect.SetRepeatedEnumValue(
          &message, &field, last,
          OtherValue(*field.enum_type(), reflect.GetRepeatedEnumValue(message, &field, last)));
    case FieldDescriptor::CPPTYPE_STRING:
      return reflect.SetRepeatedString(
          &message, &field, last,
          OtherString(field, reflect.GetRepeatedString(message, &field, last)));
    default:
      CHECK(false) << field.full_name();
  }
}

// Finds the message to change in a copy of the event.
using Place = std::function<Message&(ledger::v1::Event& event)>;

class Mutation {
 public:
  explicit Mutation(const std::string& entry) { CHECK(event_.ParseFromString(entry)); }

  std::vector<Mutant> All() {
    Visit(event_, [](ledger::v1::Event& event) -> Message& { return event; });
    return std::move(mutants_);
  }

 private:
  void Add(const FieldDescriptor& field, const std::string& change, const Place& place,
           const std::function<void(Message&)>& mutate) {
    ledger::v1::Event copy = event_;
    mutate(place(copy));
    mutants_.push_back({absl::StrCat(field.containing_type()->name(), ".", field.name()), change,
                        copy.SerializeAsString()});
  }

  void Visit(const Message& message, const Place& place) {
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor& field = *message.GetDescriptor()->field(i);
      if (field.is_repeated()) {
        VisitList(message, field, place);
      } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        VisitMessage(message, field, place);
      } else {
        Add(field, "changed", place, [&](Message& changed) { ChangeScalar(changed, field); });
      }
    }
  }

  void VisitMessage(const Message& message, const FieldDescriptor& field, const Place& place) {
    const Reflection& reflect = *message.GetReflection();
    if (!reflect.HasField(message, &field)) return;
    Add(field, "left out", place, [&](Message& changed) { reflect.ClearField(&changed, &field); });
    Visit(reflect.GetMessage(message, &field), [&](ledger::v1::Event& event) -> Message& {
      return *reflect.MutableMessage(&place(event), &field);
    });
  }

  void VisitList(const Message& message, const FieldDescriptor& field, const Place& place) {
    const Reflection& reflect = *message.GetReflection();
    const int size = reflect.FieldSize(message, &field);
    if (size == 0) return;
    Add(field, "last left out", place,
        [&](Message& changed) { reflect.RemoveLast(&changed, &field); });
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      Add(field, "last changed", place,
          [&](Message& changed) { ChangeLastElement(changed, field); });
      return;
    }
    Visit(reflect.GetRepeatedMessage(message, &field, size - 1),
          [&](ledger::v1::Event& event) -> Message& {
            return *reflect.MutableRepeatedMessage(&place(event), &field, size - 1);
          });
  }

  ledger::v1::Event event_;
  std::vector<Mutant> mutants_;
};

}  // namespace

std::vector<Mutant> MutantsOf(const std::string& entry) { return Mutation(entry).All(); }

}  // namespace bansos::testing

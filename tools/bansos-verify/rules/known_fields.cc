#include "tools/bansos-verify/rules/known_fields.h"

#include <cstdint>

namespace bansos::verify {
namespace {

using google::protobuf::FieldDescriptor;
using replay::kAllowed;

// What protobuf itself follows; deeper entries are not readable.
constexpr int kMaxDepth = 100;

enum WireType : uint64_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

bool TakeVarint(std::string_view& bytes, uint64_t& value) {
  value = 0;
  for (int shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

bool Skip(std::string_view& bytes, size_t size) {
  if (bytes.size() < size) return false;
  bytes.remove_prefix(size);
  return true;
}

// Takes a value off; `content` is that of a field with a length.
bool TakeValue(std::string_view& bytes, uint64_t wire_type, std::string_view& content) {
  uint64_t number;
  switch (wire_type) {
    case kVarint:
      return TakeVarint(bytes, number);
    case kFixed64:
      return Skip(bytes, 8);
    case kFixed32:
      return Skip(bytes, 4);
    case kBytes:
      if (!TakeVarint(bytes, number) || bytes.size() < number) return false;
      content = bytes.substr(0, number);
      return Skip(bytes, number);
    default:
      return false;  // groups
  }
}

}  // namespace

KnownFields::KnownFields(const google::protobuf::Descriptor& event) { Add(event); }

size_t KnownFields::Add(const google::protobuf::Descriptor& descriptor) {
  const auto [known, added] = index_of_.emplace(descriptor.full_name(), messages_.size());
  if (!added) return known->second;
  const size_t index = known->second;
  messages_.push_back({.name = descriptor.name(), .fields = {}});
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const FieldDescriptor& field = *descriptor.field(i);
    const Field described = Describe(field);
    std::vector<Field>& fields = messages_[index].fields;
    if (fields.size() <= static_cast<size_t>(field.number())) fields.resize(field.number() + 1);
    fields[field.number()] = described;
  }
  return index;
}

KnownFields::Field KnownFields::Describe(const FieldDescriptor& field) {
  Field described{.known = true};
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    described.message = Add(*field.message_type());
    described.may_be_empty = field.is_repeated() || field.real_containing_oneof() != nullptr;
  }
  return described;
}

replay::Verdict KnownFields::Check(std::string_view bytes, size_t message, int depth) const {
  const Message& layout = messages_[message];
  while (!bytes.empty()) {
    uint64_t tag;
    std::string_view content;
    FAULT_UNLESS(depth < kMaxDepth && TakeVarint(bytes, tag) && TakeValue(bytes, tag & 7, content),
                 "kNotCanonical", layout.name, " is no sequence of fields");
    const uint64_t number = tag >> 3;
    FAULT_UNLESS(number < layout.fields.size() && layout.fields[number].known, "kUnknownField",
                 "field ", number, " of ", layout.name, " is not known");
    const Field& field = layout.fields[number];
    if (field.message == kNoMessage) continue;
    FAULT_UNLESS((tag & 7) == kBytes, "kUnknownField", "field ", number, " of ", layout.name,
                 " is not written as a message");
    FAULT_UNLESS(field.may_be_empty || !content.empty(), "kNotCanonical", "field ", number, " of ",
                 layout.name, " is written, but nothing in it is set");
    RETURN_IF_FAULT(Check(content, field.message, depth + 1));
  }
  return kAllowed;
}

}  // namespace bansos::verify

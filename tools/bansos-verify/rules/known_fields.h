// KnownFields: a walk over the bytes of a message that finds what protobuf reads without a word: a
// field that this version does not know, and a message field in which nothing is set. Only a body
// and an element of a list may be empty.
//
// Made once from the descriptors; immutable, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_RULES_KNOWN_FIELDS_H_
#define TOOLS_BANSOS_VERIFY_RULES_KNOWN_FIELDS_H_

#include <google/protobuf/descriptor.h>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tools/bansos-verify/replay/fault.h"

namespace bansos::verify {

class KnownFields {
 public:
  explicit KnownFields(const google::protobuf::Descriptor& event);

  // Faults: kUnknownField, kNotCanonical. REQUIRES: protobuf reads `message` as the event.
  replay::Verdict Check(std::string_view message) const { return Check(message, 0, 0); }

 private:
  struct Field {
    bool known = false;
    bool may_be_empty = true;
    // Index of the message that the field holds; kNoMessage for all else.
    size_t message = kNoMessage;
  };
  struct Message {
    std::string name;
    std::vector<Field> fields;  // by number
  };
  static constexpr size_t kNoMessage = static_cast<size_t>(-1);

  // Index of the message in messages_, with all below it.
  size_t Add(const google::protobuf::Descriptor& descriptor);
  Field Describe(const google::protobuf::FieldDescriptor& field);
  replay::Verdict Check(std::string_view bytes, size_t message, int depth) const;

  std::vector<Message> messages_;
  std::map<std::string, size_t> index_of_;
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_RULES_KNOWN_FIELDS_H_

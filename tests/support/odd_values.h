// OddValues: a message again and again, each time with one value in it that somebody might state:
// numbers at and just above every bound, zero and the type's ends; texts empty, at their bounds and
// of a megabyte; lists empty and with one element too many. By reflection, so that a field that is
// added to the API is walked without a word here.
#ifndef TESTS_SUPPORT_ODD_VALUES_H_
#define TESTS_SUPPORT_ODD_VALUES_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "google/protobuf/message.h"

namespace bansos::testing {

struct OddValue {
  std::string field;  // As a path, "items.amount".
  std::string value;  // For the reader of a failure.
  // No bound allows it: the ends of a number's type, a megabyte of text, a list beyond all lists.
  bool beyond_all_bounds = false;
  bool is_number = true;  // Or a text or list.
};

class OddValues {
 public:
  // `bounds`: the numbers beside which a rule may change its mind.
  explicit OddValues(std::vector<uint64_t> bounds);

  // Calls `send` for each odd value while `message` holds it, from the largest to the smallest of a
  // field, and `next` after each field; then the message is as it was.
  void Walk(google::protobuf::Message& message, const std::function<void(const OddValue&)>& send,
            const std::function<void()>& next) const;

 private:
  struct Visit;
  void WalkMessage(const Visit& visit, google::protobuf::Message& at, const std::string& path,
                   int depth) const;
  void WalkField(const Visit& visit, google::protobuf::Message& at,
                 const google::protobuf::FieldDescriptor& field, const std::string& path) const;
  void WalkList(const Visit& visit, google::protobuf::Message& at,
                const google::protobuf::FieldDescriptor& field, const std::string& path) const;

  std::vector<uint64_t> numbers_;  // Falling.
};

}  // namespace bansos::testing

#endif  // TESTS_SUPPORT_ODD_VALUES_H_

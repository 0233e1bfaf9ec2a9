// JSON of bansosctl: messages of the API with the proto's own field names, and small objects of our
// own for what one message does not hold. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_CLIENT_JSON_H_
#define TOOLS_BANSOSCTL_CLIENT_JSON_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "google/protobuf/message.h"

namespace bansos {

// One line, without the line end.
std::string ToJson(const google::protobuf::Message& message);

// A JSON object whose members stand in the order in which they were added.
class JsonObject {
 public:
  JsonObject& Add(std::string_view name, std::string_view text);
  JsonObject& Add(std::string_view name, const char* text) {
    return Add(name, std::string_view(text));
  }
  JsonObject& Add(std::string_view name, int64_t number);
  JsonObject& Add(std::string_view name, uint64_t number);
  JsonObject& Add(std::string_view name, bool value);
  JsonObject& Add(std::string_view name, const JsonObject& object);

  std::string ToString() const { return "{" + members_ + "}"; }

 private:
  void AddRaw(std::string_view name, std::string_view value);

  std::string members_;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CLIENT_JSON_H_

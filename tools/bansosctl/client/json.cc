#include "tools/bansosctl/client/json.h"

#include "absl/strings/str_format.h"
#include "google/protobuf/util/json_util.h"
#include "ledger/base/check.h"

namespace bansos {
namespace {

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted.push_back('\\');
      quoted.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      quoted += absl::StrFormat("\\u%04x", static_cast<unsigned char>(c));
    } else {
      quoted.push_back(c);
    }
  }
  quoted.push_back('"');
  return quoted;
}

}  // namespace

std::string ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  CHECK(status.ok()) << status.ToString();
  return json;
}

JsonObject& JsonObject::Add(std::string_view name, std::string_view text) {
  AddRaw(name, Quoted(text));
  return *this;
}

JsonObject& JsonObject::Add(std::string_view name, int64_t number) {
  AddRaw(name, std::to_string(number));
  return *this;
}

JsonObject& JsonObject::Add(std::string_view name, uint64_t number) {
  AddRaw(name, std::to_string(number));
  return *this;
}

JsonObject& JsonObject::Add(std::string_view name, bool value) {
  AddRaw(name, value ? "true" : "false");
  return *this;
}

JsonObject& JsonObject::Add(std::string_view name, const JsonObject& object) {
  AddRaw(name, object.ToString());
  return *this;
}

void JsonObject::AddRaw(std::string_view name, std::string_view value) {
  if (!members_.empty()) members_ += ",";
  members_ += Quoted(name);
  members_ += ":";
  members_ += value;
}

}  // namespace bansos

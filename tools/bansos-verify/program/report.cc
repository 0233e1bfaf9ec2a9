#include "tools/bansos-verify/program/report.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/note/base64.h"
#include "tools/bansos-verify/note/utf8.h"

namespace bansos::verify {
namespace {

std::string Message(const absl::Status& status) { return std::string(status.message()); }

// Characters that move or hide what a terminal shows beside them.
bool IsControl(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x200e || c == 0x200f ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

// Names of files and logs are not ours: one that holds a line end must not write lines of a report.
std::string OneLine(const std::string& text) {
  const auto points = DecodeUtf8(text);
  if (!points) return absl::CHexEscape(text);
  if (std::ranges::none_of(*points, IsControl)) return text;
  std::string shown;
  for (const char32_t c : *points) {
    if (c < 0x7f && !IsControl(c)) {
      shown += static_cast<char>(c);
    } else {
      absl::StrAppend(&shown, "\\u{", absl::Hex(static_cast<uint32_t>(c)), "}");
    }
  }
  return shown;
}

void PrintText(const Report& report, std::ostream& out) {
  out << report.kind << ' ' << OneLine(report.path) << '\n';
  const auto line = [&out](const char* name, const std::string& value) {
    if (!value.empty()) out << name << OneLine(value) << '\n';
  };
  line("origin       ", report.origin);
  line("key          ", report.key);
  if (report.position) line("position     ", absl::StrCat(*report.position));
  if (report.size) line("size         ", absl::StrCat(*report.size));
  if (report.root) line("root         ", EncodeBase64(Bytes(*report.root)));
  line("profile      ", report.profile);
  if (!report.event_json.empty()) out << report.event_json << '\n';
  for (const std::string& what : report.checked) line("checked:     ", what);
  for (const std::string& what : report.findings) line("finding:     ", what);
  for (const std::string& what : report.not_checked) line("not checked: ", what);
  if (report.status.ok()) out << "no fault found\n";
}

using Fields = google::protobuf::Map<std::string, google::protobuf::Value>;

void SetList(Fields& fields, const std::string& name, const std::vector<std::string>& values) {
  auto& list = *fields[name].mutable_list_value();
  for (const std::string& value : values) list.add_values()->set_string_value(value);
}

void PrintJson(const Report& report, std::ostream& out) {
  google::protobuf::Struct object;
  Fields& fields = *object.mutable_fields();
  const auto text = [&fields](const char* name, const std::string& value) {
    if (!value.empty()) fields[name].set_string_value(value);
  };
  const auto number = [&fields](const char* name, const std::optional<uint64_t>& value) {
    if (value) fields[name].set_number_value(static_cast<double>(*value));
  };
  text("kind", report.kind);
  text("path", report.path);
  text("origin", report.origin);
  text("key", report.key);
  text("profile", report.profile);
  number("position", report.position);
  number("size", report.size);
  if (report.root) text("root", EncodeBase64(Bytes(*report.root)));
  if (!report.event_json.empty()) {
    const auto parsed = google::protobuf::util::JsonStringToMessage(
        report.event_json, fields["event"].mutable_struct_value());
    if (!parsed.ok()) fields["event"].set_string_value(report.event_json);
  }
  SetList(fields, "checked", report.checked);
  SetList(fields, "findings", report.findings);
  SetList(fields, "notChecked", report.not_checked);
  text("result", report.status.ok() ? "ok" : IsFault(report.status) ? "fault" : "error");
  text(IsFault(report.status) ? "fault" : "error", Message(report.status));
  number("faultPosition", PositionOf(report.status));
  std::string json;
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  if (google::protobuf::util::MessageToJsonString(object, &json, options).ok()) out << json;
}

}  // namespace

int ExitCode(const absl::Status& status) {
  if (status.ok()) return kExitChecked;
  return IsFault(status) ? kExitFault : kExitCouldNotLook;
}

void Print(const Report& report, OutputForm form, std::ostream& out, std::ostream& err) {
  if (form == OutputForm::kJson) {
    PrintJson(report, out);
  } else if (!report.kind.empty()) {
    PrintText(report, out);
  }
  out.flush();
  if (report.status.ok()) return;
  err << (IsFault(report.status) ? "fault " : "cannot verify: ") << OneLine(Message(report.status))
      << '\n';
}

}  // namespace bansos::verify

#include "tools/bansos-verify/program/report.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include "absl/strings/str_cat.h"
#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/finding/require.h"
#include "tools/bansos-verify/note/base64.h"
#include "tools/bansos-verify/program/shown_text.h"

namespace bansos::verify {
namespace {

// The report with texts that are safe to print: only this is printed.
Report Shown(Report report) {
  for (std::string* text : {&report.path, &report.origin, &report.key, &report.profile}) {
    *text = ShownText(*text);
  }
  for (auto* texts : {&report.checked, &report.findings, &report.not_checked}) {
    for (std::string& text : *texts) text = ShownText(text);
  }
  return report;
}

std::string Message(const absl::Status& status) { return ShownText(std::string(status.message())); }

void PrintText(const Report& report, std::ostream& out) {
  out << report.kind << ' ' << report.path << '\n';
  const auto line = [&out](const char* name, const std::string& value) {
    if (!value.empty()) out << name << value << '\n';
  };
  line("origin       ", report.origin);
  line("key          ", report.key);
  if (report.position) line("position     ", absl::StrCat(*report.position));
  if (report.size) line("size         ", absl::StrCat(*report.size));
  if (report.root) line("root         ", EncodeBase64(Bytes(*report.root)));
  line("profile      ", report.profile);
  if (!report.event_json.empty()) out << ShownJson(report.event_json) << '\n';
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
  REQUIRE(google::protobuf::util::MessageToJsonString(object, &json, options).ok());
  out << ShownJson(json);
}

}  // namespace

int ExitCode(const absl::Status& status) {
  if (status.ok()) return kExitChecked;
  return IsFault(status) ? kExitFault : kExitCouldNotLook;
}

void Print(const Report& report, OutputForm form, std::ostream& out, std::ostream& err) {
  if (form == OutputForm::kJson) {
    PrintJson(Shown(report), out);
  } else if (!report.kind.empty()) {
    PrintText(Shown(report), out);
  }
  out.flush();
  if (report.status.ok()) return;
  err << (IsFault(report.status) ? "fault " : "cannot verify: ") << Message(report.status) << '\n';
}

}  // namespace bansos::verify

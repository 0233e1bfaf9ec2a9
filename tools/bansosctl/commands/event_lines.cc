#include "tools/bansosctl/commands/event_lines.h"

#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "tools/bansosctl/client/basis.h"
#include "tools/bansosctl/format/csv_row.h"

namespace bansos {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

const Message* BodyOf(const ledger::v1::Event& event) {
  const auto* oneof = ledger::v1::Event::descriptor()->FindOneofByName("body");
  const Reflection* reflection = event.GetReflection();
  const FieldDescriptor* field = reflection->GetOneofFieldDescriptor(event, oneof);
  return field == nullptr ? nullptr : &reflection->GetMessage(event, field);
}

// What the body is about, by the fields that name it.
std::string SubjectOf(const Message& body) {
  const Reflection* reflection = body.GetReflection();
  std::string subject;
  for (const char* name : {"batch", "payment", "program", "recipient", "name"}) {
    const FieldDescriptor* field = body.GetDescriptor()->FindFieldByName(name);
    if (field == nullptr || field->is_repeated()) continue;
    if (!subject.empty()) subject += " ";
    if (field->message_type() == ledger::v1::BatchKey::descriptor()) {
      subject += FormatBatchKey(
          static_cast<const ledger::v1::BatchKey&>(reflection->GetMessage(body, field)));
    } else if (field->message_type() == ledger::v1::PaymentKey::descriptor()) {
      if (reflection->HasField(body, field)) {
        subject += FormatPaymentKey(
            static_cast<const ledger::v1::PaymentKey&>(reflection->GetMessage(body, field)));
      }
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      subject += reflection->GetString(body, field);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_UINT64) {
      absl::StrAppend(&subject, "#", reflection->GetUInt64(body, field));
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_UINT32) {
      absl::StrAppend(&subject, reflection->GetUInt32(body, field));
    }
  }
  return subject;
}

std::string FormatTime(int64_t time_us) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::FromUnixMicros(time_us),
                          absl::UTCTimeZone());
}

std::string FormatDocument(const ledger::v1::Event& event) {
  if (!event.has_document()) return "";
  return absl::StrCat(event.document().kind(), "/", event.document().number());
}

}  // namespace

std::string EventName(const ledger::v1::Event& event) {
  const Message* body = BodyOf(event);
  return body == nullptr ? "(none)" : body->GetDescriptor()->name();
}

void EventLines::Print(const v1::LoggedEvent& logged) {
  if (session_.json()) return;
  const ledger::v1::Event& event = logged.event();
  const Message* body = BodyOf(event);
  const std::string subject = body == nullptr ? "" : SubjectOf(*body);
  const bool csv = session_.output() == OutputFormat::kCsv;
  if (csv) {
    std::string line;
    if (!begun_) AppendCsvRow(line, {"position", "time", "actor", "event", "subject", "document"});
    AppendCsvRow(line, {std::to_string(logged.position()), FormatTime(event.recorded_time_us()),
                        event.actor(), EventName(event), subject, FormatDocument(event)});
    session_.out() << line;
  } else {
    if (!begun_) {
      session_.out() << absl::StrFormat("%12s  %-27s  %-20s  %-22s  %s\n", "position", "time",
                                        "event", "actor", "subject, document");
    }
    session_.out() << absl::StrFormat("%12d  %-27s  %-20s  %-22s  %s %s\n", logged.position(),
                                      FormatTime(event.recorded_time_us()), EventName(event),
                                      event.actor(), subject, FormatDocument(event));
  }
  begun_ = true;
}

}  // namespace bansos

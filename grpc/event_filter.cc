#include "grpc/event_filter.h"

#include <string_view>
#include <variant>

#include "absl/strings/str_cat.h"
#include "bansos/ledger/v1/event.pb.h"
#include "grpc/limits.h"
#include "ledger/domain/key.h"
#include "ledger/event/codec.h"

namespace bansos {
namespace {

// True for the name of a message that can be the body of an event.
bool IsEventName(const std::string& name) {
  const auto* body = ledger::v1::Event::descriptor()->FindOneofByName("body");
  for (int i = 0; i < body->field_count(); ++i) {
    if (body->field(i)->message_type()->name() == name) return true;
  }
  return false;
}

// The second recipient that a decree names: whom it replaces.
uint64_t PredecessorOf(const EventBody& body) {
  const auto* decree = std::get_if<RecipientDecreed>(&body);
  return decree == nullptr ? 0 : decree->replaces.value();
}

}  // namespace

absl::StatusOr<EventFilter> EventFilter::Make(const v1::EventFilter& filter) {
  const int parts = filter.types_size() + filter.programs_size() + filter.recipients_size();
  if (parts > static_cast<int>(kMaxRequestItems)) {
    return absl::InvalidArgumentError(
        absl::StrCat("filter has ", parts, " parts; at most ", kMaxRequestItems, " are taken."));
  }
  EventFilter result;
  for (const std::string& type : filter.types()) {
    if (!IsEventName(type)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "filter.types, index ", result.types_.size(),
          ": not the name of an event. Use the names of event.proto, such as PaymentInstructed."));
    }
    result.types_.insert(type);
  }
  result.programs_.insert(filter.programs().begin(), filter.programs().end());
  result.recipients_.insert(filter.recipients().begin(), filter.recipients().end());
  return result;
}

bool EventFilter::Passes(const EventBody& body) const {
  if (!types_.empty() && !types_.contains(std::string(EventName(body)))) return false;
  if (!programs_.empty()) {
    const std::string_view program = ProgramOf(NamesOf(body));
    if (!programs_.contains(std::string(program))) return false;
  }
  if (recipients_.empty()) return true;
  const uint64_t recipient = RecipientOf(NamesOf(body)).value();
  return recipients_.contains(recipient) ||
         (PredecessorOf(body) != 0 && recipients_.contains(PredecessorOf(body)));
}

}  // namespace bansos

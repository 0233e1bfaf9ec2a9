#include "grpc/event_filter.h"

#include <string_view>
#include <variant>

#include "absl/strings/str_cat.h"
#include "bansos/ledger/v1/event.pb.h"
#include "grpc/limits.h"
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

// The programme that a body names; empty when none.
std::string_view ProgramOf(const auto& body) {
  if constexpr (requires { std::string_view(body.program); }) {
    return body.program;
  } else if constexpr (requires { std::string_view(body.batch.program); }) {
    return body.batch.program;
  } else if constexpr (requires { std::string_view(body.payment.program); }) {
    return body.payment.program;
  } else if constexpr (requires { std::string_view(body.payment->program); }) {
    return body.payment.has_value() ? std::string_view(body.payment->program) : std::string_view();
  } else {
    return {};
  }
}

// The recipient that a body is about; 0 when none.
uint64_t RecipientOf(const auto& body) {
  if constexpr (requires { body.recipient.value(); }) {
    return body.recipient.value();
  } else if constexpr (requires { body.payment.recipient.value(); }) {
    return body.payment.recipient.value();
  } else if constexpr (requires { body.payment->recipient.value(); }) {
    return body.payment.has_value() ? body.payment->recipient.value() : 0;
  } else {
    return 0;
  }
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
    const std::string_view program =
        std::visit([](const auto& event) { return ProgramOf(event); }, body);
    if (!programs_.contains(std::string(program))) return false;
  }
  if (recipients_.empty()) return true;
  const uint64_t recipient = std::visit([](const auto& event) { return RecipientOf(event); }, body);
  return recipients_.contains(recipient) ||
         (PredecessorOf(body) != 0 && recipients_.contains(PredecessorOf(body)));
}

}  // namespace bansos

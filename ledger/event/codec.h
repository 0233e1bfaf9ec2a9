// The codec between domain events and the bytes of a log entry.
//
// The format is the canonical protobuf encoding of bansos.ledger.v1.Event (event.proto says what
// canonical means). The field lists of fields.h drive it, so that encoder, decoder and comparison
// can never disagree; a test holds them against the descriptors of event.proto. No state,
// thread-safe.
#ifndef LEDGER_EVENT_CODEC_H_
#define LEDGER_EVENT_CODEC_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ledger/domain/event.h"

namespace bansos {

// The entry of an event. The same event always gives the same bytes.
std::string EncodeEvent(const Event& event);

// Reads hostile bytes. Errors: DATA_LOSS for anything that EncodeEvent would not have written
// (unknown field, wrong wire type, value out of range, missing body, cut short).
absl::StatusOr<Event> DecodeEvent(std::string_view entry);

// The name of an event's body as in event.proto: "PaymentInstructed".
// Field number of the first body in Event; the others follow in the order of EventBody.
inline constexpr uint32_t kFirstBodyField = 10;

std::string_view EventName(const EventBody& body);

}  // namespace bansos

#endif  // LEDGER_EVENT_CODEC_H_

#include "ledger/event/codec.h"

#include <utility>

#include "absl/status/status.h"
#include "ledger/domain/key.h"
#include "ledger/event/decoder.h"
#include "ledger/event/encoder.h"

namespace bansos {
namespace {

constexpr size_t kBodyCount = std::variant_size_v<EventBody>;

template <size_t... Index>
bool DecodeBody(size_t index, std::string_view bytes, EventBody& body,
                std::index_sequence<Index...>) {
  return ((index == Index && Decoder::ReadMessage(bytes, body.emplace<Index>(), 1)) || ...);
}

absl::Status Damaged(const char* what) {
  return absl::DataLossError(std::string("event cannot be read: ") + what);
}

}  // namespace

std::string_view EventName(const EventBody& body) { return TraitsOf(body).name; }

std::string EncodeEvent(const Event& event) {
  std::string out;
  Encoder encoder(out);
  VisitFields(encoder, event.envelope);
  const auto field = kFirstBodyField + static_cast<uint32_t>(event.body.index());
  std::visit([&](const auto& body) { encoder.AppendMessage(field, body); }, event.body);
  return out;
}

absl::StatusOr<Event> DecodeEvent(std::string_view entry) {
  Event event;
  Decoder decoder(entry);
  VisitFields(decoder, event.envelope);
  if (!decoder.ok())
    return Damaged("its envelope is not canonical, or has a field of a newer program");
  std::string_view rest = decoder.rest();
  uint64_t tag;
  std::string_view bytes;
  if (!wire::TakeVarint(rest, tag) || (tag & 7) != wire::kBytes || !wire::TakeBytes(rest, bytes)) {
    return Damaged("no body where one must follow the envelope");
  }
  const uint64_t field = tag >> 3;
  if (field < kFirstBodyField || field >= kFirstBodyField + kBodyCount) {
    return Damaged(
        "it is of a kind that this program does not know: a newer one wrote it (start "
        "that), or it is damaged");
  }
  if (!DecodeBody(field - kFirstBodyField, bytes, event.body,
                  std::make_index_sequence<kBodyCount>{})) {
    return Damaged("its body is not canonical, or has a field of a newer program");
  }
  if (!rest.empty()) return Damaged("bytes after its body");
  return event;
}

}  // namespace bansos

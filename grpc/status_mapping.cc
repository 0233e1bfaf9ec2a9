#include "grpc/status_mapping.h"

#include <string>
#include <utility>

#include "absl/strings/cord.h"
#include "grpc/limits.h"

namespace bansos {
namespace {

constexpr char kDetailPayload[] = "bansos.v1.StatusDetail";

// Long enough for a full queue to drain, short enough that nobody notices.
constexpr uint32_t kBusyDelayMs = 50;

v1::StatusDetail PayloadOf(const absl::Status& status) {
  v1::StatusDetail detail;
  if (const auto payload = status.GetPayload(kDetailPayload); payload.has_value()) {
    detail.ParseFromString(std::string(*payload));
  }
  return detail;
}

void SetPayload(absl::Status& status, const v1::StatusDetail& detail) {
  status.SetPayload(kDetailPayload, absl::Cord(detail.SerializeAsString()));
}

// Cuts at a character, so that the text stays valid UTF-8.
std::string Cut(absl::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end));
}

}  // namespace

absl::Status WithRefusals(absl::Status status, const std::vector<v1::Refusal>& refusals) {
  v1::StatusDetail detail = PayloadOf(status);
  for (const v1::Refusal& refusal : refusals) {
    if (detail.details_size() >= static_cast<int>(kMaxListedRefusals)) break;
    detail.add_details()->PackFrom(refusal);
    if (detail.ByteSizeLong() > kMaxStatusDetailBytes - kMaxStatusMessageBytes) {
      detail.mutable_details()->RemoveLast();
      break;
    }
  }
  SetPayload(status, detail);
  return status;
}

absl::Status WithRetryHint(absl::Status status, uint32_t delay_ms) {
  v1::StatusDetail detail = PayloadOf(status);
  v1::RetryHint hint;
  hint.set_delay_ms(delay_ms);
  detail.add_details()->PackFrom(hint);
  SetPayload(status, detail);
  return status;
}

absl::Status BusyError(const char* what) {
  return WithRetryHint(absl::ResourceExhaustedError(what), kBusyDelayMs);
}

v1::StatusDetail DetailOf(const absl::Status& status) {
  v1::StatusDetail detail = PayloadOf(status);
  detail.set_code(static_cast<int>(status.code()));
  detail.set_message(Cut(status.message(), kMaxStatusMessageBytes));
  return detail;
}

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const v1::StatusDetail detail = DetailOf(status);
  // The canonical codes of absl and gRPC have the same numbers.
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), detail.message(),
                      detail.SerializeAsString());
}

}  // namespace bansos

#include "tools/bansos-verify/finding/finding.h"

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"

namespace bansos::verify {
namespace {

constexpr char kPositionPayload[] = "bansos-verify/position";

}  // namespace

absl::Status FaultAtPosition(uint64_t position, const std::string& reason) {
  absl::Status fault = absl::DataLossError(absl::StrCat("at position ", position, ": ", reason));
  fault.SetPayload(kPositionPayload, absl::Cord(absl::StrCat(position)));
  return fault;
}

absl::Status FaultInPlace(const std::string& place, const std::string& reason) {
  return absl::DataLossError(absl::StrCat("in ", place, ": ", reason));
}

std::optional<uint64_t> PositionOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kPositionPayload);
  uint64_t position = 0;
  if (!payload || !absl::SimpleAtoi(std::string(*payload), &position)) return std::nullopt;
  return position;
}

}  // namespace bansos::verify

#include "tools/bansosctl/client/as_of.h"

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "tools/bansosctl/csv/fields.h"

namespace bansos {
namespace {

// WIB has no summer time.
absl::TimeZone Wib() { return absl::FixedTimeZone(7 * 60 * 60); }

void SetTime(absl::Time time, v1::ReadOptions& read) {
  const int64_t micros = absl::ToUnixMicros(time);
  read.mutable_as_of_time()->set_seconds(micros / 1'000'000);
  read.mutable_as_of_time()->set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1000));
}

}  // namespace

absl::StatusOr<v1::ReadOptions> ParseAsOf(std::string_view option, std::string_view text) {
  v1::ReadOptions read;
  const std::string value(text);
  if (const Parsed<uint64_t> position = ParseCount(text, 0, UINT64_MAX); position.ok()) {
    read.set_as_of_position(*position);
    return read;
  }
  absl::Time time;
  std::string error;
  if (absl::ParseTime("%Y-%m-%d", value, Wib(), &time, &error)) {
    SetTime(time + absl::Hours(24) - absl::Microseconds(1), read);
  } else if (absl::ParseTime("%Y-%m-%dT%H:%M:%E*S", value, Wib(), &time, &error) ||
             absl::ParseTime(absl::RFC3339_full, value, &time, &error)) {
    SetTime(time, read);
  } else {
    return absl::InvalidArgumentError(absl::StrCat(
        std::string(option), " \"", value, "\": write it as one of these. ", kAsOfForm, "."));
  }
  // Before 1970 there is no event, and the rounding above would go the wrong way.
  if (time < absl::UnixEpoch()) {
    return absl::InvalidArgumentError(
        absl::StrCat(std::string(option), " ", value, ": this is before any ledger"));
  }
  return read;
}

}  // namespace bansos

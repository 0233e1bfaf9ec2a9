// Times of requests as the log counts them. Pure.
#ifndef GRPC_LOG_TIME_H_
#define GRPC_LOG_TIME_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/timestamp.pb.h"

namespace bansos {

// INVALID_ARGUMENT outside the years 1 to 9999 that the message allows; `field` names it.
inline absl::Status CheckTimestamp(const char* field, const google::protobuf::Timestamp& time) {
  constexpr int64_t kFirstSecond = -62'135'596'800;
  constexpr int64_t kLastSecond = 253'402'300'799;
  if (time.seconds() >= kFirstSecond && time.seconds() <= kLastSecond && time.nanos() >= 0 &&
      time.nanos() <= 999'999'999) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat(field, " is no timestamp: seconds or nanos are out of range"));
}

// Microseconds since 1970. INVALID_ARGUMENT as above.
inline absl::StatusOr<int64_t> ToMicros(const google::protobuf::Timestamp& time) {
  if (absl::Status status = CheckTimestamp("from_time", time); !status.ok()) return status;
  // Rounded up: an event recorded within the stated microsecond is not before it.
  return time.seconds() * 1'000'000 + (time.nanos() + 999) / 1000;
}

// The same, rounded down: what is recorded within the next microsecond is after it.
inline absl::StatusOr<int64_t> ToMicrosBefore(const char* field,
                                              const google::protobuf::Timestamp& time) {
  if (absl::Status status = CheckTimestamp(field, time); !status.ok()) return status;
  return time.seconds() * 1'000'000 + time.nanos() / 1000;
}

}  // namespace bansos

#endif  // GRPC_LOG_TIME_H_

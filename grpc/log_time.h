// Times of requests as the log counts them. Pure.
#ifndef GRPC_LOG_TIME_H_
#define GRPC_LOG_TIME_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "google/protobuf/timestamp.pb.h"

namespace bansos {

// Microseconds since 1970. INVALID_ARGUMENT outside the years 1 to 9999 that the message allows.
inline absl::StatusOr<int64_t> ToMicros(const google::protobuf::Timestamp& time) {
  constexpr int64_t kFirstSecond = -62'135'596'800;
  constexpr int64_t kLastSecond = 253'402'300'799;
  if (time.seconds() < kFirstSecond || time.seconds() > kLastSecond || time.nanos() < 0 ||
      time.nanos() > 999'999'999) {
    return absl::InvalidArgumentError(
        "from_time is no timestamp: seconds or nanos are out of range");
  }
  // Rounded up: an event recorded within the stated microsecond is not before it.
  return time.seconds() * 1'000'000 + (time.nanos() + 999) / 1000;
}

}  // namespace bansos

#endif  // GRPC_LOG_TIME_H_

// How much a request states and asks for, read from its fields by their names, so that a new method
// is measured without a word. Any thread.
#ifndef GRPC_REQUEST_SIZE_H_
#define GRPC_REQUEST_SIZE_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace bansos {

struct RequestSize {
  size_t items = 0;        // Entries of its lists.
  uint32_t page_rows = 0;  // Stated; 0 when it leaves them to the server.
  bool dry_run = false;
};

RequestSize SizeOf(const google::protobuf::Message& request);

// INVALID_ARGUMENT when a list of a query, or of the filter within it, has more entries than can
// tell anything: kMaxFilterValues of an enumeration, else kMaxRequestItems. Asked before the query
// waits for anything.
absl::Status CheckFilterSize(const google::protobuf::Message& query);

}  // namespace bansos

#endif  // GRPC_REQUEST_SIZE_H_

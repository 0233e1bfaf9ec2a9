// The table of all methods of the API: what each of them is to the server, and in which lane a call
// of it is, by what it asks for. A method without a row is a mistake of ours, found by a test over
// the .proto files and at the start of the server. Constant; any thread.
#ifndef GRPC_METHOD_TABLE_H_
#define GRPC_METHOD_TABLE_H_

#include <cstddef>
#include <optional>
#include <string_view>

#include "absl/types/span.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "grpc/lanes.h"

namespace bansos {

struct MethodRow {
  std::string_view name;  // Full, as in the .proto files.
  Lane lane;              // Of a call that asks for little.
  // Where a request goes that asks for something longer, whatever its size; may be null.
  std::optional<Lane> (*longer)(const google::protobuf::Message& request) = nullptr;
};

absl::Span<const MethodRow> AllMethods();

// The row of the method that takes this request; each method has a request of its own. REQUIRES:
// there is one.
const MethodRow& MethodOf(const google::protobuf::Descriptor& request);

// Where a message of so many bytes is parsed: a long one, not where the short calls are.
Lane LaneOfBytes(const MethodRow& row, size_t bytes);

// Where the parsed request of so many bytes is worked on.
Lane LaneOfRequest(const MethodRow& row, const google::protobuf::Message& request, size_t bytes);

}  // namespace bansos

#endif  // GRPC_METHOD_TABLE_H_

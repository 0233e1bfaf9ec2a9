// The table of all methods of the API: what each of them is to the server. A method without a row
// is a mistake of ours, found by a test over the .proto files and at the start of the server.
// Constant; any thread.
#ifndef GRPC_METHOD_TABLE_H_
#define GRPC_METHOD_TABLE_H_

#include <string_view>

#include "absl/types/span.h"
#include "google/protobuf/descriptor.h"
#include "grpc/lanes.h"

namespace bansos {

struct MethodRow {
  std::string_view name;  // Full, as in the .proto files.
  Lane lane;
};

absl::Span<const MethodRow> AllMethods();

// The row of the method that takes this request; each method has a request of its own. REQUIRES:
// there is one.
const MethodRow& MethodOf(const google::protobuf::Descriptor& request);

}  // namespace bansos

#endif  // GRPC_METHOD_TABLE_H_

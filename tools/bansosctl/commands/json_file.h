// Requests that are kept as files: protobuf JSON with the proto's own field names. An amount may
// stand as text in any form that import files know: "1.110.000".
#ifndef TOOLS_BANSOSCTL_COMMANDS_JSON_FILE_H_
#define TOOLS_BANSOSCTL_COMMANDS_JSON_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace bansos {

// A definition is a few KiB; more is another kind of file.
inline constexpr size_t kJsonFileBytesMax = 4 * 1024 * 1024;

// Errors: InvalidArgument naming the file and what is wrong with it.
absl::Status ReadJsonFile(const std::string& path, google::protobuf::Message& message);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_COMMANDS_JSON_FILE_H_

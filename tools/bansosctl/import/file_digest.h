// FileSha256: the SHA-256 of a file's bytes, in constant memory.
#ifndef TOOLS_BANSOSCTL_IMPORT_FILE_DIGEST_H_
#define TOOLS_BANSOSCTL_IMPORT_FILE_DIGEST_H_

#include <string>

#include "absl/status/statusor.h"

namespace bansos {

// 32 bytes. Errors: InvalidArgument for what can be read only once (a pipe), those of opening.
absl::StatusOr<std::string> FileSha256(const std::string& path);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_IMPORT_FILE_DIGEST_H_

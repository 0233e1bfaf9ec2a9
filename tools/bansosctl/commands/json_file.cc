#include "tools/bansosctl/commands/json_file.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/json_util.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/csv/byte_source.h"

namespace bansos {

absl::Status ReadJsonFile(const std::string& path, google::protobuf::Message& message) {
  ASSIGN_OR_RETURN(const std::unique_ptr<ByteSource> source, OpenFileSource(path));
  std::string text(kJsonFileBytesMax + 1, '\0');
  size_t length = 0;
  while (length < text.size()) {
    ASSIGN_OR_RETURN(const size_t read, source->Read(text.data() + length, text.size() - length));
    if (read == 0) break;
    length += read;
  }
  if (length > kJsonFileBytesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": larger than ", kJsonFileBytesMax, " bytes: not such a definition"));
  }
  text.resize(length);
  const auto status = google::protobuf::util::JsonStringToMessage(text, &message);
  if (status.ok()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(path, ": not the JSON of ", message.GetDescriptor()->name(), ": ",
                   std::string(status.message()),
                   ". Compare it with tools/data and with the comments of grpc/proto/bansos/v1."));
}

}  // namespace bansos

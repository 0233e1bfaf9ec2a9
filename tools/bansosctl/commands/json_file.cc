#include "tools/bansosctl/commands/json_file.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/json_util.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/csv/byte_source.h"
#include "tools/bansosctl/csv/fields.h"

namespace bansos {
namespace {

constexpr std::string_view kAmountKey = "\"amount\"";

// Amounts that are written as text are read by the one parser, as people write them; what JSON
// itself knows as a number is exact already, and refused when it has a fraction.
absl::Status ReadAmounts(const std::string& path, std::string& text) {
  for (size_t at = text.find(kAmountKey); at != std::string::npos;
       at = text.find(kAmountKey, at + 1)) {
    const size_t colon = text.find_first_not_of(" \t\r\n", at + kAmountKey.size());
    if (colon == std::string::npos || text[colon] != ':') continue;
    const size_t begin = text.find_first_not_of(" \t\r\n", colon + 1);
    if (begin == std::string::npos || text[begin] != '"') continue;
    const size_t end = text.find('"', begin + 1);
    if (end == std::string::npos) break;
    const std::string stated = text.substr(begin + 1, end - begin - 1);
    const Parsed<int64_t> amount = ParseRupiah(stated);
    if (!amount.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(path, ": amount \"", stated,
                                                     "\": ", amount.error().reason, ": ",
                                                     amount.error().what_to_do));
    }
    text.replace(begin + 1, stated.size(), std::to_string(*amount));
  }
  return absl::OkStatus();
}

}  // namespace

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
  RETURN_IF_ERROR(ReadAmounts(path, text));
  const auto status = google::protobuf::util::JsonStringToMessage(text, &message);
  if (status.ok()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(path, ": not the JSON of ", message.GetDescriptor()->name(), ": ",
                   std::string(status.message()),
                   ". Compare it with tools/data and with the comments of grpc/proto/bansos/v1."));
}

}  // namespace bansos

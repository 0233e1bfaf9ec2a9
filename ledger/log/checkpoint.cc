#include "ledger/log/checkpoint.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/base/endian.h"

namespace bansos {
namespace {

std::string Base64(std::string_view bytes) {
  return absl::Base64Escape({bytes.data(), bytes.size()});
}

std::string CheckpointText(const std::string& origin, uint64_t size, const Hash& root) {
  return absl::StrCat(origin, "\n", size, "\n", Base64(AsBytes(root)), "\n");
}

}  // namespace

Checkpoint SignCheckpoint(const NoteSigner& signer, uint64_t size, const Hash& root) {
  return {
      .size = size, .root = root, .note = signer.Sign(CheckpointText(signer.name(), size, root))};
}

absl::StatusOr<StatedCheckpoint> ParseCheckpoint(std::string_view note) {
  const auto bad = [](absl::string_view what) {
    return absl::DataLossError(absl::StrCat("a stored checkpoint is damaged: ", what));
  };
  // Origin, size, root, nothing, signature, nothing.
  const std::vector<std::string> lines =
      absl::StrSplit(absl::string_view(note.data(), note.size()), '\n');
  if (lines.size() != 6 || !lines[3].empty() || !lines[5].empty()) return bad("it has other lines");
  StatedCheckpoint stated;
  stated.origin = lines[0];
  if (!absl::SimpleAtoi(lines[1], &stated.size) || absl::StrCat(stated.size) != lines[1]) {
    return bad("its size is no number");
  }
  std::string root;
  if (!absl::Base64Unescape(lines[2], &root) || root.size() != sizeof(Hash) ||
      Base64(root) != lines[2]) {
    return bad("its root is no hash");
  }
  std::copy(root.begin(), root.end(), stated.root.begin());
  std::string signature;
  const size_t signature_at = lines[4].rfind(' ');
  if (signature_at == std::string::npos ||
      !absl::Base64Unescape(lines[4].substr(signature_at + 1), &signature) ||
      signature.size() < sizeof(uint32_t)) {
    return bad("its signature line is no such line");
  }
  stated.key_id = LoadBigEndian<uint32_t>(signature);
  return stated;
}

}  // namespace bansos

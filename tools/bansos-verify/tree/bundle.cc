#include "tools/bansos-verify/tree/bundle.h"

#include "tools/bansos-verify/finding/finding.h"

namespace bansos::verify {
namespace {

absl::StatusOr<std::vector<std::string_view>> TakeEntries(std::string_view& bytes, uint64_t first,
                                                          uint64_t count, const std::string& name) {
  std::vector<std::string_view> entries(count);
  for (uint64_t i = 0; i < count; ++i) {
    if (!TakeEntry(bytes, entries[i])) {
      return FaultAt(first + i, name, " ends before the entry does");
    }
  }
  return entries;
}

}  // namespace

bool TakeEntry(std::string_view& bytes, std::string_view& entry) {
  if (bytes.size() < kLengthBytes) return false;
  const size_t length = static_cast<uint8_t>(bytes[0]) * 256u + static_cast<uint8_t>(bytes[1]);
  if (bytes.size() - kLengthBytes < length) return false;
  entry = bytes.substr(kLengthBytes, length);
  bytes.remove_prefix(kLengthBytes + length);
  return true;
}

absl::StatusOr<std::vector<std::string_view>> ParseBundle(std::string_view bytes, uint64_t first,
                                                          uint64_t count, const std::string& name) {
  auto entries = TakeEntries(bytes, first, count, name);
  if (entries.ok() && !bytes.empty()) {
    return FaultIn(name, bytes.size(), " bytes after its ", count, " entries");
  }
  return entries;
}

absl::StatusOr<uint64_t> BytesOfEntries(std::string_view bytes, uint64_t first, uint64_t count,
                                        const std::string& name) {
  const size_t before = bytes.size();
  TRY(TakeEntries(bytes, first, count, name).status());
  return before - bytes.size();
}

}  // namespace bansos::verify

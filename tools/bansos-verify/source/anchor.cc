#include "tools/bansos-verify/source/anchor.h"

#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/source/files.h"
#include "tools/bansos-verify/tree/big_endian.h"

namespace bansos::verify {
namespace {

constexpr std::string_view kMagic = "bansosA1";
constexpr size_t kSlotOffsets[] = {0, 4096};
constexpr size_t kFileBytes = 8192;
constexpr size_t kSizeOffset = 8;
constexpr size_t kRootOffset = kSizeOffset + kU64Bytes;
constexpr size_t kChecksumOffset = kRootOffset + kHashBytes;
constexpr size_t kChecksumBytes = 8;
constexpr size_t kSlotBytes = kChecksumOffset + kChecksumBytes;

std::optional<StatedRoot> ParseSlot(std::string_view slot) {
  const Hash hash = Sha256(slot.substr(0, kChecksumOffset));
  if (!slot.starts_with(kMagic)) return std::nullopt;
  if (slot.substr(kChecksumOffset, kChecksumBytes) != Bytes(hash).substr(0, kChecksumBytes)) {
    return std::nullopt;
  }
  return StatedRoot{.size = *ParseU64(slot.substr(kSizeOffset, kU64Bytes)),
                    .root = HashFrom(slot.substr(kRootOffset, kHashBytes)),
                    .where = "the anchor"};
}

}  // namespace

absl::StatusOr<Anchor> ParseAnchor(std::string_view bytes, const std::string& name) {
  if (bytes.size() != kFileBytes) {
    return FaultIn(name, "it is not ", kFileBytes, " bytes long");
  }
  std::optional<StatedRoot> newest;
  int damaged = 0;
  for (const size_t offset : kSlotOffsets) {
    const std::optional<StatedRoot> slot = ParseSlot(bytes.substr(offset, kSlotBytes));
    if (!slot) {
      ++damaged;
    } else if (newest && newest->size == slot->size && newest->root != slot->root) {
      return FaultIn(name, "its two slots state two roots for size ", slot->size);
    } else if (!newest || newest->size < slot->size) {
      newest = slot;
    }
  }
  if (!newest) return FaultIn(name, "both slots are damaged");
  return Anchor{*newest, damaged};
}

absl::StatusOr<std::optional<Anchor>> ReadAnchor(const std::string& directory,
                                                 const std::string& name) {
  TRY_ASSIGN(const std::optional<std::string> bytes,
             ReadFile(absl::StrCat(directory, "/", name), kFileBytes));
  if (!bytes) return std::nullopt;
  return ParseAnchor(*bytes, name);
}

}  // namespace bansos::verify

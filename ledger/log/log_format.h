// The stored form of the log, shared by its writer and its readers (docs/formats/log.md tells it in
// full). Integers are big-endian, so keys sort as numbers.
//
//   column family   key                          value
//   entries         u64 first position           fragment (bundle.h)
//   tree            u8 level, u64 index          32-byte hash of a full tile, level 1 and up
//   times           u64 recorded time (us)       u64 first position with that time
//   default         "format"                     kLogFormat
//   default         "head"                       u64 size, u64 last recorded time (us), root,
//                                                then the edge: one hash a set bit of size
//   default         "checkpoint", u64 size       C2SP signed note
#ifndef LEDGER_LOG_LOG_FORMAT_H_
#define LEDGER_LOG_LOG_FORMAT_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ledger/log/event_log.h"
#include "ledger/log/merkle.h"

namespace bansos {

inline constexpr char kEntriesFamily[] = "entries";
inline constexpr char kTreeFamily[] = "tree";
inline constexpr char kTimesFamily[] = "times";

inline constexpr std::string_view kFormatKey = "format";
inline constexpr std::string_view kHeadKey = "head";
inline constexpr std::string_view kCheckpointKeyPrefix = "checkpoint";
inline constexpr std::string_view kLogFormat = "bansos-log/1";

// A tile holds 2^8 hashes; a level-l hash is the tree node of height 8 * l.
inline constexpr int kTileHeight = 8;
inline constexpr int kTileLevels = 8;  // level 0 to 7 cover a 64-bit size

using U64Key = std::array<char, 8>;
using TreeKey = std::array<char, 9>;

U64Key EncodeU64(uint64_t value);
TreeKey EncodeTreeKey(int level, uint64_t index);

template <size_t n>
std::string_view AsBytes(const std::array<char, n>& key) {
  return {key.data(), key.size()};
}

// What the "head" row holds: the head, and the edge that carries the tree on.
struct StoredHead {
  LogHead head;
  RightEdge edge;
};

std::string EncodeHead(const StoredHead& stored);

// DATA_LOSS unless `row` has the length that its size asks for and its edge has its root.
absl::StatusOr<StoredHead> DecodeHead(std::string_view row);

}  // namespace bansos

#endif  // LEDGER_LOG_LOG_FORMAT_H_

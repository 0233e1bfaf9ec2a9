// The bytes of a State as one text, for tests. Pure.
#ifndef TESTS_SUPPORT_STATE_BYTES_H_
#define TESTS_SUPPORT_STATE_BYTES_H_

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "ledger/event/state_codec.h"

namespace bansos::testing {

inline std::string StateBytes(const State& state) {
  std::string bytes;
  EncodeState(
      state, [&bytes](std::string_view piece) { bytes += piece; }, [] { return true; });
  return bytes;
}

// In pieces of `piece_bytes`, 0 for all at once.
inline absl::StatusOr<State> StateOf(std::string_view bytes, size_t piece_bytes = 0) {
  if (piece_bytes == 0) piece_bytes = bytes.size();
  return DecodeState([&bytes, piece_bytes] {
    std::string piece(bytes.substr(0, piece_bytes));
    bytes.remove_prefix(piece.size());
    return piece;
  });
}

}  // namespace bansos::testing

#endif  // TESTS_SUPPORT_STATE_BYTES_H_

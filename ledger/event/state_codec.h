// The codec between State and the bytes of its snapshot.
//
// Canonical: the same State always gives the same bytes (maps by rising key), so their SHA-256 is a
// digest of the State. A snapshot is disposable: it is no promise, and one of another version or
// one that is damaged is refused and the State folded anew. The bytes travel in pieces
// (kArchivePieceBytes), so that no copy of a State as one text is ever made. No state, thread-safe.
#ifndef LEDGER_EVENT_STATE_CODEC_H_
#define LEDGER_EVENT_STATE_CODEC_H_

#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "ledger/domain/state.h"

namespace bansos {

// Raise it with every change to State or to what Evolve puts into it.
inline constexpr uint32_t kStateVersion = 3;

// Gives `take` the pieces in order. Needs eight bytes for each entry of the largest map, for the
// order. `keep_going` is asked every few hundred microseconds, also while a map is sorted; when it
// says no, it ends soon, false, and what was taken is useless.
bool EncodeState(const State& state, absl::FunctionRef<void(std::string_view)> take,
                 absl::FunctionRef<bool()> keep_going);

// Reads pieces cut in any way from `next`, which gives an empty one at the end. DATA_LOSS when the
// bytes are not what EncodeState of this version writes.
absl::StatusOr<State> DecodeState(absl::FunctionRef<std::string()> next);

}  // namespace bansos

#endif  // LEDGER_EVENT_STATE_CODEC_H_

// What may name a key of a C2SP signed note, and so be the origin of a checkpoint. Stateless.
#ifndef LEDGER_LOG_NOTE_KEY_NAME_H_
#define LEDGER_LOG_NOTE_KEY_NAME_H_

#include <string_view>

#include "absl/status/status.h"

namespace bansos {

// INVALID_ARGUMENT unless `name` is not empty, at most 255 bytes long, valid UTF-8, and without
// '+', Unicode spaces and control characters.
absl::Status CheckNoteKeyName(std::string_view name);

}  // namespace bansos

#endif  // LEDGER_LOG_NOTE_KEY_NAME_H_

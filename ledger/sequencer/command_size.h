// How much memory and log a command takes, counted without encoding it. An upper bound of its
// entry's bytes but for what Decide fills in. Thread-safe, no state.
#ifndef LEDGER_SEQUENCER_COMMAND_SIZE_H_
#define LEDGER_SEQUENCER_COMMAND_SIZE_H_

#include <cstddef>

#include "ledger/domain/event.h"

namespace bansos {

size_t EstimateBytes(const Command& command);

}  // namespace bansos

#endif  // LEDGER_SEQUENCER_COMMAND_SIZE_H_

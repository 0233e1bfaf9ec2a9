// The business key of an event (what makes a retry the same fact) and its subject (whose chain it
// is in), as readable texts. Pure functions, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_REPLAY_BUSINESS_KEY_H_
#define TOOLS_BANSOS_VERIFY_REPLAY_BUSINESS_KEY_H_

#include <string>

#include "tools/bansos-verify/replay/keys.h"

namespace bansos::replay {

// The same text for two events exactly when they claim the same business key. Reports share one
// kind of key, for one line of a file becomes one event, whichever it is. REQUIRES: the event has a
// body.
std::string BusinessKey(const v1::Event& event);

// What State::keys remembers of a key.
KeyDigest DigestOf(const std::string& key);

// The recipient if the body names one, else the batch, else the programme, else the ledger.
// REQUIRES: the event has a body.
std::string Subject(const v1::Event& event);

}  // namespace bansos::replay

#endif  // TOOLS_BANSOS_VERIFY_REPLAY_BUSINESS_KEY_H_

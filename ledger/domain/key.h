// What is true of an event, whichever it is: its traits, its subject and its business key (DOMAIN
// 4, rule 7).
#ifndef LEDGER_DOMAIN_KEY_H_
#define LEDGER_DOMAIN_KEY_H_

#include <string>
#include <variant>

#include "ledger/domain/event.h"
#include "ledger/domain/state.h"

namespace bansos {

// What an event is about, most specific first: the recipient if the event names one, else the
// batch, else the programme, else the ledger.
struct LedgerSubject {
  friend bool operator==(const LedgerSubject&, const LedgerSubject&) = default;
};
struct ProgramSubject {
  std::string program;
  friend bool operator==(const ProgramSubject&, const ProgramSubject&) = default;
};
using Subject = std::variant<RecipientNumber, BatchKey, ProgramSubject, LedgerSubject>;

const EventTraits& TraitsOf(const EventBody& body);
Named NamesOf(const EventBody& body);
Subject SubjectOf(const EventBody& body);

// Position of the last event about the subject; nullopt when there is none.
ChainHead HeadOf(const State& state, const Subject& subject);
void SetHead(State& state, const Subject& subject, Position position);

// The business key in words, event name first: two events with the same key are the same fact.
// A report's key is its source, so settled, returned and held reports share one form.
std::string BusinessKey(const Event& event);

// The event as the command states it, before Decide fills in the rest. A report is shown as the
// kind of `like`, the recorded event that it is compared with.
Event AsStated(const Command& command, const EventBody* like);

Fingerprint FingerprintOf(const std::string& key);

}  // namespace bansos

#endif  // LEDGER_DOMAIN_KEY_H_

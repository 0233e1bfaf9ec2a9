// What Decide and Evolve of every aggregate are given beside the body.
#ifndef LEDGER_DOMAIN_CONTEXT_H_
#define LEDGER_DOMAIN_CONTEXT_H_

#include "ledger/domain/event.h"
#include "ledger/domain/refusal.h"
#include "ledger/domain/state.h"

namespace bansos {

struct DecideContext {
  const State& state;
  const Envelope& envelope;
  Date today;  // The recorded date in WIB.

  // True when the caller is that actor.
  bool IsActor(ActorIndex index) const { return state.actors.Find(envelope.actor) == index; }
};

struct EvolveContext {
  State& state;
  const Envelope& envelope;
  Position position;
};

}  // namespace bansos

#endif  // LEDGER_DOMAIN_CONTEXT_H_

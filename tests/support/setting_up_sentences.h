// The sentences of the rule tables that set a ledger up: rules, places, catalogues, programmes.
#ifndef TESTS_SUPPORT_SETTING_UP_SENTENCES_H_
#define TESTS_SUPPORT_SETTING_UP_SENTENCES_H_

#include "ledger/domain/event.h"
#include "ledger/domain/state.h"
#include "tests/support/words.h"

namespace bansos::testing {

struct Sentence {
  const Words& words;
  const State& state;
};

EventBody OpenLedgerBody(const Sentence& s);
EventBody AdoptRulesBody(const Sentence& s);
EventBody AreasBody(const Sentence& s);
EventBody CatalogueBody(const Sentence& s);
EventBody OpenProgramBody(const Sentence& s);
EventBody AmendBody(const Sentence& s);
EventBody RuleSetBody(const Sentence& s);

}  // namespace bansos::testing

#endif  // TESTS_SUPPORT_SETTING_UP_SENTENCES_H_

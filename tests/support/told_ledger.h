// ToldLedger: a PairedLedger in which the areas of Jawa Tengah and the catalogue are published,
// told a story in the sentences of the rule tables.
#ifndef TESTS_SUPPORT_TOLD_LEDGER_H_
#define TESTS_SUPPORT_TOLD_LEDGER_H_

#include <string>
#include <vector>

#include "ledger/domain/decide.h"
#include "tests/support/paired_ledger.h"

namespace bansos::testing {

// Recorded time of what tables and stories tell: 2025-03-31 08:00 WIB.
inline constexpr int64_t kToldTimeUs = 1'743'382'800'000'000;

class ToldLedger : public PairedLedger {
 public:
  ToldLedger();

  // "dewi", "drafts KJS/1/1": what became of it (see PairedLedger::Do).
  std::string Tell(const std::string& who, const std::string& what);
  // "dewi drafts KJS/1/1", each of which must be recorded or become a report.
  void TellAll(const std::vector<std::string>& lines);
  // The event that the sentence would record. Fails the test, and is empty, when it is refused.
  Event EventOf(const std::string& who, const std::string& what) const;

 private:
  int row_ = 0;
};

// Every kind of event but LedgerOpened: programmes, people, batches in every state, payments in
// every phase, reports of a file and of messages, held ones open and resolved.
void TellAWholeYear(ToldLedger& ledger);

}  // namespace bansos::testing

#endif  // TESTS_SUPPORT_TOLD_LEDGER_H_

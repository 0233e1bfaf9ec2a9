// Story: a history of the ledger as text, one line an event, told to a ReferenceLedger.
//
// A line is ACTOR DAY DOCUMENT | BODY: the day of recording (09:00 WIB), the document as
// KIND:NUMBER or "-", and the event's body in protobuf text format with single quotes. H(x) stands
// for 32 bytes "x". The decided fields are filled in unless told AsWritten. For one test,
// single-threaded.
#ifndef TESTS_TOOLS_REPLAY_STORY_H_
#define TESTS_TOOLS_REPLAY_STORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tools/bansos-verify/replay/reference_ledger.h"

namespace bansos::replay {

// A line that must be refused, and the name of the rule that refuses it.
struct RefusedLine {
  std::string rule;
  std::string line;
};

class Story {
 public:
  // The event of a line at the next position, decided fields filled in.
  v1::Event EventOf(const std::string& line) const;
  // The event with exactly the fields that the line states.
  static v1::Event EventAsWritten(const std::string& line);

  // Fails the test unless the ledger takes the line. Returns its position.
  uint64_t Happens(const std::string& line);
  // Many lines; returns the position of the last.
  uint64_t Happen(const std::vector<std::string>& lines);

  // Fails the test unless the rule refuses the line (or event) and nothing changes.
  void Refuses(const std::string& rule, const std::string& line) const;
  void Refuses(const std::string& rule, const v1::Event& event) const;
  void Refuses(const std::vector<RefusedLine>& lines) const;

  ReferenceLedger& ledger() { return ledger_; }
  const ReferenceLedger& ledger() const { return ledger_; }

 private:
  ReferenceLedger ledger_;
};

// Stories to begin with; each goes on from the one before.
// Ledger, catalogue, areas, programmes KJS (2 places, 2 tranches of 1,110,000), BLT (3 places) and
// BANJIR (amount by decree, also institutions); rule sets; 10,000,000 for each.
Story OpenedStory();
// Recipients 1 to 4 (persons) and 5 (institution) with payees by "rina", assessments, proposals.
Story RegisteredStory();
// 1 and 2 are decreed in KJS slots 1 and 2, 3 in BLT slot 1, 4 and 5 eligible in BANJIR.
Story DecreedStory();
// Batch KJS.1.1 by "budi" with payments of 1 and 2, and a free account.
Story InstructedStory();
// Submitted by "sari", verified, approved by "agus", released by "tuti".
Story ReleasedStory();
// Both sent.
Story SentStory();

}  // namespace bansos::replay

#endif  // TESTS_TOOLS_REPLAY_STORY_H_

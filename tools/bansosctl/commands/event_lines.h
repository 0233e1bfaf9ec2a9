// EventLines: events of the log as lines, each printed as soon as it comes: aligned for a terminal,
// or CSV. JSON is printed by the page elsewhere. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_COMMANDS_EVENT_LINES_H_
#define TOOLS_BANSOSCTL_COMMANDS_EVENT_LINES_H_

#include <string>

#include "bansos/v1/common.pb.h"
#include "tools/bansosctl/commands/session.h"

namespace bansos {

// "PaymentInstructed"; "(none)" for an event without a body that this program knows.
std::string EventName(const ledger::v1::Event& event);

class EventLines {
 public:
  explicit EventLines(Session& session) : session_(session) {}
  void Print(const v1::LoggedEvent& logged);

 private:
  Session& session_;
  bool begun_ = false;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_COMMANDS_EVENT_LINES_H_

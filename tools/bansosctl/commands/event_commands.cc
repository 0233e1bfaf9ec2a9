#include <algorithm>
#include <chrono>
#include <limits>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "bansos/v1/log_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/basis.h"
#include "tools/bansosctl/client/call_error.h"
#include "tools/bansosctl/commands/commands.h"
#include "tools/bansosctl/commands/event_lines.h"

namespace bansos {
namespace {

constexpr uint32_t kReadPageMax = 1000;

constexpr int64_t kNotStated = std::numeric_limits<int64_t>::min();

struct EventArguments {
  int64_t from = kNotStated;
  uint64_t limit = 100;
  bool backward = false;
  bool until_caught_up = false;
  std::vector<std::string> types;
  std::vector<std::string> programs;
  std::vector<uint64_t> recipients;
};

v1::EventFilter FilterOf(const EventArguments& arguments) {
  v1::EventFilter filter;
  for (const std::string& type : arguments.types) filter.add_types(type);
  for (const std::string& program : arguments.programs) filter.add_programs(program);
  for (const uint64_t recipient : arguments.recipients) filter.add_recipients(recipient);
  return filter;
}

absl::Status CheckFrom(const EventArguments& arguments) {
  if (arguments.from >= 0 || arguments.from == kNotStated) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("--from ", arguments.from, ": positions begin at 0"));
}

absl::Status ReadCommand(Session& session, const EventArguments& arguments) {
  RETURN_IF_ERROR(CheckFrom(arguments));
  v1::ReadEventsRequest request;
  *request.mutable_filter() = FilterOf(arguments);
  request.set_backward(arguments.backward);
  if (arguments.from >= 0) request.set_from_position(static_cast<uint64_t>(arguments.from));
  uint64_t left = arguments.limit;
  EventLines lines(session);
  while (left > 0) {
    request.set_limit(static_cast<uint32_t>(std::min<uint64_t>(left, kReadPageMax)));
    ASSIGN_OR_RETURN(const v1::ReadEventsResponse page,
                     session.connection().Call(&v1::LogService::Stub::ReadEvents, request));
    if (session.json()) session.PrintJson(page);
    for (const v1::LoggedEvent& event : page.events()) lines.Print(event);
    left -= std::min<uint64_t>(left, page.events_size());
    if (!page.has_next_position()) break;
    request.set_from_position(page.next_position());
  }
  return absl::OkStatus();
}

// One connection's worth of the tail; `next` is where to go on. True when the tail is done.
absl::StatusOr<bool> FollowOnce(Session& session, const EventArguments& arguments, uint64_t& next,
                                EventLines& lines) {
  v1::SubscribeRequest request;
  *request.mutable_filter() = FilterOf(arguments);
  request.set_from_position(next);
  const std::unique_ptr<grpc::ClientContext> context = session.connection().NewContext();
  v1::LogService::Stub stub(session.connection().channel());
  const auto stream = stub.Subscribe(context.get(), request);
  v1::SubscribeResponse message;
  while (stream->Read(&message)) {
    if (session.json()) {
      session.PrintJson(message);
      session.out().flush();
    }
    if (message.has_events()) {
      for (const v1::LoggedEvent& event : message.events().events()) lines.Print(event);
      next = message.events().next_position();
    } else if (message.has_caught_up()) {
      next = std::max(next, message.caught_up().position());
      if (arguments.until_caught_up) {
        context->TryCancel();
        return true;
      }
      if (!session.json()) {
        session.Say(absl::StrCat("-- caught up before position ", next, "; what follows is live"));
      }
    } else if (message.has_fell_behind() && !session.json()) {
      session.Say(absl::StrCat("-- fell behind at position ", message.fell_behind().position()));
    }
    session.out().flush();
  }
  RETURN_IF_ERROR(FromGrpc(stream->Finish()));
  return false;
}

absl::Status TailCommand(Session& session, const EventArguments& arguments) {
  RETURN_IF_ERROR(CheckFrom(arguments));
  if (session.connection().options().read.as_of_case() != v1::ReadOptions::AS_OF_NOT_SET) {
    return absl::InvalidArgumentError(
        "a tail shows what comes: leave out --as-of, or use events read");
  }
  uint64_t next = arguments.from >= 0 ? static_cast<uint64_t>(arguments.from) : 0;
  EventLines lines(session);
  const int64_t patience_us = session.connection().options().timeout_ms * 1000;
  int64_t lost_since_us = 0;
  while (true) {
    const uint64_t before = next;
    const absl::StatusOr<bool> done = FollowOnce(session, arguments, next, lines);
    if (done.ok() && *done) return absl::OkStatus();
    if (!done.ok() && !IsWorthRetrying(done.status())) return done.status();
    // The server went away: go on where the tail stood, without missing or doubling.
    const int64_t now_us = session.clock().NowMicros();
    if (next != before || lost_since_us == 0) lost_since_us = now_us;
    if (now_us - lost_since_us > patience_us) return done.status();
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
  }
}

void AddFilter(CommandNode& command, EventArguments& arguments) {
  command.Texts("--type", arguments.types, "Only events of these names: PaymentInstructed.")
      .Texts("--program", arguments.programs, "Only those that name these programmes.")
      .Numbers("--recipient", arguments.recipients, "Only those that name these recipients.");
}

}  // namespace

void AddEventCommands(CommandNode root) {
  CommandNode group = root.Group("events", "The log itself.");
  auto read = std::make_shared<EventArguments>();
  CommandNode read_command = group.Command("read", "Reads a stretch of the log.",
                                           "Example: bansosctl events read --from 0 --limit 20\n"
                                           "Example: bansosctl events read --backward --limit 5",
                                           [read](Session& s) { return ReadCommand(s, *read); });
  read_command.Signed("--from", read->from, "Position to begin at; backward: else the end.")
      .Number("--limit", read->limit, "At most this many; 100 if not stated.")
      .Flag("--backward", read->backward, "Newest first.");
  AddFilter(read_command, *read);
  auto tail = std::make_shared<EventArguments>();
  CommandNode tail_command =
      group.Command("tail", "Follows the log: what is there, then what comes.",
                    "Example: bansosctl events tail --from 0 --until-caught-up",
                    [tail](Session& s) { return TailCommand(s, *tail); });
  tail_command.Signed("--from", tail->from, "Position to begin at; 0 if not stated.")
      .Flag("--until-caught-up", tail->until_caught_up, "Ends when all that is there was shown.");
  AddFilter(tail_command, *tail);
}

}  // namespace bansos

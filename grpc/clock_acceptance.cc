#include "grpc/clock_acceptance.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/date.h"
#include "ledger/domain/decide.h"
#include "ledger/sequencer/clock_guard.h"

namespace bansos {
namespace {

absl::StatusOr<Event> AcceptanceEvent(const ClockAcceptance& acceptance, int64_t now_us,
                                      const State& state) {
  const auto last = state.ledger.policies.find(kClockAcceptedPolicy);
  Command command;
  command.envelope.actor = acceptance.actor;
  command.body = EventBody(
      PolicySet{.name = kClockAcceptedPolicy,
                .version = last == state.ledger.policies.end() ? 1 : last->second.last_version + 1,
                .value = now_us,
                .legal_basis = acceptance.reason,
                .date_in_force = WibDate(now_us)});
  Decision decision = Decide(state, command, std::max(now_us, state.last_time_us));
  if (auto* event = std::get_if<Event>(&decision)) return std::move(*event);
  const auto* refusal = std::get_if<Refusal>(&decision);
  return absl::InvalidArgumentError(
      absl::StrCat("the acceptance of the clock cannot be recorded: ",
                   refusal == nullptr ? "it is recorded already" : Message(*refusal)));
}

}  // namespace

absl::Status CheckClockOf(const State& state, int64_t now_us,
                          const std::optional<ClockAcceptance>& acceptance) {
  const absl::Status in_order = CheckClock(now_us, state.last_time_us);
  if (!acceptance.has_value()) return in_order;
  if (in_order.ok()) {
    return absl::FailedPreconditionError(
        "the clock is in order, and there is nothing to accept: leave out --accept-clock");
  }
  return AcceptanceEvent(*acceptance, now_us, state).status();
}

absl::Status RecordClockAcceptance(const ClockAcceptance& acceptance, int64_t now_us, State& state,
                                   EventLog& log) {
  ASSIGN_OR_RETURN(const Event event, AcceptanceEvent(acceptance, now_us, state));
  RETURN_IF_ERROR(
      log.Append(state.next.value(), event.envelope.recorded_time_us, {EncodeEvent(event)})
          .status());
  return Evolve(state, event);
}

}  // namespace bansos

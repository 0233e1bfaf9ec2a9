#include "ledger/domain/decide.h"

#include <type_traits>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/batch.h"
#include "ledger/domain/date.h"
#include "ledger/domain/entitlement.h"
#include "ledger/domain/key.h"
#include "ledger/domain/ledger_root.h"
#include "ledger/domain/order_file.h"
#include "ledger/domain/payment.h"
#include "ledger/domain/program.h"
#include "ledger/domain/recipient.h"
#include "ledger/domain/report.h"
#include "ledger/domain/shape.h"

namespace bansos {
namespace {

// ---- What is there ----

Check CheckProgram(const State& state, const std::string& code) {
  REFUSE_IF(state.FindProgram(code) == nullptr, RefusalCode::kProgramUnknown, code);
  return std::nullopt;
}

Check CheckRecipient(const State& state, RecipientNumber number) {
  REFUSE_IF(state.FindRecipient(number) == nullptr, RefusalCode::kRecipientUnknown,
            absl::StrCat("recipient ", number.value()));
  return std::nullopt;
}

Check CheckPayment(const State& state, const PaymentKey& payment, bool is_created) {
  RETURN_IF_REFUSED(CheckProgram(state, payment.program));
  RETURN_IF_REFUSED(CheckRecipient(state, payment.recipient));
  REFUSE_IF(!is_created && !state.FindPayment(payment), RefusalCode::kPaymentUnknown,
            Describe(payment));
  return std::nullopt;
}

Check CheckBatch(const State& state, const BatchKey& batch, bool is_created) {
  if (is_created) return CheckProgram(state, batch.program);
  REFUSE_IF(state.FindBatch(batch) == nullptr, RefusalCode::kBatchUnknown, Describe(batch));
  return std::nullopt;
}

// Programme, recipient, batch and payment that the event names exist.
Check CheckNamed(const State& state, const Named& named, Creates creates) {
  if (named.may_be_unknown) return std::nullopt;
  if (named.payment != nullptr) {
    return CheckPayment(state, *named.payment, creates == Creates::kPayment);
  }
  if (named.batch != nullptr) return CheckBatch(state, *named.batch, creates == Creates::kBatch);
  if (!named.program.empty() && creates != Creates::kProgram) {
    RETURN_IF_REFUSED(CheckProgram(state, std::string(named.program)));
  }
  if (named.recipient.value() != 0 && creates != Creates::kRecipient) {
    return CheckRecipient(state, named.recipient);
  }
  return std::nullopt;
}

// ---- Retries (rule 7) ----

std::optional<Position> RecordedIn(const State& state, const RecipientRegistered& e) {
  const RecipientState* recipient = state.FindRecipient(e.recipient);
  if (recipient == nullptr) return std::nullopt;
  return recipient->registered_at;
}

std::optional<Position> RecordedIn(const State& state, const PaymentInstructed& e) {
  const auto index = state.FindPayment(e.payment);
  if (!index) return std::nullopt;
  return state.at(*index).instructed_at;
}

// The chain's head, from which the fact is found, when `recorded`.
std::optional<Position> HeadIf(const State& state, const PaymentKey& payment, bool recorded) {
  if (!recorded) return std::nullopt;
  return state.FindRecipient(payment.recipient)->last;
}

std::optional<Position> RecordedIn(const State& state, const PaymentWithdrawn& e) {
  const PaymentState& payment = state.at(*state.FindPayment(e.payment));
  return HeadIf(state, e.payment, payment.phase == PaymentPhase::kWithdrawn);
}

std::optional<Position> RecordedIn(const State& state, const TransferSent& e) {
  return state.at(*state.FindPayment(e.payment)).SentAt(e.attempt);
}

std::optional<Position> RecordedIn(const State& state, const PaymentReissued& e) {
  const PaymentState& payment = state.at(*state.FindPayment(e.payment));
  return HeadIf(state, e.payment, e.attempt > 1 && e.attempt <= payment.attempt);
}

std::optional<Position> RecordedIn(const State& state, const TransferSettled& e) {
  return RecordedFrom(state, e.source);
}

std::optional<Position> RecordedIn(const State&, const LedgerOpened&) { return std::nullopt; }

template <typename Body>
std::optional<Position> Recorded(const State& state, const Event& event, const Body& body) {
  if constexpr (Body::kTraits.key_place == KeyPlace::kState) {
    return RecordedIn(state, body);
  } else {
    const auto it = state.keys.find(FingerprintOf(BusinessKey(event)));
    if (it == state.keys.end()) return std::nullopt;
    return it->second;
  }
}

// ---- Decide ----

Decision DecideBody(const DecideContext& context, Event event) {
  const State& state = context.state;
  std::optional<Position> recorded;
  const Check refused = std::visit(
      [&]<typename Body>(Body& body) -> Check {
        if constexpr (!Body::kTraits.is_command) {
          return Refusal{RefusalCode::kNotACommand, std::string(Body::kTraits.name)};
        } else {
          RETURN_IF_REFUSED(CheckNamed(state, body.Names(), Body::kTraits.creates));
          recorded = Recorded(state, event, body);
          if (recorded) return std::nullopt;
          return Decide(context, body);
        }
      },
      event.body);
  if (refused) return *refused;
  if (recorded) return AlreadyRecorded{*recorded};
  return event;
}

Decision DecideReportCommand(const State& state, const ReportTransfer& report, Event event) {
  if (const Check refused = CheckSource(state, report.source)) return *refused;
  if (const auto recorded = RecordedFrom(state, report.source)) return AlreadyRecorded{*recorded};
  if (const Check refused = CheckSealedForItsKey(state, report)) return *refused;
  event.body = DecideReport(state, report);
  return event;
}

}  // namespace

Decision Decide(const State& state, const Command& command, int64_t recorded_time_us) {
  CHECK(recorded_time_us >= state.last_time_us) << "recorded time goes back";
  if (const Check refused = CheckShape(command)) return *refused;
  Event event;
  event.envelope = command.envelope;
  event.envelope.recorded_time_us = recorded_time_us;
  const auto* report = std::get_if<ReportTransfer>(&command.body);
  if (report == nullptr) event.body = std::get<EventBody>(command.body);
  const bool opens = report == nullptr && std::holds_alternative<LedgerOpened>(event.body);
  if (!state.ledger.open && !opens) return Refusal{RefusalCode::kLedgerNotOpen, ""};

  Decision decision =
      report != nullptr
          ? DecideReportCommand(state, *report, std::move(event))
          : DecideBody({state, command.envelope, WibDate(recorded_time_us)}, std::move(event));
  if (auto* decided = std::get_if<Event>(&decision)) {
    const ChainHead head = HeadOf(state, SubjectOf(decided->body));
    decided->envelope.back = head ? state.next.value() - head->value() : 0;
  }
  return decision;
}

absl::Status Evolve(State& state, const Event& event) {
  if (event.envelope.recorded_time_us < state.last_time_us) {
    return absl::DataLossError(absl::StrCat("recorded time goes back at ", state.next.value()));
  }
  const EvolveContext context{state, event.envelope, state.next};
  RETURN_IF_ERROR(std::visit([&](const auto& body) { return Evolve(context, body); }, event.body));
  if (TraitsOf(event.body).key_place == KeyPlace::kTable) {
    state.keys.emplace(FingerprintOf(BusinessKey(event)), state.next);
  }
  SetHead(state, SubjectOf(event.body), state.next);
  state.last_time_us = event.envelope.recorded_time_us;
  state.next = Position(state.next.value() + 1);
  return absl::OkStatus();
}

}  // namespace bansos

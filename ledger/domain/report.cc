#include "ledger/domain/report.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/payment.h"

namespace bansos {
namespace {

absl::Status OutOfPlace(const PaymentKey& payment) {
  return absl::DataLossError(
      absl::StrCat("the log reports on an unknown payment: ", Describe(payment)));
}

const ResultFileState* FindFile(const State& state, const Source& source) {
  if (!source.file_position) return nullptr;
  const auto it = state.file_of_position.find(*source.file_position);
  return it == state.file_of_position.end() ? nullptr : &state.files[it->second];
}

// True for a received file of which every line is in, as whatever event.
bool IsWholeFile(const State& state, Position position) {
  const auto it = state.file_of_position.find(position);
  if (it == state.file_of_position.end()) return false;
  const ResultFileState& file = state.files[it->second];
  return file.event_of_line.size() == file.lines;
}

absl::Status RememberSource(State& state, const Source& source, Position position) {
  if (!source.file_position) {
    state.message_of_sender[source.sender][source.line] = position;
    return absl::OkStatus();
  }
  const auto it = state.file_of_position.find(*source.file_position);
  const uint64_t distance = position.value() - source.file_position->value();
  if (it == state.file_of_position.end() || source.line == 0 ||
      source.line > state.files[it->second].lines || distance > UINT32_MAX) {
    return absl::DataLossError(
        absl::StrCat("the log has line ", source.line, " of an unknown file"));
  }
  state.files[it->second].event_of_line[static_cast<uint32_t>(source.line)] =
      static_cast<uint32_t>(distance);
  return absl::OkStatus();
}

// Opens or closes the block on the payment's recipient and slot.
void CountOpenReport(State& state, const HeldReport& held, int by) {
  if (!held.payment) return;
  const PaymentState& payment = state.at(*held.payment);
  ProgramState& program = state.at(payment.program);
  program.open_reports_of_recipient[{payment.tranche, payment.recipient.value()}] += by;
  program.open_reports_of_slot[{payment.tranche, payment.slot}] += by;
}

absl::Status Resolve(State& state, Position held_position) {
  const auto it = state.held.find(held_position);
  if (it == state.held.end() || !it->second.open) {
    return absl::DataLossError(
        absl::StrCat("the log resolves report ", held_position.value(), " that is not open"));
  }
  it->second.open = false;
  CountOpenReport(state, it->second, -1);
  return absl::OkStatus();
}

// True when the report fits by the states and dates alone (steps 7 and 9 of docs/RULES.md).
bool Moves(const PaymentState& payment, ReportKind kind, Date value_date) {
  switch (payment.phase) {
    case PaymentPhase::kSent:
      return true;
    case PaymentPhase::kSettled:
      return kind == ReportKind::kReturned && value_date > payment.standing_date;
    case PaymentPhase::kReturned:
      return kind == ReportKind::kSettled && value_date > payment.standing_date;
    default:
      return false;
  }
}

bool IsRepeated(const State& state, PaymentIndex index, const RecordedReport& report) {
  const auto it = state.reports_of_payment.find(index);
  return it != state.reports_of_payment.end() &&
         std::find(it->second.begin(), it->second.end(), report) != it->second.end();
}

// The rule that the report breaks; kUnspecified when it breaks none (steps 2 to 10).
HoldRule BrokenRule(const State& state, PaymentIndex index, const ReportTransfer& report) {
  const PaymentState& payment = state.at(index);
  if (IsRepeated(state, index, {report.attempt, report.kind, report.value_date, report.amount})) {
    return HoldRule::kRepeated;
  }
  if (payment.phase == PaymentPhase::kWithdrawn || payment.phase == PaymentPhase::kRemitted) {
    return HoldRule::kPaymentEnded;
  }
  if (report.attempt > payment.attempt ||
      (report.attempt == payment.attempt && !payment.attempt_sent)) {
    return HoldRule::kNeverSent;
  }
  if (report.attempt < payment.attempt) return HoldRule::kEarlierAttempt;
  if (report.amount != payment.amount) return HoldRule::kAmountDiffers;
  if (Moves(payment, report.kind, report.value_date)) return HoldRule::kUnspecified;
  if (report.value_date < payment.standing_date) return HoldRule::kSuperseded;
  return HoldRule::kContradicts;
}

ReportHeld Hold(const ReportTransfer& report, bool payment_known, HoldRule rule) {
  ReportHeld held;
  if (payment_known) {
    held.payment = report.payment;
    held.attempt = report.attempt;
  }
  held.sealed_reference = report.sealed_reference;
  held.kind = report.kind;
  held.amount = report.amount;
  held.value_date = report.value_date;
  held.reason = report.reason;
  held.source = report.source;
  held.rule = rule;
  held.sealed_bank_reference =
      payment_known ? report.sealed_bank_reference : report.sealed_strangers_bank_reference;
  return held;
}

}  // namespace

// ---- Evolve ----

absl::Status Evolve(const EvolveContext& context, const ResultFileReceived& event) {
  State& state = context.state;
  state.file_of_position[context.position] = static_cast<uint32_t>(state.files.size());
  state.files.push_back({context.position, event.lines, {}});
  return absl::OkStatus();
}

absl::Status Evolve(const EvolveContext& context, const TransferSettled& event) {
  State& state = context.state;
  const auto index = state.FindPayment(event.payment);
  if (!index) return OutOfPlace(event.payment);
  PaymentState& payment = state.at(*index);
  payment.standing_date = event.value_date;
  payment.attempt_sent = true;
  payment.return_reason = ReturnReason::kNone;
  const RecordedReport report{event.attempt, ReportKind::kSettled, event.value_date, event.amount};
  if (!IsRepeated(state, *index, report)) state.reports_of_payment[*index].push_back(report);
  RETURN_IF_ERROR(Move(state, payment, PaymentPhase::kSettled, event.movement));
  if (event.cites) RETURN_IF_ERROR(Resolve(state, *event.cites));
  return RememberSource(state, event.source, context.position);
}

absl::Status Evolve(const EvolveContext& context, const TransferReturned& event) {
  State& state = context.state;
  const auto index = state.FindPayment(event.payment);
  if (!index) return OutOfPlace(event.payment);
  PaymentState& payment = state.at(*index);
  payment.standing_date = event.value_date;
  payment.return_reason = event.reason;
  state.reports_of_payment[*index].push_back(
      {event.attempt, ReportKind::kReturned, event.value_date, event.amount});
  RETURN_IF_ERROR(Move(state, payment, PaymentPhase::kReturned, event.movement));
  return RememberSource(state, event.source, context.position);
}

absl::Status Evolve(const EvolveContext& context, const ReportHeld& event) {
  State& state = context.state;
  HeldReport held;
  held.kind = event.kind;
  held.amount = event.amount;
  held.value_date = event.value_date;
  held.open = !ResolvedAtBirth(event.rule);
  if (event.payment) {
    held.payment = state.FindPayment(*event.payment);
    if (!held.payment) return OutOfPlace(*event.payment);
    if (event.rule != HoldRule::kRepeated) {
      state.reports_of_payment[*held.payment].push_back(
          {event.attempt, event.kind, event.value_date, event.amount});
    }
  }
  if (held.open) CountOpenReport(state, held, 1);
  state.held[context.position] = held;
  return RememberSource(state, event.source, context.position);
}

absl::Status Evolve(const EvolveContext& context, const ReportResolved& event) {
  if (!event.held_position) return absl::DataLossError("the log resolves no report");
  // That a file is ended only once, its key says.
  if (IsWholeFile(context.state, *event.held_position)) return absl::OkStatus();
  return Resolve(context.state, *event.held_position);
}

// ---- Decide ----

std::optional<Position> RecordedFrom(const State& state, const Source& source) {
  if (source.file_position) {
    const ResultFileState* file = FindFile(state, source);
    if (file == nullptr || source.line > file->lines) return std::nullopt;
    const auto it = file->event_of_line.find(static_cast<uint32_t>(source.line));
    if (it == file->event_of_line.end()) return std::nullopt;
    return Position(source.file_position->value() + it->second);
  }
  const auto messages = state.message_of_sender.find(source.sender);
  if (messages == state.message_of_sender.end()) return std::nullopt;
  const auto it = messages->second.find(source.line);
  if (it == messages->second.end()) return std::nullopt;
  return it->second;
}

Check CheckSource(const State& state, const Source& source) {
  if (!source.file_position) return std::nullopt;
  const ResultFileState* file = FindFile(state, source);
  REFUSE_IF(file == nullptr, RefusalCode::kFileUnknown,
            absl::StrCat("file at position ", source.file_position->value()));
  REFUSE_IF(source.line > file->lines, RefusalCode::kLineUnknown,
            absl::StrCat("line ", source.line, " of ", file->lines));
  return std::nullopt;
}

Check CheckSealedForItsKey(const State& state, const ReportTransfer& report) {
  const bool sealed =
      report.sealed_bank_reference.empty() == report.sealed_strangers_bank_reference.empty();
  REFUSE_IF(!sealed && report.payment && state.FindPayment(*report.payment),
            RefusalCode::kBadSealed, "the bank reference of a payment that is new; send it again");
  return std::nullopt;
}

EventBody DecideReport(const State& state, const ReportTransfer& report) {
  const auto index = report.payment ? state.FindPayment(*report.payment) : std::nullopt;
  if (!index) return Hold(report, false, HoldRule::kUnknownReference);
  const HoldRule broken = BrokenRule(state, *index, report);
  if (broken != HoldRule::kUnspecified) return Hold(report, true, broken);
  const PaymentState& payment = state.at(*index);
  if (report.kind == ReportKind::kSettled) {
    return TransferSettled{*report.payment,   report.attempt,
                           report.value_date, report.amount,
                           report.source,     report.sealed_bank_reference,
                           std::nullopt,      MoveTo(state, payment, Bucket::kPaid)};
  }
  return TransferReturned{*report.payment,
                          report.attempt,
                          report.value_date,
                          report.amount,
                          report.reason,
                          report.source,
                          report.sealed_bank_reference,
                          MoveTo(state, payment, Bucket::kReturned)};
}

Check Decide(const DecideContext&, ResultFileReceived&) { return std::nullopt; }

Check Decide(const DecideContext& context, TransferSettled& event) {
  const State& state = context.state;
  const std::string what = Describe(event.payment);
  RETURN_IF_REFUSED(CheckSource(state, event.source));
  REFUSE_IF(!event.cites, RefusalCode::kNotACommand, what);
  const auto it = state.held.find(*event.cites);
  REFUSE_IF(it == state.held.end() || !it->second.open, RefusalCode::kReportNotOpen,
            absl::StrCat(what, ", report at ", event.cites->value()));
  const HeldReport& held = it->second;
  const PaymentIndex index = *state.FindPayment(event.payment);
  const PaymentState& payment = state.at(index);
  REFUSE_IF(held.kind != ReportKind::kSettled || held.amount != payment.amount ||
                event.amount != payment.amount || event.value_date != held.value_date ||
                (held.payment && *held.payment != index),
            RefusalCode::kCitedReportDiffers, what);
  REFUSE_IF(event.attempt != payment.attempt, RefusalCode::kAttemptOutOfOrder,
            absl::StrCat(what, ", attempt ", event.attempt, ", now ", payment.attempt));
  const bool unsent =
      BucketOf(payment.phase) == Bucket::kObligated && state.at(payment.batch).released_or_closed();
  const bool fits =
      unsent || payment.phase == PaymentPhase::kSent || payment.phase == PaymentPhase::kReturned;
  REFUSE_IF(!fits, RefusalCode::kWrongState, what);
  event.movement = MoveTo(state, payment, Bucket::kPaid);
  return std::nullopt;
}

Check Decide(const DecideContext& context, ReportResolved& event) {
  const State& state = context.state;
  const bool ends_file = IsWholeFile(state, *event.held_position);
  const auto it = state.held.find(*event.held_position);
  REFUSE_IF(!ends_file && (it == state.held.end() || !it->second.open), RefusalCode::kReportNotOpen,
            absl::StrCat("report at ", event.held_position->value()));
  for (const Position position : event.carried_by) {
    REFUSE_IF(position >= state.next, RefusalCode::kPositionUnknown,
              absl::StrCat(position.value()));
  }
  REFUSE_IF((ends_file || event.carried_by.empty()) && !context.envelope.document,
            RefusalCode::kDocumentRequired,
            absl::StrCat(ends_file ? "file at " : "report at ", event.held_position->value()));
  if (!ends_file && it->second.payment) event.payment = state.KeyOf(state.at(*it->second.payment));
  return std::nullopt;
}

}  // namespace bansos

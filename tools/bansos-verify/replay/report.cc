// Reports of outside facts: files of results, settled, returned, held, resolved.
#include <limits>

#include "tools/bansos-verify/replay/payment_checks.h"
#include "tools/bansos-verify/replay/report_judgement.h"
#include "tools/bansos-verify/replay/rules.h"
#include "tools/bansos-verify/replay/shape_checks.h"

namespace bansos::replay {
namespace {

Verdict CheckReturnReason(v1::ReturnReason reason) {
  return CheckEnum(reason, v1::ReturnReason_IsValid(reason), "reason of the return");
}

// What every report states.
template <typename Report>
Verdict CheckReportShape(const Report& report) {
  RETURN_IF_FAULT(CheckDate(report.value_date(), "value date"));
  RETURN_IF_FAULT(CheckAmount(report.amount(), "amount of the report"));
  RETURN_IF_FAULT(CheckOptionalSealed(report.sealed_bank_reference(), "reference of the bank"));
  return CheckSource(report.source());
}

template <typename Report>
Verdict CheckTransferShape(const Report& report) {
  RETURN_IF_FAULT(CheckPaymentKey(report.payment()));
  RETURN_IF_FAULT(CheckAttemptShape(report.attempt()));
  return CheckReportShape(report);
}

Verdict CheckReportSource(const State& state, const v1::Source& source) {
  if (!source.has_file_position()) return kAllowed;
  const FileRecord* file = Find(state.files, source.file_position());
  FAULT_UNLESS(file != nullptr, "kFileUnknown", "no file was received at position ",
               source.file_position());
  FAULT_UNLESS(source.line() <= file->lines, "kLineUnknown", "line ", source.line(), " of the ",
               file->lines, " lines of the file at position ", source.file_position());
  return kAllowed;
}

ReportContent ContentOf(const v1::TransferSettled& settled) {
  return {v1::REPORT_KIND_SETTLED, settled.value_date(), settled.amount()};
}
ReportContent ContentOf(const v1::TransferReturned& returned) {
  return {v1::REPORT_KIND_RETURNED, returned.value_date(), returned.amount()};
}
ReportContent ContentOf(const v1::ReportHeld& held) {
  return {held.kind(), held.value_date(), held.amount()};
}

// Amounts come from outside: a sum beyond what money can be stays at the least number.
void Subtract(int64_t amount, int64_t& from) {
  if (__builtin_sub_overflow(from, amount, &from)) from = std::numeric_limits<int64_t>::min();
}

// The line of a file is in, as whatever event; the business key lets each in once.
template <typename Report>
void TakeLine(State& state, const Report& report) {
  if (!report.source().has_file_position()) return;
  FileRecord& file = state.files.at(report.source().file_position());
  --file.missing;
  const ReportContent content = ContentOf(report);
  Subtract(content.amount,
           content.kind == v1::REPORT_KIND_SETTLED ? file.settled_open : file.returned_open);
}

template <typename Report>
std::optional<AttemptId> AttemptOf(const Report& report) {
  if (!report.has_payment()) return std::nullopt;
  return AttemptId{IdOf(report.payment()), report.attempt()};
}

// A booked report must be one that the list books.
template <typename Report>
Verdict CheckBooked(const State& state, const Report& report) {
  RETURN_IF_FAULT(CheckReportSource(state, report.source()));
  const ReportContent content = ContentOf(report);
  const Judgement judgement = Judge(state, AttemptOf(report), content);
  FAULT_UNLESS(judgement == Judgement{}, "kReportOutcomeDiffers", "the report about payment ",
               Text(IdOf(report.payment())), " attempt ", report.attempt(), " ",
               Text(judgement, content.kind));
  return kAllowed;
}

// A settlement that cites a held report.
Verdict CheckCiting(const State& state, const v1::TransferSettled& settled) {
  RETURN_IF_FAULT(CheckReportSource(state, settled.source()));
  const PaymentId id = IdOf(settled.payment());
  const PaymentRecord& payment = state.payments.at(id);
  const HeldRecord* held = Find(state.held, settled.cites());
  FAULT_UNLESS(held != nullptr && held->open, "kReportNotOpen",
               "no open report is held at position ", settled.cites());
  const bool same = ContentOf(settled) == held->content && held->content.amount == payment.amount &&
                    (!held->payment.has_value() || *held->payment == id);
  FAULT_UNLESS(same, "kCitedReportDiffers", "the report held at position ", settled.cites(),
               " is not the settlement of payment ", Text(id), " that is stated");
  RETURN_IF_FAULT(CheckAttempt(id, settled.attempt(), payment.attempt));
  const bool unsent_after_release = payment.unsent() && state.batches.at(payment.batch).released();
  return CheckPaymentState(id, payment,
                           payment.state == PaymentState::kSent ||
                               payment.state == PaymentState::kReturned || unsent_after_release);
}

// An open report about a known payment blocks the recipient and the slot in the tranche.
void Block(State& state, uint64_t position, const HeldRecord& held) {
  if (!held.payment.has_value()) return;
  const PaymentId& id = *held.payment;
  state.open_by_recipient[{id.program, id.tranche, id.recipient}].insert(position);
  state.open_by_slot[{id.program, id.tranche, state.payments.at(id).slot}].insert(position);
}

void Resolve(State& state, uint64_t position) {
  HeldRecord& held = state.held.at(position);
  held.open = false;
  if (!held.payment.has_value()) return;
  const PaymentId& id = *held.payment;
  state.open_by_recipient[{id.program, id.tranche, id.recipient}].erase(position);
  state.open_by_slot[{id.program, id.tranche, state.payments.at(id).slot}].erase(position);
}

}  // namespace

Verdict CheckShape(const v1::ResultFileReceived& received) {
  RETURN_IF_FAULT(CheckCode(received.kind(), "kind of the file"));
  RETURN_IF_FAULT(CheckCode(received.sender(), "sender of the file"));
  RETURN_IF_FAULT(CheckHash(received.sha256(), "SHA-256 of the file"));
  RETURN_IF_FAULT(CheckTotal(received.settled_total(), "total of the settlements"));
  RETURN_IF_FAULT(CheckTotal(received.returned_total(), "total of the returns"));
  return CheckNumber(received.lines(), kMaxFileLines, "count of lines");
}

Verdict CheckRules(const State&, const v1::Event&, const v1::ResultFileReceived&) {
  return kAllowed;
}

void Record(State& state, const v1::Event&, const v1::ResultFileReceived& received) {
  state.files[state.next_position] = {
      .lines = received.lines(),
      .missing = received.lines(),
      .settled_open = received.settled_total(),
      .returned_open = received.returned_total(),
      .states_totals = received.settled_total() != 0 || received.returned_total() != 0};
}

Verdict CheckShape(const v1::TransferSettled& settled) {
  RETURN_IF_FAULT(CheckAtMost(settled.cites(), kMaxPosition, "position of the cited report"));
  return CheckTransferShape(settled);
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::TransferSettled& settled) {
  return settled.has_cites() ? CheckCiting(state, settled) : CheckBooked(state, settled);
}

void Record(State& state, const v1::Event&, const v1::TransferSettled& settled) {
  PaymentRecord& payment = state.payments.at(IdOf(settled.payment()));
  payment.state = PaymentState::kSettled;
  payment.value_date = settled.value_date();
  payment.return_reason = v1::RETURN_REASON_UNSPECIFIED;
  state.reports[*AttemptOf(settled)].insert(ContentOf(settled));
  if (settled.has_cites()) Resolve(state, settled.cites());
  TakeLine(state, settled);
}

Verdict CheckShape(const v1::TransferReturned& returned) {
  RETURN_IF_FAULT(CheckReturnReason(returned.reason()));
  return CheckTransferShape(returned);
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::TransferReturned& returned) {
  return CheckBooked(state, returned);
}

void Record(State& state, const v1::Event&, const v1::TransferReturned& returned) {
  PaymentRecord& payment = state.payments.at(IdOf(returned.payment()));
  payment.state = PaymentState::kReturned;
  payment.value_date = returned.value_date();
  payment.return_reason = returned.reason();
  state.reports[*AttemptOf(returned)].insert(ContentOf(returned));
  TakeLine(state, returned);
}

Verdict CheckShape(const v1::ReportHeld& held) {
  if (held.has_payment()) {
    RETURN_IF_FAULT(CheckPaymentKey(held.payment()));
    RETURN_IF_FAULT(CheckAttemptShape(held.attempt()));
  } else {
    FAULT_UNLESS(held.attempt() == 0, "kBadNumber", "attempt ", held.attempt(), " of no payment");
  }
  RETURN_IF_FAULT(CheckSealed(held.sealed_reference(), "reported reference"));
  RETURN_IF_FAULT(CheckEnum(held.kind(), v1::ReportKind_IsValid(held.kind()), "kind of report"));
  if (held.kind() == v1::REPORT_KIND_RETURNED) {
    RETURN_IF_FAULT(CheckReturnReason(held.reason()));
  } else {
    FAULT_UNLESS(held.reason() == v1::RETURN_REASON_UNSPECIFIED, "kBadEnum",
                 "a settlement has a reason of a return");
  }
  return CheckReportShape(held);
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::ReportHeld& held) {
  RETURN_IF_FAULT(CheckReportSource(state, held.source()));
  const Judgement judgement = Judge(state, AttemptOf(held), ContentOf(held));
  FAULT_UNLESS(judgement.held != v1::HOLD_RULE_UNSPECIFIED && judgement.held == held.rule(),
               "kReportOutcomeDiffers", "the report held as ", v1::HoldRule_Name(held.rule()), " ",
               Text(judgement, held.kind()));
  return kAllowed;
}

void Record(State& state, const v1::Event&, const v1::ReportHeld& held) {
  const std::optional<AttemptId> about = AttemptOf(held);
  HeldRecord record{.content = ContentOf(held), .rule = held.rule()};
  if (about.has_value()) record.payment = about->payment;
  record.open = held.rule() != v1::HOLD_RULE_REPEATED && held.rule() != v1::HOLD_RULE_SUPERSEDED;
  if (about.has_value() && held.rule() != v1::HOLD_RULE_REPEATED) {
    state.reports[*about].insert(record.content);
  }
  if (record.open) Block(state, state.next_position, record);
  state.held[state.next_position] = record;
  TakeLine(state, held);
}

Verdict CheckShape(const v1::ReportResolved& resolved) {
  FAULT_UNLESS(resolved.has_held_position(), "kBadNumber", "the held report is not stated");
  RETURN_IF_FAULT(CheckAtMost(resolved.held_position(), kMaxPosition, "position of the report"));
  RETURN_IF_FAULT(CheckAtMost(resolved.carried_by_size(), kMaxCarriedBy, "count of positions"));
  for (uint64_t position : resolved.carried_by()) {
    RETURN_IF_FAULT(CheckAtMost(position, kMaxPosition, "position that carries it"));
  }
  return kAllowed;
}

Verdict CheckRules(const State& state, const v1::Event& event, const v1::ReportResolved& resolved) {
  const FileRecord* file = Find(state.files, resolved.held_position());
  const bool ends_file = file != nullptr && file->missing == 0;
  const HeldRecord* held = Find(state.held, resolved.held_position());
  FAULT_UNLESS(ends_file || (held != nullptr && held->open), "kReportNotOpen",
               "neither an open report nor a file with all its lines is at position ",
               resolved.held_position());
  for (uint64_t position : resolved.carried_by()) {
    FAULT_UNLESS(position < state.next_position, "kPositionUnknown", "position ", position,
                 " does not exist yet");
  }
  const bool carried = !ends_file && !resolved.carried_by().empty();
  FAULT_UNLESS(carried || event.has_document(), "kDocumentRequired",
               "neither positions nor a document resolve what is at position ",
               resolved.held_position());
  return kAllowed;
}

void Record(State& state, const v1::Event&, const v1::ReportResolved& resolved) {
  const auto file = state.files.find(resolved.held_position());
  if (file == state.files.end()) return Resolve(state, resolved.held_position());
  file->second.resolved = true;
}

}  // namespace bansos::replay

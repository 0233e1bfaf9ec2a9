#include "tools/bansos-verify/replay/report_judgement.h"

namespace bansos::replay {
namespace {

constexpr Judgement kBooked{v1::HOLD_RULE_UNSPECIFIED};

// Steps 7 to 10: a report about the present attempt, of the payment's amount.
Judgement JudgePresentAttempt(const PaymentRecord& payment, const ReportContent& content) {
  if (payment.state == PaymentState::kSent) return kBooked;
  if (content.value_date < payment.value_date) return {v1::HOLD_RULE_SUPERSEDED};
  const bool later = content.value_date > payment.value_date;
  const bool settled = payment.state == PaymentState::kSettled;
  const bool turns =
      settled ? content.kind == v1::REPORT_KIND_RETURNED : content.kind == v1::REPORT_KIND_SETTLED;
  if (later && turns) return kBooked;
  return {v1::HOLD_RULE_CONTRADICTS};
}

}  // namespace

Judgement Judge(const State& state, const std::optional<AttemptId>& about,
                const ReportContent& content) {
  if (!about.has_value()) return {v1::HOLD_RULE_UNKNOWN_REFERENCE};
  const PaymentRecord* payment = Find(state.payments, about->payment);
  if (payment == nullptr) return {v1::HOLD_RULE_UNKNOWN_REFERENCE};
  const std::set<ReportContent>* recorded = Find(state.reports, *about);
  if (recorded != nullptr && recorded->contains(content)) return {v1::HOLD_RULE_REPEATED};
  if (payment->ended()) return {v1::HOLD_RULE_PAYMENT_ENDED};
  if (about->attempt > payment->attempt) return {v1::HOLD_RULE_NEVER_SENT};
  const bool is_present = about->attempt == payment->attempt;
  if (is_present && payment->unsent()) return {v1::HOLD_RULE_NEVER_SENT};
  if (!is_present) return {v1::HOLD_RULE_EARLIER_ATTEMPT};
  if (content.amount != payment->amount) return {v1::HOLD_RULE_AMOUNT_DIFFERS};
  return JudgePresentAttempt(*payment, content);
}

std::string Text(const Judgement& judgement, v1::ReportKind kind) {
  if (judgement != kBooked) return "is held as " + v1::HoldRule_Name(judgement.held);
  return kind == v1::REPORT_KIND_SETTLED ? "becomes TransferSettled" : "becomes TransferReturned";
}

}  // namespace bansos::replay

#include "ledger/domain/program.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "ledger/domain/criterion.h"
#include "ledger/domain/payment.h"

namespace bansos {
namespace {

absl::Status NoProgram(const std::string& code) {
  return absl::DataLossError(
      absl::StrCat("the log names programme ", code, " before it was opened"));
}

Check CheckTranches(const std::vector<Tranche>& tranches, bool amount_by_decree) {
  for (size_t i = 0; i < tranches.size(); ++i) {
    const Tranche& tranche = tranches[i];
    REFUSE_IF(tranche.number != i + 1, RefusalCode::kTrancheNumbering,
              absl::StrCat("tranche ", tranche.number, " in place ", i + 1));
    const bool fits = amount_by_decree ? tranche.amount == 0
                                       : tranche.amount >= 1 && tranche.amount <= kMaxRupiah;
    REFUSE_IF(!fits, RefusalCode::kBadAmount,
              absl::StrCat("tranche ", tranche.number, " of ", tranche.amount));
  }
  return std::nullopt;
}

uint32_t HighestRunningSlot(const ProgramState& program) {
  uint32_t highest = 0;
  for (const auto& [slot, state] : program.slots) {
    if (state.running) highest = std::max(highest, slot);
  }
  return highest;
}

}  // namespace

const RuleSetPublished* RuleSetInForce(const ProgramState& program, Date date) {
  for (auto it = program.rule_sets.rbegin(); it != program.rule_sets.rend(); ++it) {
    if (it->date_in_force <= date) return &*it;
  }
  return nullptr;
}

// ---- Evolve ----

absl::Status Evolve(const EvolveContext& context, const ProgramOpened& event) {
  State& state = context.state;
  state.program_of_code[event.program] = ProgramIndex(static_cast<uint32_t>(state.programs.size()));
  ProgramState& program = state.programs.emplace_back();
  program.terms = event;
  program.opened_at = context.position;
  return absl::OkStatus();
}

absl::Status Evolve(const EvolveContext& context, const ProgramAmended& event) {
  ProgramState* program = context.state.FindProgram(event.program);
  if (program == nullptr) return NoProgram(event.program);
  program->terms.quota = event.quota;
  program->terms.tranches = event.tranches;
  return absl::OkStatus();
}

absl::Status Evolve(const EvolveContext& context, const RuleSetPublished& event) {
  ProgramState* program = context.state.FindProgram(event.program);
  if (program == nullptr) return NoProgram(event.program);
  program->rule_sets.push_back(event);
  return absl::OkStatus();
}

absl::Status Evolve(const EvolveContext& context, const BudgetAppropriated& event) {
  ProgramState* program = context.state.FindProgram(event.program);
  if (program == nullptr) return NoProgram(event.program);
  program->appropriated += event.amount;
  program->buckets[static_cast<size_t>(Bucket::kAvailable)] += event.amount;
  if (!Balances(*program)) {
    return absl::DataLossError(
        absl::StrCat("the log takes money that is promised from ", event.program));
  }
  return absl::OkStatus();
}

// ---- Decide ----

Check Decide(const DecideContext&, ProgramOpened& event) {
  return CheckTranches(event.tranches, event.amount_by_decree);
}

Check Decide(const DecideContext& context, ProgramAmended& event) {
  const ProgramState& program = *context.state.FindProgram(event.program);
  RETURN_IF_REFUSED(CheckTranches(event.tranches, program.terms.amount_by_decree));
  REFUSE_IF(
      event.quota < program.running_entitlements || event.quota < HighestRunningSlot(program),
      RefusalCode::kQuotaBelowEntitlements,
      absl::StrCat(event.program, " quota ", event.quota, ", running ",
                   program.running_entitlements, ", highest slot ", HighestRunningSlot(program)));
  for (const auto& [number, count] : program.payments_of_tranche) {
    if (count == 0) continue;
    const bool same = number <= event.tranches.size() &&
                      event.tranches[number - 1].amount == program.FindTranche(number)->amount;
    REFUSE_IF(!same, RefusalCode::kTrancheInUse, absl::StrCat(event.program, " tranche ", number));
  }
  return std::nullopt;
}

Check Decide(const DecideContext& context, RuleSetPublished& event) {
  const ProgramState& program = *context.state.FindProgram(event.program);
  REFUSE_IF(event.version != program.rule_sets.size() + 1, RefusalCode::kVersionOutOfOrder,
            absl::StrCat(event.program, " rule set ", event.version, " after ",
                         program.rule_sets.size()));
  REFUSE_IF(
      !program.rule_sets.empty() && event.date_in_force < program.rule_sets.back().date_in_force,
      RefusalCode::kDateOutOfOrder, absl::StrCat(event.program, " rule set ", event.version));
  absl::flat_hash_set<std::string> ids;
  for (const Criterion& criterion : event.criteria) {
    REFUSE_IF(!ids.insert(criterion.id).second, RefusalCode::kDoubledEntry,
              "criterion " + criterion.id);
    RETURN_IF_REFUSED(CheckCriterion(context.state.ledger, criterion));
  }
  return std::nullopt;
}

Check Decide(const DecideContext& context, BudgetAppropriated& event) {
  const ProgramState& program = *context.state.FindProgram(event.program);
  const Rupiah available = program.buckets[static_cast<size_t>(Bucket::kAvailable)];
  REFUSE_IF(available + event.amount < 0, RefusalCode::kTakesPromisedMoney,
            absl::StrCat(event.program, " has ", available, " available, revision ", event.amount));
  REFUSE_IF(program.appropriated + event.amount > kMaxRupiah, RefusalCode::kBadAmount,
            absl::StrCat(event.program, " would have ", program.appropriated + event.amount));
  return std::nullopt;
}

}  // namespace bansos

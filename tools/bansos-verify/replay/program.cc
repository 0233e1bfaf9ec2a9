// Programmes: opening, amending, money from outside.
#include "tools/bansos-verify/replay/rules.h"
#include "tools/bansos-verify/replay/shape_checks.h"

namespace bansos::replay {
namespace {

template <typename Tranches>
Verdict CheckTrancheShapes(const Tranches& tranches) {
  RETURN_IF_FAULT(CheckNumber(tranches.size(), kMaxTranches, "count of tranches"));
  for (const v1::Tranche& tranche : tranches) {
    RETURN_IF_FAULT(CheckNumber(tranche.number(), kMaxTranches, "tranche"));
    RETURN_IF_FAULT(CheckDate(tranche.entitlement_date(), "entitlement date of the tranche"));
  }
  return kAllowed;
}

// Numbers 1..n in order; amounts stated unless the decree states them.
template <typename Tranches>
Verdict CheckTranches(const Tranches& tranches, bool amount_by_decree) {
  for (int i = 0; i < tranches.size(); ++i) {
    FAULT_UNLESS(tranches[i].number() == static_cast<uint32_t>(i) + 1, "kTrancheNumbering",
                 "tranche ", tranches[i].number(), " stands at place ", i + 1);
  }
  for (const v1::Tranche& tranche : tranches) {
    if (amount_by_decree) {
      FAULT_UNLESS(tranche.amount() == 0, "kBadAmount", "tranche ", tranche.number(),
                   " states an amount that the decree states");
    } else {
      RETURN_IF_FAULT(CheckAmount(tranche.amount(), "amount of the tranche"));
    }
  }
  return kAllowed;
}

template <typename Tranches>
std::map<uint32_t, int64_t> AmountsOf(const Tranches& tranches) {
  std::map<uint32_t, int64_t> amounts;
  for (const v1::Tranche& tranche : tranches) amounts[tranche.number()] = tranche.amount();
  return amounts;
}

// A payment that is not withdrawn leaves more instructed than withdrawn.
bool HasPayments(const State& state, const std::string& program, uint32_t tranche) {
  const Balance balance = BalanceOf(state, TrancheLine({program, tranche}));
  return balance.instructed != balance.withdrawn;
}

}  // namespace

Verdict CheckShape(const v1::ProgramOpened& opened) {
  RETURN_IF_FAULT(CheckProgramCode(opened.program()));
  RETURN_IF_FAULT(CheckText(opened.name(), "name of the programme"));
  FAULT_UNLESS(opened.fiscal_year() >= kMinYear && opened.fiscal_year() <= kMaxYear, "kBadNumber",
               "fiscal year ", opened.fiscal_year());
  RETURN_IF_FAULT(CheckDate(opened.fiscal_year_end(), "end of the fiscal year"));
  RETURN_IF_FAULT(CheckNumber(opened.quota(), kMaxQuota, "quota"));
  RETURN_IF_FAULT(CheckEnum(opened.fund(), v1::Fund_IsValid(opened.fund()), "fund"));
  RETURN_IF_FAULT(
      CheckNumber(opened.recipient_kinds_size(), kMaxRecipientKinds, "count of recipient kinds"));
  for (int kind : opened.recipient_kinds()) {
    RETURN_IF_FAULT(CheckEnum(kind, v1::RecipientKind_IsValid(kind), "recipient kind"));
  }
  return CheckTrancheShapes(opened.tranches());
}

Verdict CheckRules(const State&, const v1::Event&, const v1::ProgramOpened& opened) {
  return CheckTranches(opened.tranches(), opened.amount_by_decree());
}

void Record(State& state, const v1::Event&, const v1::ProgramOpened& opened) {
  ProgramRecord& program = state.programs[opened.program()];
  program.quota = opened.quota();
  program.amount_by_decree = opened.amount_by_decree();
  program.recipient_kinds.insert(opened.recipient_kinds().begin(), opened.recipient_kinds().end());
  program.tranches = AmountsOf(opened.tranches());
}

Verdict CheckShape(const v1::ProgramAmended& amended) {
  RETURN_IF_FAULT(CheckProgramCode(amended.program()));
  RETURN_IF_FAULT(CheckNumber(amended.quota(), kMaxQuota, "quota"));
  return CheckTrancheShapes(amended.tranches());
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::ProgramAmended& amended) {
  const ProgramRecord& program = state.programs.at(amended.program());
  RETURN_IF_FAULT(CheckTranches(amended.tranches(), program.amount_by_decree));
  if (!program.running_slots.empty()) {
    FAULT_UNLESS(amended.quota() >= program.running_slots.size() &&
                     amended.quota() >= *program.running_slots.rbegin(),
                 "kQuotaBelowEntitlements", "programme ", amended.program(), ": quota ",
                 amended.quota(), " with ", program.running_slots.size(),
                 " running entitlements up to slot ", *program.running_slots.rbegin());
  }
  const std::map<uint32_t, int64_t> amounts = AmountsOf(amended.tranches());
  for (const auto& [tranche, amount] : program.tranches) {
    if (!HasPayments(state, amended.program(), tranche)) continue;
    const int64_t* amended_amount = Find(amounts, tranche);
    FAULT_UNLESS(amended_amount != nullptr && *amended_amount == amount, "kTrancheInUse",
                 "tranche ", Text(TrancheId{amended.program(), tranche}), " has payments of ",
                 amount);
  }
  return kAllowed;
}

void Record(State& state, const v1::Event&, const v1::ProgramAmended& amended) {
  ProgramRecord& program = state.programs.at(amended.program());
  program.quota = amended.quota();
  program.tranches = AmountsOf(amended.tranches());
}

Verdict CheckShape(const v1::BudgetAppropriated& appropriated) {
  RETURN_IF_FAULT(CheckProgramCode(appropriated.program()));
  const int64_t amount = appropriated.amount();
  FAULT_UNLESS(amount != 0 && amount >= -kMaxRupiah && amount <= kMaxRupiah, "kBadAmount",
               "appropriation of ", amount);
  return kAllowed;
}

Verdict CheckRules(const State& state, const v1::Event&,
                   const v1::BudgetAppropriated& appropriated) {
  const Balance balance = BalanceOf(state, ProgramLine(appropriated.program()));
  FAULT_UNLESS(balance.in(v1::BUCKET_AVAILABLE) + appropriated.amount() >= 0, "kTakesPromisedMoney",
               "programme ", appropriated.program(), ": ", appropriated.amount(), " of ",
               balance.in(v1::BUCKET_AVAILABLE), " available");
  FAULT_UNLESS(balance.appropriated + appropriated.amount() <= kMaxRupiah, "kBadAmount",
               "programme ", appropriated.program(), ": ", appropriated.amount(), " more than ",
               balance.appropriated);
  return kAllowed;
}

void Record(State& state, const v1::Event&, const v1::BudgetAppropriated& appropriated) {
  Balance& balance = state.balances[ProgramLine(appropriated.program())];
  balance.appropriated += appropriated.amount();
  balance.buckets[v1::BUCKET_AVAILABLE] += appropriated.amount();
}

}  // namespace bansos::replay

// The acts by which an office is set up and changed.
#include <algorithm>
#include <functional>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/domain/limits.h"
#include "tests/agreement/odd_rules.h"
#include "tests/agreement/story.h"

namespace bansos::testing {
namespace {

constexpr char kStoryCatalogue[] = "DT-Jateng";

// Half of what is said is odd on purpose and refused; this often in a row it is a fault.
constexpr int kMostTries = 1000;

std::string OddDate(Oddities& odd) {
  return odd.Pick<std::string>({"2025-01-01", "1900-01-01", "2024-02-29", "2025-06-02"});
}

}  // namespace

// Until what the acts rest on is there.
void Story::OpenOffice() {
  const auto until = [](const std::string& what, const std::function<bool()>& there,
                        const std::function<void()>& act) {
    for (int tries = 0; !there(); ++tries) {
      CHECK(tries < kMostTries) << "the server accepts no " << what;
      act();
    }
  };
  for (const AreaCode area : {3374, 3301}) {
    until(
        "areas", [&] { return state_.ledger.areas.contains(area); }, [&] { PublishAreas(); });
  }
  until(
      "catalogue", [&] { return state_.ledger.catalogues.contains(kStoryCatalogue); },
      [&] { PublishCatalogue(); });
  for (const char* code : {"KJS", "BLT-DBHCHT"}) {
    until(
        "programme", [&] { return state_.FindProgram(code) != nullptr; },
        [&] { OpenProgram(code); });
  }
  for (int i = 0; i < 60; ++i) {
    const ProgramState& program = AnyProgram();
    if (program.rule_sets.empty()) PublishRules(/*plain=*/true);
    if (program.appropriated < 1'000'000'000'000) Appropriate();
  }
  until(
      "recipient", [&] { return state_.recipients.size() >= 6; }, [&] { Register(); });
}

void Story::PublishAreas() {
  v1::PublishAreasRequest areas;
  areas.set_name("kemendagri");
  areas.set_version(1 + static_cast<uint32_t>(odd_.Below(1000)));
  areas.set_parent(odd_.OneIn(4) ? odd_.Pick<std::string>({"33.74", "34", "33.74.01"}) : "33");
  areas.set_legal_basis("Kepmendagri 050-145/2022");
  areas.set_date_in_force(OddDate(odd_));
  if (areas.parent() == "33.74.01") {
    for (const char* code : {"33.74.01.1001", "33.74.01.2001"}) {
      areas.add_areas()->set_code(code);
    }
  } else {
    for (const char* code : {".74", ".01", ".00"}) {
      areas.add_areas()->set_code(absl::StrCat(areas.parent(), code));
    }
  }
  for (ledger::v1::Area& area : *areas.mutable_areas()) area.set_name("Tempat");
  Do(&v1::AdminService::Stub::PublishAreas, areas);
}

void Story::PublishCatalogue() {
  const auto known = state_.ledger.catalogues.find(kStoryCatalogue);
  v1::PublishCatalogueRequest catalogue;
  catalogue.set_name(kStoryCatalogue);
  catalogue.set_version(known == state_.ledger.catalogues.end() ? 1
                                                                : known->second.last_version + 1);
  catalogue.set_legal_basis("Pergub 1/2025");
  catalogue.set_date_in_force(OddDate(odd_));
  const auto add = [&](const char* id, ledger::v1::IndicatorKind kind) {
    ledger::v1::Indicator& indicator = *catalogue.add_indicators();
    indicator.set_number(static_cast<uint32_t>(catalogue.indicators_size()));
    indicator.set_id(id);
    indicator.set_kind(kind);
    if (kind == ledger::v1::INDICATOR_KIND_CODED) indicator.set_codes("1-10");
    indicator.set_meaning("as named");
    indicator.set_source("DTKS");
    const auto allow = [&indicator](int64_t first, int64_t last) {
      ledger::v1::ValueRange& range = *indicator.add_values();
      range.set_first(first);
      range.set_last(last);
    };
    if (kind == ledger::v1::INDICATOR_KIND_CODED) allow(odd_.OneIn(8) ? 10 : 1, 10);
    if (kind == ledger::v1::INDICATOR_KIND_NUMBER) allow(0, kMaxRupiah);
    for (const int64_t flag : {1, 2, 4, 8}) {
      if (kind == ledger::v1::INDICATOR_KIND_BITMASK) allow(flag, odd_.OneIn(40) ? 3 : flag);
    }
  };
  const bool changed = odd_.OneIn(3);
  add("nik", ledger::v1::INDICATOR_KIND_IDENTITY);
  add("desil", ledger::v1::INDICATOR_KIND_CODED);
  add("since", changed ? ledger::v1::INDICATOR_KIND_IDENTITY : ledger::v1::INDICATOR_KIND_DATE);
  add("bits", ledger::v1::INDICATOR_KIND_BITMASK);
  if (!odd_.OneIn(3)) add("Luas.m2", ledger::v1::INDICATOR_KIND_NUMBER);
  Do(&v1::AdminService::Stub::PublishCatalogue, catalogue);
}

void Story::SetPolicy() {
  v1::SetPolicyRequest policy;
  policy.set_name(odd_.Pick<std::string>(
      {"return_unrepaired_days", "order_unanswered_days", "Z.z_-9", "clock_accepted"}));
  const auto known = state_.ledger.policies.find(policy.name());
  policy.set_version(known == state_.ledger.policies.end() ? 1 : known->second.last_version + 1);
  policy.set_value(static_cast<int64_t>(odd_.Below(60)));
  policy.set_legal_basis("Pergub 5/2025");
  policy.set_date_in_force(OddDate(odd_));
  Do(&v1::AdminService::Stub::SetPolicy, policy);
}

void Story::AdoptRules() {
  v1::AdoptRulesRequest adopt;
  adopt.set_version(1 + static_cast<uint32_t>(odd_.Below(2)));
  Do(&v1::AdminService::Stub::AdoptRules, adopt);
}

void Story::OpenProgram(const std::string& code) {
  v1::OpenProgramRequest program;
  program.set_program(code);
  program.set_name("Programme");
  program.set_fiscal_year(2025);
  program.set_fiscal_year_end("2025-12-31");
  program.set_quota(2 + static_cast<uint32_t>(odd_.Below(5)));
  program.set_fund(ledger::v1::FUND_APBD_GENERAL);
  program.add_recipient_kinds(ledger::v1::RECIPIENT_KIND_PERSON);
  if (odd_.OneIn(2)) program.add_recipient_kinds(ledger::v1::RECIPIENT_KIND_INSTITUTION);
  program.set_amount_by_decree(odd_.OneIn(3));
  for (uint32_t number = 1; number <= 1 + odd_.Below(3); ++number) {
    v1::Tranche& tranche = *program.add_tranches();
    tranche.set_number(number);
    tranche.set_amount(program.amount_by_decree()
                           ? 0
                           : odd_.Pick<int64_t>({1, 100, 1'110'000, 1'000'000'000'000}));
    tranche.set_entitlement_date(OddDate(odd_));
  }
  Do(&v1::ProgramService::Stub::OpenProgram, program);
}

void Story::AmendProgram() {
  const ProgramState& program = AnyProgram();
  v1::AmendProgramRequest amend;
  *amend.mutable_basis() = Letter("SK");
  amend.set_program(program.terms.program);
  amend.set_quota(program.running_entitlements + static_cast<uint32_t>(odd_.Below(3)));
  for (const bansos::Tranche& term : program.terms.tranches) {
    v1::Tranche& tranche = *amend.add_tranches();
    tranche.set_number(term.number);
    tranche.set_amount(odd_.OneIn(4) && term.amount > 1 ? term.amount - 1 : term.amount);
    tranche.set_entitlement_date(OddDate(odd_));
  }
  if (odd_.OneIn(2)) {
    v1::Tranche& tranche = *amend.add_tranches();
    tranche.set_number(static_cast<uint32_t>(amend.tranches_size()));
    tranche.set_amount(program.terms.amount_by_decree ? 0 : 250);
    tranche.set_entitlement_date("2025-12-31");
  }
  Do(&v1::ProgramService::Stub::AmendProgram, amend);
}

void Story::PublishRules(bool plain) {
  // Odd ones mostly for the programmes of which little is asked: hardly anybody meets them.
  const size_t last = state_.programs.size() - 1;
  const ProgramState& program =
      plain || odd_.OneIn(10) ? AnyProgram() : state_.programs[std::min<size_t>(last, 2)];
  v1::PublishRuleSetRequest rules;
  rules.set_program(program.terms.program);
  v1::RuleSet& set = *rules.mutable_rule_set();
  set.set_version(static_cast<uint32_t>(program.rule_sets.size()) + 1);
  set.set_legal_basis("Pergub 2/2025");
  set.set_date_in_force(program.rule_sets.empty() ? "2025-01-01" : Day(odd_.OneIn(4) ? -1 : 0));
  if (plain) {
    ledger::v1::Criterion& poor = *set.add_criteria();
    poor.set_id("poor");
    poor.set_title("Decile at most 8");
    poor.mutable_expression()->set_operator_(ledger::v1::OPERATOR_LESS_OR_EQUAL);
    poor.mutable_expression()->set_indicator("desil");
    poor.mutable_expression()->add_numbers(8);
  } else {
    for (uint64_t i = 0; i < 1 + odd_.Below(3); ++i) {
      *set.add_criteria() = OddCriterion(odd_, static_cast<int>(i));
    }
  }
  Do(&v1::ProgramService::Stub::PublishRuleSet, rules);
}

void Story::Appropriate() {
  v1::AppropriateBudgetRequest budget;
  *budget.mutable_basis() = Letter("DPA");
  budget.set_program(AnyProgram().terms.program);
  budget.set_amount(odd_.Pick<int64_t>({10'000'000'000'000, 5'000'000, 300, 1, -1, -100}));
  Do(&v1::ProgramService::Stub::AppropriateBudget, budget);
}

}  // namespace bansos::testing

#include "tests/grpc/office_requests.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/grpc/office_fixture.h"

namespace bansos::testing {

v1::PublishAreasRequest OfficeAreas() {
  v1::PublishAreasRequest areas;
  areas.set_name("kemendagri");
  areas.set_version(1);
  areas.set_parent("33");
  areas.set_legal_basis("Kepmendagri 050-145/2022");
  areas.set_date_in_force("2025-01-01");
  for (const char* code : {"33.74", "33.01"}) {
    areas.add_areas()->set_code(code);
    areas.mutable_areas()->rbegin()->set_name("Tempat");
  }
  return areas;
}

v1::PublishCatalogueRequest OfficeCatalogue(uint32_t version,
                                            ledger::v1::IndicatorKind kind_of_since) {
  v1::PublishCatalogueRequest catalogue;
  catalogue.set_name("DT-JATENG");
  catalogue.set_version(version);
  catalogue.set_legal_basis("Pergub 1/2025");
  catalogue.set_date_in_force("2025-01-01");
  for (const auto& [id, kind] :
       {std::pair("nik", ledger::v1::INDICATOR_KIND_IDENTITY),
        std::pair("desil", ledger::v1::INDICATOR_KIND_CODED), std::pair("since", kind_of_since)}) {
    ledger::v1::Indicator& indicator = *catalogue.add_indicators();
    indicator.set_number(catalogue.indicators_size());
    indicator.set_id(id);
    indicator.set_kind(kind);
    indicator.set_codes("1-10");
    indicator.set_meaning("as named");
    indicator.set_source("DTKS");
    if (kind != ledger::v1::INDICATOR_KIND_CODED) continue;
    indicator.add_values()->set_first(1);
    indicator.mutable_values(0)->set_last(10);
  }
  return catalogue;
}

v1::OpenProgramRequest OfficeProgram(uint32_t quota) {
  v1::OpenProgramRequest program;
  program.set_program("KJS");
  program.set_name("Kartu Jateng Sejahtera");
  program.set_fiscal_year(2025);
  program.set_fiscal_year_end("2025-12-31");
  program.set_quota(quota);
  program.set_fund(ledger::v1::FUND_APBD_GENERAL);
  program.add_recipient_kinds(ledger::v1::RECIPIENT_KIND_PERSON);
  for (uint32_t number = 1; number <= 2; ++number) {
    v1::Tranche& tranche = *program.add_tranches();
    tranche.set_number(number);
    tranche.set_amount(kTrancheAmount);
    tranche.set_entitlement_date(absl::StrCat("2025-0", number, "-01"));
  }
  return program;
}

v1::PublishRuleSetRequest OfficeRules(uint32_t version, const std::string& date_in_force) {
  v1::PublishRuleSetRequest rules;
  rules.set_program("KJS");
  rules.mutable_rule_set()->set_version(version);
  rules.mutable_rule_set()->set_legal_basis("Pergub 2/2025");
  rules.mutable_rule_set()->set_date_in_force(date_in_force);
  ledger::v1::Criterion& poor = *rules.mutable_rule_set()->add_criteria();
  poor.set_id("poor");
  poor.set_title("Decile at most 4");
  poor.mutable_expression()->set_operator_(ledger::v1::OPERATOR_LESS_OR_EQUAL);
  poor.mutable_expression()->set_indicator("desil");
  poor.mutable_expression()->add_numbers(4);
  return rules;
}

}  // namespace bansos::testing

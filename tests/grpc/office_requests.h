// The requests by which an office begins, as values: for tests that send them more than once.
#ifndef TESTS_GRPC_OFFICE_REQUESTS_H_
#define TESTS_GRPC_OFFICE_REQUESTS_H_

#include <cstdint>
#include <string>

#include "bansos/v1/admin_service.pb.h"
#include "bansos/v1/program_service.pb.h"

namespace bansos::testing {

v1::PublishAreasRequest OfficeAreas();
// Indicators nik, desil and since, which is of this kind.
v1::PublishCatalogueRequest OfficeCatalogue(uint32_t version,
                                            ledger::v1::IndicatorKind kind_of_since);
// KJS with two tranches.
v1::OpenProgramRequest OfficeProgram(uint32_t quota);
// Decile at most 4.
v1::PublishRuleSetRequest OfficeRules(uint32_t version, const std::string& date_in_force);

}  // namespace bansos::testing

#endif  // TESTS_GRPC_OFFICE_REQUESTS_H_

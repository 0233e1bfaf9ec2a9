// Programmes and what is published for all of them, between the API and the domain. Pure.
#ifndef GRPC_CONVERT_PROGRAM_H_
#define GRPC_CONVERT_PROGRAM_H_

#include "bansos/v1/admin_service.pb.h"
#include "bansos/v1/program_service.pb.h"
#include "grpc/item_reader.h"
#include "ledger/domain/event.h"
#include "ledger/domain/state.h"

namespace bansos {

ProgramOpened ToProgramOpened(const v1::OpenProgramRequest& request, ItemReader& reader);
ProgramAmended ToProgramAmended(const v1::AmendProgramRequest& request, ItemReader& reader);
RuleSetPublished ToRuleSetPublished(const v1::PublishRuleSetRequest& request, ItemReader& reader);
BudgetAppropriated ToBudgetAppropriated(const v1::AppropriateBudgetRequest& request,
                                        ItemReader& reader);

CataloguePublished ToCataloguePublished(const v1::PublishCatalogueRequest& request,
                                        ItemReader& reader);
AreasPublished ToAreasPublished(const v1::PublishAreasRequest& request, ItemReader& reader);
PolicySet ToPolicySet(const v1::SetPolicyRequest& request, ItemReader& reader);

v1::Program ToProto(const ProgramState& program);

}  // namespace bansos

#endif  // GRPC_CONVERT_PROGRAM_H_

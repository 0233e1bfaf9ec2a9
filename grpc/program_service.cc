#include "grpc/program_service.h"

#include <utility>

#include "grpc/convert_program.h"
#include "grpc/fault.h"

namespace bansos {

void ProgramService::Open(v1::OpenProgramRequest request, const Caller& caller,
                          Answer<v1::OpenProgramResponse> answer) {
  parts_.writes.RecordOne(request, caller, ToProgramOpened, std::move(answer));
}

void ProgramService::Amend(v1::AmendProgramRequest request, const Caller& caller,
                           Answer<v1::AmendProgramResponse> answer) {
  parts_.writes.RecordOne(request, caller, ToProgramAmended, std::move(answer));
}

void ProgramService::Publish(v1::PublishRuleSetRequest request, const Caller& caller,
                             Answer<v1::PublishRuleSetResponse> answer) {
  parts_.writes.RecordOne(request, caller, ToRuleSetPublished, std::move(answer));
}

void ProgramService::Appropriate(v1::AppropriateBudgetRequest request, const Caller& caller,
                                 Answer<v1::AppropriateBudgetResponse> answer) {
  parts_.writes.RecordOne(request, caller, ToBudgetAppropriated, std::move(answer));
}

void ProgramService::Get(v1::GetProgramRequest request, const Caller& caller,
                         Answer<v1::GetProgramResponse> answer) {
  parts_.reads.Ask<v1::GetProgramResponse>(
      request.read(), caller,
      [code = request.program()](const Views& views) -> absl::StatusOr<v1::GetProgramResponse> {
        const ProgramState* program = views.state.FindProgram(code);
        if (program == nullptr) return ToStatus(ProgramUnknown(code));
        v1::GetProgramResponse response;
        *response.mutable_program() = ToProto(*program);
        return response;
      },
      std::move(answer));
}

void ProgramService::List(v1::ListProgramsRequest request, const Caller& caller,
                          Answer<v1::ListProgramsResponse> answer) {
  parts_.reads.AskPage<v1::ListProgramsRequest, v1::ListProgramsResponse>(
      request, caller,
      [](const Views& views, PageScan& scan) -> absl::StatusOr<v1::ListProgramsResponse> {
        v1::ListProgramsResponse response;
        // Each payment changes its programme.
        if (!scan.DependsOnAll(views.head.size)) return response;
        const auto& programs = views.state.program_of_code;
        auto it = programs.begin();
        if (scan.after().has_value()) {
          const uint64_t after = (*scan.after())[0];  // A programme's index.
          it = after < views.state.programs.size()
                   ? programs.upper_bound(views.state.programs[after].terms.program)
                   : programs.end();
        }
        for (; it != programs.end(); ++it) {
          if (!scan.Look({it->second.value(), 0, 0}) || !scan.Take()) break;
          *response.add_programs() = ToProto(views.state.at(it->second));
        }
        return response;
      },
      std::move(answer));
}

}  // namespace bansos

// From the items of RecordAssessments to commands: which indicators may be stated, and each
// survey's values sealed in one layout. Thread-safe; blocks on the vault.
#ifndef GRPC_ASSESSMENT_ITEMS_H_
#define GRPC_ASSESSMENT_ITEMS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "bansos/v1/eligibility_service.pb.h"
#include "grpc/read_path.h"
#include "grpc/recipient_lookup.h"
#include "grpc/sealing.h"
#include "grpc/write_path.h"

namespace bansos {

// Fails as a whole when catalogue or indicators are unknown, doubled or of kind IDENTITY.
absl::StatusOr<std::vector<PreparedItem>> PrepareAssessments(
    const ReadPath& reads, const EventLog& log, const RecipientLookup& lookup,
    const Sealing& sealing, const RequestHead& head, const v1::RecordAssessmentsRequest& request);

}  // namespace bansos

#endif  // GRPC_ASSESSMENT_ITEMS_H_

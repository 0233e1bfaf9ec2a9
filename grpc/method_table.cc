#include "grpc/method_table.h"

#include <string>

#include "bansos/v1/admin_service.pb.h"
#include "bansos/v1/balance_service.pb.h"
#include "bansos/v1/batch_service.pb.h"
#include "bansos/v1/log_service.pb.h"
#include "grpc/limits.h"
#include "grpc/page_token.h"
#include "grpc/request_size.h"
#include "ledger/base/check.h"

namespace bansos {
namespace {

// Digests of older views take as long as writing those views.
std::optional<Lane> LongerStatus(const v1::GetStatusRequest& request) {
  if (request.read().as_of_case() == v1::ReadOptions::AS_OF_NOT_SET) return std::nullopt;
  return Lane::kScan;
}

// A later page of recipients walks back the chains of those that have moved since the first.
std::optional<Lane> LongerBalances(const v1::GetBalancesRequest& request) {
  if (request.group_by() != v1::BALANCE_GROUP_RECIPIENT || request.recipient() != 0) {
    return std::nullopt;
  }
  const bool few = PageRows(request.page_size()) <= kMaxShortItems;
  if (few && request.page_token().empty()) return std::nullopt;
  return Lane::kScan;
}

// Each payee is read from the log and unsealed.
std::optional<Lane> LongerPayments(const v1::ListBatchPaymentsRequest& request) {
  if (!request.include_payee() || PageRows(request.page_size()) <= kMaxShortItems) {
    return std::nullopt;
  }
  return Lane::kScan;
}

std::optional<Lane> LongerCheckpoint(const v1::GetCheckpointRequest& request) {
  if (!request.fresh()) return std::nullopt;
  return Lane::kSign;
}

template <typename Request, std::optional<Lane> (*longer)(const Request&)>
std::optional<Lane> Longer(const google::protobuf::Message& request) {
  return longer(static_cast<const Request&>(request));
}

// What records is in the lane of writes, with all the sealing and unsealing that it needs. What
// looks at as many events or people as there are is a scan, a page of it as well: how much of the
// log a page has to pass is not known before. Each of these is the lane of a call that asks for
// little; one that states or asks for much goes where LaneOfRequest says.
constexpr MethodRow kMethods[] = {
    {"bansos.v1.AdminService.PublishCatalogue", Lane::kWrite},
    {"bansos.v1.AdminService.PublishAreas", Lane::kWrite},
    {"bansos.v1.AdminService.SetPolicy", Lane::kWrite},
    {"bansos.v1.AdminService.AdoptRules", Lane::kWrite},
    {"bansos.v1.AdminService.GetStatus", Lane::kRead, Longer<v1::GetStatusRequest, LongerStatus>},
    {"bansos.v1.AdminService.Replay", Lane::kScan},
    {"bansos.v1.AuditService.GetTimeline", Lane::kScan},
    {"bansos.v1.AuditService.ListExceptions", Lane::kRead},
    {"bansos.v1.AuditService.GetTrialBalance", Lane::kScan},
    {"bansos.v1.AuditService.Explain", Lane::kScan},
    {"bansos.v1.BalanceService.GetBalances", Lane::kRead,
     Longer<v1::GetBalancesRequest, LongerBalances>},
    {"bansos.v1.BatchService.DraftBatch", Lane::kWrite},
    {"bansos.v1.BatchService.InstructPayments", Lane::kWrite},
    {"bansos.v1.BatchService.WithdrawPayments", Lane::kWrite},
    {"bansos.v1.BatchService.SubmitBatch", Lane::kWrite},
    {"bansos.v1.BatchService.VerifyBatch", Lane::kWrite},
    {"bansos.v1.BatchService.ApproveBatch", Lane::kWrite},
    {"bansos.v1.BatchService.SendBackBatch", Lane::kWrite},
    {"bansos.v1.BatchService.ReleaseBatch", Lane::kWrite},
    {"bansos.v1.BatchService.CloseBatch", Lane::kWrite},
    {"bansos.v1.BatchService.GetBatch", Lane::kRead},
    {"bansos.v1.BatchService.ListBatches", Lane::kRead},
    {"bansos.v1.BatchService.ListBatchPayments", Lane::kRead,
     Longer<v1::ListBatchPaymentsRequest, LongerPayments>},
    {"bansos.v1.EligibilityService.RecordAssessments", Lane::kWrite},
    {"bansos.v1.EligibilityService.ProposeCandidates", Lane::kWrite},
    {"bansos.v1.EligibilityService.ListCandidates", Lane::kRead},
    {"bansos.v1.EligibilityService.DecideEligibility", Lane::kWrite},
    {"bansos.v1.EligibilityService.RankCandidates", Lane::kScan},
    {"bansos.v1.EligibilityService.DecreeRecipients", Lane::kWrite},
    {"bansos.v1.EligibilityService.EndEntitlements", Lane::kWrite},
    {"bansos.v1.EligibilityService.ListEntitlements", Lane::kRead},
    {"bansos.v1.LogService.ReadEvents", Lane::kScan},
    {"bansos.v1.LogService.Subscribe", Lane::kScan},
    {"bansos.v1.LogService.GetHead", Lane::kRead},
    {"bansos.v1.LogService.GetCheckpoint", Lane::kRead,
     Longer<v1::GetCheckpointRequest, LongerCheckpoint>},
    {"bansos.v1.LogService.GetInclusionProof", Lane::kRead},
    {"bansos.v1.LogService.GetConsistencyProof", Lane::kRead},
    {"bansos.v1.LogService.GetTiles", Lane::kScan},
    {"bansos.v1.LogService.GetEntryBundles", Lane::kScan},
    {"bansos.v1.LogService.GetReceipt", Lane::kRead},
    {"bansos.v1.PaymentService.SendTransfers", Lane::kWrite},
    {"bansos.v1.PaymentService.RecordOrderFile", Lane::kWrite},
    {"bansos.v1.PaymentService.ReceiveResultFile", Lane::kWrite},
    {"bansos.v1.PaymentService.RecordResults", Lane::kWrite},
    {"bansos.v1.PaymentService.SettleHeldReport", Lane::kWrite},
    {"bansos.v1.PaymentService.ReissuePayments", Lane::kWrite},
    {"bansos.v1.PaymentService.RemitPayments", Lane::kWrite},
    {"bansos.v1.PaymentService.ResolveReports", Lane::kWrite},
    {"bansos.v1.PaymentService.StreamTransfers", Lane::kWrite},
    {"bansos.v1.ProgramService.OpenProgram", Lane::kWrite},
    {"bansos.v1.ProgramService.AmendProgram", Lane::kWrite},
    {"bansos.v1.ProgramService.PublishRuleSet", Lane::kWrite},
    {"bansos.v1.ProgramService.AppropriateBudget", Lane::kWrite},
    {"bansos.v1.ProgramService.GetProgram", Lane::kRead},
    {"bansos.v1.ProgramService.ListPrograms", Lane::kRead},
    {"bansos.v1.RecipientService.RegisterRecipients", Lane::kWrite},
    {"bansos.v1.RecipientService.CorrectIdentities", Lane::kWrite},
    {"bansos.v1.RecipientService.AssignPayees", Lane::kWrite},
    {"bansos.v1.RecipientService.RecordDeaths", Lane::kWrite},
    {"bansos.v1.RecipientService.GetRecipient", Lane::kRead},
    {"bansos.v1.RecipientService.FindRecipients", Lane::kRead},
};

}  // namespace

absl::Span<const MethodRow> AllMethods() { return kMethods; }

const MethodRow& MethodOf(const google::protobuf::Descriptor& request) {
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  for (const MethodRow& row : kMethods) {
    const auto* method = pool->FindMethodByName(std::string(row.name));
    if (method != nullptr && method->input_type() == &request) return row;
  }
  CHECK(false) << "no method of the table takes " << request.full_name();
  return kMethods[0];
}

Lane LaneOfBytes(const MethodRow& row, size_t bytes) {
  if (bytes <= kMaxShortBytes) return row.lane;
  if (row.lane == Lane::kWrite) return Lane::kBulk;
  return row.lane == Lane::kRead ? Lane::kScan : row.lane;
}

Lane LaneOfRequest(const MethodRow& row, const google::protobuf::Message& request, size_t bytes) {
  if (row.longer != nullptr) {
    if (const std::optional<Lane> longer = row.longer(request); longer.has_value()) return *longer;
  }
  const RequestSize size = SizeOf(request);
  const bool much =
      bytes > kMaxShortBytes || size.items > kMaxShortItems || size.page_rows > kDefaultPageRows;
  if (!much) return row.lane;
  // A dry run records nothing, so it can wait behind others without delaying what does.
  if (row.lane == Lane::kWrite) return size.dry_run ? Lane::kScan : Lane::kBulk;
  return row.lane == Lane::kRead ? Lane::kScan : row.lane;
}

}  // namespace bansos

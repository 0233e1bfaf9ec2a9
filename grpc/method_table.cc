#include "grpc/method_table.h"

#include <string>

#include "ledger/base/check.h"

namespace bansos {
namespace {

// What records is in the lane of writes, with all the sealing and unsealing that it needs. What
// looks at as many events or people as there are is a scan, a page of it as well: how much of the
// log a page has to pass is not known before.
constexpr MethodRow kMethods[] = {
    {"bansos.v1.AdminService.PublishCatalogue", Lane::kWrite},
    {"bansos.v1.AdminService.PublishAreas", Lane::kWrite},
    {"bansos.v1.AdminService.SetPolicy", Lane::kWrite},
    {"bansos.v1.AdminService.AdoptRules", Lane::kWrite},
    {"bansos.v1.AdminService.GetStatus", Lane::kRead},
    {"bansos.v1.AdminService.Replay", Lane::kScan},
    {"bansos.v1.AuditService.GetTimeline", Lane::kScan},
    {"bansos.v1.AuditService.ListExceptions", Lane::kRead},
    {"bansos.v1.AuditService.GetTrialBalance", Lane::kScan},
    {"bansos.v1.AuditService.Explain", Lane::kScan},
    {"bansos.v1.BalanceService.GetBalances", Lane::kRead},
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
    {"bansos.v1.BatchService.ListBatchPayments", Lane::kRead},
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
    {"bansos.v1.LogService.GetCheckpoint", Lane::kRead},
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

}  // namespace bansos

// OfficeFixture: the steps of the office as calls, each checked, so that a test states only what it
// is about. Programme KJS: two tranches of Rp 1,110,000; criteria: decile at most 4, and alive.
#ifndef TESTS_GRPC_OFFICE_FIXTURE_H_
#define TESTS_GRPC_OFFICE_FIXTURE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tests/grpc/api_fixture.h"

namespace bansos::testing {

inline constexpr int64_t kTrancheAmount = 1'110'000;

v1::Basis Letter(const std::string& kind, const std::string& number);

// Well-formed numbers of made-up people.
std::string NikOf(int person);
std::string KkOf(int household);
std::string NameOf(int person);
std::string AccountOf(int person);

class OfficeFixture : public ApiFixture {
 protected:
  // Areas, catalogue, programme, rule set and budget: five events.
  void OpenOffice(uint32_t quota = 100);

  v1::RegisterRecipientsRequest Registrations(int first, int count);
  // Registers people `first` .. first + count - 1; their recipient numbers.
  std::vector<uint64_t> Register(int first, int count);
  void AssignPayees(const std::vector<uint64_t>& recipients, int first,
                    const std::string& letter = "REK-1");
  // `deciles` one for each recipient; 0 = unknown.
  void Assess(const std::vector<uint64_t>& recipients, const std::vector<int64_t>& deciles,
              const std::string& survey_date = "2025-03-01");
  v1::ProposeCandidatesRequest Proposals(const std::vector<uint64_t>& recipients,
                                         const std::string& letter = "P-1");
  void Propose(const std::vector<uint64_t>& recipients, const std::string& letter = "P-1");
  v1::DecideEligibilityResponse Decide(const std::vector<uint64_t>& recipients);
  // Puts the first `count` of the ranking on the decree.
  std::vector<uint64_t> Decree(uint32_t count);

  // Registers, assigns, assesses (decile 1), proposes, decides and decrees.
  std::vector<uint64_t> Entitle(int count);

  v1::InstructPaymentsRequest Instructions(uint32_t tranche,
                                           const std::vector<uint64_t>& recipients);
  // Drafts batch 1 of the tranche, instructs, submits, verifies, approves and releases it.
  void ReleaseBatch(uint32_t tranche, const std::vector<uint64_t>& recipients);
  std::vector<v1::Payment> Payments(uint32_t tranche, bool include_payee = false);
  v1::SendTransfersRequest Transfers(uint32_t tranche);

  static ledger::v1::BatchKey Batch(uint32_t tranche);

 private:
  void PublishAreas();
  void PublishCatalogue();
  void OpenProgram(uint32_t quota);
  void PublishRules();
};

// Fails the test unless all items were accepted.
void ExpectAllAccepted(const v1::Outcomes& outcomes, int count);

}  // namespace bansos::testing

#endif  // TESTS_GRPC_OFFICE_FIXTURE_H_

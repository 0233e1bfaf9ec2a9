// RandomOfficeFixture: an office in which money has gone every way by chance, the same for the same
// seed: tranche 1 released, sent, settled, returned, reissued and remitted; tranche 2 in draft,
// some of it withdrawn.
#ifndef TESTS_GRPC_RANDOM_OFFICE_H_
#define TESTS_GRPC_RANDOM_OFFICE_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "ledger/domain/event.h"
#include "tests/grpc/office_fixture.h"

namespace bansos::testing {

class RandomOfficeFixture : public OfficeFixture {
 protected:
  // REQUIRES: called once, on an empty ledger.
  void TellYear(uint32_t seed, int people);

  // One more round of the bank and the office over tranche 1.
  void TellRound();

  uint32_t Below(uint32_t bound) {
    return std::uniform_int_distribution<uint32_t>(0, bound - 1)(random_);
  }

  // All events of the log so far, over the API.
  std::vector<Event> Events();

 private:
  void SendSome();
  void ReportSome();
  void ReissueOrRemitSome();
  void DraftAndWithdrawSome(const std::vector<uint64_t>& recipients);

  std::mt19937 random_;
  int round_ = 0;
  uint64_t line_ = 0;
};

}  // namespace bansos::testing

#endif  // TESTS_GRPC_RANDOM_OFFICE_H_

// AsOfOffice: an office that works at random but by the rules: people come, are assessed, decreed
// and paid in batches, payments settle, come back and are sent again, people die and leave, with
// the clock going on between the steps. The same seed does the same.
#ifndef TESTS_GRPC_AS_OF_OFFICE_H_
#define TESTS_GRPC_AS_OF_OFFICE_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "tests/grpc/office_fixture.h"

namespace bansos::testing {

class AsOfOffice : public OfficeFixture {
 protected:
  explicit AsOfOffice(uint32_t seed) : random_(seed) {}

  // Areas, catalogue, programmes, rules and money; and the first people.
  void Begin();
  // One step. Parts of it may be refused; what is accepted is recorded.
  void Act();

  // 0 .. below - 1.
  uint64_t Pick(uint64_t below) {
    return std::uniform_int_distribution<uint64_t>(0, below - 1)(random_);
  }
  int people() const { return people_; }

  // Drafts a batch for who is owed a random tranche, and mostly releases it.
  void PayBatch();

 private:
  void Newcomers();
  void DecreeSome();
  void SendSome();
  void ReportSome();
  void SendBackOrAgain();
  void SomebodyDies();
  void SomebodyLeaves();
  void SomebodyMovesMoney();
  void MoneyComes();

  // Payments of a random batch in these states.
  std::vector<v1::Payment> SomePayments(std::vector<v1::PaymentState> states);
  // Any of the `all`, each with this chance in percent.
  template <typename Row>
  std::vector<Row> Some(const std::vector<Row>& all, int percent) {
    std::vector<Row> some;
    for (const Row& row : all) {
      if (Pick(100) < static_cast<uint64_t>(percent)) some.push_back(row);
    }
    return some;
  }
  template <typename Stub, typename Request, typename Response>
  void Attempt(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
               const Request& request, const std::string& actor = "operator-1") {
    Response response;
    (void)Try(method, request, response, actor);
  }

  std::mt19937 random_;
  int people_ = 0;
  uint64_t letters_ = 0;
  uint64_t lines_ = 0;
  std::vector<ledger::v1::BatchKey> batches_;
};

}  // namespace bansos::testing

#endif  // TESTS_GRPC_AS_OF_OFFICE_H_

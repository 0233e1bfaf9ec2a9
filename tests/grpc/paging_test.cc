// Pages of the long lists: all of them are true at the position of the first, whatever is recorded
// in between, and also when the server was restarted and holds nothing of the first page any more.
#include <gmock/gmock.h>

#include "absl/strings/escaping.h"
#include "grpc/limits.h"
#include "grpc/page_token.h"
#include "ledger/base/endian.h"
#include "ledger/base/hash.h"
#include "tests/grpc/office_fixture.h"

namespace bansos::testing {
namespace {

constexpr int kPeople = 5;

class PagingTest : public OfficeFixture {
 protected:
  void SetUp() override {
    OfficeFixture::SetUp();
    OpenOffice();
    const std::vector<uint64_t> people = Entitle(kPeople);
    ReleaseBatch(1, people);
    ReleaseBatch(2, people);
  }

  // Asks page by page, with new people between them and a restart behind the second.
  template <typename Stub, typename Request, typename Response, typename Rows>
  void ExpectOnePosition(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                      Response*),
                         Request request, Rows rows, int expected_rows) {
    const uint64_t position = parts().log().Head().size;
    int found = 0;
    int pages = 0;
    do {
      const Response page = Call(method, request);
      EXPECT_EQ(page.true_at().position(), position) << page.GetTypeName();
      found += rows(page);
      request.set_page_token(page.next_page_token());
      newcomers_ += static_cast<int>(Register(newcomers_, 1).size());
      if (++pages == 2) Restart();
    } while (!request.page_token().empty() && pages <= expected_rows);
    EXPECT_EQ(found, expected_rows);
    EXPECT_EQ(pages, expected_rows);
  }

 private:
  int newcomers_ = 500;
};

TEST_F(PagingTest, CandidatesStayThoseOfTheFirstPage) {
  v1::ListCandidatesRequest request;
  request.set_program("KJS");
  request.set_page_size(1);
  ExpectOnePosition(
      &v1::EligibilityService::Stub::ListCandidates, request,
      [](const v1::ListCandidatesResponse& page) { return page.candidates_size(); }, kPeople);
}

TEST_F(PagingTest, EntitlementsStayThoseOfTheFirstPage) {
  v1::ListEntitlementsRequest request;
  request.set_program("KJS");
  request.set_page_size(1);
  ExpectOnePosition(
      &v1::EligibilityService::Stub::ListEntitlements, request,
      [](const v1::ListEntitlementsResponse& page) { return page.entitlements_size(); }, kPeople);
}

TEST_F(PagingTest, BatchesStayThoseOfTheFirstPage) {
  v1::ListBatchesRequest request;
  request.set_program("KJS");
  request.set_page_size(1);
  ExpectOnePosition(
      &v1::BatchService::Stub::ListBatches, request,
      [](const v1::ListBatchesResponse& page) { return page.batches_size(); }, 2);
}

TEST_F(PagingTest, PaymentsOfABatchStayThoseOfTheFirstPageWithTheirPayees) {
  v1::ListBatchPaymentsRequest request;
  *request.mutable_batch() = Batch(1);
  request.set_include_payee(true);
  request.set_page_size(1);
  ExpectOnePosition(
      &v1::BatchService::Stub::ListBatchPayments, request,
      [](const v1::ListBatchPaymentsResponse& page) {
        for (const v1::Payment& payment : page.payments()) {
          EXPECT_NE(payment.payee().details().account_number(), "");
        }
        return page.payments_size();
      },
      kPeople);
}

// What is recorded about others does not make a page cost more than a page: no older views are
// built for it.
TEST_F(PagingTest, PagesOfRowsThatStayedNeedNoOlderViews) {
  v1::ListCandidatesRequest request;
  request.set_program("KJS");
  request.set_page_size(2);
  const auto first = Call(&v1::EligibilityService::Stub::ListCandidates, request);
  Register(700, 3);
  request.set_page_token(first.next_page_token());
  const auto second = Call(&v1::EligibilityService::Stub::ListCandidates, request);
  EXPECT_EQ(second.candidates_size(), 2);
  EXPECT_EQ(second.true_at().position(), first.true_at().position());
  EXPECT_EQ(parts().as_of().Find(first.true_at().position()), nullptr);
}

// Orders that leave between two pages are not among the unanswered ones of the first.
TEST_F(PagingTest, ExceptionsStayThoseOfTheFirstPage) {
  Call(&v1::PaymentService::Stub::SendTransfers, Transfers(1));
  v1::ListExceptionsRequest request;
  request.add_kinds(v1::EXCEPTION_KIND_ORDER_UNANSWERED);
  request.set_as_of_date("2025-07-31");
  request.set_page_size(2);
  const uint64_t position = parts().log().Head().size;
  int found = 0;
  do {
    const auto page = Call(&v1::AuditService::Stub::ListExceptions, request);
    EXPECT_EQ(page.true_at().position(), position);
    ASSERT_EQ(page.counts_size(), 1);
    EXPECT_EQ(page.counts(0).count(), kPeople);
    found += page.exceptions_size();
    if (request.page_token().empty()) {
      Call(&v1::PaymentService::Stub::SendTransfers, Transfers(2));
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() && found <= kPeople);
  EXPECT_EQ(found, kPeople);
}

// Who was paid since is still on the list of those who could be paid when it was asked for.
TEST_F(PagingTest, AFilterIsThatOfTheFirstPage) {
  v1::ListBatchPaymentsRequest request;
  *request.mutable_batch() = Batch(1);
  request.add_states(v1::PAYMENT_STATE_INSTRUCTED);
  request.set_page_size(2);
  const auto first = Call(&v1::BatchService::Stub::ListBatchPayments, request);
  Call(&v1::PaymentService::Stub::SendTransfers, Transfers(1));
  request.set_page_token(first.next_page_token());
  const auto second = Call(&v1::BatchService::Stub::ListBatchPayments, request);
  ASSERT_EQ(second.payments_size(), 2);
  EXPECT_EQ(second.payments(0).state(), v1::PAYMENT_STATE_INSTRUCTED);
}

// Whoever read the source could once make tokens: their check was a hash without a key.
TEST_F(PagingTest, ATokenMadeWithoutTheLedgersKeyIsRefused) {
  v1::ListBatchesRequest request;
  request.set_program("KJS");
  request.set_page_size(1);
  std::string body;
  for (const uint64_t number : {parts().log().Head().size, uint64_t{1}, uint64_t{1}}) {
    AppendU64(body, number);
  }
  const Hash hash = Sha256(body + "\n" + PageScope(request));
  request.set_page_token(
      absl::WebSafeBase64Escape(std::string(AsBytes(hash).substr(0, 16)) + body));
  v1::ListBatchesResponse response;
  const grpc::Status status = Try(&v1::BatchService::Stub::ListBatches, request, response);
  EXPECT_EQ(status.error_code(), grpc::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), ::testing::HasSubstr("Ask for the first page"));
}

class ManyRecipientsTest : public OfficeFixture {};

// Longer than what is looked at in one go: with whatever was paid and instructed meanwhile, the
// pages are the lines of the first page's position.
TEST_F(ManyRecipientsTest, BalancesStayThoseOfTheFirstPage) {
  constexpr int kMany = 300;
  OpenOffice(/*quota=*/kMany);
  const std::vector<uint64_t> people = Entitle(kMany);
  ReleaseBatch(1, people);
  v1::GetBalancesRequest request;
  request.set_group_by(v1::BALANCE_GROUP_RECIPIENT);
  request.set_page_size(1);
  auto page = Call(&v1::BalanceService::Stub::GetBalances, request);
  const uint64_t position = page.true_at().position();
  Call(&v1::PaymentService::Stub::SendTransfers, Transfers(1));
  ReleaseBatch(2, people);

  v1::GetBalancesRequest then = request;
  then.mutable_read()->set_as_of_position(position);
  then.set_page_size(kMaxPageRows);
  const auto expected = Call(&v1::BalanceService::Stub::GetBalances, then);
  ASSERT_EQ(expected.rows_size(), kMany);

  std::vector<v1::BalanceRow> rows(page.rows().begin(), page.rows().end());
  request.set_page_size(kMany);
  while (!page.next_page_token().empty()) {
    request.set_page_token(page.next_page_token());
    page = Call(&v1::BalanceService::Stub::GetBalances, request);
    EXPECT_EQ(page.true_at().position(), position);
    EXPECT_LE(page.rows_size(), kMany);
    rows.insert(rows.end(), page.rows().begin(), page.rows().end());
  }
  ASSERT_EQ(rows.size(), static_cast<size_t>(expected.rows_size()));
  for (size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].SerializeAsString(), expected.rows(static_cast<int>(i)).SerializeAsString());
  }
}

}  // namespace
}  // namespace bansos::testing

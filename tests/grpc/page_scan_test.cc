// One page of a list costs what one page costs, however long the list is, and a later page notices
// when it is no longer that of the first page's position.
#include "grpc/page_scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <vector>

#include "grpc/batch_answers.h"
#include "grpc/candidate_answers.h"

namespace bansos {
namespace {

constexpr uint32_t kPeople = 100'000;
constexpr ProjectionHead kHead{.size = 1'000'000, .last_time_us = 1};

// Everyone is a candidate, entitled, and paid in one batch.
State LongLists() {
  State state;
  state.program_of_code["KJS"] = ProgramIndex(0);
  ProgramState& program = state.programs.emplace_back();
  program.terms.program = "KJS";
  program.terms.quota = kPeople;
  program.terms.tranches.emplace_back().number = 1;
  BatchState& batch = state.batches.emplace_back();
  batch.tranche = batch.number = 1;
  state.batch_of_key[{"KJS", 1, 1}] = BatchIndex(0);
  state.payments.resize(kPeople);
  for (uint32_t i = 1; i <= kPeople; ++i) {
    const RecipientNumber number(i);
    RecipientState& recipient = state.recipients.Register(number);
    recipient.last = Position(5 * i);
    Entitlement entitlement;
    entitlement.slot = i;
    entitlement.holder = 1;
    entitlement.first_tranche = 2;
    Candidacy& candidacy = program.candidacies[number];
    candidacy.entitlements.push_back(entitlement);
    program.slots[i] = {.holders = 1, .last_holder = number, .running = true};
    PaymentState& payment = state.payments[i - 1];
    payment.tranche = 1;
    payment.recipient = number;
    batch.payments.emplace_back(i - 1);
  }
  state.OrderLists();
  return state;
}

class PageScanTest : public ::testing::Test {
 protected:
  Views views() const { return {views_, state_, head_}; }

  // Reads the list page by page, the second page from the views of now. Each row's key must come
  // once, and no page may cost more than its bound.
  template <typename Response, typename Page, typename Key>
  std::vector<uint64_t> ReadAll(uint32_t rows, Page page, Key keys) {
    std::vector<uint64_t> all;
    std::optional<PageScan> scan(rows);
    for (pages_ = 1;; ++pages_) {
      const absl::StatusOr<Response> response = page(views(), *scan);
      EXPECT_TRUE(response.ok()) << response.status();
      EXPECT_FALSE(scan->changed());
      EXPECT_LE(scan->looked(), kMaxPageLooks);
      looked_ += scan->looked();
      keys(*response, all);
      if (!scan->more() || pages_ > 1000) return all;
      const PageKey done = scan->done();
      scan.emplace(rows, done, kHead);
    }
  }

  void ExpectEveryone(const std::vector<uint64_t>& keys) {
    EXPECT_EQ(keys.size(), kPeople);
    EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end()));
    EXPECT_EQ(std::set<uint64_t>(keys.begin(), keys.end()).size(), kPeople);
  }

  ViewSet views_;
  State state_ = LongLists();
  ProjectionHead head_ = kHead;
  uint64_t looked_ = 0;
  int pages_ = 0;
};

v1::ListCandidatesRequest Candidates(v1::CandidateFilter filter) {
  v1::ListCandidatesRequest request;
  request.set_program("KJS");
  request.set_filter(filter);
  return request;
}

void CandidateKeys(const v1::ListCandidatesResponse& page, std::vector<uint64_t>& keys) {
  for (const v1::Candidate& row : page.candidates()) keys.push_back(row.recipient());
}

void EntitlementKeys(const v1::ListEntitlementsResponse& page, std::vector<uint64_t>& keys) {
  for (const auto& row : page.entitlements()) keys.push_back(row.entitlement().slot());
}

void PaymentKeys(const v1::ListBatchPaymentsResponse& page, std::vector<uint64_t>& keys) {
  for (const v1::Payment& row : page.payments()) keys.push_back(row.payment().recipient());
}

TEST_F(PageScanTest, APageOfCandidatesLooksAtItsRowsAndOneMore) {
  PageScan scan(1000);
  const auto page = CandidatePage(views(), Candidates(v1::CANDIDATE_FILTER_UNSPECIFIED), scan);
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->candidates_size(), 1000);
  EXPECT_EQ(scan.looked(), 1001u);
}

TEST_F(PageScanTest, AllPagesTogetherAreTheListOnce) {
  const auto request = Candidates(v1::CANDIDATE_FILTER_UNSPECIFIED);
  ExpectEveryone(ReadAll<v1::ListCandidatesResponse>(
      777, [&](const Views& views, PageScan& scan) { return CandidatePage(views, request, scan); },
      CandidateKeys));
  EXPECT_LT(looked_, kPeople + 2u * pages_);

  v1::ListEntitlementsRequest places;
  places.set_program("KJS");
  ExpectEveryone(ReadAll<v1::ListEntitlementsResponse>(
      777, [&](const Views& views, PageScan& scan) { return EntitlementPage(views, places, scan); },
      EntitlementKeys));

  v1::ListBatchPaymentsRequest payments;
  payments.mutable_batch()->set_program("KJS");
  payments.mutable_batch()->set_tranche(1);
  payments.mutable_batch()->set_number(1);
  ExpectEveryone(ReadAll<v1::ListBatchPaymentsResponse>(
      777,
      [&](const Views& views, PageScan& scan) { return BatchPaymentPage(views, payments, scan); },
      PaymentKeys));
}

TEST_F(PageScanTest, AFilterThatNobodyPassesCostsBoundedPagesWithoutRows) {
  const auto request = Candidates(v1::CANDIDATE_FILTER_NEEDS_DECISION);
  const auto keys = ReadAll<v1::ListCandidatesResponse>(
      10, [&](const Views& views, PageScan& scan) { return CandidatePage(views, request, scan); },
      CandidateKeys);
  EXPECT_TRUE(keys.empty());
  EXPECT_EQ(pages_, static_cast<int>(kPeople / kMaxPageLooks + 1));
}

TEST_F(PageScanTest, ALaterPageIsReadFromNowUnlessARowOfItChanged) {
  const auto request = Candidates(v1::CANDIDATE_FILTER_UNSPECIFIED);
  head_.size += 10;
  state_.recipients.Find(RecipientNumber(50))->last = Position(kHead.size + 1);
  // Before it and behind it is nothing to it.
  for (const uint64_t after : {uint64_t{50}, uint64_t{10}}) {
    PageScan scan(20, {after, 0, 0}, kHead);
    const auto page = CandidatePage(views(), request, scan);
    ASSERT_TRUE(page.ok());
    EXPECT_EQ(page->candidates_size(), 20);
    EXPECT_FALSE(scan.changed());
  }
  PageScan scan(20, {40, 0, 0}, kHead);
  ASSERT_TRUE(CandidatePage(views(), request, scan).ok());
  EXPECT_TRUE(scan.changed());
}

// Holder 1 still is to be paid; whether holder 2, who came since, was paid on the slot matters.
TEST_F(PageScanTest, ALaterHolderOfTheSlotChangesWhatIsPayable) {
  ProgramState& program = state_.programs[0];
  program.slots[5] = {.holders = 2, .last_holder = RecipientNumber(9), .running = true};
  Entitlement second;
  second.slot = 5;
  second.holder = 2;
  second.replaces = RecipientNumber(5);
  second.decree_position = Position(kHead.size + 3);
  program.candidacies[RecipientNumber(9)].entitlements.push_back(second);
  state_.recipients.Find(RecipientNumber(9))->last = Position(kHead.size + 3);
  head_.size += 10;
  v1::ListEntitlementsRequest request;
  request.set_program("KJS");
  request.set_tranche(1);
  for (const bool payable : {false, true}) {
    request.set_filter(payable ? v1::ENTITLEMENT_FILTER_PAYABLE
                               : v1::ENTITLEMENT_FILTER_UNSPECIFIED);
    PageScan scan(3, {4, 1, 0}, kHead);
    const auto page = EntitlementPage(views(), request, scan);
    ASSERT_TRUE(page.ok());
    EXPECT_EQ(scan.changed(), payable);
    // The decree of after the first page is not on the list.
    if (!payable) EXPECT_EQ(page->entitlements(1).entitlement().slot(), 6u);
  }
}

}  // namespace
}  // namespace bansos

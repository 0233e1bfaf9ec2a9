// The same value always gets the same number: in one call, across calls, threads and restarts.
#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "tests/vault/vault_fixture.h"

namespace bansos::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class VaultNumbersTest : public VaultTest {
 protected:
  VaultNumbersTest() { CHECK_OK(Reopen()); }
};

TEST_F(VaultNumbersTest, NumbersStartAtOneInOrder) {
  ASSERT_OK_AND_ASSIGN(const auto reserved, vault_->ReserveRecipients({Nik(7), Nik(3), Nik(9)}));
  ASSERT_EQ(reserved.size(), 3u);
  for (uint64_t i = 0; i < 3; ++i) {
    EXPECT_EQ(reserved[i].number.value(), i + 1);
    EXPECT_TRUE(reserved[i].created);
    EXPECT_EQ(reserved[i].key_commitment.size(), 32u);
  }
  EXPECT_EQ(vault_->NextRecipient().value(), 4u);
}

TEST_F(VaultNumbersTest, SameIdentitySameNumberAcrossReopen) {
  const Reservation first = Reserve(Nik(1));
  Reserve(Nik(2));
  ASSERT_OK(Reopen());
  const Reservation again = Reserve(Nik(1));
  EXPECT_EQ(again.number, first.number);
  EXPECT_EQ(again.key_commitment, first.key_commitment);
  EXPECT_FALSE(again.created);
  EXPECT_EQ(Reserve(Nik(3)).number.value(), 3u);
}

TEST_F(VaultNumbersTest, EqualIdentitiesInOneCallGetOneNumber) {
  Reserve(Nik(5));
  ASSERT_OK_AND_ASSIGN(const auto reserved,
                       vault_->ReserveRecipients({Nik(1), Nik(5), Nik(1), Nik(2)}));
  std::vector<std::pair<uint64_t, bool>> got;
  for (const Reservation& each : reserved) got.emplace_back(each.number.value(), each.created);
  EXPECT_THAT(got, ElementsAre(std::pair(2, true), std::pair(1, false), std::pair(2, false),
                               std::pair(3, true)));
  EXPECT_EQ(reserved[0].key_commitment, reserved[2].key_commitment);
}

TEST_F(VaultNumbersTest, FindingWritesNothing) {
  ASSERT_OK_AND_ASSIGN(const auto unknown, vault_->FindRecipient(Nik(1)));
  EXPECT_FALSE(unknown.has_value());
  EXPECT_EQ(vault_->NextRecipient().value(), 1u);
  const Reservation reserved = Reserve(Nik(1));
  ASSERT_OK_AND_ASSIGN(const auto known, vault_->FindRecipient(Nik(1)));
  EXPECT_EQ(known, reserved.number);
}

TEST_F(VaultNumbersTest, TokensOfAccountsAndKkAreNumberedApart) {
  ASSERT_OK_AND_ASSIGN(
      const auto accounts,
      vault_->ReserveTokens(TokenKind::kAccount, {"113:3001", "113:3002", "113:3001"}));
  ASSERT_OK_AND_ASSIGN(const auto kks, vault_->ReserveTokens(TokenKind::kKk, {"113:3002"}));
  EXPECT_THAT(accounts, ElementsAre(1, 2, 1));
  EXPECT_THAT(kks, ElementsAre(1));
  ASSERT_OK(Reopen());
  ASSERT_OK_AND_ASSIGN(const auto account, vault_->FindToken(TokenKind::kAccount, "113:3002"));
  EXPECT_EQ(account, 2u);
  ASSERT_OK_AND_ASSIGN(const auto unknown, vault_->FindToken(TokenKind::kKk, "113:3001"));
  EXPECT_FALSE(unknown.has_value());
}

TEST_F(VaultNumbersTest, CommitmentsAreStableAndDifferPerPerson) {
  ASSERT_OK_AND_ASSIGN(const auto reserved, vault_->ReserveRecipients(Niks(0, 500)));
  std::set<std::string> commitments;
  for (const Reservation& each : reserved) commitments.insert(each.key_commitment);
  EXPECT_EQ(commitments.size(), 500u);
  ASSERT_OK(Reopen());
  for (const Reservation& each : reserved) {
    ASSERT_OK_AND_ASSIGN(const std::string commitment, vault_->KeyCommitment(each.number));
    EXPECT_EQ(commitment, each.key_commitment);
  }
}

TEST_F(VaultNumbersTest, MoreRecipientsThanCachedKeys) {
  options_.cached_keys = 3;
  ASSERT_OK(Reopen());
  ASSERT_OK_AND_ASSIGN(const auto first, vault_->ReserveRecipients(Niks(0, 50)));
  ASSERT_OK_AND_ASSIGN(const auto again, vault_->ReserveRecipients(Niks(0, 50)));
  for (size_t i = 0; i < 50; ++i) {
    EXPECT_EQ(again[i].number, first[i].number);
    EXPECT_EQ(again[i].key_commitment, first[i].key_commitment);
  }
}

TEST_F(VaultNumbersTest, ConcurrentCallersOfOverlappingSetsAgree) {
  constexpr int kThreads = 6;
  constexpr int kRounds = 20;
  std::vector<std::map<std::string, Reservation>> seen(kThreads);
  std::atomic<int> created = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int round = 0; round < kRounds; ++round) {
        const auto niks =
            Niks(static_cast<uint64_t>(round) * 10 + static_cast<uint64_t>(t) % 3, 40);
        const auto reserved = vault_->ReserveRecipients(niks);
        ASSERT_OK(reserved);
        for (size_t i = 0; i < niks.size(); ++i) {
          if ((*reserved)[i].created) ++created;
          const auto [at, is_new] = seen[t].try_emplace(niks[i], (*reserved)[i]);
          EXPECT_EQ(at->second.number, (*reserved)[i].number);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  std::map<std::string, Reservation> all;
  for (const auto& of_thread : seen) {
    for (const auto& [nik, reservation] : of_thread) {
      const auto [at, is_new] = all.try_emplace(nik, reservation);
      EXPECT_EQ(at->second.number, reservation.number);
      EXPECT_EQ(at->second.key_commitment, reservation.key_commitment);
    }
  }
  std::set<uint64_t> numbers;
  for (const auto& [nik, reservation] : all) numbers.insert(reservation.number.value());
  EXPECT_EQ(numbers.size(), all.size());
  EXPECT_EQ(*numbers.rbegin(), all.size());  // no number was skipped or given twice
  EXPECT_EQ(created.load(), static_cast<int>(all.size()));
}

TEST_F(VaultNumbersTest, WhatTheLogShowsWasGivenOutHere) {
  Reserve(Nik(1));
  ASSERT_OK(vault_->ReserveTokens(TokenKind::kKk, {"a"}));
  ASSERT_OK(vault_->ReserveTokens(TokenKind::kAccount, {"a", "b"}));
  const HighestNumbers given{
      .recipient = RecipientNumber(1), .kk = KkToken(1), .account = AccountToken(2)};
  EXPECT_OK(vault_->CheckGivenOut({}));
  EXPECT_OK(vault_->CheckGivenOut(given));

  const auto expect_older = [&](HighestNumbers in_log, const char* what) {
    EXPECT_THAT(vault_->CheckGivenOut(in_log),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr(what)));
  };
  HighestNumbers more = given;
  more.recipient = RecipientNumber(2);
  expect_older(more, "recipient number 2");
  more = given;
  more.kk = KkToken(2);
  expect_older(more, "KK token 2");
  more = given;
  more.account = AccountToken(UINT64_MAX);
  expect_older(more, "account token 18446744073709551615");
}

TEST_F(VaultNumbersTest, RegisteredRecipientsAreChecked) {
  ASSERT_OK_AND_ASSIGN(const auto reserved, vault_->ReserveRecipients(Niks(0, 3)));
  std::vector<RegisteredKey> registered;
  for (const Reservation& each : reserved) registered.push_back({each.number, each.key_commitment});
  ASSERT_OK(Reopen());
  EXPECT_OK(vault_->CheckRegistered(registered));

  EXPECT_THAT(vault_->CheckRegistered(reserved[0].number, reserved[1].key_commitment),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("recipient 1 has another key")));
  EXPECT_THAT(vault_->CheckRegistered(RecipientNumber(4), reserved[0].key_commitment),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("recipient 4 has no key")));
  EXPECT_THAT(vault_->CheckRegistered(RecipientNumber(0), ""),
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(VaultNumbersTest, CheckOfMoreThanOneChunkReachesTheLast) {
  ASSERT_OK_AND_ASSIGN(const auto reserved, vault_->ReserveRecipients(Niks(0, 9000)));
  std::vector<RegisteredKey> registered;
  for (const Reservation& each : reserved) registered.push_back({each.number, each.key_commitment});
  EXPECT_OK(vault_->CheckRegistered(registered));
  registered.back().key_commitment = reserved[0].key_commitment;
  EXPECT_THAT(vault_->CheckRegistered(registered),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("recipient 9000 ")));
}

TEST_F(VaultNumbersTest, BadInputIsRefusedWithoutItsText) {
  EXPECT_THAT(vault_->ReserveRecipients({Nik(1), ""}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  const std::string secret = "nik:" + std::string(kMaxIdentityBytes, '7');
  EXPECT_THAT(vault_->ReserveRecipients({secret}),
              StatusIs(absl::StatusCode::kInvalidArgument, Not(HasSubstr("777"))));
  EXPECT_THAT(vault_->FindRecipient(""), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(vault_->ReserveTokens(TokenKind::kKk, Niks(0, kMaxReservationsPerCall + 1)),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(vault_->NextRecipient().value(), 1u);
  ASSERT_OK_AND_ASSIGN(const auto none, vault_->ReserveRecipients({}));
  EXPECT_TRUE(none.empty());
}

}  // namespace
}  // namespace bansos::testing

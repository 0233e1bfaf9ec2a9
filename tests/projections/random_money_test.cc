// Properties of the views over random stories. A failure prints its seed; give it in
// BANSOS_SEED to see it again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "ledger/log/memory_log.h"
#include "projections/trial_balance.h"
#include "projections/view_set.h"
#include "tests/projections/random_story.h"
#include "tests/projections/recount.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::CountedPayment;
using ::bansos::testing::IsOk;
using ::bansos::testing::RandomStory;
using ::bansos::testing::Recount;
using ::bansos::testing::Story;

constexpr int kStories = 40;
constexpr int kSteps = 600;
constexpr int kDamages = 100;
// Long past every value date of a random story, so that every return is late.
constexpr Date kLater = 20261231;

class RandomMoneyTest : public ::testing::TestWithParam<int> {
 protected:
  RandomMoneyTest() {
    const char* fixed = std::getenv("BANSOS_SEED");
    seed_ = fixed != nullptr ? static_cast<uint32_t>(std::strtoul(fixed, nullptr, 10))
                             : std::random_device{}();
    story_ = RandomStory(seed_, kSteps);
  }

  uint32_t seed_;
  Story story_;
};

void ExpectMoney(const Recount& count, const PaymentMoney& money, auto wanted) {
  Rupiah standing = 0;
  for (int i = 0; i < kPaymentBucketCount; ++i) {
    const Bucket bucket = static_cast<Bucket>(i + static_cast<int>(Bucket::kObligated));
    EXPECT_EQ(money.in(bucket), count.In(bucket, wanted)) << i;
    standing += money.in(bucket);
  }
  EXPECT_EQ(money.withdrawn, count.In(Bucket::kAvailable, wanted));
  EXPECT_EQ(money.instructed, money.withdrawn + standing);
}

TEST_P(RandomMoneyTest, BalancesAreThoseOfARecount) {
  SCOPED_TRACE(seed_);
  BalanceView view;
  ASSERT_OK(story_.ApplyTo(view));
  const Recount count(story_.events());
  for (const BalanceBy by : {BalanceBy::kProgram, BalanceBy::kTranche, BalanceBy::kBatch,
                             BalanceBy::kArea, BalanceBy::kTrancheArea}) {
    ASSERT_OK_AND_ASSIGN(const BalancePage page, view.Page({.by = by, .limit = 10'000}));
    EXPECT_GE(page.rows.size(), 3u);
    for (const BalanceEntry& entry : page.rows) {
      const auto wanted = [&](const PaymentKey& key, const CountedPayment& payment) {
        const uint32_t part =
            by == BalanceBy::kBatch ? payment.movement.batch : payment.movement.area;
        return key.program == entry.program &&
               (entry.key.tranche == 0 || key.tranche == entry.key.tranche) &&
               (entry.key.part == 0 || part == entry.key.part);
      };
      ExpectMoney(count, entry.row.money, wanted);
      if (by != BalanceBy::kProgram) continue;
      EXPECT_EQ(entry.row.appropriated, count.appropriated.at(entry.program));
      EXPECT_EQ(entry.row.available,
                entry.row.appropriated - entry.row.money.instructed + entry.row.money.withdrawn);
    }
  }
}

TEST_P(RandomMoneyTest, RecipientsAreThoseOfARecount) {
  SCOPED_TRACE(seed_);
  RecipientView view;
  ASSERT_OK(story_.ApplyTo(view));
  const Recount count(story_.events());
  ASSERT_OK_AND_ASSIGN(const RecipientPage page, view.Page({.limit = 1000}));
  std::map<std::pair<std::string, AreaCode>, std::set<uint64_t>> paid;
  for (const RecipientRow& row : page.rows) {
    ExpectMoney(count, row.money, [&](const PaymentKey& key, const CountedPayment& payment) {
      return key.recipient == row.recipient && key.program == row.program &&
             payment.movement.area == row.area;
    });
  }
  for (const auto& [key, payment] : count.payments) {
    if (payment.bucket != Bucket::kPaid) continue;
    const AreaCode area = payment.movement.area;
    for (const auto& scope : {std::pair<std::string, AreaCode>("", 0),
                              {key.program, 0},
                              {"", area},
                              {key.program, area}}) {
      paid[scope].insert(key.recipient.value());
    }
  }
  for (const std::string program : {"", "KJS", "BLT", "KJS-2026"}) {
    for (const AreaCode area : {0, 3301, 3302, 3303}) {
      EXPECT_EQ(view.PeoplePaid(program, area), (paid[{program, area}].size())) << program << area;
    }
  }
}

TEST_P(RandomMoneyTest, ExceptionsAreThoseOfARecount) {
  SCOPED_TRACE(seed_);
  ExceptionView view;
  ASSERT_OK(story_.ApplyTo(view));
  const Recount count(story_.events());
  std::map<ExceptionKind, std::set<std::pair<uint64_t, uint64_t>>> expected;
  for (const uint64_t position : count.open_reports) {
    expected[ExceptionKind::kHeldReport].insert({position, 0});
  }
  expected[ExceptionKind::kPaidToTheDead] = count.PaidToTheDead();
  expected[ExceptionKind::kSharedAccount] = count.SharedAccounts();
  expected[ExceptionKind::kTwoPrograms] = count.TwoPrograms();
  expected[ExceptionKind::kCrowdedKk] = count.CrowdedKks(kDefaultKkMaxRecipients);
  expected[ExceptionKind::kUnrepairedReturn] = count.Returns();
  expected[ExceptionKind::kFileIncomplete] = count.OpenFiles();
  expected[ExceptionKind::kOrderUnanswered] = count.Orders();
  expected[ExceptionKind::kPayeeNameDiffers] = count.Names();
  for (const ExceptionKind kind : kAllExceptionKinds) {
    ASSERT_OK_AND_ASSIGN(const ExceptionPage page,
                         view.Page({.date = kLater, .kind = kind, .limit = 100'000}));
    std::set<std::pair<uint64_t, uint64_t>> found;
    for (const ExceptionRow& row : page.rows) found.insert({row.key.first, row.key.second});
    EXPECT_EQ(found.size(), page.rows.size());
    EXPECT_EQ(found, expected[kind]) << static_cast<int>(kind);
  }
}

// Bytes written once and read once.
class OneText final : public ByteSink, public ByteSource {
 public:
  absl::Status Append(std::string_view chunk) override {
    bytes_.append(chunk);
    return absl::OkStatus();
  }
  absl::StatusOr<std::string_view> Next() override {
    const std::string_view rest = std::string_view(bytes_).substr(read_);
    read_ = bytes_.size();
    return rest;
  }

 private:
  std::string bytes_;
  size_t read_ = 0;
};

// Invariant 6, with a restart at a random position.
TEST_P(RandomMoneyTest, AViewThatWasSavedAndLoadedGoesOnAsIfNot) {
  SCOPED_TRACE(seed_);
  const std::vector<Event>& events = story_.events();
  const size_t restart = seed_ % events.size();
  ViewSet whole, first, second;
  for (size_t v = 0; v < whole.folds().size(); ++v) {
    ASSERT_OK(story_.ApplyTo(*whole.folds()[v]));
    for (size_t i = 0; i < restart; ++i) {
      ASSERT_OK(first.folds()[v]->Apply(Position(i), events[i]));
    }
    OneText text;
    SnapshotWriter writer(text);
    first.folds()[v]->Save(writer);
    ASSERT_OK(writer.Finish());
    SnapshotReader reader(text);
    ASSERT_OK(second.folds()[v]->Load(reader));
    EXPECT_EQ(second.folds()[v]->Digest(), first.folds()[v]->Digest());
    for (size_t i = restart; i < events.size(); ++i) {
      ASSERT_OK(second.folds()[v]->Apply(Position(i), events[i]));
    }
    EXPECT_EQ(second.folds()[v]->Digest(), whole.folds()[v]->Digest()) << v;
  }
  ASSERT_OK_AND_ASSIGN(const auto live, whole.exceptions().Count(kLater));
  ASSERT_OK_AND_ASSIGN(const auto restarted, second.exceptions().Count(kLater));
  for (size_t i = 0; i < live.size(); ++i) EXPECT_EQ(live[i].rows, restarted[i].rows) << i;
  EXPECT_EQ(whole.recipients().PeoplePaid("", 0), second.recipients().PeoplePaid("", 0));
}

// Invariant 10: a snapshot may hold any bytes. Whatever loads can still be asked.
TEST_P(RandomMoneyTest, ADamagedSnapshotIsAnErrorOrAView) {
  SCOPED_TRACE(seed_);
  ViewSet whole;
  std::mt19937 random(seed_);
  for (const auto& fold : whole.folds()) {
    ASSERT_OK(story_.ApplyTo(*fold));
    OneText text;
    SnapshotWriter writer(text);
    fold->Save(writer);
    ASSERT_OK(writer.Finish());
    const std::string bytes(*text.Next());
    for (int i = 0; i < kDamages; ++i) {
      std::string damaged = bytes.substr(0, i % 4 == 0 ? random() % bytes.size() : bytes.size());
      if (i % 4 != 0) damaged[random() % damaged.size()] = static_cast<char>(random());
      OneText source;
      ASSERT_OK(source.Append(damaged));
      SnapshotReader reader(source);
      fold->Reset();
      const absl::Status status = fold->Load(reader);
      if (i % 4 == 0) EXPECT_FALSE(status.ok());
      if (!status.ok()) continue;
      EXPECT_OK(whole.exceptions().Page({.date = kLater, .limit = 1000}));
      EXPECT_OK(whole.recipients().Page({.limit = 1000}));
      EXPECT_OK(whole.balances().Page({.limit = 1000}));
    }
    fold->Reset();
  }
}

TEST_P(RandomMoneyTest, TheTrialBalanceIsZeroAndAgreesWithTheView) {
  SCOPED_TRACE(seed_);
  MemoryLog log;
  story_.AppendTo(log);
  BalanceView view;
  ASSERT_OK(story_.ApplyTo(view));
  ASSERT_OK_AND_ASSIGN(const TrialBalance trial,
                       ScanTrialBalance(log, log.Head().size, [](uint64_t) { return true; }));
  EXPECT_EQ(trial.debit, trial.credit);
  for (const TrialBalanceLine& line : trial.lines) {
    const BalanceRow* row = view.Find(BalanceBy::kProgram, line.program);
    ASSERT_NE(row, nullptr);
    const Rupiah expected = line.bucket == Bucket::kOutside     ? -row->appropriated
                            : line.bucket == Bucket::kAvailable ? row->available
                                                                : row->money.in(line.bucket);
    EXPECT_EQ(line.balance(), expected) << static_cast<int>(line.bucket);
  }
}

INSTANTIATE_TEST_SUITE_P(Stories, RandomMoneyTest, ::testing::Range(0, kStories));

}  // namespace
}  // namespace bansos

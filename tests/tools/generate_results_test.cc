#include "tools/bansosctl/generate/results.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/status_matchers.h"
#include "tools/bansosctl/generate/order_answer.h"

namespace bansos {
namespace {

using ::bansos::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr uint64_t kSeed = 11;
constexpr int kOrders = 100'000;

Order MakeOrder(int number, bool is_cash = false) {
  return {"BLT.1." + std::to_string(number) + ".1.1", 600'000, is_cash,
          absl::CivilDay(2025, 4, 10)};
}

std::string Content(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

TEST(OrderAnswerTest, SeedAndReferenceAloneDecide) {
  for (int i = 0; i < 500; ++i) {
    const OrderAnswer a = AnswerOrder(kSeed, MakeOrder(i));
    const OrderAnswer b = AnswerOrder(kSeed, MakeOrder(i));
    ASSERT_EQ(a.kind, b.kind);
    ASSERT_EQ(a.first.size(), b.first.size());
    if (!a.first.empty()) {
      EXPECT_EQ(a.first[0].bank_reference, b.first[0].bank_reference);
    }
  }
}

TEST(OrderAnswerTest, KindsComeAtTheRatesOfRealFiles) {
  std::map<AnswerKind, int> counts;
  for (int i = 0; i < kOrders; ++i) ++counts[AnswerOrder(kSeed, MakeOrder(i)).kind];
  const auto between = [](int low, int high) {
    return AllOf(::testing::Ge(low), ::testing::Le(high));
  };
  EXPECT_THAT(counts[AnswerKind::kReturned], between(1300, 1700));
  EXPECT_THAT(counts[AnswerKind::kLate], between(680, 920));
  EXPECT_THAT(counts[AnswerKind::kRepeatedLine], between(15, 70));
  EXPECT_THAT(counts[AnswerKind::kReturnedAfterSettled], between(10, 60));
  EXPECT_THAT(counts[AnswerKind::kSettledAfterReturned], between(5, 45));
  EXPECT_THAT(counts[AnswerKind::kContradicting], between(1, 30));
  EXPECT_THAT(counts[AnswerKind::kOtherAmount], between(1, 20));
  EXPECT_THAT(counts[AnswerKind::kUnknownReference], between(1, 20));
}

TEST(OrderAnswerTest, LinesOfEachKindSayWhatItsNameSays) {
  for (int i = 0; i < kOrders; ++i) {
    const Order order = MakeOrder(i);
    const OrderAnswer answer = AnswerOrder(kSeed, order);
    SCOPED_TRACE(order.reference);
    switch (answer.kind) {
      case AnswerKind::kSettled:
        ASSERT_EQ(answer.first.size(), 1u);
        ASSERT_TRUE(answer.first[0].settled && answer.late.empty());
        ASSERT_EQ(answer.first[0].amount, order.amount);
        break;
      case AnswerKind::kReturned:
        ASSERT_FALSE(answer.first.at(0).settled);
        ASSERT_FALSE(answer.first[0].reason.empty());
        break;
      case AnswerKind::kLate:
        ASSERT_TRUE(answer.first.empty());
        ASSERT_EQ(answer.late.size(), 1u);
        break;
      case AnswerKind::kReturnedAfterSettled:
        ASSERT_TRUE(answer.first.at(0).settled && !answer.late.at(0).settled);
        ASSERT_LT(answer.first[0].value_date, answer.late[0].value_date);
        break;
      case AnswerKind::kSettledAfterReturned:
        ASSERT_TRUE(!answer.first.at(0).settled && answer.late.at(0).settled);
        ASSERT_LT(answer.first[0].value_date, answer.late[0].value_date);
        break;
      case AnswerKind::kRepeatedLine: {
        ASSERT_EQ(answer.first.size() + answer.late.size(), 2u);
        const ReportLine& again = answer.late.empty() ? answer.first[1] : answer.late[0];
        ASSERT_EQ(again.bank_reference, answer.first[0].bank_reference);
        ASSERT_EQ(again.value_date, answer.first[0].value_date);
        break;
      }
      case AnswerKind::kContradicting:
        ASSERT_NE(answer.first.at(0).settled, answer.first.at(1).settled);
        ASSERT_EQ(answer.first[0].value_date, answer.first[1].value_date);
        break;
      case AnswerKind::kOtherAmount:
        ASSERT_NE(answer.first.at(0).amount, order.amount);
        break;
      case AnswerKind::kUnknownReference:
        ASSERT_EQ(answer.first.at(0).reference, order.reference);
        ASSERT_NE(answer.first.at(1).reference, order.reference);
        break;
    }
  }
}

TEST(OrderAnswerTest, ReasonsFitTheChannel) {
  std::set<std::string_view> of_account;
  std::set<std::string_view> of_cash;
  for (int i = 0; i < kOrders; ++i) {
    for (const ReportLine& line : AnswerOrder(kSeed, MakeOrder(i)).first) {
      if (!line.settled) of_account.insert(line.reason);
    }
    for (const ReportLine& line : AnswerOrder(kSeed, MakeOrder(i, /*is_cash=*/true)).first) {
      if (!line.settled) of_cash.insert(line.reason);
    }
  }
  EXPECT_THAT(of_account, ::testing::UnorderedElementsAre("AC01", "AC04", "AC06", "BE01", "RC04",
                                                          "MD07", "NOAS", "DS28", "AM02"));
  EXPECT_THAT(of_cash, ::testing::UnorderedElementsAre("BE01", "CNPC", "MD07", "NOAS", "DS28"));
}

class GenerateResultsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void WriteOrders(int count) {
    std::ofstream out(options_.orders_path);
    out << "reference,recipient,amount,channel,account_number,bank,holder_name,order_date\n";
    for (int i = 0; i < count; ++i) {
      out << "BLT.1." << i << ".1.1," << i + 1 << ",600000,"
          << (i % 4 == 0 ? "POST_CASH,,PT Pos" : "BANK_ACCOUNT,3000000001,Bank Jateng")
          << ",\"Siti, Aminah\",2025-04-10\n";
    }
  }
  void WriteRow(const std::string& row) {
    std::ofstream(options_.orders_path)
        << "reference,recipient,amount,channel,account_number,bank,holder_name,order_date\n"
        << row << "\n";
  }

  const std::string folder_ = ::testing::TempDir() + "generate_results_test";
  const std::string late_path_ = folder_ + "/results.late.csv";
  ResultsOptions options_{
      .seed = kSeed, .orders_path = folder_ + "/orders.csv", .out_path = folder_ + "/results.csv"};
};

TEST_F(GenerateResultsTest, EveryOrderIsAnsweredOnceOrAsItsKindSays) {
  WriteOrders(5000);
  ASSERT_OK_AND_ASSIGN(const Summary summary, GenerateResults(options_));
  EXPECT_EQ(summary.Get("orders", "orders"), 5000u);
  std::ifstream first(options_.out_path);
  std::string line;
  std::getline(first, line);
  EXPECT_EQ(line, "line,reference,status,amount,value_date,reason,bank_reference");
  uint64_t lines = 0;
  uint64_t returned = 0;
  while (std::getline(first, line)) {
    EXPECT_EQ(line.substr(0, line.find(',')), std::to_string(++lines));
    returned += line.find(",RETURNED,") != std::string::npos ? 1 : 0;
    EXPECT_EQ(line.find("Siti"), std::string::npos);
  }
  EXPECT_EQ(lines, summary.Get("first", "lines"));
  EXPECT_EQ(returned, summary.Get("first", "returned"));
  EXPECT_GT(returned, 0u);
  EXPECT_GT(summary.Get("late", "lines"), 0u);
}

TEST_F(GenerateResultsTest, FirstAndLatePartsTogetherAreTheWhole) {
  WriteOrders(3000);
  ASSERT_OK(GenerateResults(options_));
  const std::string first = Content(options_.out_path);
  const std::string late = Content(late_path_);
  std::filesystem::remove(options_.out_path);
  std::filesystem::remove(late_path_);
  options_.part = ResultsPart::kFirst;
  ASSERT_OK(GenerateResults(options_));
  EXPECT_EQ(Content(options_.out_path), first);
  EXPECT_FALSE(std::filesystem::exists(late_path_));
  std::filesystem::remove(options_.out_path);
  options_.part = ResultsPart::kLate;
  ASSERT_OK(GenerateResults(options_));
  EXPECT_EQ(Content(late_path_), late);
  EXPECT_FALSE(std::filesystem::exists(options_.out_path));
}

TEST_F(GenerateResultsTest, FaultyOrdersAreRefusedByRowAndColumnAndNothingIsWritten) {
  const auto refuses = [&](const std::string& row, const std::string& why) {
    WriteRow(row);
    EXPECT_THAT(GenerateResults(options_),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(why)));
    EXPECT_FALSE(std::filesystem::exists(options_.out_path));
    EXPECT_FALSE(std::filesystem::exists(late_path_));
  };
  refuses("R1,1,-5,POST_CASH,,PT Pos,A,2025-04-10", "row 2, column amount: the amount is negative");
  refuses("R1,1,5,PIGEON,,PT Pos,A,2025-04-10", "row 2, column channel: not one of the known");
  refuses("R1,1,5,POST_CASH,,PT Pos,A,2025-14-10", "row 2, column order_date: not a date");
  refuses(",1,5,POST_CASH,,PT Pos,A,2025-04-10", "row 2, column reference: the value is empty");
  refuses("R1,1,5", "row 2: the row has 3 fields");
}

TEST_F(GenerateResultsTest, NeverOverwritesAnAnswer) {
  WriteOrders(10);
  for (const std::string& path : {options_.out_path, late_path_}) {
    std::ofstream(path) << "of the bank";
    EXPECT_THAT(GenerateResults(options_),
                StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr(path)));
    EXPECT_EQ(Content(path), "of the bank");
    std::filesystem::remove(path);
    EXPECT_FALSE(std::filesystem::exists(options_.out_path));
    EXPECT_FALSE(std::filesystem::exists(late_path_));
  }
}

TEST(LatePathTest, StandsBesideTheFirstAnswer) {
  EXPECT_EQ(LatePathOf("a/results.csv"), "a/results.late.csv");
  EXPECT_EQ(LatePathOf("results"), "results.late.csv");
}

}  // namespace
}  // namespace bansos

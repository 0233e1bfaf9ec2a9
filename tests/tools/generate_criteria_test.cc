#include "tools/bansosctl/generate/criteria.h"

#include <gtest/gtest.h>

#include "tools/bansosctl/generate/prng.h"

namespace bansos {
namespace {

constexpr int kYear = 2025;

class CriteriaTest : public ::testing::Test {
 protected:
  CriteriaTest() {
    person_.nik = "3374021505800001";
    person_.birth_date = absl::CivilDay(1980, 5, 15);
    person_.area = 3374;
    IndicatorValues values = {};
    values[kPadanDukcapil] = 1;
    values[kPekerjaanStatus] = 4;
    values[kProgramDiterima] = kLpg | kElectricitySubsidy;
    values[kDisabilitasBerat] = 1;
    person_.assessments.push_back({absl::CivilDay(2024, 8, 1), values});
  }
  int64_t& Value(Indicator indicator) { return person_.assessments.front().values[indicator]; }
  void ProposeForBlt(std::string_view candidate_class, int work_area = 3319) {
    person_.proposals = {{ProgramCode::kBlt, "DISNAKER", candidate_class, work_area}};
    Value(kBekerja) = 1;
  }
  void ProposeForKjs() {
    person_.proposals = {{ProgramCode::kKjs, "DINSOS", "DESTITUTE", 0}};
    Value(kDisabilitasBerat) = 3;
  }
  bool Kjs() const { return IsEligible(person_, ProgramCode::kKjs, kYear); }
  bool Blt() const { return IsEligible(person_, ProgramCode::kBlt, kYear); }

  Candidate person_;
};

TEST_F(CriteriaTest, KjsNeedsOneOfThreeNeeds) {
  ProposeForKjs();
  EXPECT_TRUE(Kjs());
  Value(kDisabilitasBerat) = 2;
  EXPECT_FALSE(Kjs());
  Value(kPenyakitKronis) = 7;
  EXPECT_TRUE(Kjs());
  Value(kPenyakitKronis) = 11;
  EXPECT_FALSE(Kjs());
  person_.birth_date = absl::CivilDay(1960, 6, 30);
  EXPECT_TRUE(Kjs());
  Value(kPerawat) = 1;
  EXPECT_FALSE(Kjs());
  Value(kPerawat) = 0;
  person_.birth_date = absl::CivilDay(1960, 7, 1);
  EXPECT_FALSE(Kjs());
}

TEST_F(CriteriaTest, KjsExcludesWorkCentralAidOfficialsAndOtherProvinces) {
  ProposeForKjs();
  Value(kBekerja) = 1;
  EXPECT_FALSE(Kjs());
  Value(kBekerja) = 0;
  Value(kProgramDiterima) = kPkh;
  EXPECT_FALSE(Kjs());
  Value(kProgramDiterima) = kBltDanaDesa;
  EXPECT_TRUE(Kjs());
  Value(kPekerjaanStatus) = kCivilServant;
  EXPECT_FALSE(Kjs());
  Value(kPekerjaanStatus) = 0;
  Value(kPadanDukcapil) = 0;
  EXPECT_FALSE(Kjs());
  Value(kPadanDukcapil) = 1;
  person_.area = 3404;
  EXPECT_FALSE(Kjs());
}

TEST_F(CriteriaTest, MissingValueIsUnknownUnlessAnotherDecides) {
  ProposeForKjs();
  Value(kPenyakitKronis) = kNotRecorded;
  EXPECT_TRUE(Kjs());
  Value(kDisabilitasBerat) = kNotRecorded;
  EXPECT_FALSE(Kjs());
  Value(kPenyakitKronis) = 8;
  EXPECT_TRUE(Kjs());
  Value(kBekerja) = kNotRecorded;
  EXPECT_FALSE(Kjs());
}

TEST_F(CriteriaTest, BltCountsClassesAndResidenceOrWorkArea) {
  ProposeForBlt("FACTORY");
  EXPECT_TRUE(Blt());
  EXPECT_FALSE(Kjs());
  ProposeForBlt("TRADER");
  EXPECT_FALSE(Blt());
  ProposeForBlt("CLOVE");
  person_.area = 3404;
  EXPECT_TRUE(Blt());
  ProposeForBlt("CLOVE", 3404);
  EXPECT_FALSE(Blt());
}

TEST_F(CriteriaTest, BltExcludesEveryOtherCashAid) {
  ProposeForBlt("FACTORY");
  for (int64_t bit : {kBpnt, kPkh, kBltDanaDesa, kRegionalAid, kKabupatenBlt}) {
    Value(kProgramDiterima) = bit;
    EXPECT_FALSE(Blt()) << bit;
  }
  for (int64_t bit : {kElectricitySubsidy, kFertiliser, kLpg}) {
    Value(kProgramDiterima) = bit;
    EXPECT_TRUE(Blt()) << bit;
  }
}

TEST_F(CriteriaTest, BadNikNoSurveyAndEarlierDeathAreNeverEligible) {
  ProposeForKjs();
  person_.death = Death{absl::CivilDay(2025, 1, 1), absl::CivilDay(2025, 1, 9), "VILLAGE"};
  EXPECT_TRUE(Kjs());
  person_.death->died_on = absl::CivilDay(2024, 12, 31);
  EXPECT_FALSE(Kjs());
  person_.death.reset();
  person_.nik_fault = PlantedNikFault::kSpreadsheet;
  EXPECT_FALSE(Kjs());
  person_.nik_fault = PlantedNikFault::kNone;
  person_.assessments.clear();
  EXPECT_FALSE(Kjs());
}

TEST(PrngTest, MixIsSplitmix64) { EXPECT_EQ(Mix(1234567), 6457827717110365317u); }

TEST(PrngTest, NumbersAreTheSameOnEveryMachine) {
  Prng prng(2025, 3);
  const uint64_t first = prng.Next();
  EXPECT_EQ(first, Prng(2025, 3).Next());
  EXPECT_NE(first, Prng(2025, 4).Next());
  EXPECT_NE(first, Prng(2026, 3).Next());
  EXPECT_EQ(first, 16311921809906707183u);
}

TEST(PrngTest, DistributionsStayInTheirBounds) {
  Prng prng(1, 1);
  uint64_t heads = 0;
  uint64_t picked[3] = {};
  for (int i = 0; i < 30'000; ++i) {
    EXPECT_LT(prng.Below(7), 7u);
    const int64_t between = prng.Between(-3, 3);
    EXPECT_TRUE(between >= -3 && between <= 3);
    heads += prng.Chance(2500) ? 1 : 0;
    ++picked[prng.PickWeighted({1, 0, 3})];
  }
  EXPECT_NEAR(static_cast<double>(heads), 7500, 400);
  EXPECT_NEAR(static_cast<double>(picked[0]), 7500, 400);
  EXPECT_EQ(picked[1], 0u);
}

}  // namespace
}  // namespace bansos

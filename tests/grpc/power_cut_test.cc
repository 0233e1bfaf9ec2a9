// Log, vault, views and key file on one disk that fails, or loses its power, at each operation in
// turn. After a restart everything that the office was told is there, saying it again gives the
// first answers, and no number is given out twice.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>

#include "tests/grpc/disk_office.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

constexpr uint64_t kPeople = 3;

// Restarts on what the disk kept and works on to the end; the end survives another cut, also where
// the fault left names or bytes that the work went on with.
void ExpectRecovery(DiskOffice& office, std::mt19937_64& random) {
  ASSERT_OK(office.Open());
  office.ExpectAcknowledged();
  ASSERT_OK(office.Work(kPeople));
  office.ExpectRegistered(kPeople);
  office.Close();
  office.files().RestorePower(random);
  ASSERT_OK(office.Open());
  office.ExpectAcknowledged();
  ASSERT_OK(office.Work(kPeople + 1));
  office.ExpectRegistered(kPeople + 1);
  office.Close();
}

class EveryOperationOfTheOffice : public ::testing::TestWithParam<Fault> {};

TEST_P(EveryOperationOfTheOffice, WhatWasAcknowledgedIsThereAfterARestart) {
  constexpr uint64_t kMoreThanThereAre = 2000;
  uint64_t number = 1;
  for (; number < kMoreThanThereAre && !HasFailure(); ++number) {
    SCOPED_TRACE(ToString(GetParam()) + " at operation " + std::to_string(number));
    DiskOffice office;
    std::mt19937_64 random(number);
    office.files().FailOperation(number, GetParam());
    if (office.Open().ok()) office.Work(kPeople).IgnoreError();
    office.Close();
    const bool happened = office.files().fault_happened();
    if (GetParam() == Fault::kPowerCut) office.files().RestorePower(random);
    office.files().FailNothing();
    ExpectRecovery(office, random);
    if (!happened) break;
  }
  EXPECT_GT(number, 100) << "creating and working take more operations than that";
  EXPECT_LT(number, kMoreThanThereAre);
}

INSTANTIATE_TEST_SUITE_P(Faults, EveryOperationOfTheOffice,
                         ::testing::Values(Fault::kNotPersisted, Fault::kPersisted,
                                           Fault::kPowerCut),
                         [](const auto& info) { return ToString(info.param); });

uint64_t Seed() {
  const char* given = std::getenv("BANSOS_TEST_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 20'250'101;
}

// One office lives through cuts at random moments, of which some are in the opening.
TEST(PowerCutOfTheOfficeTest, WhatWasAcknowledgedSurvivesEveryCut) {
  constexpr int kCuts = 40;
  constexpr uint64_t kMostOperations = 250;
  const uint64_t seed = Seed();
  std::cout << "seed " << seed << " (set BANSOS_TEST_SEED to run another)\n";
  std::mt19937_64 random(seed);
  DiskOffice office;
  uint64_t people = 1;
  for (int cut = 0; cut < kCuts && !HasFailure(); ++cut) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", cut " + std::to_string(cut));
    office.files().FailOperation(1 + random() % kMostOperations, Fault::kPowerCut);
    if (const absl::Status opened = office.Open(); opened.ok()) {
      office.ExpectAcknowledged();
      while (office.Work(people).ok()) ++people;
    } else {
      ASSERT_TRUE(office.files().fault_happened()) << opened;
    }
    office.Close();
    office.files().RestorePower(random);
  }
  ASSERT_OK(office.Open());
  office.ExpectAcknowledged();
  ASSERT_OK(office.Work(people));
  office.ExpectRegistered(people);
}

}  // namespace
}  // namespace bansos::testing

// The server and its verifier never disagree: what the server accepts, however odd, is no fault to
// the verifier (which shares no line with it).
//
// BANSOS_FUZZ_STORIES=N tells N stories instead of kStories, for hours if wished;
// BANSOS_FUZZ_SEED=S begins with that one. A failure names the seed that repeats it.
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "grpc/new_ledger.h"
#include "tests/agreement/story.h"
#include "tests/log/scratch_directory.h"
#include "tools/bansos-verify/program/verify.h"

namespace bansos::testing {
namespace {

// About a minute of CI. A count and not a time, so that the same seeds are told everywhere.
constexpr uint64_t kStories = 60;
constexpr uint64_t kFirstSeed = 1;
constexpr int kActs = 300;

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  uint64_t value = otherwise;
  return text != nullptr && absl::SimpleAtoi(text, &value) ? value : otherwise;
}

// There is one version of the rules, so there is none to adopt.
const std::set<std::string>& NeverAccepted() {
  static const auto* names = new std::set<std::string>{"AdoptRulesRequest"};
  return *names;
}

void Print(const Coverage& coverage) {
  std::cout << std::left << std::setw(32) << "command" << std::right << std::setw(10) << "accepted"
            << std::setw(10) << "odd" << std::setw(10) << "refused"
            << "\n";
  for (const auto& [name, outcome] : coverage) {
    std::cout << std::left << std::setw(32) << name << std::right << std::setw(10)
              << outcome.accepted + outcome.accepted_odd << std::setw(10) << outcome.accepted_odd
              << std::setw(10) << outcome.refused << "\n";
  }
}

TEST(AgreementTest, WhatTheServerAcceptsIsNoFaultToTheVerifier) {
  const uint64_t stories = FromEnvironment("BANSOS_FUZZ_STORIES", kStories);
  const uint64_t first = FromEnvironment("BANSOS_FUZZ_SEED", kFirstSeed);
  Coverage coverage;
  uint64_t events = 0;
  for (uint64_t seed = first; seed < first + stories; ++seed) {
    Story story(seed, coverage);
    story.Tell(kActs);
    events += story.events();
    const std::optional<std::string> fault = story.Judge();
    EXPECT_FALSE(fault.has_value())
        << *fault << "\nto repeat: BANSOS_FUZZ_SEED=" << seed << " BANSOS_FUZZ_STORIES=1";
  }
  Print(coverage);
  std::cout << stories << " stories, " << events << " events\n";
  if (stories < kStories) return;
  for (const auto& [name, outcome] : coverage) {
    const bool accepted = outcome.accepted + outcome.accepted_odd > 0;
    EXPECT_NE(accepted, NeverAccepted().contains(name)) << name;
    EXPECT_TRUE(accepted || outcome.refused > 0) << name << " was never sent";
  }
}

// A ledger's own id and origin, which no command states.
TEST(AgreementTest, ALedgerIdThatTheServerTakesIsNoFault) {
  Oddities odd(FromEnvironment("BANSOS_FUZZ_SEED", kFirstSeed));
  int taken = 0, refused = 0;
  for (int i = 0; i < 25; ++i) {
    const ScratchDirectory directory;
    ManualClock clock{kStartTimeUs};
    LedgerOptions options;
    options.data_dir = directory.path() + "/data";
    options.key_file = directory.path() + "/key";
    options.ledger_id = odd.OneIn(2) ? odd.Text() : odd.Code();
    options.clock = &clock;
    if (!CreateLedger(options).ok()) {
      ++refused;
      continue;
    }
    ++taken;
    verify::Options verifying;
    verifying.path = options.data_dir;
    verifying.profile = verify::Profile::kWithKeys;
    verifying.key_file = options.key_file;
    verify::ProgressLine silent(false);
    EXPECT_EQ(verify::Verify(verifying, silent).status.message(), "") << options.ledger_id;
  }
  EXPECT_GT(taken, 0);
  EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace bansos::testing

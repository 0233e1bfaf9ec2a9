// What a fact states sizes nothing: memory and snapshots grow with what was recorded.
#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "ledger/domain/limits.h"
#include "ledger/domain/reference.h"
#include "ledger/event/state_codec.h"
#include "tests/support/commands.h"
#include "tests/support/paired_ledger.h"
#include "tests/support/state_bytes.h"

namespace bansos::testing {
namespace {

TEST(StatedSizeTest, AReferenceBeyondThemIsNone) {
  EXPECT_TRUE(ParseReference("KJS.366.999999999.999999.63"));
  for (const char* text : {"KJS.0.1.1.1", "KJS.367.1.1.1", "KJS.1.0.1.1", "KJS.1.1000000000.1.1",
                           "KJS.1.1.1000000.1", "KJS.1.1.1.0", "KJS.1.1.1.64", "kjs.1.1.1.1"}) {
    EXPECT_FALSE(ParseReference(text)) << text;
  }
}

// Resident memory in bytes.
size_t Resident() {
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  long size = 0, resident = 0;
  if (file == nullptr || std::fscanf(file, "%ld %ld", &size, &resident) != 2) return 0;
  std::fclose(file);
  return static_cast<size_t>(resident) * 4096;
}

TEST(StatedSizeTest, WhatIsStatedCostsNothing) {
  constexpr size_t kMany = size_t{8} << 20;
  PairedLedger ledger(kTestTimeUs);
  for (const Command& command : FoundLedger()) ASSERT_EQ(ledger.Do(command), "recorded");
  for (const Command& command : Entitle(1)) ASSERT_EQ(ledger.Do(command), "recorded");
  const size_t before = Resident();
  const Position file = ledger.state().next;
  EXPECT_EQ(ledger.Do(ReceiveFile(kMaxFileLines)), "recorded");
  EXPECT_EQ(ledger.Do(ReportSettled(1, file, kMaxFileLines)), "held UNKNOWN_REFERENCE");
  EXPECT_EQ(ledger.Do(ReportSettled(1, file, kMaxFileLines)),
            "already recorded at " + std::to_string(file.value() + 1));
  EXPECT_EQ(ledger.Do(Register(kMaxRecipientGap + 1)), "recorded");
  EXPECT_EQ(ledger.Do(OpenProgram("PKH", kMaxQuota)), "recorded");
  EXPECT_EQ(ledger.Do(PublishRuleSet("PKH")), "recorded");
  EXPECT_EQ(ledger.Do(Propose(1, "PKH")), "recorded");
  EXPECT_EQ(ledger.Do(DecideEligible(1, 4, "PKH")), "recorded");
  EXPECT_EQ(ledger.Do(Decree(1, kMaxQuota, 1, 0, "PKH")), "recorded");
  EXPECT_LT(Resident(), before + kMany);

  // Nor in a snapshot, nor after it is read again.
  const std::string snapshot = testing::StateBytes(ledger.state());
  EXPECT_LT(snapshot.size(), 16'000u);
  const auto restored = testing::StateOf(snapshot);
  ASSERT_TRUE(restored.ok()) << restored.status();
  EXPECT_EQ(testing::StateBytes(*restored), snapshot);
  EXPECT_EQ(restored->recipients.size(), 2u);
  EXPECT_EQ(restored->recipients.highest(), kMaxRecipientGap + 1);
  EXPECT_NE(restored->FindRecipient(RecipientNumber(kMaxRecipientGap + 1)), nullptr);
  EXPECT_EQ(restored->FindRecipient(RecipientNumber(2)), nullptr);
  EXPECT_TRUE(restored->FindProgram("PKH")->SlotOf(kMaxQuota).running);
  EXPECT_LT(Resident(), before + 2 * kMany);
}

}  // namespace
}  // namespace bansos::testing

// A log of this format's first day, kept: every later version folds it to the same State. The file
// states the digest of the State for the version of its codec; a new version adds its own line.
//
// Write it anew, as long as nothing is deployed: BANSOS_WRITE_GOLDEN=1 event_test
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/base/hash.h"
#include "ledger/base/hex.h"
#include "ledger/domain/decide.h"
#include "ledger/event/codec.h"
#include "ledger/event/state_codec.h"
#include "tests/support/state_bytes.h"
#include "tests/support/status_matchers.h"
#include "tests/support/told_ledger.h"

namespace bansos {
namespace {

constexpr char kGoldenPath[] = "tests/event/golden_log.txt";

struct GoldenLog {
  std::map<uint32_t, std::string> digest_of_version;  // in hex
  std::vector<std::string> entries;
};

GoldenLog ReadGolden() {
  GoldenLog golden;
  std::ifstream file(kGoldenPath);
  std::string kind;
  while (file >> kind) {
    std::string text;
    if (kind == "digest") {
      uint32_t version = 0;
      file >> version >> golden.digest_of_version[version];
    } else if (kind == "entry" && file >> text) {
      golden.entries.push_back(HexDecode(text).value_or(""));
    } else {
      std::getline(file, text);  // A comment.
    }
  }
  return golden;
}

std::string DigestOf(const State& state) {
  return HexEncode(AsBytes(Sha256(testing::StateBytes(state))));
}

void WriteGolden(const testing::ToldLedger& told) {
  std::ofstream file(kGoldenPath);
  file << "# A log of every kind of fact, and the digest of its State by version of the codec.\n"
       << "digest " << kStateVersion << " " << DigestOf(told.state()) << "\n";
  for (const std::string& entry : told.entries()) {
    file << "entry " << HexEncode(entry) << "\n";
  }
}

TEST(GoldenLogTest, FoldsToTheSameStateForEver) {
  if (std::getenv("BANSOS_WRITE_GOLDEN") != nullptr) {
    testing::ToldLedger told;
    TellAWholeYear(told);
    WriteGolden(told);
  }
  const GoldenLog golden = ReadGolden();
  ASSERT_GT(golden.entries.size(), 50u);
  State state;
  for (const std::string& entry : golden.entries) {
    ASSERT_OK_AND_ASSIGN(const Event event, DecodeEvent(entry));
    EXPECT_EQ(EncodeEvent(event), entry) << "position " << state.next.value();
    ASSERT_OK(Evolve(state, event));
  }
  ASSERT_TRUE(golden.digest_of_version.contains(kStateVersion))
      << "the codec has a new version: add `digest " << kStateVersion << " " << DigestOf(state)
      << "` after looking at what changed";
  EXPECT_EQ(DigestOf(state), golden.digest_of_version.at(kStateVersion));
}

TEST(GoldenLogTest, TheSameStoryStillWritesTheSameBytes) {
  testing::ToldLedger told;
  TellAWholeYear(told);
  EXPECT_EQ(told.entries(), ReadGolden().entries);
}

}  // namespace
}  // namespace bansos

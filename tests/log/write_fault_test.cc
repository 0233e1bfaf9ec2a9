// What RocksDbLog keeps when an operation on its files fails, or the power goes (invariant 1).
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "ledger/log/rocksdb_log.h"
#include "tests/log/faulty_files.h"
#include "tests/log/log_reading.h"
#include "tests/log/scratch_directory.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::EntriesFor;
using ::bansos::testing::Fault;
using ::bansos::testing::FaultyFiles;
using ::bansos::testing::Forward;
using ::bansos::testing::NaiveRoot;
using ::bansos::testing::Reading;

// A log on files that fail when told to.
class FaultyLog {
 public:
  FaultyLog() {
    options_ = testing::OptionsIn(directory_.path());
    options_.env = env_.get();
    options_.write_buffer_bytes = 64 * 1024;  // RocksDB's least: flushes come into the run
  }

  absl::Status Open() {
    log_.reset();
    auto opened = RocksDbLog::Open(options_);
    if (opened.ok()) log_ = *std::move(opened);
    return opened.status();
  }

  // Remembers what it tried and what was acknowledged.
  absl::Status Commit(uint64_t count) {
    const auto head = log_->Append(acknowledged_, 1, EntriesFor(acknowledged_, count));
    attempted_ = acknowledged_ + count;
    if (head.ok()) acknowledged_ = head->size;
    return head.status();
  }

  // What is there after a reopen: all that was acknowledged, and perhaps the commit whose outcome
  // was unknown, whole.
  void ExpectAcknowledged() {
    const LogHead head = log_->Head();
    EXPECT_TRUE(head.size == acknowledged_ || head.size == attempted_)
        << head.size << " entries; acknowledged " << acknowledged_ << ", attempted " << attempted_;
    const Reading reading = Forward(*log_, 0, head.size);
    ASSERT_OK(reading.status);
    ASSERT_EQ(reading.entries.size(), head.size);
    for (uint64_t i = 0; i < head.size; ++i) {
      ASSERT_EQ(reading.entries[i].second, testing::EntryFor(i));
    }
    ASSERT_EQ(head.root, NaiveRoot(EntriesFor(0, head.size)));
    acknowledged_ = attempted_ = head.size;
  }

  // What is acknowledged is anchored, so that losing it would be noticed.
  void ExpectAnchored() {
    const auto anchor = AnchorFile::Open(files_, options_.anchor_path);
    if (acknowledged_ == 0 && absl::IsNotFound(anchor.status())) return;
    ASSERT_OK(anchor);
    EXPECT_GE((*anchor)->record().size, acknowledged_);
    EXPECT_LE((*anchor)->record().size, attempted_);
  }

  void Close() { log_.reset(); }
  FaultyFiles& files() { return *files_; }
  RocksDbLog& log() { return *log_; }
  uint64_t acknowledged() const { return acknowledged_; }

 private:
  testing::ScratchDirectory directory_;
  std::shared_ptr<FaultyFiles> files_ = std::make_shared<FaultyFiles>(directory_.path());
  std::unique_ptr<rocksdb::Env> env_ = rocksdb::NewCompositeEnv(files_);
  RocksDbLogOptions options_;
  std::unique_ptr<RocksDbLog> log_;
  uint64_t acknowledged_ = 0;
  uint64_t attempted_ = 0;
};

// Opens and commits until something fails; then the log must refuse everything but reads.
void RunUntilFault(FaultyLog& faulty) {
  if (!faulty.Open().ok()) return;
  for (const uint64_t count : {1, 300, 2}) {
    const absl::Status failed = faulty.Commit(count);
    if (failed.ok()) continue;
    EXPECT_TRUE(absl::IsUnavailable(failed) || absl::IsDataLoss(failed)) << failed;
    const uint64_t size = faulty.acknowledged();
    EXPECT_EQ(faulty.log().Append(size, 9, {"late"}).status().code(), failed.code());
    EXPECT_EQ(faulty.log().Head().size, size);
    const Reading reading = Forward(faulty.log(), 0, size + 1000);
    EXPECT_OK(reading.status);
    EXPECT_EQ(reading.entries.size(), size) << "an unacknowledged entry was shown";
    return;
  }
}

class EveryOperationFails : public ::testing::TestWithParam<Fault> {};

TEST_P(EveryOperationFails, AcknowledgedIsKeptAndTheLogStops) {
  constexpr uint64_t kMoreThanThereAre = 1000;
  uint64_t number = 1;
  for (; number < kMoreThanThereAre; ++number) {
    SCOPED_TRACE(testing::ToString(GetParam()) + " at operation " + std::to_string(number));
    FaultyLog faulty;
    faulty.files().FailOperation(number, GetParam());
    RunUntilFault(faulty);
    faulty.Close();
    if (!faulty.files().fault_happened()) break;
    std::mt19937_64 random(number);
    if (GetParam() == Fault::kPowerCut) faulty.files().RestorePower(random);
    faulty.ExpectAnchored();
    ASSERT_OK(faulty.Open());
    faulty.ExpectAcknowledged();
    ASSERT_OK(faulty.Commit(5)) << "the log goes on after a restart";
    faulty.ExpectAcknowledged();
    if (HasFatalFailure()) break;
  }
  EXPECT_GT(number, 30) << "creating and committing take more operations than that";
  EXPECT_LT(number, kMoreThanThereAre);
}

INSTANTIATE_TEST_SUITE_P(Faults, EveryOperationFails,
                         ::testing::Values(Fault::kNotPersisted, Fault::kPersisted,
                                           Fault::kPowerCut),
                         [](const auto& info) { return testing::ToString(info.param); });

uint64_t Seed() {
  const char* given = std::getenv("BANSOS_TEST_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 20'250'101;
}

// A log lives through many cuts at random moments, in opening, committing and flushing. Returns how
// many of them came after it had opened.
int LiveThroughCuts(int cuts, std::mt19937_64& random) {
  FaultyLog faulty;
  int opened = 0;
  for (int cut = 0; cut < cuts; ++cut) {
    SCOPED_TRACE("cut " + std::to_string(cut));
    faulty.files().FailOperation(1 + random() % 200, Fault::kPowerCut);
    const absl::Status started = faulty.Open();
    if (started.ok()) {
      ++opened;
      faulty.ExpectAcknowledged();
      while (faulty.Commit(random() % 8 == 0 ? random() % 600 + 1 : random() % 5 + 1).ok()) {
      }
    } else {
      EXPECT_TRUE(faulty.files().fault_happened()) << started;
    }
    faulty.Close();
    faulty.files().RestorePower(random);
    faulty.ExpectAnchored();
    if (::testing::Test::HasFailure()) return opened;
  }
  const absl::Status started = faulty.Open();
  EXPECT_OK(started);
  if (started.ok()) faulty.ExpectAcknowledged();
  return opened;
}

TEST(PowerCutTest, AcknowledgedSurvivesEveryCut) {
  constexpr int kLives = 5;
  constexpr int kCuts = 10;
  const uint64_t seed = Seed();
  std::cout << "seed " << seed << " (set BANSOS_TEST_SEED to run another)\n";
  std::mt19937_64 random(seed);
  int opened = 0;
  for (int life = 0; life < kLives && !HasFailure(); ++life) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", life " + std::to_string(life));
    opened += LiveThroughCuts(kCuts, random);
  }
  EXPECT_GT(opened, kLives * kCuts / 4);
}

}  // namespace
}  // namespace bansos

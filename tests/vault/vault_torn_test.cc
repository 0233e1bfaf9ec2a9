// The vault after a crash: what was acknowledged is there or its loss is refused, what was not may
// go, and a refused vault is left as it was found.
#include <rocksdb/env.h>

#include <map>

#include "tests/log/faulty_files.h"
#include "tests/vault/vault_fixture.h"

namespace bansos::testing {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;

// A vault that gave out numbers 1 and 2, and was writing number 3 when the power went: that write
// is on disk, but nobody was told. All are in one write-ahead log, whose last record begins at
// record_begin_ and ends at record_end_.
class TornVaultTest : public VaultTest {
 protected:
  TornVaultTest() { options_.env = env_.get(); }
  ~TornVaultTest() override { vault_.reset(); }

  void SetUp() override {
    ASSERT_OK(Reopen());
    Reserve(Nik(1));
    second_ = Reserve(Nik(2));
    const std::string anchor = ReadFile(Anchor());
    record_begin_ = fs::file_size(Wal());
    Reserve(Nik(3));
    record_end_ = fs::file_size(Wal());
    ASSERT_GT(record_end_, record_begin_ + 100);
    vault_.reset();
    acknowledged_ = ReadFile(Anchor());
    WriteFile(Anchor(), anchor);
    Keep();
  }

  // As if the last write had been acknowledged too.
  void Acknowledge() {
    WriteFile(Anchor(), acknowledged_);
    Keep();
  }

  fs::path Anchor() const { return options_.directory + ".anchor"; }

  // The write-ahead log that the last write is in.
  fs::path Wal() const {
    fs::path newest;
    for (const auto& file : fs::directory_iterator(options_.directory)) {
      if (file.path().extension() == ".log" && file.file_size() > 0) {
        newest = std::max(newest, file.path());
      }
    }
    return newest;
  }

  void Keep() {
    kept_.clear();
    for (const auto& file : fs::recursive_directory_iterator(folder_ / "data")) {
      if (file.is_regular_file()) kept_[file.path()] = ReadFile(file.path());
    }
  }

  void Restore() {
    vault_.reset();
    fs::remove_all(options_.directory);
    fs::create_directory(options_.directory);
    for (const auto& [path, bytes] : kept_) WriteFile(path, bytes);
  }

  static void FlipByte(const fs::path& path, uint64_t offset) {
    std::string bytes = ReadFile(path);
    bytes[offset] = static_cast<char>(bytes[offset] ^ 0x20);
    WriteFile(path, bytes);
  }

  // What was acknowledged is there, `next` is given out next, and the vault goes on.
  void ExpectOpensWith(uint64_t next) {
    ASSERT_OK(Reopen());
    EXPECT_EQ(vault_->NextRecipient().value(), next);
    const Reservation again = Reserve(Nik(2));
    EXPECT_EQ(again.number, second_.number);
    EXPECT_EQ(again.key_commitment, second_.key_commitment);
    EXPECT_EQ(Reserve(Nik(4)).number.value(), next);
    ASSERT_OK(Reopen());
    EXPECT_EQ(Reserve(Nik(4)).number.value(), next);
  }

  std::shared_ptr<FaultyFiles> files_ = std::make_shared<FaultyFiles>(folder_.string());
  std::unique_ptr<rocksdb::Env> env_ = rocksdb::NewCompositeEnv(files_);
  Reservation second_;
  uint64_t record_begin_ = 0;
  uint64_t record_end_ = 0;
  std::string acknowledged_;
  std::map<fs::path, std::string> kept_;
};

TEST_F(TornVaultTest, WholeUnacknowledgedWriteIsKept) { ExpectOpensWith(4); }

TEST_F(TornVaultTest, AnyCutOfTheUnacknowledgedWriteLosesJustThat) {
  for (uint64_t length = record_begin_; length < record_end_; length += 17) {
    SCOPED_TRACE(length);
    Restore();
    fs::resize_file(Wal(), length);
    ExpectOpensWith(3);
    if (HasFailure()) return;
  }
}

TEST_F(TornVaultTest, AnyDamageInTheUnacknowledgedWriteLosesJustThat) {
  for (uint64_t offset = record_begin_; offset < record_end_; offset += 17) {
    SCOPED_TRACE(offset);
    Restore();
    FlipByte(Wal(), offset);
    ExpectOpensWith(3);
    if (HasFailure()) return;
  }
}

TEST_F(TornVaultTest, CutOfAnAcknowledgedWriteIsRefused) {
  Acknowledge();
  for (uint64_t length = record_begin_; length < record_end_; length += 31) {  // boundary first
    SCOPED_TRACE(length);
    Restore();
    fs::resize_file(Wal(), length);
    ASSERT_THAT(Reopen(), StatusIs(absl::StatusCode::kDataLoss,
                                   HasSubstr("holds 3 writes, but 4 were acknowledged")));
  }
}

// Opening for writing would have replaced the write-ahead log and lost what stands after the
// damage.
TEST_F(TornVaultTest, DamageInTheMiddleIsRefusedAndNothingIsTouched) {
  Acknowledge();
  for (uint64_t offset = 0; offset < record_end_; offset += 71) {
    SCOPED_TRACE(offset);
    Restore();
    const fs::path wal = Wal();
    FlipByte(wal, offset);
    ASSERT_THAT(Reopen(), StatusIs(absl::StatusCode::kDataLoss));
    FlipByte(wal, offset);
    ExpectOpensWith(4);
    if (HasFailure()) return;
  }
}

TEST_F(TornVaultTest, MissingWriteAheadLogIsRefused) {
  fs::remove(Wal());
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("3 were acknowledged")));
}

TEST_F(TornVaultTest, MissingAnchorIsRefused) {
  fs::remove(Anchor());
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("anchor")));
  EXPECT_FALSE(fs::exists(Anchor()));
}

TEST_F(TornVaultTest, MissingVaultIsNotMadeAnewBesideItsAnchor) {
  fs::remove_all(options_.directory);
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                 HasSubstr("3 writes were acknowledged")));
}

TEST_F(TornVaultTest, CopyThatWentOnApartIsRefused) {
  ASSERT_OK(Reopen());
  Reserve(Nik(5));
  vault_.reset();
  const std::string other = ReadFile(Anchor());
  Restore();
  ASSERT_OK(Reopen());
  Reserve(Nik(6));
  vault_.reset();
  WriteFile(Anchor(), other);
  EXPECT_THAT(Reopen(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("from the same copy")));
}

TEST_F(TornVaultTest, DiskThatFailsAtAnyOperationOfAWriteStopsTheVault) {
  uint64_t number = 1;
  for (; number < 100; ++number) {
    SCOPED_TRACE(number);
    ASSERT_OK(Reopen());
    files_->FailOperation(number, Fault::kNotPersisted);
    const auto reserved = vault_->ReserveRecipients({Nik(100 + number)});
    if (reserved.ok()) break;
    EXPECT_THAT(reserved, StatusIs(absl::StatusCode::kUnavailable));
    EXPECT_THAT(vault_->ReserveTokens(TokenKind::kKk, {"kk"}),
                StatusIs(absl::StatusCode::kUnavailable, HasSubstr("start it again")));
    EXPECT_EQ(Reserve(Nik(2)).key_commitment, second_.key_commitment);
  }
  EXPECT_GE(number, 5) << "write, sync, write of the anchor and its sync can fail";
}

TEST_F(TornVaultTest, TornSlotOfTheAnchorIsMended) {
  FlipByte(Anchor(), 20);
  ExpectOpensWith(4);
  FlipByte(Anchor(), 4096 + 20);
  ASSERT_OK(Reopen());
}

}  // namespace
}  // namespace bansos::testing

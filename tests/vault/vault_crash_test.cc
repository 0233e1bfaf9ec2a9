// What is reserved survives SIGKILL, and a write that failed stops further reservations.
#include <rocksdb/env.h>
#include <rocksdb/file_system.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>

#include "tests/vault/vault_fixture.h"

namespace bansos::testing {
namespace {

using ::testing::HasSubstr;

// Runs first: a child forked later would miss the threads of a database opened before.
class VaultKilledTest : public VaultTest {};

TEST_F(VaultKilledTest, ReservationBeforeSigkillIsReused) {
  int channel[2];
  ASSERT_EQ(pipe(channel), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    // Reserves, tells the commitment and dies without closing anything.
    if (!Reopen().ok()) _exit(1);
    const auto reserved = vault_->ReserveRecipients({Nik(1), Nik(2)});
    if (!reserved.ok() || (*reserved)[1].number.value() != 2) _exit(2);
    const std::string& commitment = (*reserved)[1].key_commitment;
    if (write(channel[1], commitment.data(), commitment.size()) != 32) _exit(3);
    kill(getpid(), SIGKILL);
  }
  int state = 0;
  ASSERT_EQ(waitpid(child, &state, 0), child);
  ASSERT_TRUE(WIFSIGNALED(state)) << "exit " << WEXITSTATUS(state);
  char commitment[32];
  ASSERT_EQ(read(channel[0], commitment, sizeof(commitment)), 32);
  close(channel[0]);
  close(channel[1]);

  ASSERT_OK(Reopen());
  EXPECT_EQ(vault_->NextRecipient().value(), 3u);
  const Reservation again = Reserve(Nik(2));
  EXPECT_EQ(again.number.value(), 2u);
  EXPECT_EQ(again.key_commitment, std::string(commitment, 32));
  EXPECT_FALSE(again.created);
}

// Fails the sync of every WAL while told to.
class FailingSyncs final : public rocksdb::FileSystemWrapper {
 public:
  FailingSyncs() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  const char* Name() const override { return "FailingSyncs"; }

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* debug) override {
    rocksdb::IOStatus status = target()->NewWritableFile(name, options, file, debug);
    if (status.ok() && name.ends_with(".log")) {
      *file = std::make_unique<Wal>(std::move(*file), failing);
    }
    return status;
  }

  std::atomic<bool> failing = false;

 private:
  class Wal final : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    Wal(std::unique_ptr<rocksdb::FSWritableFile> file, const std::atomic<bool>& failing)
        : FSWritableFileOwnerWrapper(std::move(file)), failing_(failing) {}
    rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* debug) override {
      if (failing_) return rocksdb::IOStatus::IOError("no space left on the test device");
      return FSWritableFileOwnerWrapper::Sync(options, debug);
    }

   private:
    const std::atomic<bool>& failing_;
  };
};

class VaultWriteFailureTest : public VaultTest {
 protected:
  VaultWriteFailureTest() : files_(std::make_shared<FailingSyncs>()) {
    env_ = rocksdb::NewCompositeEnv(files_);
    options_.env = env_.get();
    CHECK_OK(Reopen());
  }
  ~VaultWriteFailureTest() override { vault_.reset(); }

  std::shared_ptr<FailingSyncs> files_;
  std::unique_ptr<rocksdb::Env> env_;
};

TEST_F(VaultWriteFailureTest, FailedWriteRefusesFurtherReservations) {
  const Reservation before = Reserve(Nik(1));
  files_->failing = true;
  EXPECT_THAT(vault_->ReserveRecipients({Nik(2)}), StatusIs(absl::StatusCode::kUnavailable));
  files_->failing = false;
  const auto refused = StatusIs(absl::StatusCode::kUnavailable, HasSubstr("start it again"));
  EXPECT_THAT(vault_->ReserveRecipients({Nik(3)}), refused);
  EXPECT_THAT(vault_->ReserveTokens(TokenKind::kKk, {"kk"}), refused);

  // What was reserved before can still be used.
  EXPECT_EQ(Reserve(Nik(1)).number, before.number);
  EXPECT_OK(vault_->Seal(before.number, SealedField::kIdentity, 1, "x"));

  ASSERT_OK(Reopen());
  EXPECT_EQ(Reserve(Nik(1)).key_commitment, before.key_commitment);
  // Whether Nik(2) was stored is unknown; it has one number either way.
  EXPECT_EQ(Reserve(Nik(2)).number, Reserve(Nik(2)).number);
  EXPECT_NE(Reserve(Nik(3)).number, Reserve(Nik(2)).number);
}

}  // namespace
}  // namespace bansos::testing

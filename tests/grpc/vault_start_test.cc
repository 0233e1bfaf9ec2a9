// What a start asks of the vault: an older copy, which would give numbers or tokens of the log to
// others, is not served, also where nobody has them any more.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "grpc/start_check.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/memory_log.h"
#include "ledger/sequencer/start_up.h"
#include "tests/log/scratch_directory.h"
#include "tests/sequencer/running_ledger.h"
#include "tests/support/commands.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

using ::testing::HasSubstr;

Command Correct(uint64_t recipient, uint64_t kk) {
  Command command;
  command.envelope.actor = "registrar";
  command.envelope.document = MakeDocument("KK", absl::StrCat(kk));
  command.body =
      EventBody(IdentityCorrected{.recipient = RecipientNumber(recipient),
                                  .area = kTestArea,
                                  .kk_token = KkToken(kk),
                                  .sealed_identity = absl::StrCat("sealed identity of ", kk)});
  return command;
}

Command Assign(uint64_t recipient, uint64_t account) {
  Command command = AssignPayee(recipient, absl::StrCat(account));
  std::get<PayeeAssigned>(std::get<EventBody>(command.body)).account_token = AccountToken(account);
  return command;
}

class VaultStartTest : public ::testing::Test {
 protected:
  VaultStartTest() {
    auto opened = Vault::Open({.directory = directory_.path() + "/vault",
                               .key_file = directory_.path() + "/key",
                               .create_if_missing = true});
    CHECK_OK(opened.status());
    vault_ = *std::move(opened);
    const auto reserved = vault_->ReserveRecipients({"nik:1"});
    CHECK_OK(reserved.status());
    ledger_.Record(FoundLedger());
    Command command = Register(1);
    auto& registered = std::get<RecipientRegistered>(std::get<EventBody>(command.body));
    registered.key_commitment = reserved->front().key_commitment;
    registered.kk_token = KkToken(1);
    ledger_.Record({command});
  }

  absl::Status Start() {
    ASSIGN_OR_RETURN(const State state, FoldState(log_, State(), nullptr));
    return CheckVaultKnows(*vault_, log_, state, [] { return true; });
  }
  void Reserve(TokenKind kind, int count) {
    for (int i = 0; i < count; ++i) {
      ASSERT_OK(vault_->ReserveTokens(kind, {absl::StrCat("value ", i)}));
    }
  }

  const ScratchDirectory directory_;
  MemoryLog log_;
  RunningLedger ledger_{log_};
  std::unique_ptr<Vault> vault_;
};

TEST_F(VaultStartTest, VaultThatLacksAKkTokenIsRefused) {
  Reserve(TokenKind::kKk, 8);
  EXPECT_OK(Start());
  ledger_.Record({Correct(1, 9)});
  ledger_.Record({Correct(1, 6)});  // Nobody is in KK 9 any more.
  EXPECT_THAT(Start(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("KK token 9")));
  Reserve(TokenKind::kKk, 9);
  EXPECT_OK(Start());
}

TEST_F(VaultStartTest, VaultThatLacksAnAccountTokenIsRefused) {
  Reserve(TokenKind::kKk, 1);
  Reserve(TokenKind::kAccount, 7);
  ledger_.Record({Assign(1, 8)});
  ledger_.Record({Assign(1, 2)});  // Nobody has account 8 any more.
  EXPECT_THAT(Start(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("account token 8")));
  Reserve(TokenKind::kAccount, 8);
  EXPECT_OK(Start());
}

}  // namespace
}  // namespace bansos::testing

// What a start takes from the log for the vault: an older copy of the vault gives out no number and
// no token that the log ever showed.
#include <gtest/gtest.h>

#include "grpc/start_check.h"
#include "ledger/log/memory_log.h"
#include "ledger/sequencer/start_up.h"
#include "tests/log/scratch_directory.h"
#include "tests/sequencer/running_ledger.h"
#include "tests/support/commands.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

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

TEST(VaultStartTest, TokensThatNobodyHasAnyMoreAreNotGivenOutAgain) {
  const ScratchDirectory directory;
  ASSERT_OK_AND_ASSIGN(const auto vault, Vault::Open({.directory = directory.path() + "/vault",
                                                      .key_file = directory.path() + "/key",
                                                      .create_if_missing = true}));
  ASSERT_OK_AND_ASSIGN(const auto reserved, vault->ReserveRecipients({"nik:1"}));

  MemoryLog log;
  RunningLedger ledger(log);
  ledger.Record(FoundLedger());
  Command registered = Register(1);
  std::get<RecipientRegistered>(std::get<EventBody>(registered.body)).key_commitment =
      reserved[0].key_commitment;
  std::get<RecipientRegistered>(std::get<EventBody>(registered.body)).kk_token = KkToken(5);
  ledger.Record({registered});
  ledger.Record({Correct(1, 9)});
  ledger.Record({Correct(1, 6)});
  ledger.Record({Assign(1, 8)});
  ledger.Record({Assign(1, 2)});

  ASSERT_OK_AND_ASSIGN(const State state, FoldState(log, State(), nullptr));
  ASSERT_OK(CheckVaultKnows(*vault, log, state, [] { return true; }));
  ASSERT_OK_AND_ASSIGN(const auto kks, vault->ReserveTokens(TokenKind::kKk, {"a new family"}));
  EXPECT_EQ(kks[0], 10);
  ASSERT_OK_AND_ASSIGN(const auto accounts,
                       vault->ReserveTokens(TokenKind::kAccount, {"a new account"}));
  EXPECT_EQ(accounts[0], 9);
  EXPECT_EQ(vault->NextRecipient().value(), 2);
}

}  // namespace
}  // namespace bansos::testing

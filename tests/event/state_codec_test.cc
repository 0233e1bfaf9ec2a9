// The snapshot of State: it travels in bounded pieces, comes back as it was, what damage is
// refused, and no bytes make the reader take more memory than they bring.
#include "ledger/event/state_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "ledger/event/archive.h"
#include "tests/support/state_bytes.h"
#include "tests/support/status_matchers.h"
#include "tests/support/told_ledger.h"

namespace bansos {
namespace {

using testing::StateBytes;
using testing::StateOf;

TEST(StateCodecTest, EmptyStateTravels) {
  const std::string bytes = StateBytes(State());
  ASSERT_OK_AND_ASSIGN(const State state, StateOf(bytes));
  EXPECT_EQ(StateBytes(state), bytes);
}

TEST(StateCodecTest, DamageIsRefused) {
  const std::string bytes = StateBytes(State());
  EXPECT_THAT(StateOf(bytes + "x"), testing::StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(StateOf(bytes.substr(0, bytes.size() - 1)),
              testing::StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(StateOf(static_cast<char>(kStateVersion + 1) + bytes.substr(1)),
              testing::StatusIs(absl::StatusCode::kDataLoss));
}

State FullState() {
  testing::ToldLedger ledger;
  TellAWholeYear(ledger);
  return ledger.state();
}

TEST(StateCodecTest, AFullStateTravels) {
  const std::string bytes = StateBytes(FullState());
  ASSERT_OK_AND_ASSIGN(const State state, StateOf(bytes));
  EXPECT_EQ(StateBytes(state), bytes);
  EXPECT_EQ(state.programs[0].candidates.size(), 6u);
  EXPECT_FALSE(state.recipients.size() == 0 || state.programs.empty() || state.batches.empty() ||
               state.payments.empty() || state.files.empty() || state.held.empty() ||
               state.reports_of_payment.empty() || state.payees_of_account.empty() ||
               state.keys.empty());
}

TEST(StateCodecTest, EveryPrefixOfAFullStateIsRefused) {
  const std::string bytes = StateBytes(FullState());
  for (size_t size = 0; size < bytes.size(); size += 7) {
    EXPECT_THAT(StateOf(bytes.substr(0, size)), testing::StatusIs(absl::StatusCode::kDataLoss))
        << size;
  }
}

TEST(StateCodecTest, NoPieceIsLongerThanItsBound) {
  State state = FullState();
  for (uint64_t i = 0; i < 100'000; ++i) state.keys[{i * 0x9e3779b97f4a7c15u, i}] = Position(i);
  size_t pieces = 0, last = kArchivePieceBytes;
  const auto take = [&](std::string_view piece) {
    EXPECT_EQ(last, kArchivePieceBytes);  // Only the last one may be shorter.
    last = piece.size();
    ++pieces;
  };
  EXPECT_TRUE(EncodeState(state, take, [] { return true; }));
  EXPECT_GT(pieces, 3u);
  EXPECT_LE(last, kArchivePieceBytes);
}

TEST(StateCodecTest, ItEndsWhereItIsRefused) {
  const State state = FullState();
  int taken = 0;
  EXPECT_FALSE(EncodeState(
      state, [&](std::string_view) { ++taken; }, [] { return false; }));
  EXPECT_EQ(taken, 0);
}

TEST(StateCodecTest, ACountWithoutItsEntriesIsRefusedWithoutRoomForThem) {
  // The version, then 2^60 actors.
  std::string bytes;
  wire::AppendVarint(bytes, kStateVersion);
  wire::AppendVarint(bytes, uint64_t{1} << 60);
  EXPECT_THAT(StateOf(bytes), testing::StatusIs(absl::StatusCode::kDataLoss));
}

// Each member that holds an index, one past its array, and sums that do not add up.
TEST(StateCodecTest, EveryIndexThatPointsPastItsArrayIsRefused) {
  const State full = FullState();
  const ProgramIndex no_program(static_cast<uint32_t>(full.programs.size()));
  const BatchIndex no_batch(static_cast<uint32_t>(full.batches.size()));
  const PaymentIndex no_payment(static_cast<uint32_t>(full.payments.size()));
  const ActorIndex no_actor(static_cast<uint32_t>(full.actors.names().size()));
  const std::vector<std::function<void(State&)>> damages = {
      [&](State& s) { s.recipients.Find(RecipientNumber(1))->payee_recorder = no_actor; },
      [&](State& s) { s.program_of_code.begin()->second = no_program; },
      [&](State& s) { s.programs[0].payment_of_recipient.begin()->second = no_payment; },
      [&](State& s) { s.programs[0].payment_of_slot.begin()->second = no_payment; },
      [&](State& s) { ++s.programs[0].appropriated; },
      [&](State& s) { s.batch_of_key.begin()->second = no_batch; },
      [&](State& s) { s.batches[0].program = no_program; },
      [&](State& s) { s.batches[0].drafters[0] = no_actor; },
      [&](State& s) { s.batches[0].submitter = no_actor; },
      [&](State& s) { s.batches[0].approver = no_actor; },
      [&](State& s) { s.batches[0].payments[0] = no_payment; },
      [&](State& s) { ++s.batches[0].total; },
      [&](State& s) { s.payments[0].program = no_program; },
      [&](State& s) { s.payments[0].batch = no_batch; },
      [&](State& s) { s.payments[0].payee_recorder = no_actor; },
      [&](State& s) { s.payments[0].previous = no_payment; },
      [&](State& s) { s.payments[0].previous = PaymentIndex(0); },  // A walk that never ends.
      [&](State& s) { s.payments[0].recipient = RecipientNumber(1'000'000); },
      [&](State& s) { s.reports_of_payment[no_payment] = s.reports_of_payment.begin()->second; },
      [&](State& s) { s.file_of_position.begin()->second = static_cast<uint32_t>(s.files.size()); },
      [&](State& s) { s.programs[0].candidacies[RecipientNumber(1'000'000)] = {}; },
      [&](State& s) { s.held.begin()->second.payment = no_payment; },
  };
  for (size_t i = 0; i < damages.size(); ++i) {
    State damaged = full;
    damages[i](damaged);
    EXPECT_THAT(StateOf(StateBytes(damaged)), testing::StatusIs(absl::StatusCode::kDataLoss))
        << "damage " << i;
  }
}

}  // namespace
}  // namespace bansos

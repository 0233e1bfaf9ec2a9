#include "grpc/start_check.h"

#include <algorithm>
#include <string>
#include <vector>

#include "grpc/event_reader.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

absl::Status CheckRegistrations(const Vault& vault, const EventLog& log,
                                const std::vector<Position>& positions) {
  std::vector<RecipientNumber> numbers;
  std::vector<std::string> commitments;
  RETURN_IF_ERROR(ReadEventsAt(log, positions, [&](Position position, const Event& event) {
    const auto* registered = std::get_if<RecipientRegistered>(&event.body);
    if (registered == nullptr) {
      return absl::DataLossError(
          absl::StrCat("position ", position.value(), " holds no registration"));
    }
    numbers.push_back(registered->recipient);
    commitments.push_back(registered->key_commitment);
    return absl::OkStatus();
  }));
  std::vector<RegisteredKey> keys;
  for (size_t i = 0; i < numbers.size(); ++i) keys.push_back({numbers[i], commitments[i]});
  return vault.CheckRegistered(keys);
}

}  // namespace

absl::Status CheckVaultKnows(Vault& vault, const EventLog& log, const State& state,
                             absl::FunctionRef<bool()> keep_going) {
  std::vector<Position> positions;
  uint64_t highest_recipient = 0;
  uint64_t highest_kk = 0;
  for (size_t number = 1; number < state.recipients.size(); ++number) {
    const RecipientState& recipient = state.recipients[number];
    if (!recipient.registered) continue;
    highest_recipient = number;
    highest_kk = std::max(highest_kk, recipient.kk_token.value());
    positions.push_back(recipient.registered_at);
    if (positions.size() == kKeysPerCheck) {
      if (!keep_going()) return absl::CancelledError("the start was stopped");
      RETURN_IF_ERROR(CheckRegistrations(vault, log, positions));
      positions.clear();
    }
  }
  RETURN_IF_ERROR(CheckRegistrations(vault, log, positions));
  uint64_t highest_account = 0;
  for (const auto& [account, payees] : state.payees_of_account) {
    highest_account = std::max(highest_account, account.value());
  }
  RETURN_IF_ERROR(vault.RaiseNextRecipient(RecipientNumber(highest_recipient)));
  RETURN_IF_ERROR(vault.RaiseNextToken(TokenKind::kKk, highest_kk));
  return vault.RaiseNextToken(TokenKind::kAccount, highest_account);
}

}  // namespace bansos

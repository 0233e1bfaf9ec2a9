// The payees of IdentityItems.
#include <string>
#include <utility>

#include "grpc/identity_items.h"
#include "grpc/identity_shape.h"
#include "grpc/limits.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/holder_name.h"
#include "ledger/domain/recipient.h"

namespace bansos {
namespace {

bool HasAccount(Channel channel) {
  return channel == Channel::kBankAccount || channel == Channel::kVirtualAccount;
}

ledger::v1::SealedPayee ReadDetails(const v1::PayeeDetails& details, ItemReader& reader) {
  ledger::v1::SealedPayee plain;
  plain.set_account_number(reader.ReadSealedText("details.account_number", details.account_number(),
                                                 kMaxPersonalTextBytes));
  plain.set_bank(reader.ReadSealedText("details.bank", details.bank(), kMaxPersonalTextBytes));
  plain.set_holder_name(
      reader.ReadSealedText("details.holder_name", details.holder_name(), kMaxPersonalTextBytes));
  return plain;
}

// The one place where the two names meet: only whether they differ leaves it.
void CompareNames(const std::optional<RegisteredName>& registered, const std::string& holder,
                  PayeeAssigned& event) {
  if (!ComparesNames(event)) return;
  // Position 0 is nobody's identity: who is registered just now was not compared, and the ledger
  // refuses.
  event.identity_position = registered.has_value() ? registered->position : Position(0);
  event.name_differs = registered.has_value() && !NamesAgree(registered->name, holder);
}

}  // namespace

absl::StatusOr<std::vector<PreparedItem>> IdentityItems::Assign(
    const RequestHead& head, const v1::AssignPayeesRequest& request,
    const std::vector<std::optional<RegisteredName>>& registered) const {
  std::vector<std::string> accounts;  // One an item; empty for cash and where the item is refused.
  ASSIGN_OR_RETURN(
      std::vector<PreparedItem> items,
      PrepareItems(head, request.items(), [&](const v1::PayeeAssignment& item, ItemReader& reader) {
        PayeeAssigned event;
        event.recipient = lookup_.Resolve("recipient", item.recipient(), reader);
        event.channel = reader.ReadEnum<Channel>("channel", item.channel());
        event.holder = reader.ReadEnum<Holder>("holder", item.holder());
        event.shared_account_reason = reader.ReadOptionalEnum<SharedAccountReason>(
            "shared_account_reason", item.shared_account_reason());
        event.name_confirmed = item.name_confirmed();
        CompareNames(registered[accounts.size()], item.details().holder_name(), event);
        std::string account;
        if (HasAccount(event.channel)) {
          account = ReadAccount(item.details(), reader);
        } else if (!item.details().account_number().empty()) {
          reader.RefuseShape("BAD_ACCOUNT", "details.account_number",
                             "cash needs no account. Leave it empty, or choose another channel.");
        }
        event.sealed_details =
            SealOrRefuse(sealing_, event.recipient, ReadDetails(item.details(), reader), reader);
        accounts.push_back(reader.ok() ? account : std::string());
        return EventBody(std::move(event));
      }));
  ASSIGN_OR_RETURN(const std::vector<uint64_t> tokens,
                   Tokens(TokenKind::kAccount, accounts, head.dry_run));
  for (size_t i = 0; i < items.size(); ++i) {
    if (auto* command = std::get_if<Command>(&items[i])) {
      std::get<PayeeAssigned>(std::get<EventBody>(command->body)).account_token =
          AccountToken(tokens[i]);
    }
  }
  return items;
}

}  // namespace bansos

// From the items of RegisterRecipients, CorrectIdentities and AssignPayees to commands: personal
// data is checked, gets its number or token from the vault in one reservation a request, and is
// sealed. A dry run reserves nothing and decides with placeholders instead. Thread-safe; blocks on
// the vault.
#ifndef GRPC_IDENTITY_ITEMS_H_
#define GRPC_IDENTITY_ITEMS_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "bansos/v1/recipient_service.pb.h"
#include "grpc/recipient_lookup.h"
#include "grpc/registered_identity.h"
#include "grpc/sealing.h"
#include "grpc/write_path.h"
#include "ledger/vault/vault.h"

namespace bansos {

struct PreparedRegistrations {
  std::vector<PreparedItem> items;
  // By item; 0 where the item is refused, or new in a dry run.
  std::vector<RecipientNumber> numbers;
};

// What the ledger knows of the recipient of a correction.
struct CorrectedRecipient {
  RecipientNumber number;
  RecipientKind kind = RecipientKind::kPerson;
  ledger::v1::SealedIdentity registered = {};  // As at the registration; its NIK is for ever.
};

class IdentityItems {
 public:
  explicit IdentityItems(Vault& vault) : vault_(vault), sealing_(vault), lookup_(vault) {}

  absl::StatusOr<PreparedRegistrations> Register(
      const RequestHead& head, const v1::RegisterRecipientsRequest& request) const;

  // `recipients` has one element an item, absent where nobody is registered.
  absl::StatusOr<std::vector<PreparedItem>> Correct(
      const RequestHead& head, const v1::CorrectIdentitiesRequest& request,
      const std::vector<std::optional<CorrectedRecipient>>& recipients) const;

  // `registered` has one element an item, absent where nobody is registered.
  absl::StatusOr<std::vector<PreparedItem>> Assign(
      const RequestHead& head, const v1::AssignPayeesRequest& request,
      const std::vector<std::optional<RegisteredName>>& registered) const;

 private:
  // Tokens of `values`; empty values and, in a dry run, unknown ones get none.
  absl::StatusOr<std::vector<uint64_t>> Tokens(TokenKind kind,
                                               const std::vector<std::string>& values,
                                               bool dry_run) const;
  absl::StatusOr<std::vector<Reservation>> Numbers(const std::vector<std::string>& identities,
                                                   bool dry_run) const;

  Vault& vault_;
  const Sealing sealing_;
  const RecipientLookup lookup_;
};

}  // namespace bansos

#endif  // GRPC_IDENTITY_ITEMS_H_

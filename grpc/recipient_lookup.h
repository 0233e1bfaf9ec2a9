// RecipientLookup: from the name that a caller uses (number, NIK, registration number) to the
// recipient number. A name that the vault does not know is refused as RECIPIENT_UNKNOWN; whether
// the number is registered is for Decide and the views to say. Thread-safe. The vault outlives it.
#ifndef GRPC_RECIPIENT_LOOKUP_H_
#define GRPC_RECIPIENT_LOOKUP_H_

#include "bansos/v1/common.pb.h"
#include "grpc/item_reader.h"
#include "ledger/base/ids.h"
#include "ledger/vault/vault.h"

namespace bansos {

class RecipientLookup {
 public:
  explicit RecipientLookup(const Vault& vault) : vault_(vault) {}

  // 0 and a fault or failure of `reader` when there is none.
  RecipientNumber Resolve(std::string_view field, const v1::RecipientRef& ref,
                          ItemReader& reader) const;

 private:
  const Vault& vault_;
};

// The recipient number that a caller states, refused as RECIPIENT_UNKNOWN when 0.
RecipientNumber ReadRecipientNumber(std::string_view field, uint64_t number, ItemReader& reader);

}  // namespace bansos

#endif  // GRPC_RECIPIENT_LOOKUP_H_

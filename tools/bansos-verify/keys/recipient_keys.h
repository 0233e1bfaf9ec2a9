// RecipientKeys: opens the sealed values of events: under the key of a registered recipient, which
// is kept once its commitment is seen to be the registered one, or under the ledger key.
//
// Not thread-safe. The vault outlives it.
#ifndef TOOLS_BANSOS_VERIFY_KEYS_RECIPIENT_KEYS_H_
#define TOOLS_BANSOS_VERIFY_KEYS_RECIPIENT_KEYS_H_

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "bansos/ledger/v1/event.pb.h"
#include "tools/bansos-verify/keys/sealed_value.h"
#include "tools/bansos-verify/keys/vault.h"
#include "tools/bansos-verify/replay/fault.h"

namespace bansos::verify {

class RecipientKeys {
 public:
  explicit RecipientKeys(const Vault& vault) : vault_(vault) {}

  // Faults: kKeyMissing, kKeyDamaged, kCommitmentDiffers.
  replay::Verdict Register(const ledger::v1::RecipientRegistered& registered);

  // Opens a value of a registered recipient into `plaintext`. Fault: kSealedDiffers.
  replay::Verdict Open(uint64_t recipient, SealedField field, const std::string& sealed,
                       std::string& plaintext) const;

  // The same for a value under the ledger key, bound to the source of a report.
  replay::Verdict OpenOfLedger(const ledger::v1::Source& source, SealedField field,
                               const std::string& sealed, std::string& plaintext) const;

 private:
  const Vault& vault_;
  absl::flat_hash_map<uint64_t, Secret> keys_;
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_KEYS_RECIPIENT_KEYS_H_

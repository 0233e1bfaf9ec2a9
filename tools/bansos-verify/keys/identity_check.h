// What is sealed of a recipient and of a payee, against the clear fields of its event and the
// indexes of the vault. Reasons name recipients by number and never quote what was sealed.
// Functions without state; REQUIRES: every rule allowed the event.
//
// Faults: kSealedLayout, kBadNik, kBadKk, kBadIdentity, kBadAccount, kNameDiffers, kNumberDiffers,
// kNumberShared.
#ifndef TOOLS_BANSOS_VERIFY_KEYS_IDENTITY_CHECK_H_
#define TOOLS_BANSOS_VERIFY_KEYS_IDENTITY_CHECK_H_

#include <cstdint>
#include <string>

#include "bansos/ledger/v1/event.pb.h"
#include "bansos/ledger/v1/sealed.pb.h"
#include "tools/bansos-verify/keys/vault.h"
#include "tools/bansos-verify/replay/fault.h"

namespace bansos::verify {

// What the clear fields say of an identity.
struct ClearIdentity {
  uint64_t recipient = 0;
  ledger::v1::RecipientKind kind = ledger::v1::RECIPIENT_KIND_UNSPECIFIED;
  uint64_t kk_token = 0;
};

// The NIK or registration number is plausible and has, in the vault, this recipient number and no
// other; the KK has this token.
// `name` is then the name in it.
replay::Verdict CheckIdentity(const Vault& vault, const ClearIdentity& clear,
                              const std::string& plaintext, std::string& name);

// The account has, in the vault, this token; where the holder's name was compared with the
// `registered` one, the event says rightly whether it differs.
replay::Verdict CheckPayee(const Vault& vault, const ledger::v1::PayeeAssigned& assigned,
                           const std::string& plaintext, const std::string& registered);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_KEYS_IDENTITY_CHECK_H_

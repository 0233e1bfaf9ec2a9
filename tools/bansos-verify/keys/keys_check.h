// MakeKeysCheck: the profile `with-keys`: all of `public`, and what shows only who can open the
// sealed values: the keys are those that the log commits to, every sealed value is sealed as the
// place where it stands, numbers and tokens agree with NIK, accounts and family cards, and truth
// values follow from the assessments.
//
// Faults beside those of `public`: kKeyMissing, kKeyDamaged, kCommitmentDiffers, kSealedDiffers,
// kSealedLayout, kBadNik, kBadKk, kBadIdentity, kBadAccount, kNumberDiffers, kNumberShared,
// kBadValues, kTruthDiffers, kDecreeOrder, kVaultDamaged. No reason holds personal data.
#ifndef TOOLS_BANSOS_VERIFY_KEYS_KEYS_CHECK_H_
#define TOOLS_BANSOS_VERIFY_KEYS_KEYS_CHECK_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "tools/bansos-verify/rules/event_check.h"

namespace bansos::verify {

// `vault_dir` is the vault of the log, stopped, or a copy of it; nothing is written there.
// Errors: NOT_FOUND (no vault or key file), FAILED_PRECONDITION (another key, or a key file that
// others can read), INVALID_ARGUMENT (no key file), DATA_LOSS (the vault cannot be read).
absl::StatusOr<std::unique_ptr<EventCheck>> MakeKeysCheck(const std::string& vault_dir,
                                                          const std::string& key_file);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_KEYS_KEYS_CHECK_H_

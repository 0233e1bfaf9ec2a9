// Sealing: the plaintext layouts (sealed.proto) of what the vault seals for the log, so that every
// service writes and reads them the same way. Deterministic: the same values seal to the same
// bytes. Thread-safe. The vault outlives it.
#ifndef GRPC_SEALING_H_
#define GRPC_SEALING_H_

#include <string>

#include "absl/status/statusor.h"
#include "bansos/ledger/v1/sealed.pb.h"
#include "grpc/item_reader.h"
#include "ledger/base/ids.h"
#include "ledger/domain/values.h"
#include "ledger/vault/vault.h"

namespace bansos {

class Sealing {
 public:
  explicit Sealing(const Vault& vault) : vault_(vault) {}

  // NOT_FOUND when the number has no key: it was never given out.
  absl::StatusOr<std::string> Seal(RecipientNumber recipient,
                                   const ledger::v1::SealedIdentity& identity) const;
  absl::StatusOr<std::string> Seal(RecipientNumber recipient,
                                   const ledger::v1::SealedPayee& payee) const;
  absl::StatusOr<std::string> Seal(RecipientNumber recipient,
                                   const ledger::v1::SealedAssessment& assessment) const;

  // DATA_LOSS when the value was not sealed as what it is read as.
  absl::StatusOr<ledger::v1::SealedIdentity> UnsealIdentity(RecipientNumber recipient,
                                                            const std::string& sealed) const;
  absl::StatusOr<ledger::v1::SealedPayee> UnsealPayee(RecipientNumber recipient,
                                                      const std::string& sealed) const;
  absl::StatusOr<ledger::v1::SealedAssessment> UnsealAssessment(RecipientNumber recipient,
                                                                const std::string& sealed) const;

  // The bank's own reference under the recipient's key, as the log keeps it where the report is
  // about a payment that the ledger has. Empty where the number has no key; empty stays empty.
  absl::StatusOr<std::string> SealBankReference(RecipientNumber recipient,
                                                const std::string& reference) const;
  // The same under the ledger key, bound to the report's source: where it is about nobody's.
  absl::StatusOr<std::string> SealStrangersBankReference(const Source& source,
                                                         const std::string& reference) const;
  // What the bank reports as our reference: under the ledger key, bound to the report's source.
  absl::StatusOr<std::string> SealReportedReference(const Source& source,
                                                    const std::string& reference) const;

 private:
  const Vault& vault_;
};

// The sealed message; refused as RECIPIENT_UNKNOWN when the number has no key. Empty when `reader`
// has found a fault already.
template <typename Message>
std::string SealOrRefuse(const Sealing& sealing, RecipientNumber recipient, const Message& message,
                         ItemReader& reader) {
  if (!reader.ok() || !reader.failure().ok()) return {};
  absl::StatusOr<std::string> sealed = sealing.Seal(recipient, message);
  if (sealed.ok()) return *std::move(sealed);
  if (absl::IsNotFound(sealed.status())) {
    reader.Refuse(RefusalCode::kRecipientUnknown, "recipient", Shown(recipient));
  } else {
    reader.Fail(sealed.status());
  }
  return {};
}

}  // namespace bansos

#endif  // GRPC_SEALING_H_

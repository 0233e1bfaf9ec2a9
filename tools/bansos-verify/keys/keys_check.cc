#include "tools/bansos-verify/keys/keys_check.h"

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/keys/assessed_values.h"
#include "tools/bansos-verify/keys/decree_order.h"
#include "tools/bansos-verify/keys/identity_check.h"
#include "tools/bansos-verify/keys/recipient_keys.h"
#include "tools/bansos-verify/keys/vault.h"
#include "tools/bansos-verify/replay/body.h"
#include "tools/bansos-verify/rules/replayer.h"

namespace bansos::verify {
namespace {

namespace v1 = ledger::v1;
using replay::kAllowed;

class KeysCheck : public EventCheck {
 public:
  explicit KeysCheck(std::unique_ptr<Vault> vault) : vault_(std::move(vault)), keys_(*vault_) {}

  std::optional<Fault> Check(uint64_t position, std::string_view entry) override {
    if (std::optional<Fault> fault = replayer_.Check(position, entry)) return fault;
    replay::Verdict fault = replay::VisitBody(
        replayer_.event(), [this](const auto& body) { return CheckSealed(body); });
    if (fault.has_value()) return AtPosition(position, *std::move(fault));
    order_.Take(state(), replayer_.event(), values_);
    return std::nullopt;
  }

  std::optional<Fault> Finish(uint64_t size) override {
    if (std::optional<Fault> fault = replayer_.Finish(size)) return fault;
    if (std::optional<Fault> fault = order_.Finish()) return fault;
    if (vault_->damage().empty()) return std::nullopt;
    return AtPosition(size == 0 ? 0 : size - 1,
                      {"kVaultDamaged", "no event needs it, but " + vault_->damage()});
  }

  std::vector<std::string> Findings() const override { return replayer_.Findings(); }

  std::vector<std::string> Exclusions() const override {
    std::vector<std::string> exclusions = {
        "That a NIK or family card was issued, and to this person, was not checked: only that its "
        "digits are possible and that it has one recipient number.",
    };
    for (std::string& exclusion : ExclusionsOfEveryProfile()) {
      exclusions.push_back(std::move(exclusion));
    }
    return exclusions;
  }

 private:
  const replay::State& state() const { return replayer_.ledger().state(); }

  // Most events have nothing sealed and nothing that follows from it.
  template <typename Body>
  replay::Verdict CheckSealed(const Body& body) {
    if constexpr (requires { body.sealed_bank_reference(); }) return CheckBankReference(body);
    return kAllowed;
  }

  replay::Verdict CheckSealed(const v1::RecipientRegistered& registered) {
    RETURN_IF_FAULT(keys_.Register(registered));
    return CheckIdentityOf(registered, registered.kind());
  }

  replay::Verdict CheckSealed(const v1::IdentityCorrected& corrected) {
    return CheckIdentityOf(corrected, state().recipients.at(corrected.recipient()).kind);
  }

  replay::Verdict CheckSealed(const v1::PayeeAssigned& assigned) {
    std::string plaintext;
    RETURN_IF_FAULT(keys_.Open(assigned.recipient(), SealedField::kPayeeDetails,
                               assigned.sealed_details(), plaintext));
    return CheckPayee(*vault_, assigned, plaintext, names_[assigned.recipient()]);
  }

  replay::Verdict CheckSealed(const v1::AssessmentRecorded& assessment) {
    std::string plaintext;
    RETURN_IF_FAULT(keys_.Open(assessment.recipient(), SealedField::kAssessment,
                               assessment.sealed_values(), plaintext));
    return values_.Record(state(), assessment, plaintext);
  }

  replay::Verdict CheckSealed(const v1::EligibilityDecided& decided) {
    return values_.CheckTruths(state(), decided);
  }

  replay::Verdict CheckSealed(const v1::ReportHeld& held) {
    std::string plaintext;
    RETURN_IF_FAULT(keys_.OpenOfLedger(held.source(), SealedField::kReportedReference,
                                       held.sealed_reference(), plaintext));
    if (held.has_payment()) return CheckBankReference(held);
    if (held.sealed_bank_reference().empty()) return kAllowed;
    return keys_.OpenOfLedger(held.source(), SealedField::kBankReference,
                              held.sealed_bank_reference(), plaintext);
  }

  template <typename Body>
  replay::Verdict CheckIdentityOf(const Body& body, v1::RecipientKind kind) {
    std::string plaintext;
    RETURN_IF_FAULT(
        keys_.Open(body.recipient(), SealedField::kIdentity, body.sealed_identity(), plaintext));
    return CheckIdentity(*vault_,
                         {.recipient = body.recipient(), .kind = kind, .kk_token = body.kk_token()},
                         plaintext, names_[body.recipient()]);
  }

  // About a payment of the ledger, hence of a registered recipient.
  template <typename Report>
  replay::Verdict CheckBankReference(const Report& report) {
    if (report.sealed_bank_reference().empty()) return kAllowed;
    std::string plaintext;
    return keys_.Open(report.payment().recipient(), SealedField::kBankReference,
                      report.sealed_bank_reference(), plaintext);
  }

  std::unique_ptr<Vault> vault_;
  Replayer replayer_;
  RecipientKeys keys_;
  AssessedValues values_;
  absl::flat_hash_map<uint64_t, std::string> names_;  // registered, by recipient
  DecreeOrder order_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<EventCheck>> MakeKeysCheck(const std::string& vault_dir,
                                                          const std::string& key_file) {
  TRY_ASSIGN(std::unique_ptr<Vault> vault, Vault::Open(vault_dir, key_file));
  return std::make_unique<KeysCheck>(std::move(vault));
}

}  // namespace bansos::verify

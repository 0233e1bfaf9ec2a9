#include "tools/bansos-verify/keys/identity_check.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "tools/bansos-verify/keys/holder_name.h"
#include "tools/bansos-verify/keys/layout.h"
#include "tools/bansos-verify/keys/personal_numbers.h"
#include "tools/bansos-verify/replay/dates.h"

namespace bansos::verify {
namespace {

namespace v1 = ledger::v1;
using replay::kAllowed;

constexpr size_t kMaxRegistrationNumber = 64;

const char* NameOf(IndexTable index) {
  switch (index) {
    case IndexTable::kIdentity:
      return "the identity";
    case IndexTable::kAccount:
      return "the account";
    case IndexTable::kKk:
      return "the family card";
  }
  return "?";
}

// Value and number belong to each other, both ways.
replay::Verdict CheckNumber(const Vault& vault, IndexTable index, const std::string& value,
                            uint64_t stated) {
  const absl::StatusOr<uint64_t> number = vault.NumberOf(index, value);
  FAULT_UNLESS(number.ok(), "kNumberDiffers", NameOf(index), " with the number ", stated, ": ",
               number.status().message());
  FAULT_UNLESS(*number == stated, "kNumberDiffers", NameOf(index), " that is sealed here has the ",
               "number ", *number, " in the vault, and the event says ", stated);
  FAULT_UNLESS(!vault.IsShared(index, stated), "kNumberShared", "the vault gives the number ",
               stated, " of ", NameOf(index), " to another value too");
  return kAllowed;
}

replay::Verdict CheckPerson(const Vault& vault, const ClearIdentity& clear,
                            const v1::SealedIdentity& identity) {
  RETURN_IF_FAULT(CheckNik(identity.nik()));
  RETURN_IF_FAULT(CheckKk(identity.kk()));
  FAULT_UNLESS(identity.registration_number().empty(), "kBadIdentity", "recipient ",
               clear.recipient, " is a person with a registration number");
  RETURN_IF_FAULT(CheckNumber(vault, IndexTable::kIdentity, absl::StrCat("nik:", identity.nik()),
                              clear.recipient));
  return CheckNumber(vault, IndexTable::kKk, identity.kk(), clear.kk_token);
}

replay::Verdict CheckInstitution(const Vault& vault, const ClearIdentity& clear,
                                 const v1::SealedIdentity& identity) {
  FAULT_UNLESS(identity.nik().empty() && identity.kk().empty(), "kBadIdentity", "recipient ",
               clear.recipient, " is an institution with a NIK or a family card");
  const std::string number =
      absl::AsciiStrToUpper(absl::StripAsciiWhitespace(identity.registration_number()));
  FAULT_UNLESS(!number.empty() && number.size() <= kMaxRegistrationNumber &&
                   std::ranges::all_of(number, absl::ascii_isgraph),
               "kBadIdentity", "recipient ", clear.recipient,
               " is an institution without a registration number of 1 to ", kMaxRegistrationNumber,
               " characters");
  return CheckNumber(vault, IndexTable::kIdentity, absl::StrCat("inst:", number), clear.recipient);
}

bool HasAccount(v1::Channel channel) {
  return channel == v1::CHANNEL_BANK_ACCOUNT || channel == v1::CHANNEL_VIRTUAL_ACCOUNT;
}

}  // namespace

replay::Verdict CheckIdentity(const Vault& vault, const ClearIdentity& clear,
                              const std::string& plaintext, std::string& name) {
  v1::SealedIdentity identity;
  RETURN_IF_FAULT(ReadLayout(plaintext, identity));
  name = identity.name();
  FAULT_UNLESS(!identity.name().empty(), "kBadIdentity", "recipient ", clear.recipient,
               " has no name");
  FAULT_UNLESS(identity.birth_date() == 0 || replay::IsCalendarDate(identity.birth_date()),
               "kBadIdentity", "the date of birth of recipient ", clear.recipient,
               " is no calendar date");
  FAULT_UNLESS(v1::Sex_IsValid(identity.sex()), "kBadIdentity", "the sex of recipient ",
               clear.recipient, " is not a published value");
  return clear.kind == v1::RECIPIENT_KIND_PERSON ? CheckPerson(vault, clear, identity)
                                                 : CheckInstitution(vault, clear, identity);
}

replay::Verdict CheckPayee(const Vault& vault, const v1::PayeeAssigned& assigned,
                           const std::string& plaintext, const std::string& registered) {
  v1::SealedPayee payee;
  RETURN_IF_FAULT(ReadLayout(plaintext, payee));
  const bool differs =
      assigned.has_identity_position() && !IsSameName(registered, payee.holder_name());
  FAULT_UNLESS(assigned.name_differs() == differs, "kNameDiffers", "the event says that the ",
               "holder of the account of recipient ", assigned.recipient(), " has ",
               assigned.name_differs() ? "another" : "the registered", " name, and the names that ",
               "are sealed say otherwise");
  if (!HasAccount(assigned.channel())) {
    FAULT_UNLESS(payee.account_number().empty(), "kBadAccount", "recipient ", assigned.recipient(),
                 " is paid in cash and has an account number");
    return kAllowed;
  }
  return CheckNumber(vault, IndexTable::kAccount,
                     AccountValue(payee.bank(), payee.account_number()), assigned.account_token());
}

}  // namespace bansos::verify

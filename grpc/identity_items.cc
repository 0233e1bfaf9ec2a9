#include "grpc/identity_items.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "grpc/identity_shape.h"
#include "grpc/limits.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

// Stands for a token or sealed value that a dry run does not make: no vault comes to this number.
constexpr uint64_t kPlaceholderToken = kMaxToken;
constexpr char kPlaceholderSealed[] = "placeholder";

// An item whose shape is checked; its place among the values asked of the vault is its place among
// the items that are not refused.
struct Pending {
  Envelope envelope;
  RecipientNumber number;
  RecipientKind kind = RecipientKind::kPerson;
  AreaCode area = 0;
  std::string identity;  // The vault's name of it.
  std::string kk;        // Empty for institutions.
  ledger::v1::SealedIdentity plain;
  Fault fault;
  bool refused = false;
};

// Reads all identity data but NIK and registration number.
void ReadIdentity(const v1::Identity& identity, Pending& pending, ItemReader& reader) {
  ledger::v1::SealedIdentity& plain = pending.plain;
  const auto text = [&](std::string_view field, const std::string& value) {
    return reader.ReadSealedText(field, value, kMaxPersonalTextBytes);
  };
  if (absl::StripAsciiWhitespace(identity.name()).empty())
    reader.RefuseShape("BAD_TEXT", "identity.name", "it is empty.");
  plain.set_name(text("identity.name", identity.name()));
  plain.set_birth_place(text("identity.birth_place", identity.birth_place()));
  plain.set_birth_date(reader.ReadDate("identity.birth_date", identity.birth_date()));
  plain.set_sex(reader.ReadOptionalEnum<ledger::v1::Sex>("identity.sex", identity.sex()));
  plain.set_address(text("identity.address", identity.address()));
  if (pending.kind == RecipientKind::kPerson) {
    pending.kk = ReadKk("identity.kk", identity.kk(), reader);
    plain.set_kk(pending.kk);
  } else if (!identity.kk().empty()) {
    reader.RefuseShape("BAD_KK", "identity.kk", "an institution has none. Leave it empty.");
  }
}

// Reads who it is, and the vault's name for it.
void ReadName(const v1::Identity& identity, Pending& pending, ItemReader& reader) {
  if (pending.kind == RecipientKind::kPerson) {
    pending.identity = ReadNik("identity.nik", identity.nik(), reader);
    pending.plain.set_nik(identity.nik());
    if (!identity.registration_number().empty()) {
      reader.RefuseShape("BAD_REGISTRATION_NUMBER", "identity.registration_number",
                         "a person has none. Leave it empty.");
    }
  } else {
    pending.identity = ReadRegistrationNumber("identity.registration_number",
                                              identity.registration_number(), reader);
    pending.plain.set_registration_number(identity.registration_number());
    if (!identity.nik().empty()) {
      reader.RefuseShape("BAD_NIK", "identity.nik", "an institution has none. Leave it empty.");
    }
  }
}

void Conclude(Pending& pending, const ItemReader& reader) {
  pending.refused = !reader.ok();
  if (pending.refused) pending.fault = *reader.fault();
}

// The values of the items that are not refused.
std::vector<std::string> Collect(const std::vector<Pending>& items, std::string Pending::*value) {
  std::vector<std::string> values;
  for (const Pending& item : items) {
    if (!item.refused) values.push_back(item.*value);
  }
  return values;
}

}  // namespace

absl::StatusOr<std::vector<uint64_t>> IdentityItems::Tokens(TokenKind kind,
                                                            const std::vector<std::string>& values,
                                                            bool dry_run) const {
  std::vector<std::string> stated;
  for (const std::string& value : values) {
    if (!value.empty()) stated.push_back(value);
  }
  std::vector<uint64_t> found;
  if (dry_run) {
    for (const std::string& value : stated) {
      ASSIGN_OR_RETURN(const std::optional<uint64_t> token, vault_.FindToken(kind, value));
      found.push_back(token.value_or(kPlaceholderToken));
    }
  } else if (!stated.empty()) {
    ASSIGN_OR_RETURN(found, vault_.ReserveTokens(kind, stated));
  }
  std::vector<uint64_t> tokens;
  tokens.reserve(values.size());
  size_t next = 0;
  for (const std::string& value : values) tokens.push_back(value.empty() ? 0 : found[next++]);
  return tokens;
}

absl::StatusOr<std::vector<Reservation>> IdentityItems::Numbers(
    const std::vector<std::string>& identities, bool dry_run) const {
  if (identities.empty()) return std::vector<Reservation>();
  if (!dry_run) return vault_.ReserveRecipients(identities);
  std::vector<Reservation> reservations;
  for (const std::string& identity : identities) {
    Reservation& reservation = reservations.emplace_back();
    ASSIGN_OR_RETURN(const std::optional<RecipientNumber> known, vault_.FindRecipient(identity));
    if (known.has_value()) {
      reservation.number = *known;
      ASSIGN_OR_RETURN(reservation.key_commitment, vault_.KeyCommitment(*known));
    }
  }
  return reservations;
}

absl::StatusOr<PreparedRegistrations> IdentityItems::Register(
    const RequestHead& head, const v1::RegisterRecipientsRequest& request) const {
  RETURN_IF_ERROR(CheckItemCount(request.items_size()));
  std::vector<Pending> items(request.items_size());
  for (int i = 0; i < request.items_size(); ++i) {
    const v1::Registration& item = request.items(i);
    ItemReader reader;
    items[i].envelope = ReadEnvelope(head, &item.basis(), reader);
    items[i].kind = reader.ReadEnum<RecipientKind>("kind", item.kind());
    items[i].area = reader.ReadArea("area", item.area());
    ReadName(item.identity(), items[i], reader);
    ReadIdentity(item.identity(), items[i], reader);
    Conclude(items[i], reader);
  }
  ASSIGN_OR_RETURN(const std::vector<Reservation> numbers,
                   Numbers(Collect(items, &Pending::identity), head.dry_run));
  ASSIGN_OR_RETURN(const std::vector<uint64_t> kks,
                   Tokens(TokenKind::kKk, Collect(items, &Pending::kk), head.dry_run));

  PreparedRegistrations prepared;
  size_t next = 0;
  for (Pending& item : items) {
    if (item.refused) {
      prepared.items.push_back(std::move(item.fault));
      prepared.numbers.emplace_back();
      continue;
    }
    const Reservation& reservation = numbers[next];
    RecipientRegistered event{.recipient = reservation.number,
                              .kind = item.kind,
                              .area = item.area,
                              .kk_token = KkToken(kks[next]),
                              .sealed_identity = {},
                              .key_commitment = reservation.key_commitment};
    prepared.numbers.push_back(reservation.number);
    if (reservation.number.value() == 0) {  // New, in a dry run.
      event.recipient = RecipientNumber(vault_.NextRecipient().value() + next);
      event.sealed_identity = kPlaceholderSealed;
      event.key_commitment = std::string(32, '\0');
    } else {
      ASSIGN_OR_RETURN(event.sealed_identity, sealing_.Seal(reservation.number, item.plain));
    }
    prepared.items.push_back(Command{std::move(item.envelope), EventBody(std::move(event))});
    ++next;
  }
  return prepared;
}

absl::StatusOr<std::vector<PreparedItem>> IdentityItems::Correct(
    const RequestHead& head, const v1::CorrectIdentitiesRequest& request,
    const std::vector<std::optional<CorrectedRecipient>>& recipients) const {
  CHECK(recipients.size() == static_cast<size_t>(request.items_size()));
  std::vector<Pending> items(request.items_size());
  for (int i = 0; i < request.items_size(); ++i) {
    const v1::IdentityCorrection& item = request.items(i);
    ItemReader reader;
    items[i].envelope = ReadEnvelope(head, &item.basis(), reader);
    items[i].area = reader.ReadArea("area", item.area());
    if (!recipients[i].has_value()) {
      lookup_.Resolve("recipient", item.recipient(), reader);  // Says which shape fault, if any.
      reader.Refuse(RefusalCode::kRecipientUnknown, "recipient", "nobody is registered by it");
    } else {
      const CorrectedRecipient& recipient = *recipients[i];
      items[i].number = recipient.number;
      items[i].kind = recipient.kind;
      items[i].plain.set_nik(recipient.registered.nik());
      items[i].plain.set_registration_number(recipient.registered.registration_number());
      if (!item.identity().nik().empty() && item.identity().nik() != recipient.registered.nik()) {
        reader.RefuseShape("BAD_NIK", "identity.nik",
                           "it is not the recipient's. A NIK is never corrected: leave it empty, "
                           "or name the recipient that has it.");
      }
      const std::string& number = item.identity().registration_number();
      if (!number.empty() && number != recipient.registered.registration_number()) {
        reader.RefuseShape("BAD_REGISTRATION_NUMBER", "identity.registration_number",
                           "it is not the recipient's. It is never corrected: leave it empty, or "
                           "name the recipient that has it.");
      }
    }
    ReadIdentity(item.identity(), items[i], reader);
    Conclude(items[i], reader);
  }
  ASSIGN_OR_RETURN(const std::vector<uint64_t> kks,
                   Tokens(TokenKind::kKk, Collect(items, &Pending::kk), head.dry_run));
  std::vector<PreparedItem> prepared;
  size_t next = 0;
  for (Pending& item : items) {
    if (item.refused) {
      prepared.push_back(std::move(item.fault));
      continue;
    }
    IdentityCorrected event{.recipient = item.number,
                            .area = item.area,
                            .kk_token = KkToken(kks[next++]),
                            .sealed_identity = {}};
    ASSIGN_OR_RETURN(event.sealed_identity, sealing_.Seal(item.number, item.plain));
    prepared.push_back(Command{std::move(item.envelope), EventBody(std::move(event))});
  }
  return prepared;
}

}  // namespace bansos

#include <utility>

#include "absl/strings/ascii.h"
#include "bansos/v1/recipient_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/import/kinds.h"
#include "tools/bansosctl/import/nik_agreement.h"

namespace bansos {
namespace {

constexpr char kDiffersFromNik[] = "birth date or sex differs from the NIK";

enum : size_t {
  kNik,
  kKk,
  kRegistrationNumber,
  kName,
  kBirthPlace,
  kBirthDate,
  kSex,
  kAddress,
  kArea,
  kKind,
};

const EnumNames& KindNames() {
  static const auto* const kNames =
      new EnumNames(ledger::v1::RecipientKind_descriptor(), "RECIPIENT_KIND_");
  return *kNames;
}

class RecipientsKind final
    : public MethodKind<v1::RecipientService::Stub, v1::RegisterRecipientsRequest,
                        v1::RegisterRecipientsResponse> {
 public:
  explicit RecipientsKind(ImportContext context)
      : MethodKind(std::move(context), &v1::RecipientService::Stub::RegisterRecipients) {}

  const std::vector<ImportColumn>& columns() const override { return RecipientsColumns(); }
  // Numbers are given in the order of the rows, the same after any interruption.
  size_t requests_in_flight() const override { return kOneRequestInFlight; }

  absl::Status CheckRows(CsvReader& rows) const override {
    if (!rows.HasColumn(kBirthDate) && !rows.HasColumn(kSex)) return absl::OkStatus();
    NikAgreement agreement;
    while (true) {
      ASSIGN_OR_RETURN(const CsvReader::Step step, rows.Next());
      if (step == CsvReader::Step::kEnd) return agreement.Check();
      if (step == CsvReader::Step::kRejected) continue;
      RowReading row(rows);
      const std::string nik = row.Nik(kNik);
      const std::string birth_date = row.Date(kBirthDate, Need::kOptional);
      const v1::Sex sex = ReadSex(row);
      if (!row.ok() || (birth_date.empty() && sex == v1::SEX_UNSPECIFIED)) continue;
      agreement.Add(rows.row(), AgreesWithNik(nik, birth_date, sex));
    }
  }

  bool Add(RowReading& row) override {
    v1::Registration& item = *request_.add_items();
    const int stated = row.Enum(kKind, KindNames(), Need::kOptional);
    const bool institution = stated == ledger::v1::RECIPIENT_KIND_INSTITUTION ||
                             (stated == 0 && !row.Has(kNik) && row.Has(kRegistrationNumber));
    item.set_kind(institution ? ledger::v1::RECIPIENT_KIND_INSTITUTION
                              : ledger::v1::RECIPIENT_KIND_PERSON);
    v1::Identity& identity = *item.mutable_identity();
    if (institution) {
      ReadInstitution(row, identity);
    } else {
      ReadPerson(row, identity);
    }
    identity.set_name(row.Text(kName));
    identity.set_address(row.Text(kAddress, Need::kOptional));
    item.set_area(row.Area(kArea));
    if (!KeepItem(row)) return false;
    differing_ += DiffersFromNik(identity);
    return true;
  }

  ImportCall Take() override {
    return [call = MethodKind::Take(), differing = std::exchange(differing_, 0)] {
      absl::StatusOr<ImportAnswer> answer = call();
      if (answer.ok() && differing > 0) answer->counts[kDiffersFromNik] += differing;
      return answer;
    };
  }

 private:
  // A warning and no error (DOMAIN 2): the NIK is kept when the date is corrected.
  static bool DiffersFromNik(const v1::Identity& identity) {
    return !identity.nik().empty() &&
           !AgreesWithNik(identity.nik(), identity.birth_date(), identity.sex());
  }

  static void ReadPerson(RowReading& row, v1::Identity& identity) {
    identity.set_nik(row.Nik(kNik));
    row.AddOrderKey(identity.nik());
    identity.set_kk(row.Kk(kKk));
    identity.set_birth_place(row.Text(kBirthPlace, Need::kOptional));
    identity.set_birth_date(row.Date(kBirthDate, Need::kOptional));
    identity.set_sex(ReadSex(row));
    if (row.Has(kRegistrationNumber)) {
      row.Fail(kRegistrationNumber, "a person has no registration number", "leave it empty");
    }
  }

  static void ReadInstitution(RowReading& row, v1::Identity& identity) {
    identity.set_registration_number(row.Text(kRegistrationNumber));
    for (const size_t column : {kNik, kKk, kBirthPlace, kBirthDate, kSex}) {
      if (row.Has(column)) row.Fail(column, "an institution has none", "leave it empty");
    }
  }

  // L and P as the identity card has them.
  static v1::Sex ReadSex(RowReading& row) {
    const std::string sex = absl::AsciiStrToUpper(row.Text(kSex, Need::kOptional));
    if (sex.empty()) return v1::SEX_UNSPECIFIED;
    if (sex == "L" || sex == "LAKI-LAKI" || sex == "MALE") return v1::SEX_MALE;
    if (sex == "P" || sex == "PEREMPUAN" || sex == "FEMALE") return v1::SEX_FEMALE;
    row.Fail(kSex, "the value is not a known one", "use L (laki-laki) or P (perempuan)");
    return v1::SEX_UNSPECIFIED;
  }

  uint64_t differing_ = 0;  // of the pending request
};

}  // namespace

const std::vector<ImportColumn>& RecipientsColumns() {
  static const auto* const kColumns = new std::vector<ImportColumn>{
      {{.name = "nik", .personal = true, .long_numbers = true, .names_the_row = true},
       "NIK of a person; empty for an institution",
       "16 digits; never with E . or , (a spreadsheet has then damaged it)"},
      {{.name = "kk", .personal = true, .long_numbers = true},
       "family card of a person; empty for an institution",
       "16 digits"},
      {{.name = "registration_number", .required = false, .long_numbers = true},
       "registration number of an institution; empty for a person",
       "text without spaces"},
      {{.name = "name", .personal = true}, "name", "text"},
      {{.name = "birth_place", .required = false, .personal = true}, "place of birth", "text"},
      {{.name = "birth_date", .required = false, .personal = true, .dates = true},
       "date of birth",
       "YYYY-MM-DD or DD/MM/YYYY; the day first in the whole column"},
      {{.name = "sex", .required = false}, "sex", "L or P"},
      {{.name = "address", .required = false, .personal = true}, "address", "text"},
      {{.name = "area"}, "kabupaten or kota of residence", "Kemendagri code: 33.74 or 3374"},
      {{.name = "kind", .required = false},
       "what the recipient is",
       KindNames().Listed() + "; when empty: INSTITUTION if only registration_number is filled"},
  };
  return *kColumns;
}

std::unique_ptr<ImportKind> NewRecipientsKind(ImportContext context) {
  return std::make_unique<RecipientsKind>(std::move(context));
}

}  // namespace bansos

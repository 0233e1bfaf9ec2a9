#include "tools/bansosctl/import/recipient_ref.h"

#include <limits>

namespace bansos {

std::vector<ImportColumn> RecipientColumns() {
  return {
      {{.name = "nik",
        .required = false,
        .personal = true,
        .long_numbers = true,
        .names_the_row = true},
       "the person",
       "16 digits; never with E . or , (a spreadsheet has then damaged it)"},
      {{.name = "registration_number", .required = false, .long_numbers = true},
       "the institution, instead of nik",
       "text without spaces"},
      {{.name = "recipient", .required = false},
       "the recipient by number, instead of nik",
       "whole number"},
  };
}

absl::Status CheckRecipientHeader(const CsvReader& reader) {
  for (size_t column = 0; column < kRefColumnCount; ++column) {
    if (reader.HasColumn(column)) return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      "the header: no column names the recipient: add nik, registration_number or recipient");
}

void ReadRecipient(RowReading& row, v1::RecipientRef& recipient) {
  const int stated = row.Has(kRefNik) + row.Has(kRefRegistrationNumber) + row.Has(kRefNumber);
  if (stated != 1) {
    row.Fail(kRefNik, stated == 0 ? "the row names no recipient" : "the row names two recipients",
             "fill exactly one of nik, registration_number and recipient");
    return;
  }
  if (row.Has(kRefNik)) {
    recipient.set_nik(row.Nik(kRefNik));
    row.AddOrderKey(recipient.nik());
  } else if (row.Has(kRefRegistrationNumber)) {
    recipient.set_registration_number(row.Text(kRefRegistrationNumber));
    row.AddOrderKey(recipient.registration_number());
  } else {
    recipient.set_number(row.Count(kRefNumber, std::numeric_limits<uint64_t>::max()));
    row.AddOrderKey(row.reader().Get(kRefNumber));
  }
}

std::vector<ImportColumn> DocumentColumnList(const std::string& default_kind, bool date_required) {
  return {
      {{.name = "document_number"}, "number of the document that says so", "text"},
      {{.name = "document_date", .required = date_required, .dates = true},
       "date of that document",
       date_required ? "YYYY-MM-DD or DD/MM/YYYY" : "YYYY-MM-DD or DD/MM/YYYY; else the survey's"},
      {{.name = "document_kind", .required = false},
       "kind of that document",
       "code in capitals; " + default_kind + " when empty"},
  };
}

void ReadDocument(RowReading& row, const DocumentColumns& columns, const std::string& default_kind,
                  const std::string& fallback_date, v1::Basis& basis) {
  v1::Document& document = *basis.mutable_document();
  const std::string kind = row.Text(columns.kind, Need::kOptional);
  document.set_kind(kind.empty() ? default_kind : kind);
  document.set_number(row.Text(columns.number));
  const Need date_need = fallback_date.empty() ? Need::kRequired : Need::kOptional;
  const std::string date = row.Date(columns.date, date_need);
  document.set_date(date.empty() ? fallback_date : date);
}

}  // namespace bansos

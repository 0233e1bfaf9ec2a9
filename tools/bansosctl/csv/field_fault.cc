#include "tools/bansosctl/csv/field_fault.h"

#include "ledger/base/check.h"

namespace bansos {
namespace {

struct FaultText {
  FieldFault fault;
  std::string_view name;
  std::string_view reason;
  std::string_view what_to_do;
};

constexpr FaultText kTexts[] = {
    {FieldFault::kEmpty, "EMPTY", "the value is empty", "fill it in"},
    {FieldFault::kSpreadsheetNumber, "SPREADSHEET_NUMBER",
     "a spreadsheet has turned the digits into a number (it holds E, a point or a comma)",
     "take the number from the source again and format the column as text; digits are lost"},
    {FieldFault::kFifteenDigits, "FIFTEEN_DIGITS",
     "only 15 digits: a spreadsheet keeps no more than that",
     "take the number from the source again and format the column as text"},
    {FieldFault::kNotDigits, "NOT_DIGITS", "something other than digits stands in the number",
     "write digits only"},
    {FieldFault::kWrongLength, "WRONG_LENGTH", "the number has the wrong count of digits",
     "compare it with the document"},
    {FieldFault::kNotADate, "NOT_A_DATE", "not a date",
     "write it as 2025-01-31, 31/01/2025 or 31-01-2025"},
    {FieldFault::kSpreadsheetDate, "SPREADSHEET_DATE",
     "a spreadsheet has turned the date into a day count",
     "format the column as a date (31/01/2025) before saving as CSV"},
    {FieldFault::kDateOutOfRange, "DATE_OUT_OF_RANGE", "the year is not within 1900 to 2999",
     "compare it with the document"},
    {FieldFault::kNotAnAmount, "NOT_AN_AMOUNT", "not an amount in rupiah",
     "write it as 1200000, 1.200.000 or 1.200.000,00"},
    {FieldFault::kFractionOfRupiah, "FRACTION_OF_RUPIAH", "the amount has a fraction of a rupiah",
     "write whole rupiah"},
    {FieldFault::kNegativeAmount, "NEGATIVE_AMOUNT", "the amount is negative",
     "write a positive amount; what takes money back is another document"},
    {FieldFault::kAmountTooLarge, "AMOUNT_TOO_LARGE", "the amount is larger than the ledger holds",
     "compare it with the document"},
    {FieldFault::kNotAnAreaCode, "NOT_AN_AREA_CODE", "not an area code",
     "write the Kemendagri code as 33.74 or 3374 (33.74.01 and 33.74.01.1001 for finer levels)"},
    {FieldFault::kNotAnInteger, "NOT_AN_INTEGER", "not a whole number", "write digits only"},
    {FieldFault::kOutOfRange, "OUT_OF_RANGE", "the number is out of range",
     "compare it with where it comes from"},
    {FieldFault::kLooksLikeNik, "LOOKS_LIKE_NIK",
     "16 digits or more: it could be a NIK, and no number of the ledger is that long",
     "state the ledger's own number, or give the NIK only where a NIK is asked for"},
    {FieldFault::kUnknownName, "UNKNOWN_NAME", "not one of the known values",
     "write one of the known values"},
};

const FaultText& TextOf(FieldFault fault) {
  for (const FaultText& text : kTexts) {
    if (text.fault == fault) return text;
  }
  CHECK(false) << "fault without a text: " << static_cast<int>(fault);
  return kTexts[0];
}

}  // namespace

FieldError::FieldError(FieldFault fault)
    : fault(fault), reason(TextOf(fault).reason), what_to_do(TextOf(fault).what_to_do) {}

FieldError::FieldError(FieldFault fault, std::string_view detail) : FieldError(fault) {
  reason += ": ";
  reason += detail;
}

std::string_view FaultName(FieldFault fault) { return TextOf(fault).name; }

}  // namespace bansos

// FieldFault: every way in which a value of a file can be wrong, with its sentence and its cure in
// one table. The names are stable: tests, summaries and manuals cite them.
#ifndef TOOLS_BANSOSCTL_CSV_FIELD_FAULT_H_
#define TOOLS_BANSOSCTL_CSV_FIELD_FAULT_H_

#include <string>
#include <string_view>

namespace bansos {

enum class FieldFault {
  kEmpty,
  kSpreadsheetNumber,
  kFifteenDigits,
  kNotDigits,
  kWrongLength,
  kNotADate,
  kSpreadsheetDate,
  kDateOutOfRange,
  kNotAnAmount,
  kFractionOfRupiah,
  kNegativeAmount,
  kAmountTooLarge,
  kNotAnAreaCode,
  kNotAnInteger,
  kOutOfRange,
  kLooksLikeNik,
  kUnknownName,
};

struct FieldError {
  explicit FieldError(FieldFault fault);
  // `detail` is put behind the sentence of the table; never holds the value itself.
  FieldError(FieldFault fault, std::string_view detail);

  FieldFault fault;
  std::string reason;
  std::string what_to_do;
};

// "kEmpty" -> "EMPTY" and so on.
std::string_view FaultName(FieldFault fault);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_FIELD_FAULT_H_

// Parsers for the values of registry files, each with named faults that say what to do.
//
// They refuse and never repair: a number that a spreadsheet has damaged has lost digits for good.
// Texts are expected as CsvReader::Get returns them (trimmed). Pure functions, thread-safe.
#ifndef TOOLS_BANSOSCTL_CSV_FIELDS_H_
#define TOOLS_BANSOSCTL_CSV_FIELDS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "absl/time/civil_time.h"
#include "tools/bansosctl/csv/field_fault.h"

namespace bansos {

// A value, or why there is none.
template <typename T>
class Parsed {
 public:
  Parsed(T value) : state_(std::move(value)) {}            // NOLINT: implicit like StatusOr
  Parsed(FieldError error) : state_(std::move(error)) {}   // NOLINT
  Parsed(FieldFault fault) : state_(FieldError(fault)) {}  // NOLINT
  bool ok() const { return state_.index() == 0; }
  // REQUIRES: ok().
  const T& operator*() const { return std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }
  // REQUIRES: !ok().
  const FieldError& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, FieldError> state_;
};

// YYYY-MM-DD, DD/MM/YYYY or DD-MM-YYYY (see date_text.h), of the years 1900 to 2999. Whether the
// day comes first throughout is seen over the whole column: see column_checks.h.
Parsed<absl::CivilDay> ParseDate(std::string_view text);

// Whole rupiah: 1200000, 1.200.000, 1.200.000,00 or 1.200.000,-, each optionally after "Rp".
Parsed<int64_t> ParseRupiah(std::string_view text);

// Kemendagri code, dotted: "33", "33.74", "33.74.01" or "33.74.01.1001", also from digits alone.
Parsed<std::string> ParseAreaCode(std::string_view text);

// A count or a number of the ledger, from `min` to `max`: 12764 or 12.764. The error never holds
// the value, which may be a NIK that was given for a recipient number.
Parsed<uint64_t> ParseCount(std::string_view text, uint64_t min, uint64_t max);

// A whole number in plain digits, with an optional minus sign, from `min` to `max`.
Parsed<int64_t> ParseInteger(std::string_view text, int64_t min, int64_t max);

// A string of digits that is no number: NIK, KK, account. `digits_min`..`digits_max` long. Says by
// name when a spreadsheet has damaged it (E, `.` or `,`; 15 digits where 16 belong).
Parsed<std::string> ParseDigits(std::string_view text, size_t digits_min, size_t digits_max);

// The index of `text` among `names`, upper and lower case alike. The error lists the names.
Parsed<size_t> ParseName(std::string_view text, std::span<const std::string_view> names);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_FIELDS_H_

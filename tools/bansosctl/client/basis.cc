#include "tools/bansosctl/client/basis.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/csv/fields.h"
#include "tools/bansosctl/format/number.h"

namespace bansos {
namespace {

constexpr uint64_t kNumberMax = std::numeric_limits<uint32_t>::max();

// The parts of `text` between slashes: a programme code, then whole numbers above 0.
absl::StatusOr<std::vector<uint64_t>> ParseKeyNumbers(std::string_view text, size_t numbers,
                                                      const char* form) {
  const std::string copy(text);
  const std::vector<std::string> parts = absl::StrSplit(copy, '/');
  std::vector<uint64_t> values;
  bool good = parts.size() == numbers + 1 && !parts[0].empty();
  for (size_t i = 1; good && i < parts.size(); ++i) {
    uint64_t value = 0;
    good = absl::SimpleAtoi(parts[i], &value) && value > 0;
    values.push_back(value);
  }
  if (!good) return absl::InvalidArgumentError(absl::StrCat("\"", copy, "\": write it as ", form));
  return values;
}

// Tranches, batches and payments have 32-bit numbers; a cut number would name another one.
absl::Status CheckFits(std::string_view text, std::initializer_list<uint64_t> numbers) {
  if (std::max(numbers) <= kNumberMax) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("\"", std::string(text), "\": a number is above ", kNumberMax));
}

absl::StatusOr<v1::Document> ParseDocument(std::string_view text) {
  const size_t first = text.find('/');
  const size_t last = text.rfind('/');
  if (first == std::string_view::npos || first == 0 || last <= first + 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("--document \"", std::string(text),
                     "\": write it as KIND/NUMBER/DATE, such as SK/460/12/2025/2025-01-10"));
  }
  v1::Document document;
  document.set_kind(std::string(text.substr(0, first)));
  document.set_number(std::string(text.substr(first + 1, last - first - 1)));
  ASSIGN_OR_RETURN(const std::string date, ToIsoDate("--document", text.substr(last + 1)));
  document.set_date(date);
  return document;
}

}  // namespace

absl::StatusOr<v1::Basis> ToBasis(const BasisOptions& options) {
  v1::Basis basis;
  if (!options.document.empty()) {
    ASSIGN_OR_RETURN(*basis.mutable_document(), ParseDocument(options.document));
    basis.mutable_document()->set_signatory(options.signatory);
  } else if (!options.signatory.empty()) {
    return absl::InvalidArgumentError("--signatory needs --document");
  }
  if (!options.effective_date.empty()) {
    ASSIGN_OR_RETURN(const std::string date, ToIsoDate("--effective-date", options.effective_date));
    basis.set_effective_date(date);
  }
  return basis;
}

absl::StatusOr<std::string> ToIsoDate(std::string_view option, std::string_view text) {
  const Parsed<absl::CivilDay> day = ParseDate(text);
  if (day.ok()) return FormatDate(*day);
  return absl::InvalidArgumentError(absl::StrCat(std::string(option), " \"", std::string(text),
                                                 "\": ", day.error().reason, ": ",
                                                 day.error().what_to_do));
}

absl::StatusOr<ledger::v1::BatchKey> ParseBatchKey(std::string_view text) {
  ASSIGN_OR_RETURN(const std::vector<uint64_t> numbers,
                   ParseKeyNumbers(text, 2, "PROGRAM/TRANCHE/NUMBER, such as KJS/1/1"));
  RETURN_IF_ERROR(CheckFits(text, {numbers[0], numbers[1]}));
  ledger::v1::BatchKey key;
  key.set_program(std::string(text.substr(0, text.find('/'))));
  key.set_tranche(static_cast<uint32_t>(numbers[0]));
  key.set_number(static_cast<uint32_t>(numbers[1]));
  return key;
}

absl::StatusOr<ledger::v1::PaymentKey> ParsePaymentKey(std::string_view text) {
  ASSIGN_OR_RETURN(
      const std::vector<uint64_t> numbers,
      ParseKeyNumbers(text, 3, "PROGRAM/TRANCHE/RECIPIENT/NUMBER, such as KJS/1/4711/1"));
  RETURN_IF_ERROR(CheckFits(text, {numbers[0], numbers[2]}));
  ledger::v1::PaymentKey key;
  key.set_program(std::string(text.substr(0, text.find('/'))));
  key.set_tranche(static_cast<uint32_t>(numbers[0]));
  key.set_recipient(numbers[1]);
  key.set_number(static_cast<uint32_t>(numbers[2]));
  return key;
}

std::string FormatBatchKey(const ledger::v1::BatchKey& key) {
  return absl::StrCat(key.program(), "/", key.tranche(), "/", key.number());
}

std::string FormatPaymentKey(const ledger::v1::PaymentKey& key) {
  return absl::StrCat(key.program(), "/", key.tranche(), "/", key.recipient(), "/", key.number());
}

}  // namespace bansos

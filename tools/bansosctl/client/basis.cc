#include "tools/bansosctl/client/basis.h"

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/csv/fields.h"
#include "tools/bansosctl/format/number.h"

namespace bansos {
namespace {

constexpr size_t kNikDigits = 16;
// Tranches, batches and payments have 32-bit numbers.
constexpr uint64_t kNumberMax = std::numeric_limits<uint32_t>::max();
constexpr uint64_t kRecipientMax = std::numeric_limits<uint64_t>::max();

// A key as an error may show it: whoever writes a NIK into one does not find it in a log.
std::string QuotedKey(std::string_view text) {
  size_t digits = 0;
  for (const char c : text) {
    digits = absl::ascii_isdigit(c) ? digits + 1 : 0;
    if (digits == kNikDigits) return "a key with 16 digits, which could be a NIK";
  }
  return absl::StrCat("\"", std::string(text), "\"");
}

// The parts of `text` between slashes: a programme code, then whole numbers above 0, each at most
// the one of `max` at its place: a cut number would name another thing.
absl::StatusOr<std::vector<uint64_t>> ParseKeyNumbers(std::string_view text,
                                                      std::initializer_list<uint64_t> max,
                                                      const char* form) {
  const std::string copy(text);
  const std::vector<std::string> parts = absl::StrSplit(copy, '/');
  const auto refuse = [&](absl::string_view what) {
    return absl::InvalidArgumentError(absl::StrCat(QuotedKey(text), ": ", what));
  };
  if (parts.size() != max.size() + 1 || parts[0].empty()) {
    return refuse(absl::StrCat("write it as ", form));
  }
  std::vector<uint64_t> values;
  for (const uint64_t bound : max) {
    const Parsed<uint64_t> value = ParseCount(parts[values.size() + 1], 1, bound);
    if (!value.ok()) return refuse(absl::StrCat(value.error().reason, "; write it as ", form));
    values.push_back(*value);
  }
  return values;
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
  ASSIGN_OR_RETURN(
      const std::vector<uint64_t> numbers,
      ParseKeyNumbers(text, {kNumberMax, kNumberMax}, "PROGRAM/TRANCHE/NUMBER, such as KJS/1/1"));
  ledger::v1::BatchKey key;
  key.set_program(std::string(text.substr(0, text.find('/'))));
  key.set_tranche(static_cast<uint32_t>(numbers[0]));
  key.set_number(static_cast<uint32_t>(numbers[1]));
  return key;
}

absl::StatusOr<ledger::v1::PaymentKey> ParsePaymentKey(std::string_view text) {
  ASSIGN_OR_RETURN(const std::vector<uint64_t> numbers,
                   ParseKeyNumbers(text, {kNumberMax, kRecipientMax, kNumberMax},
                                   "PROGRAM/TRANCHE/RECIPIENT/NUMBER, such as KJS/1/4711/1"));
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

#include "grpc/identity_shape.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ledger/domain/nik.h"

namespace bansos {
namespace {

// Registration numbers of institutions are far shorter; this is what a document number may have.
constexpr size_t kMaxRegistrationLength = 64;
// IBAN has 34 characters; Indonesian accounts 10 to 20 digits.
constexpr size_t kMinAccountLength = 5;
constexpr size_t kMaxAccountLength = 34;

std::string Advice(const char* fault) {
  return absl::StrCat(fault, ". Correct it at the source; the value is not shown here.");
}

// Letters and digits only, in capitals.
std::string Normalised(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (absl::ascii_isalnum(c)) result.push_back(absl::ascii_toupper(c));
  }
  return result;
}

}  // namespace

std::string ReadNik(std::string_view field, const std::string& nik, ItemReader& reader) {
  if (const std::optional<NikFault> fault = CheckNik(nik)) {
    reader.RefuseShape("BAD_NIK", field, Explain(*fault));
  }
  return absl::StrCat("nik:", nik);
}

std::string ReadRegistrationNumber(std::string_view field, const std::string& number,
                                   ItemReader& reader) {
  const std::string text = absl::AsciiStrToUpper(absl::StripAsciiWhitespace(number));
  const bool well_formed =
      !text.empty() && text.size() <= kMaxRegistrationLength &&
      std::all_of(text.begin(), text.end(), [](char c) { return absl::ascii_isgraph(c); });
  if (!well_formed) {
    reader.RefuseShape("BAD_REGISTRATION_NUMBER", field,
                       Advice("it must have 1 to 64 characters without spaces"));
  }
  return absl::StrCat("inst:", text);
}

std::string ReadKk(std::string_view field, const std::string& kk, ItemReader& reader) {
  if (const std::optional<NikFault> fault = CheckKk(kk)) {
    reader.RefuseShape("BAD_KK", field, Explain(*fault));
  }
  return kk;
}

std::string ReadAccount(const v1::PayeeDetails& details, ItemReader& reader) {
  const std::string& number = details.account_number();
  const bool known_characters = std::all_of(number.begin(), number.end(), [](char c) {
    return absl::ascii_isalnum(c) || c == ' ' || c == '-' || c == '.';
  });
  const std::string account = Normalised(number);
  // "1.23E+15" is a number that a spreadsheet rounded.
  const bool damaged = number.find_first_of("+,") != std::string::npos;
  if (!known_characters || damaged || account.size() < kMinAccountLength ||
      account.size() > kMaxAccountLength) {
    reader.RefuseShape("BAD_ACCOUNT", "details.account_number",
                       Advice("it must have 5 to 34 letters and digits; spaces, dots and hyphens "
                              "between them are allowed"));
  }
  const std::string bank = Normalised(details.bank());
  if (bank.empty()) {
    reader.RefuseShape("BAD_ACCOUNT", "details.bank",
                       "it is empty. State the bank that has the account.");
  }
  return absl::StrCat(bank, "/", account);
}

}  // namespace bansos

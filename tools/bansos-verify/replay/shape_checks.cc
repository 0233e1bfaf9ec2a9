#include "tools/bansos-verify/replay/shape_checks.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "tools/bansos-verify/replay/dates.h"

namespace bansos::replay {
namespace {

bool IsCapital(char c) { return absl::ascii_isupper(c) || absl::ascii_isdigit(c); }
bool IsCodeCharacter(char c) { return IsCapital(c) || c == '-' || c == '_' || c == '.'; }
bool IsNameCharacter(char c) { return IsCodeCharacter(c) || absl::ascii_islower(c); }
bool IsActorCharacter(char c) {
  return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '.' || c == '_' || c == '-' ||
         c == '@';
}

template <typename Predicate>
bool Consists(const std::string& text, size_t max_bytes, Predicate allowed) {
  return !text.empty() && text.size() <= max_bytes &&
         std::all_of(text.begin(), text.end(), allowed);
}

// The value itself is not repeated in the reason where it could be personal.
Verdict CheckDocument(const v1::Document& document) {
  RETURN_IF_FAULT(CheckCode(document.kind(), "kind of the document"));
  RETURN_IF_FAULT(CheckText(document.number(), "number of the document"));
  RETURN_IF_FAULT(CheckNotPersonal(document.number(), "number of the document"));
  RETURN_IF_FAULT(CheckDate(document.date(), "date of the document"));
  if (document.signatory().empty()) return kAllowed;
  return CheckActor(document.signatory(), "signatory of the document");
}

// Whether 16 digits have the day, month and serial that a NIK may have.
bool CouldBeNik(const std::string& digits) {
  const auto two = [&digits](size_t at) { return (digits[at] - '0') * 10 + digits[at + 1] - '0'; };
  const int day = two(6) > 40 ? two(6) - 40 : two(6);
  const bool one_digit = digits.find_first_not_of(digits[0]) == digits.npos;
  return day >= 1 && day <= 31 && two(8) >= 1 && two(8) <= 12 && two(12) + two(14) > 0 &&
         !one_digit;
}

// Whether a NIK stands in `id` with single dots, hyphens or spaces between its digits.
bool HoldsSpacedNik(const std::string& id) {
  std::string digits;
  char before = 0;
  for (const char c : id + "/") {
    if (absl::ascii_isdigit(c)) {
      digits += c;
    } else if (!absl::ascii_isdigit(before) || (c != '.' && c != '-' && c != ' ')) {
      if (digits.size() == kDigitsOfNik && CouldBeNik(digits)) return true;
      digits.clear();
    }
    before = c;
  }
  return false;
}

// Takes one character off a text that is not empty; nullopt when it is not UTF-8.
std::optional<char32_t> NextCharacter(std::string_view& text) {
  const auto byte = [&text](size_t at) { return static_cast<unsigned char>(text[at]); };
  const size_t bytes = byte(0) < 0x80 ? 1 : byte(0) < 0xe0 ? 2 : byte(0) < 0xf0 ? 3 : 4;
  if (text.size() < bytes || (byte(0) >= 0x80 && byte(0) < 0xc2) || byte(0) > 0xf4) return {};
  char32_t c = bytes == 1 ? byte(0) : byte(0) & (0xffu >> (bytes + 1));
  for (size_t at = 1; at < bytes; ++at) {
    if (byte(at) < 0x80 || byte(at) > 0xbf) return {};
    c = (c << 6) + (byte(at) - 0x80);
  }
  const bool too_long = (bytes == 3 && c < 0x800) || (bytes == 4 && c < 0x10000);
  if (too_long || (c >= 0xd800 && c <= 0xdfff) || c > 0x10ffff) return {};
  text.remove_prefix(bytes);
  return c;
}

// Control characters, and what changes direction or lines around it.
bool IsHidden(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x61c || c == 0x200e || c == 0x200f ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

bool IsBlank(char32_t c) {
  return c == 0x20 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f ||
         c == 0x205f || c == 0x3000;
}

}  // namespace

Verdict CheckNotPersonal(const std::string& id, const char* what) {
  size_t run = 0;
  for (char c : id) {
    run = absl::ascii_isdigit(c) ? run + 1 : 0;
    FAULT_UNLESS(run < kDigitsOfNik, "kActorIsPersonal", what, " holds ", kDigitsOfNik,
                 " digits in a row");
  }
  FAULT_UNLESS(!HoldsSpacedNik(id), "kActorIsPersonal", what, " holds the digits of a NIK");
  return kAllowed;
}

Verdict CheckActor(const std::string& actor, const char* what) {
  FAULT_UNLESS(Consists(actor, kMaxActorLength, IsActorCharacter), "kActorMissing", what,
               " is not 1 to 64 of a-z 0-9 . _ - @");
  return CheckNotPersonal(actor, what);
}

Verdict CheckCode(const std::string& code, const char* what) {
  FAULT_UNLESS(Consists(code, kMaxCodeLength, IsCodeCharacter), "kBadCode", what,
               " is not 1 to 31 of A-Z 0-9 - _ .");
  return CheckNotPersonal(code, what);
}

Verdict CheckName(const std::string& name, const char* what) {
  FAULT_UNLESS(Consists(name, kMaxCodeLength, IsNameCharacter), "kBadCode", what,
               " is not 1 to 31 of A-Z a-z 0-9 - _ .");
  return CheckNotPersonal(name, what);
}

Verdict CheckProgramCode(const std::string& program) {
  const bool good =
      Consists(program, kMaxProgramCodeLength, [](char c) { return IsCapital(c) || c == '-'; }) &&
      absl::ascii_isupper(program[0]);
  FAULT_UNLESS(good, "kBadCode", "programme is not 1 to 12 of A-Z 0-9 - from a letter on");
  return kAllowed;
}

Verdict CheckText(const std::string& text, const char* what) {
  FAULT_UNLESS(text.size() <= kMaxTextLength, "kTextTooLong", what, " has ", text.size(), " bytes");
  bool blank = true;
  for (std::string_view rest = text; !rest.empty();) {
    const std::optional<char32_t> c = NextCharacter(rest);
    FAULT_UNLESS(c.has_value(), "kBadText", what, " is not UTF-8");
    FAULT_UNLESS(!IsHidden(*c), "kBadText", what, " holds the hidden character ",
                 static_cast<uint32_t>(*c));
    blank = blank && IsBlank(*c);
  }
  FAULT_UNLESS(!blank, "kBadText", what, " is empty");
  return kAllowed;
}

Verdict CheckOptionalText(const std::string& text, const char* what) {
  return text.empty() ? kAllowed : CheckText(text, what);
}

Verdict CheckPlaceCode(const std::string& code, const char* what) {
  const std::vector<std::string> groups = absl::StrSplit(code, '.');
  bool good = groups.size() <= 4 && code[0] != '0';
  for (size_t i = 0; good && i < groups.size(); ++i) {
    good = Consists(groups[i], 4, [](char c) { return absl::ascii_isdigit(c); }) &&
           groups[i].size() == (i == 3 ? 4u : 2u);
  }
  FAULT_UNLESS(good, "kBadCode", what, " is not written as 33.74.01.1001 or the front of it");
  return kAllowed;
}

Verdict CheckDate(int32_t date, const char* what) {
  const int year = date / 10000;
  FAULT_UNLESS(IsCalendarDate(date) && year >= kMinYear && year <= kMaxYear, "kBadDate", what, " ",
               date, " is no calendar date of ", kMinYear, " to ", kMaxYear);
  return kAllowed;
}

Verdict CheckNumber(uint64_t number, uint64_t most, const char* what) {
  FAULT_UNLESS(number >= 1 && number <= most, "kBadNumber", what, " is not 1 to ", most);
  return kAllowed;
}

Verdict CheckAtMost(uint64_t number, uint64_t most, const char* what) {
  FAULT_UNLESS(number <= most, "kBadNumber", what, " is not 0 to ", most);
  return kAllowed;
}

Verdict CheckRecipient(uint64_t recipient) {
  return CheckNumber(recipient, kMaxRecipientNumber, "recipient number");
}

Verdict CheckAttemptShape(uint32_t attempt) {
  FAULT_UNLESS(attempt <= kMaxAttempts, "kAttemptOutOfOrder", "attempt ", attempt,
               " is above the last possible, ", kMaxAttempts);
  return CheckNumber(attempt, kMaxAttempts, "attempt");
}

Verdict CheckAmount(int64_t amount, const char* what) {
  FAULT_UNLESS(amount >= 1 && amount <= kMaxRupiah, "kBadAmount", what, " ", amount,
               " is not in 1 to ", kMaxRupiah);
  return kAllowed;
}

Verdict CheckTotal(int64_t total, const char* what) {
  FAULT_UNLESS(total >= 0 && total <= kMaxRupiah, "kBadAmount", what, " ", total);
  return kAllowed;
}

Verdict CheckSealed(const std::string& sealed, const char* what) {
  FAULT_UNLESS(!sealed.empty() && sealed.size() <= kMaxSealedLength, "kBadSealed", what, " has ",
               sealed.size(), " bytes");
  return kAllowed;
}

Verdict CheckOptionalSealed(const std::string& sealed, const char* what) {
  return sealed.empty() ? kAllowed : CheckSealed(sealed, what);
}

Verdict CheckHash(const std::string& hash, const char* what) {
  FAULT_UNLESS(hash.size() == kHashBytes, "kBadSealed", what, " has ", hash.size(), " bytes");
  return kAllowed;
}

Verdict CheckPaymentKey(const v1::PaymentKey& key) {
  RETURN_IF_FAULT(CheckProgramCode(key.program()));
  RETURN_IF_FAULT(CheckNumber(key.tranche(), kMaxTranches, "tranche"));
  RETURN_IF_FAULT(CheckRecipient(key.recipient()));
  return CheckNumber(key.number(), kMaxPaymentNumber, "payment number");
}

Verdict CheckBatchKey(const v1::BatchKey& key) {
  RETURN_IF_FAULT(CheckProgramCode(key.program()));
  RETURN_IF_FAULT(CheckNumber(key.tranche(), kMaxTranches, "tranche"));
  return CheckNumber(key.number(), kMaxBatchNumber, "batch");
}

Verdict CheckSource(const v1::Source& source) {
  if (source.has_file_position()) {
    RETURN_IF_FAULT(CheckNumber(source.line(), kMaxFileLines, "line of the report"));
    RETURN_IF_FAULT(CheckAtMost(source.file_position(), kMaxPosition, "position of the file"));
    FAULT_UNLESS(source.sender().empty(), "kBadCode", "source names a file and a sender");
    return kAllowed;
  }
  RETURN_IF_FAULT(CheckNumber(source.line(), kMaxMessageNumber, "number of the message"));
  return CheckCode(source.sender(), "sender of the report");
}

Verdict CheckEnvelope(const v1::Event& event) {
  FAULT_UNLESS(event.recorded_time_us() >= 0 && event.recorded_time_us() <= kLastRecordedTimeUs,
               "kBadDate", "recorded time ", event.recorded_time_us(), " is out of range");
  RETURN_IF_FAULT(CheckActor(event.actor(), "the actor"));
  RETURN_IF_FAULT(CheckOptionalText(event.request_id(), "request id"));
  RETURN_IF_FAULT(CheckNotPersonal(event.request_id(), "request id"));
  if (event.effective_date() != 0) {
    RETURN_IF_FAULT(CheckDate(event.effective_date(), "effective date"));
  }
  return event.has_document() ? CheckDocument(event.document()) : kAllowed;
}

}  // namespace bansos::replay

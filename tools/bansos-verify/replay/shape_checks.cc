#include "tools/bansos-verify/replay/shape_checks.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "tools/bansos-verify/replay/dates.h"
#include "tools/bansos-verify/replay/state.h"

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
  FAULT_UNLESS(!document.number().empty(), "kDocumentRequired", "the document has no number");
  RETURN_IF_FAULT(CheckText(document.number(), "number of the document"));
  RETURN_IF_FAULT(CheckNotPersonal(document.number(), "number of the document"));
  RETURN_IF_FAULT(CheckDate(document.date(), "date of the document"));
  RETURN_IF_FAULT(CheckText(document.signatory(), "signatory of the document"));
  return CheckNotPersonal(document.signatory(), "signatory of the document");
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

Verdict CheckActor(const std::string& actor) {
  FAULT_UNLESS(Consists(actor, kMaxActorBytes, IsActorCharacter), "kActorMissing",
               "the actor is not 1 to 64 of a-z 0-9 . _ - @");
  return CheckNotPersonal(actor, "actor");
}

Verdict CheckCode(const std::string& code, const char* what) {
  FAULT_UNLESS(Consists(code, kMaxCodeBytes, IsCodeCharacter), "kBadCode", what,
               " is not 1 to 31 of A-Z 0-9 - _ .");
  return CheckNotPersonal(code, what);
}

Verdict CheckName(const std::string& name, const char* what) {
  FAULT_UNLESS(Consists(name, kMaxCodeBytes, IsNameCharacter), "kBadCode", what,
               " is not 1 to 31 of A-Z a-z 0-9 - _ .");
  return CheckNotPersonal(name, what);
}

Verdict CheckProgramCode(const std::string& program) {
  const bool good =
      Consists(program, kMaxProgramCodeBytes, [](char c) { return IsCapital(c) || c == '-'; }) &&
      absl::ascii_isupper(program[0]);
  FAULT_UNLESS(good, "kBadCode", "programme is not 1 to 12 of A-Z 0-9 - from a letter on");
  return kAllowed;
}

Verdict CheckText(const std::string& text, const char* what) {
  FAULT_UNLESS(text.size() <= kMaxTextBytes, "kTextTooLong", what, " has ", text.size(), " bytes");
  return kAllowed;
}

Verdict CheckDate(int32_t date, const char* what) {
  FAULT_UNLESS(IsCalendarDate(date), "kBadDate", what, " ", date, " is no calendar date");
  return kAllowed;
}

Verdict CheckNumber(uint64_t number, const char* what) {
  FAULT_UNLESS(number != 0, "kBadNumber", what, " is 0");
  return kAllowed;
}

Verdict CheckAmount(int64_t amount, const char* what) {
  FAULT_UNLESS(amount >= 1 && amount <= kMaxRupiah, "kBadAmount", what, " ", amount,
               " is not in 1 to ", kMaxRupiah);
  return kAllowed;
}

Verdict CheckSealed(const std::string& sealed, const char* what) {
  FAULT_UNLESS(!sealed.empty(), "kBadSealed", what, " is empty");
  return kAllowed;
}

Verdict CheckHash(const std::string& hash, const char* what) {
  FAULT_UNLESS(hash.size() == kHashBytes, "kBadSealed", what, " has ", hash.size(), " bytes");
  return kAllowed;
}

Verdict CheckPaymentKey(const v1::PaymentKey& key) {
  RETURN_IF_FAULT(CheckProgramCode(key.program()));
  RETURN_IF_FAULT(CheckNumber(key.tranche(), "tranche"));
  return CheckNumber(key.number(), "payment number");
}

Verdict CheckBatchKey(const v1::BatchKey& key) {
  RETURN_IF_FAULT(CheckProgramCode(key.program()));
  RETURN_IF_FAULT(CheckNumber(key.tranche(), "tranche"));
  return CheckNumber(key.number(), "batch");
}

Verdict CheckSource(const v1::Source& source) {
  if (source.has_file_position()) {
    FAULT_UNLESS(source.sender().empty(), "kBadCode", "source names a file and a sender");
  } else {
    RETURN_IF_FAULT(CheckCode(source.sender(), "sender of the report"));
  }
  return CheckNumber(source.line(), "line of the report");
}

Verdict CheckEnvelope(const v1::Event& event) {
  FAULT_UNLESS(event.recorded_time_us() >= 0 && event.recorded_time_us() <= kLastRecordedTimeUs,
               "kBadDate", "recorded time ", event.recorded_time_us(), " is out of range");
  RETURN_IF_FAULT(CheckActor(event.actor()));
  RETURN_IF_FAULT(CheckText(event.request_id(), "request id"));
  RETURN_IF_FAULT(CheckNotPersonal(event.request_id(), "request id"));
  if (event.effective_date() != 0) {
    RETURN_IF_FAULT(CheckDate(event.effective_date(), "effective date"));
  }
  return event.has_document() ? CheckDocument(event.document()) : kAllowed;
}

}  // namespace bansos::replay

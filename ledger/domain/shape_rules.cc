#include "ledger/domain/shape_rules.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/utf8.h"
#include "ledger/domain/date.h"
#include "ledger/domain/nik.h"
#include "ledger/domain/shape.h"

namespace bansos::shape {
namespace {

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsCodeSign(char c) { return c == '-' || c == '_' || c == '.'; }

bool AllOf(const std::string& text, bool (*allowed)(char)) {
  return std::all_of(text.begin(), text.end(), allowed);
}

// True when a NIK stands in `id` as people space it: digits with single dots, hyphens or spaces
// between them, 16 in all.
bool HoldsSpacedNik(const std::string& id) {
  std::string digits;
  for (size_t i = 0; i <= id.size(); ++i) {
    if (i < id.size() && IsDigit(id[i])) {
      digits += id[i];
      continue;
    }
    const bool spaces = i > 0 && i + 1 < id.size() && IsDigit(id[i - 1]) && IsDigit(id[i + 1]) &&
                        (id[i] == '.' || id[i] == '-' || id[i] == ' ');
    if (spaces) continue;
    if (digits.size() == kPersonalDigits && !CheckNik(digits).has_value()) return true;
    digits.clear();
  }
  return false;
}

// Why a text cannot be one, or nullptr.
const char* WhyNoText(std::string_view text) {
  bool seen = false;
  while (!text.empty()) {
    const std::optional<char32_t> character = TakeCharacter(text);
    if (!character) return "is not UTF-8";
    if (IsControlCharacter(*character)) return "holds a control character or line break";
    if (IsLayoutCharacter(*character)) return "holds an invisible sign of layout";
    seen |= !IsSpaceCharacter(*character);
  }
  return seen ? nullptr : "is empty";
}

}  // namespace

Check NotPersonal(const char* field, const std::string& id) {
  size_t run = 0;
  for (const char c : id) {
    run = IsDigit(c) ? run + 1 : 0;
    REFUSE_FIELD_IF(run >= kPersonalDigits, RefusalCode::kActorIsPersonal, field,
                    "");  // Never shows it.
  }
  REFUSE_FIELD_IF(HoldsSpacedNik(id), RefusalCode::kActorIsPersonal, field, "");
  return std::nullopt;
}

Check Actor(const std::string& actor, const char* field) {
  const bool fits = !actor.empty() && actor.size() <= kMaxActorLength && AllOf(actor, [](char c) {
    return IsLower(c) || IsDigit(c) || IsCodeSign(c) || c == '@';
  });
  REFUSE_FIELD_IF(!fits, RefusalCode::kActorMissing, field, "");
  return NotPersonal(field, actor);
}

Check Code(const char* field, const std::string& code) {
  const bool fits = !code.empty() && code.size() <= kMaxCodeLength &&
                    AllOf(code, [](char c) { return IsUpper(c) || IsDigit(c) || IsCodeSign(c); });
  REFUSE_FIELD_IF(!fits, RefusalCode::kBadCode, field, "");
  return NotPersonal(field, code);
}

Check Name(const char* field, const std::string& name) {
  const bool fits = !name.empty() && name.size() <= kMaxCodeLength && AllOf(name, [](char c) {
    return IsLower(c) || IsUpper(c) || IsDigit(c) || IsCodeSign(c);
  });
  REFUSE_FIELD_IF(!fits, RefusalCode::kBadCode, field, "");
  return NotPersonal(field, name);
}

Check ProgramCode(const std::string& code) {
  const bool fits = !code.empty() && code.size() <= kMaxProgramCodeLength && IsUpper(code[0]) &&
                    AllOf(code, [](char c) { return IsUpper(c) || IsDigit(c) || c == '-'; });
  REFUSE_FIELD_IF(!fits, RefusalCode::kBadCode, "program", "");
  return std::nullopt;
}

Check Text(const char* field, const std::string& text) {
  REFUSE_FIELD_IF(text.size() > kMaxTextLength, RefusalCode::kTextTooLong, field, "");
  const char* const why = WhyNoText(text);
  REFUSE_FIELD_IF(why != nullptr, RefusalCode::kBadText, field, why);
  return std::nullopt;
}

Check OptionalText(const char* field, const std::string& text) {
  return text.empty() ? std::nullopt : Text(field, text);
}

Check PlaceCode(const char* field, const std::string& code) {
  constexpr std::string_view kForm = "00.00.00.0000";
  bool fits = code.size() == 2 || code.size() == 5 || code.size() == 8 || code.size() == 13;
  for (size_t i = 0; fits && i < code.size(); ++i) {
    fits = kForm[i] == '.' ? code[i] == '.' : IsDigit(code[i]);
  }
  // The first digit is that of an island group, from 1.
  REFUSE_FIELD_IF(!fits || code[0] == '0', RefusalCode::kBadCode, field,
                  "is not written as 33, 33.74, 33.74.01 or 33.74.01.1001");
  return std::nullopt;
}

Check RequiredDate(const char* field, Date date) {
  REFUSE_FIELD_IF(!IsValidDate(date), RefusalCode::kBadDate, field, absl::StrCat(date));
  return std::nullopt;
}

Check OptionalDate(const char* field, Date date) {
  return date == 0 ? std::nullopt : RequiredDate(field, date);
}

// The number itself is not shown: it could be a NIK in the wrong place.
Check Number(const char* field, uint64_t number, uint64_t most) {
  REFUSE_FIELD_IF(number < 1 || number > most, RefusalCode::kBadNumber, field,
                  absl::StrCat("is not 1 to ", most));
  return std::nullopt;
}

Check AtMost(const char* field, uint64_t number, uint64_t most) {
  REFUSE_FIELD_IF(number > most, RefusalCode::kBadNumber, field,
                  absl::StrCat("is not 0 to ", most));
  return std::nullopt;
}

Check OptionalPosition(const char* field, std::optional<Position> position) {
  return position ? AtMost(field, position->value(), kMaxPosition) : std::nullopt;
}

Check Recipient(RecipientNumber recipient) {
  return Number("recipient", recipient.value(), kMaxRecipientNumber);
}

Check Attempt(uint32_t attempt) {
  REFUSE_FIELD_IF(attempt > kMaxAttempts, RefusalCode::kAttemptOutOfOrder, "attempt",
                  absl::StrCat("is not 1 to ", kMaxAttempts));
  return Number("attempt", attempt, kMaxAttempts);
}

Check Amount(const char* field, Rupiah amount) {
  REFUSE_FIELD_IF(amount < 1 || amount > kMaxRupiah, RefusalCode::kBadAmount, field,
                  absl::StrCat(amount));
  return std::nullopt;
}

Check Total(const char* field, Rupiah total) {
  REFUSE_FIELD_IF(total < 0 || total > kMaxRupiah, RefusalCode::kBadAmount, field,
                  absl::StrCat(total));
  return std::nullopt;
}

Check Bytes32(const char* field, const std::string& bytes) {
  REFUSE_IF(bytes.size() != 32, RefusalCode::kBadSealed, field);
  return std::nullopt;
}

Check Sealed(const char* field, const std::string& bytes) {
  REFUSE_IF(bytes.empty() || bytes.size() > kMaxSealedLength, RefusalCode::kBadSealed, field);
  return std::nullopt;
}

Check OptionalSealed(const char* field, const std::string& bytes) {
  return bytes.empty() ? std::nullopt : Sealed(field, bytes);
}

Check Payment(const PaymentKey& payment) {
  RETURN_IF_REFUSED(ProgramCode(payment.program));
  RETURN_IF_REFUSED(Number("tranche", payment.tranche, kMaxTranches));
  RETURN_IF_REFUSED(Recipient(payment.recipient));
  return Number("payment number", payment.number, kMaxPaymentNumber);
}

Check Batch(const BatchKey& batch) {
  RETURN_IF_REFUSED(ProgramCode(batch.program));
  RETURN_IF_REFUSED(Number("tranche", batch.tranche, kMaxTranches));
  return Number("batch number", batch.number, kMaxBatchNumber);
}

Check From(const Source& source) {
  if (source.file_position) {
    RETURN_IF_REFUSED(Number("line", source.line, kMaxFileLines));
    RETURN_IF_REFUSED(OptionalPosition("file position", source.file_position));
    REFUSE_IF(!source.sender.empty(), RefusalCode::kBadCode, "sender beside a file");
    return std::nullopt;
  }
  RETURN_IF_REFUSED(Number("line", source.line, kMaxMessageNumber));
  return Code("sender", source.sender);
}

Check Legal(uint32_t version, const std::string& legal_basis, Date date_in_force) {
  RETURN_IF_REFUSED(Number("version", version, kMaxVersion));
  RETURN_IF_REFUSED(Text("legal basis", legal_basis));
  return RequiredDate("date in force", date_in_force);
}

Check IndicatorValue(const char* field, int64_t value) {
  REFUSE_FIELD_IF(value < -kMaxIndicatorValue || value > kMaxIndicatorValue,
                  RefusalCode::kBadNumber, field, absl::StrCat("is beyond ", kMaxIndicatorValue));
  return std::nullopt;
}

}  // namespace bansos::shape

#include "ledger/domain/shape_rules.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
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
  REFUSE_FIELD_IF(text.empty(), RefusalCode::kBadCode, field, "");
  REFUSE_FIELD_IF(text.size() > kMaxTextLength, RefusalCode::kTextTooLong, field, "");
  return std::nullopt;
}

Check RequiredDate(const char* field, Date date) {
  REFUSE_FIELD_IF(!IsValidDate(date), RefusalCode::kBadDate, field, absl::StrCat(date));
  return std::nullopt;
}

Check OptionalDate(const char* field, Date date) {
  return date == 0 ? std::nullopt : RequiredDate(field, date);
}

Check AtLeastOne(const char* field, uint64_t number) {
  REFUSE_FIELD_IF(number < 1, RefusalCode::kBadNumber, field, "");
  return std::nullopt;
}

Check Amount(const char* field, Rupiah amount) {
  REFUSE_FIELD_IF(amount < 1 || amount > kMaxRupiah, RefusalCode::kBadAmount, field,
                  absl::StrCat(amount));
  return std::nullopt;
}

Check Bytes32(const char* field, const std::string& bytes) {
  REFUSE_IF(bytes.size() != 32, RefusalCode::kBadSealed, field);
  return std::nullopt;
}

Check Sealed(const char* field, const std::string& bytes) {
  REFUSE_IF(bytes.empty(), RefusalCode::kBadSealed, field);
  return std::nullopt;
}

Check Payment(const PaymentKey& payment) {
  RETURN_IF_REFUSED(ProgramCode(payment.program));
  RETURN_IF_REFUSED(AtLeastOne("tranche", payment.tranche));
  RETURN_IF_REFUSED(AtLeastOne("recipient", payment.recipient.value()));
  return AtLeastOne("payment number", payment.number);
}

Check Batch(const BatchKey& batch) {
  RETURN_IF_REFUSED(ProgramCode(batch.program));
  RETURN_IF_REFUSED(AtLeastOne("tranche", batch.tranche));
  return AtLeastOne("batch number", batch.number);
}

Check From(const Source& source) {
  RETURN_IF_REFUSED(AtLeastOne("line", source.line));
  if (source.file_position) {
    REFUSE_IF(!source.sender.empty(), RefusalCode::kBadCode, "sender beside a file");
    return std::nullopt;
  }
  return Code("sender", source.sender);
}

}  // namespace bansos::shape

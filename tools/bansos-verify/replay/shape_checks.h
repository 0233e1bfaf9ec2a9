// The small shape checks that every event uses: ids, codes, dates, numbers, amounts, enumerations.
// Each takes the value and what it is, for the reason. Pure functions, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_REPLAY_SHAPE_CHECKS_H_
#define TOOLS_BANSOS_VERIFY_REPLAY_SHAPE_CHECKS_H_

#include <cstdint>
#include <string>

#include "tools/bansos-verify/replay/fault.h"
#include "tools/bansos-verify/replay/keys.h"
#include "tools/bansos-verify/replay/limits.h"

namespace bansos::replay {

// As many digits as a NIK has.
inline constexpr size_t kDigitsOfNik = 16;
inline constexpr size_t kHashBytes = 32;

Verdict CheckNotPersonal(const std::string& id, const char* what);
Verdict CheckActor(const std::string& actor, const char* what);
// A code in capitals that must be there.
Verdict CheckCode(const std::string& code, const char* what);
// A name or id that may also hold small letters and must be there.
Verdict CheckName(const std::string& name, const char* what);
Verdict CheckProgramCode(const std::string& program);
// A text in clear that must be there: on one line, not only spaces, nothing that hides or changes
// how the text around it is shown.
Verdict CheckText(const std::string& text, const char* what);
Verdict CheckOptionalText(const std::string& text, const char* what);
// 33, 33.74, 33.74.01 or 33.74.01.1001.
Verdict CheckPlaceCode(const std::string& code, const char* what);
// A date that must be there.
Verdict CheckDate(int32_t date, const char* what);
// 1 to `most`: also the count of a list that must not be empty.
Verdict CheckNumber(uint64_t number, uint64_t most, const char* what);
// 0 to `most`.
Verdict CheckAtMost(uint64_t number, uint64_t most, const char* what);
Verdict CheckRecipient(uint64_t recipient);
Verdict CheckAttemptShape(uint32_t attempt);
Verdict CheckAmount(int64_t amount, const char* what);
// 0 to kMaxRupiah.
Verdict CheckTotal(int64_t total, const char* what);
Verdict CheckSealed(const std::string& sealed, const char* what);
Verdict CheckOptionalSealed(const std::string& sealed, const char* what);
Verdict CheckHash(const std::string& hash, const char* what);

// A value that must be one of the published ones other than "not stated" (0).
inline Verdict CheckEnum(int value, bool published, const char* what) {
  FAULT_UNLESS(published && value != 0, "kBadEnum", what, " ", value, " is not a published value");
  return kAllowed;
}

Verdict CheckPaymentKey(const v1::PaymentKey& key);
Verdict CheckBatchKey(const v1::BatchKey& key);
Verdict CheckSource(const v1::Source& source);

// Time, actor, request id, effective date and document of the envelope.
Verdict CheckEnvelope(const v1::Event& event);

}  // namespace bansos::replay

#endif  // TOOLS_BANSOS_VERIFY_REPLAY_SHAPE_CHECKS_H_

// The small shape checks that every event uses: ids, codes, dates, numbers, amounts, enumerations.
// Each takes the value and what it is, for the reason. Pure functions, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_REPLAY_SHAPE_CHECKS_H_
#define TOOLS_BANSOS_VERIFY_REPLAY_SHAPE_CHECKS_H_

#include <cstdint>
#include <string>

#include "tools/bansos-verify/replay/fault.h"
#include "tools/bansos-verify/replay/keys.h"

namespace bansos::replay {

// Legal texts, names and documents' numbers.
inline constexpr size_t kMaxTextBytes = 200;
inline constexpr size_t kMaxActorBytes = 64;
inline constexpr size_t kMaxCodeBytes = 31;
inline constexpr size_t kMaxProgramCodeBytes = 12;
// As many digits as a NIK has.
inline constexpr size_t kDigitsOfNik = 16;
inline constexpr size_t kHashBytes = 32;

Verdict CheckNotPersonal(const std::string& id, const char* what);
Verdict CheckActor(const std::string& actor);
// A code in capitals that must be there.
Verdict CheckCode(const std::string& code, const char* what);
// A name or id that may also hold small letters and must be there.
Verdict CheckName(const std::string& name, const char* what);
Verdict CheckProgramCode(const std::string& program);
Verdict CheckText(const std::string& text, const char* what);
// A date that must be there.
Verdict CheckDate(int32_t date, const char* what);
Verdict CheckNumber(uint64_t number, const char* what);
Verdict CheckAmount(int64_t amount, const char* what);
Verdict CheckSealed(const std::string& sealed, const char* what);
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

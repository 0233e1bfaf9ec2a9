#include "tools/bansos-verify/replay/balance.h"

#include "absl/strings/match.h"

namespace bansos::replay {
namespace {

bool IsProgramLine(const std::string& line) { return absl::StartsWith(line, "programme "); }

}  // namespace

std::string ProgramLine(const std::string& program) { return absl::StrCat("programme ", program); }

std::string TrancheLine(const TrancheId& tranche) {
  return absl::StrCat("tranche ", Text(tranche));
}

std::string BatchLine(const BatchId& batch) { return absl::StrCat("batch ", Text(batch)); }

std::string AreaLine(uint32_t area) { return absl::StrCat("area ", area); }

std::string ProgramAreaLine(const std::string& program, uint32_t area) {
  return absl::StrCat("area ", area, " in ", program);
}

std::string RecipientLine(uint64_t recipient) { return absl::StrCat("recipient ", recipient); }

Verdict CheckEquations(const std::string& line, const Balance& balance) {
  __int128 promised = 0;
  for (int bucket = v1::BUCKET_AVAILABLE; bucket < v1::Bucket_ARRAYSIZE; ++bucket) {
    const int64_t amount = balance.buckets[bucket];
    FAULT_UNLESS(amount >= 0, "kBucketBelowZero", line, ": ",
                 v1::Bucket_Name(static_cast<v1::Bucket>(bucket)), " would hold ", amount);
    if (bucket != v1::BUCKET_AVAILABLE) promised += amount;
  }
  const int64_t available = balance.in(v1::BUCKET_AVAILABLE);
  FAULT_UNLESS(static_cast<__int128>(balance.instructed) - balance.withdrawn == promised,
               "kEquationBroken", line, ": instructed ", balance.instructed, " - withdrawn ",
               balance.withdrawn, " is not the sum of its buckets");
  if (IsProgramLine(line)) {
    FAULT_UNLESS(balance.appropriated == promised + available, "kEquationBroken", line,
                 ": appropriated ", balance.appropriated, " is not the sum of its buckets");
  } else {
    FAULT_UNLESS(available == 0 && balance.appropriated == 0, "kEquationBroken", line,
                 " holds money available");
  }
  return kAllowed;
}

Verdict Move(const std::string& line, Balance& balance, const v1::Movement& movement) {
  const int64_t amount = movement.amount();
  auto add = [&](int64_t& to) { return !__builtin_add_overflow(to, amount, &to); };
  bool fits = true;
  if (movement.from() == v1::BUCKET_AVAILABLE) fits = fits && add(balance.instructed);
  if (movement.to() == v1::BUCKET_AVAILABLE) fits = fits && add(balance.withdrawn);
  if (movement.from() != v1::BUCKET_AVAILABLE || IsProgramLine(line)) {
    balance.buckets[movement.from()] -= amount;
  }
  if (movement.to() != v1::BUCKET_AVAILABLE || IsProgramLine(line)) {
    fits = fits && add(balance.buckets[movement.to()]);
  }
  FAULT_UNLESS(fits, "kTotalTooLarge", line, ": a total would pass 64 bits");
  return CheckEquations(line, balance);
}

}  // namespace bansos::replay

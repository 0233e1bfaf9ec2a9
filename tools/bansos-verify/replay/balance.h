// One balance: the seven buckets, and what was appropriated, instructed and withdrawn. Value type.
//
// Invariants (the two bucket equations):
//  1. programme: appropriated = sum of all seven buckets.
//  2. every line: instructed - withdrawn = sum of the six buckets without `available`.
// No bucket is ever below zero.
#ifndef TOOLS_BANSOS_VERIFY_REPLAY_BALANCE_H_
#define TOOLS_BANSOS_VERIFY_REPLAY_BALANCE_H_

#include <array>
#include <cstdint>
#include <string>

#include "tools/bansos-verify/replay/fault.h"
#include "tools/bansos-verify/replay/keys.h"

namespace bansos::replay {

struct Balance {
  int64_t appropriated = 0;
  int64_t instructed = 0;
  int64_t withdrawn = 0;
  // By v1::Bucket; index 0 (outside) stays 0.
  std::array<int64_t, v1::Bucket_ARRAYSIZE> buckets{};

  int64_t in(v1::Bucket bucket) const { return buckets[bucket]; }
  bool operator==(const Balance&) const = default;
};

// Whose balance: the readable keys of State::balances.
std::string ProgramLine(const std::string& program);
std::string TrancheLine(const TrancheId& tranche);
std::string BatchLine(const BatchId& batch);
std::string AreaLine(uint32_t area);
std::string ProgramAreaLine(const std::string& program, uint32_t area);
std::string RecipientLine(uint64_t recipient);

// The two equations and "no bucket below zero". Only a programme's line has money available.
Verdict CheckEquations(const std::string& line, const Balance& balance);

// Moves `amount` in `balance` and checks the result; after a fault `balance` is worthless. A line
// that is not a programme's does not count what is available.
Verdict Move(const std::string& line, Balance& balance, const v1::Movement& movement);

}  // namespace bansos::replay

#endif  // TOOLS_BANSOS_VERIFY_REPLAY_BALANCE_H_

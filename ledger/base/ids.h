// The strong ids that more than one layer speaks of. Words are those of the glossary
// (docs/GLOSSARY.md).
#ifndef LEDGER_BASE_IDS_H_
#define LEDGER_BASE_IDS_H_

#include <cstdint>

#include "ledger/base/strong_int.h"

namespace bansos {

// Place of an event in the log: 0-based, without gaps.
using Position = StrongInt<struct PositionTag, uint64_t>;

// The number that the vault gave a NIK (or an institution's registration number). Starts at 1;
// 0 means "no recipient".
using RecipientNumber = StrongInt<struct RecipientNumberTag, uint64_t>;

// The number that the vault gave a bank account. Starts at 1; 0 means "no account" (cash).
using AccountToken = StrongInt<struct AccountTokenTag, uint64_t>;

// The number that the vault gave a family card (KK). Starts at 1; 0 means "none" (institutions).
using KkToken = StrongInt<struct KkTokenTag, uint64_t>;

}  // namespace bansos

#endif  // LEDGER_BASE_IDS_H_

// The bounds of what a fact may state (invariant 9), each with its reason. Nothing is sized by a
// stated number: what grows with the ledger grows with what was recorded. docs/LIMITS.md is the
// table of them; bansos-verify states each a second time (replay/limits.h), so that it refuses what
// the server refuses.
#ifndef LEDGER_DOMAIN_LIMITS_H_
#define LEDGER_DOMAIN_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace bansos {

// ---- Texts, in bytes ----

// An opaque id of a person: an account name of the office's directory.
inline constexpr size_t kMaxActorLength = 64;
// Codes, names of catalogues and ids of indicators: what people can still compare by eye.
inline constexpr size_t kMaxCodeLength = 31;
// A programme's code, so that an end-to-end reference stays within its 35 characters.
inline constexpr size_t kMaxProgramCodeLength = 12;
// Legal texts and document numbers; longer ones belong into the document itself.
inline constexpr size_t kMaxTextLength = 200;
// The end-to-end reference of an order (ISO 20022).
inline constexpr size_t kMaxReferenceLength = 35;
// A sealed value: the vault's longest plaintext (48 KiB), padding, nonce and tag; an entry of the
// log has 60 KiB.
inline constexpr size_t kMaxSealedLength = size_t{49} * 1024;

// ---- Money, years, positions ----

// Largest amount that one event may carry. The province's whole budget is about 2.5e13; with this
// bound no sum of a programme can overflow 64 bits.
inline constexpr int64_t kMaxRupiah = 1'000'000'000'000'000;
// Dates and fiscal years: the oldest recipient alive was born later, the last year is a typing
// error.
inline constexpr int kMinYear = 1900;
inline constexpr int kMaxYear = 2999;
// A position that a fact may cite: a thousand events a second for thirty years.
inline constexpr uint64_t kMaxPosition = 999'999'999'999;

// ---- Numbers that the vault gives out, from 1 upward ----

// Three times the people of the country; nine digits keep references short.
inline constexpr uint64_t kMaxRecipientNumber = 999'999'999;
// Accounts and family cards: as many as recipients.
inline constexpr uint64_t kMaxToken = 999'999'999;
// A recipient number may run ahead of the highest registered one by this much: numbers that the
// vault reserved and whose registration was refused or never came. More is a damaged log.
inline constexpr uint64_t kMaxRecipientGap = 10'000'000;

// ---- Programmes ----

// Places of a programme: more than the people of the province (37 million). Slots go up to it.
inline constexpr uint32_t kMaxQuota = 50'000'000;
// Tranches of a fiscal year: one a day.
inline constexpr uint32_t kMaxTranches = 366;
// Persons and institutions.
inline constexpr size_t kMaxRecipientKinds = 2;
// Versions of a catalogue, list of areas, policy, rule set or of the rules: one a day for 270
// years.
inline constexpr uint32_t kMaxVersion = 100'000;
// Facts of one recipient that decisions depend on: one a day for 270 years.
inline constexpr uint32_t kMaxFactVersion = 100'000;
// Holders of one slot, one after the other: one a day for 270 years.
inline constexpr uint32_t kMaxHolder = 100'000;
// Largest value of a policy, in its unit: days, rupiah, or a moment in microseconds (until 2286).
inline constexpr int64_t kMaxPolicyValue = 9'999'999'999'999'999;

// ---- Catalogues and criteria: each list fits one entry of the log ----

inline constexpr size_t kMaxIndicators = 1'000;
inline constexpr uint32_t kMaxIndicatorNumber = 9'999;
// The kecamatan of the largest province are fewer.
inline constexpr size_t kMaxAreas = 1'000;
inline constexpr size_t kMaxCriteria = 100;
// Deeper or larger expressions are nothing that a person could check.
inline constexpr int kMaxExpressionDepth = 16;
inline constexpr int kMaxExpressionNodes = 256;
// Values of one comparison (IN).
inline constexpr size_t kMaxExpressionValues = 256;
// Ranges of one indicator's values: a list of codes without gaps is one range.
inline constexpr size_t kMaxValueRanges = 256;
// A number that an indicator may have or is compared with, either sign: amounts are the largest
// indicators.
inline constexpr int64_t kMaxIndicatorValue = kMaxRupiah;

// ---- Batches, payments, reports ----

// Batches of one tranche: the smallest one is one payment.
inline constexpr uint32_t kMaxBatchNumber = 999'999;
// Times that one batch was sent back.
inline constexpr uint32_t kMaxRound = 100'000;
// Payments of one batch, withdrawn ones too: a tranche of BLT DBHCHT has 82,000. The list of a full
// batch hashes in some 10 ms, and its payees are looked through in as much; a larger tranche has
// several batches.
inline constexpr uint32_t kMaxBatchCount = 131'072;
// Payments to one recipient in one tranche, each after the one before was withdrawn or remitted.
inline constexpr uint32_t kMaxPaymentNumber = 999'999;
// Attempts of one payment; whoever needs more has another problem than the bank.
inline constexpr uint32_t kMaxAttempts = 63;
// Files of orders of one batch: each attempt, and each time that one was handed over again.
inline constexpr uint32_t kMaxOrderFiles = 9'999;
// Lines of one result file: a bank splits larger ones.
inline constexpr uint32_t kMaxFileLines = 10'000'000;
// Number of a sender's message: 18 digits, so that also date and time with a serial fit.
inline constexpr uint64_t kMaxMessageNumber = 999'999'999'999'999'999;
// Events that carry one resolution.
inline constexpr size_t kMaxCarriedBy = 100;

}  // namespace bansos

#endif  // LEDGER_DOMAIN_LIMITS_H_

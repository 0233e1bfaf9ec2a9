// The bounds of what an event may state, as docs/LIMITS.md has them: stated here a second time, so
// that the verifier refuses what the server refuses and sizes nothing by a stated number either. A
// test compares them with the table. Values.
#ifndef TOOLS_BANSOS_VERIFY_REPLAY_LIMITS_H_
#define TOOLS_BANSOS_VERIFY_REPLAY_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace bansos::replay {

// Texts, in bytes.
inline constexpr size_t kMaxActorLength = 64;
inline constexpr size_t kMaxCodeLength = 31;
inline constexpr size_t kMaxProgramCodeLength = 12;
inline constexpr size_t kMaxTextLength = 200;
inline constexpr size_t kMaxReferenceLength = 35;
inline constexpr size_t kMaxSealedLength = 50'176;

// Money, years, positions.
inline constexpr int64_t kMaxRupiah = 1'000'000'000'000'000;
inline constexpr int kMinYear = 1900;
inline constexpr int kMaxYear = 2999;
inline constexpr uint64_t kMaxPosition = 999'999'999'999;

// Recipients, accounts, family cards.
inline constexpr uint64_t kMaxRecipientNumber = 999'999'999;
inline constexpr uint64_t kMaxToken = 999'999'999;
inline constexpr uint64_t kMaxRecipientGap = 10'000'000;

// Programmes.
inline constexpr uint32_t kMaxQuota = 50'000'000;
inline constexpr uint32_t kMaxTranches = 366;
inline constexpr size_t kMaxRecipientKinds = 2;
inline constexpr uint32_t kMaxVersion = 100'000;
inline constexpr uint32_t kMaxFactVersion = 100'000;
inline constexpr uint32_t kMaxHolder = 100'000;
inline constexpr int64_t kMaxPolicyValue = 9'999'999'999'999'999;

// Catalogues and criteria.
inline constexpr size_t kMaxIndicators = 1'000;
inline constexpr uint32_t kMaxIndicatorNumber = 9'999;
inline constexpr size_t kMaxAreas = 1'000;
inline constexpr size_t kMaxCriteria = 100;
inline constexpr int kMaxExpressionDepth = 16;
inline constexpr int kMaxExpressionNodes = 256;
inline constexpr size_t kMaxExpressionValues = 256;
inline constexpr size_t kMaxValueRanges = 256;
inline constexpr int64_t kMaxIndicatorValue = 1'000'000'000'000'000;

// Batches, payments, reports.
inline constexpr uint32_t kMaxBatchNumber = 999'999;
inline constexpr uint32_t kMaxRound = 100'000;
inline constexpr uint32_t kMaxBatchCount = 131'072;
inline constexpr uint32_t kMaxPaymentNumber = 999'999;
inline constexpr uint32_t kMaxAttempts = 63;
inline constexpr uint32_t kMaxOrderFiles = 9'999;
inline constexpr uint32_t kMaxFileLines = 10'000'000;
inline constexpr uint64_t kMaxMessageNumber = 999'999'999'999'999'999;
inline constexpr size_t kMaxCarriedBy = 100;

}  // namespace bansos::replay

#endif  // TOOLS_BANSOS_VERIFY_REPLAY_LIMITS_H_

// Refusals: the reasons for which a command is not recorded. Each has a name, a canonical code, a
// sentence and what to do about it, in one table. docs/RULES.md says when each one is given.
#ifndef LEDGER_DOMAIN_REFUSAL_H_
#define LEDGER_DOMAIN_REFUSAL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace bansos {

enum class RefusalCode : uint8_t {
  kActorMissing,
  kActorIsPersonal,
  kBadDate,
  kBadCode,
  kBadText,
  kTextTooLong,
  kBadAmount,
  kBadEnum,
  kBadNumber,
  kBadSealed,
  kReferenceTooLong,
  kDocumentRequired,
  kNotACommand,
  kLedgerNotOpen,
  kLedgerAlreadyOpen,
  kProgramUnknown,
  kRecipientUnknown,
  kBatchUnknown,
  kPaymentUnknown,
  kKeyTaken,
  kVersionOutOfOrder,
  kRulesVersionUnknown,
  kDoubledEntry,
  kAreaNotBelowParent,
  kTrancheNumbering,
  kQuotaBelowEntitlements,
  kTrancheInUse,
  kDateOutOfOrder,
  kBadCriterion,
  kMixedCriterion,
  kIndicatorUnknown,
  kTakesPromisedMoney,
  kAreaUnknown,
  kBadKk,
  kBadAccount,
  kAccountShared,
  kCatalogueUnknown,
  kDateInFuture,
  kNotDead,
  kKindNotAllowed,
  kNotProposed,
  kRuleSetNotInForce,
  kFactsChanged,
  kAssessmentNotLatest,
  kBadTruths,
  kNotDecided,
  kNotEligible,
  kDecisionStale,
  kAlreadyEntitled,
  kQuotaExceeded,
  kSlotTaken,
  kHolderOutOfOrder,
  kWrongPredecessor,
  kTrancheUnknown,
  kAmountNotTranche,
  kNotEntitled,
  kBatchNotDraft,
  kBatchFull,
  kRecipientDead,
  kTrancheNotOwed,
  kPaymentExists,
  kNumberOutOfOrder,
  kSlotAlreadyPaid,
  kPayeeMissing,
  kReportOpen,
  kNotEnoughAvailable,
  kWrongState,
  kBatchEmpty,
  kListDiffers,
  kRoundOutOfOrder,
  kWrongBatchState,
  kFourEyes,
  kPayeeRecorder,
  kBatchOpenMoney,
  kBatchNotReleased,
  kAttemptOutOfOrder,
  kPayeeNotPinned,
  kPayeeUnchanged,
  kFileUnknown,
  kLineUnknown,
  kReportNotOpen,
  kCitedReportDiffers,
  kPositionUnknown,
  kOrderFileUnknown,
  kEntryTooLarge,
  kAtomicRefused,
  kAtomicOverlap,
};
inline constexpr int kRefusalCount = static_cast<int>(RefusalCode::kAtomicOverlap) + 1;

struct RefusalText {
  std::string_view name;  // As clients see it: "QUOTA_EXCEEDED".
  absl::StatusCode status;
  std::string_view sentence;
  std::string_view advice;
};

// The one table.
const RefusalText& TextOf(RefusalCode code);

struct Refusal {
  RefusalCode code;
  std::string detail;  // Which ids and values, in words; no personal data.
  // The field that is wrong, where it is one alone: its words in docs/RULES.md ("work area"), or
  // its name in event.proto.
  std::string field = {};
};

// Detail: the field's words and, where it says more, the value.
Refusal RefusalOfField(RefusalCode code, std::string field, const std::string& value);

// "the quota is full: KJS slot 12765 of 12764. End an entitlement, or amend the quota."
std::string Message(const Refusal& refusal);

// What a check of Decide answers: nothing, or why not.
using Check = std::optional<Refusal>;

}  // namespace bansos

// For the body of a check.
#define REFUSE_IF(condition, refusal_code, detail_text)                   \
  do {                                                                    \
    if (condition) return ::bansos::Refusal{refusal_code, (detail_text)}; \
  } while (false)

// The same of one field: "survey date 2030-01-05"; the value may be empty.
#define REFUSE_FIELD_IF(condition, refusal_code, field_words, value)                    \
  do {                                                                                  \
    if (condition) return ::bansos::RefusalOfField(refusal_code, field_words, (value)); \
  } while (false)

#define RETURN_IF_REFUSED(expression)                                 \
  do {                                                                \
    if (::bansos::Check check_ = (expression); check_) return check_; \
  } while (false)

#endif  // LEDGER_DOMAIN_REFUSAL_H_

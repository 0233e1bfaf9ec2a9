// The plain values that events are made of: codes, dates, keys, money and where it is. Value types,
// no behaviour beyond comparison and their fields. Numbers of enumerators are those of event.proto
// for ever.
#ifndef LEDGER_DOMAIN_VALUES_H_
#define LEDGER_DOMAIN_VALUES_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "ledger/base/ids.h"
#include "ledger/domain/fields.h"  // IWYU pragma: export
#include "ledger/domain/limits.h"  // IWYU pragma: export

namespace bansos {

// Whole rupiah, signed; never floating point.
using Rupiah = int64_t;

// Four digits of the Kemendagri code of a kabupaten or kota: 33.74 is 3374; 0 is "none".
using AreaCode = uint32_t;

// A calendar date as yyyymmdd; 0 is "none". ledger/domain/date.h has its arithmetic.
using Date = int32_t;

enum class Bucket : uint8_t {
  kOutside = 0,
  kAvailable = 1,
  kObligated = 2,
  kInTransit = 3,
  kPaid = 4,
  kReturned = 5,
  kRemitted = 6,
  kReceivable = 7,
};
inline constexpr int kBucketCount = 8;  // with kOutside at 0

enum class IndicatorKind : uint8_t {
  kIdentity = 1,
  kCoded = 2,
  kNumber = 3,
  kBitmask = 4,
  kDate = 5
};
enum class Fund : uint8_t { kApbdGeneral = 1, kApbdEarmarked = 2 };
enum class RecipientKind : uint8_t { kPerson = 1, kInstitution = 2 };
enum class Channel : uint8_t {
  kBankAccount = 1,
  kVirtualAccount = 2,
  kPostCash = 3,
  kCounterCash = 4,
  kEmployerCash = 5,
};
enum class Holder : uint8_t { kSelf = 1, kGuardian = 2, kAttorney = 3 };
enum class SharedAccountReason : uint8_t {
  kNone = 0,
  kSameGuardian = 1,
  kSameHousehold = 2,
  kInstitution = 3,
};
enum class DeathSource : uint8_t { kCivilRegistry = 1, kVillage = 2, kFamily = 3, kBank = 4 };
enum class Truth : uint8_t { kUnspecified = 0, kFalse = 1, kTrue = 2, kUnknown = 3 };
enum class Outcome : uint8_t {
  kUnspecified = 0,
  kEligible = 1,
  kIneligible = 2,
  kUndetermined = 3
};
enum class EndReason : uint8_t {
  kDied = 1,
  kCentralAid = 2,
  kAbleToWork = 3,
  kMoved = 4,
  kWithdrew = 5,
  kNotEligible = 6,
  kCivilServant = 7,
};
enum class ReturnReason : uint8_t {
  kNone = 0,
  kAC01 = 1,
  kAC04 = 2,
  kAC06 = 3,
  kAC07 = 4,
  kBE01 = 5,
  kRC04 = 6,
  kCNPC = 7,
  kMD07 = 8,
  kNOAS = 9,
  kDS28 = 10,
  kAM05 = 11,
  kDUPL = 12,
  kAM02 = 13,
  kCUST = 14,
  kMS02 = 15,
  kNARR = 16,
};
enum class ReportKind : uint8_t { kSettled = 1, kReturned = 2 };
enum class HoldRule : uint8_t {
  kUnspecified = 0,
  kUnknownReference = 1,
  kNeverSent = 2,
  kAmountDiffers = 3,
  kEarlierAttempt = 4,
  kContradicts = 5,
  kPaymentEnded = 6,
  kRepeated = 7,
  kSuperseded = 8,
};

// True for the two rules under which a held report is resolved at birth and is no exception.
constexpr bool ResolvedAtBirth(HoldRule rule) {
  return rule == HoldRule::kRepeated || rule == HoldRule::kSuperseded;
}

enum class Operator : uint8_t {
  kAll = 1,
  kAny = 2,
  kNone = 3,
  kAtLeast = 4,
  kEqual = 5,
  kNotEqual = 6,
  kLess = 7,
  kLessOrEqual = 8,
  kGreater = 9,
  kGreaterOrEqual = 10,
  kIn = 11,
  kHasAnyBit = 12,
  kHasAllBits = 13,
  kHasNoBit = 14,
};
enum class LedgerFact : uint8_t {
  kNone = 0,
  kKind = 1,
  kAlive = 2,
  kClass = 3,
  kWorkArea = 4,
  kResidence = 5,
  kOtherEntitlements = 6,
};

// A document: decree, payment request, deposit slip, letter.
struct Document {
  std::string kind;
  std::string number;
  Date date = 0;
  std::string signatory;
  friend bool operator==(const Document&, const Document&) = default;
  template <typename V, FieldsOf<Document> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "kind", x.kind);
    visit(2, "number", x.number);
    visit(3, "date", x.date);
    visit(4, "signatory", x.signatory);
  }
};

// One double-entry transfer with all that a fold needs to book it.
struct Movement {
  uint32_t batch = 0;
  AreaCode area = 0;
  Rupiah amount = 0;
  Bucket from = Bucket::kOutside;
  Bucket to = Bucket::kOutside;
  friend bool operator==(const Movement&, const Movement&) = default;
  template <typename V, FieldsOf<Movement> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "batch", x.batch);
    visit(2, "area", x.area);
    visit(3, "amount", x.amount);
    visit(4, "from", x.from);
    visit(5, "to", x.to);
  }
};

struct PaymentKey {
  std::string program;
  uint32_t tranche = 0;
  RecipientNumber recipient;
  uint32_t number = 0;
  friend auto operator<=>(const PaymentKey&, const PaymentKey&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const PaymentKey& key) {
    return H::combine(std::move(h), key.program, key.tranche, key.recipient, key.number);
  }
  template <typename V, FieldsOf<PaymentKey> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "program", x.program);
    visit(2, "tranche", x.tranche);
    visit(3, "recipient", x.recipient);
    visit(4, "number", x.number);
  }
};

struct BatchKey {
  std::string program;
  uint32_t tranche = 0;
  uint32_t number = 0;
  friend auto operator<=>(const BatchKey&, const BatchKey&) = default;  // NOLINT
  template <typename H>
  friend H AbslHashValue(H h, const BatchKey& key) {
    return H::combine(std::move(h), key.program, key.tranche, key.number);
  }
  template <typename V, FieldsOf<BatchKey> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "program", x.program);
    visit(2, "tranche", x.tranche);
    visit(3, "number", x.number);
  }
};

// Where a report comes from: a line of a received file, or a sender's numbered message.
struct Source {
  std::optional<Position> file_position;
  std::string sender;
  uint64_t line = 0;
  friend bool operator==(const Source&, const Source&) = default;
  template <typename V, FieldsOf<Source> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "file_position", x.file_position);
    visit(2, "sender", x.sender);
    visit(3, "line", x.line);
  }
};

}  // namespace bansos

#endif  // LEDGER_DOMAIN_VALUES_H_

// The exception reports of DOMAIN 7 that the present events can show: kinds, rows and queries.
#ifndef PROJECTIONS_EXCEPTION_ROW_H_
#define PROJECTIONS_EXCEPTION_ROW_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/ids.h"
#include "ledger/domain/values.h"

namespace bansos {

enum class ExceptionKind : uint8_t {
  // A report of the bank that fits no rule and is not resolved. Detail: HoldRule.
  kHeldReport = 1,
  // A payment stands as paid with a value date after the date of death that stands, whichever was
  // recorded first. Detail: DeathSource.
  kPaidToTheDead = 2,
  // The latest payees of several recipients name one account. Detail: SharedAccountReason.
  kSharedAccount = 3,
  // One person has running entitlements, or paid payments, in several programmes of one fiscal
  // year. Detail: kEntitledInSeveral | kPaidInSeveral.
  kTwoPrograms = 4,
  // More recipients of one KK have a running entitlement than policy `kk_max_recipients` allows.
  // Detail: the number allowed.
  kCrowdedKk = 5,
  // A return neither reissued nor remitted for more days than policy `return_unrepaired_days`.
  // Detail: ReturnReason.
  kUnrepairedReturn = 6,
  // A result file of the bank has lines that are not in the ledger, or all are in and do not add up
  // to the totals that it states.
  kFileIncomplete = 7,
  // An order to the bank that no report answers for more days than policy `order_unanswered_days`.
  kOrderUnanswered = 8,
  // The latest payee is the recipient's own account, and its holder's name is far from the
  // registered one; no document confirms it.
  kPayeeNameDiffers = 9,
};
inline constexpr ExceptionKind kAllExceptionKinds[] = {
    ExceptionKind::kHeldReport,      ExceptionKind::kPaidToTheDead,
    ExceptionKind::kSharedAccount,   ExceptionKind::kTwoPrograms,
    ExceptionKind::kCrowdedKk,       ExceptionKind::kUnrepairedReturn,
    ExceptionKind::kFileIncomplete,  ExceptionKind::kOrderUnanswered,
    ExceptionKind::kPayeeNameDiffers};

inline constexpr uint32_t kEntitledInSeveral = 1;
inline constexpr uint32_t kPaidInSeveral = 2;

inline constexpr char kKkPolicy[] = "kk_max_recipients";
// No law fixes the number; a household with one KJS and one BLT recipient is common, so two pass
// until the office sets the policy.
inline constexpr int64_t kDefaultKkMaxRecipients = 2;

inline constexpr char kReturnPolicy[] = "return_unrepaired_days";
// A month, until the office sets the policy with its legal basis.
inline constexpr int64_t kDefaultReturnUnrepairedDays = 30;

inline constexpr char kOrderPolicy[] = "order_unanswered_days";
// A bank answers within days; two weeks, until the office sets the policy with its legal basis.
inline constexpr int64_t kDefaultOrderUnansweredDays = 14;

// Names a row; rows are in this order. `first` and `second` by kind: position, 0 (kHeldReport);
// recipient, position of the settlement (kPaidToTheDead); token, recipient (kSharedAccount,
// kCrowdedKk); recipient, fiscal year (kTwoPrograms); value date, position (kUnrepairedReturn);
// position, 0 (kFileIncomplete); date of the order, position (kOrderUnanswered); recipient, 0
// (kPayeeNameDiffers).
struct ExceptionKey {
  ExceptionKind kind = ExceptionKind::kHeldReport;
  uint64_t first = 0;
  uint64_t second = 0;
  friend auto operator<=>(const ExceptionKey&, const ExceptionKey&) = default;
};

// What the kind does not know is 0 or empty.
struct ExceptionRow {
  ExceptionKey key = {};
  RecipientNumber recipient = {};
  std::vector<std::string> programs = {};  // the payment's, or those of the running entitlements
  uint32_t tranche = 0;
  uint32_t payment_number = 0;
  uint32_t attempt = 0;
  uint32_t batch = 0;
  std::vector<Position> positions = {};  // the events that show it, rising
  Rupiah amount = 0;
  Date date = 0;        // value date of the report; of the order; on which the file was received
  Date died_on = 0;     // only kPaidToTheDead
  int64_t days = 0;     // from that date to the query's, of a return, an order or a file
  uint32_t detail = 0;  // see ExceptionKind
  uint64_t group = 0;   // token of the account or KK
  uint32_t group_size = 0;
  uint32_t lines = 0;          // only kFileIncomplete: stated
  uint32_t lines_missing = 0;  // of them
};

struct ExceptionQuery {
  // Days are counted to this date and policies taken as in force on it.
  Date date = 0;
  std::optional<ExceptionKind> kind = {};  // none: all
  std::string program = {};                // empty: all
  RecipientNumber recipient = {};          // 0: all
  std::optional<ExceptionKey> after = {};  // the page begins behind this row
  size_t limit = 0;
  // Rows of one account or KK: of a larger group only the first so many; 0: all.
  size_t max_members = 0;
};

struct ExceptionPage {
  std::vector<ExceptionRow> rows;
  bool more = false;
};

struct ExceptionCount {
  ExceptionKind kind = ExceptionKind::kHeldReport;
  uint64_t rows = 0;
  // Accounts or KKs that the rows are about; otherwise the same as rows.
  uint64_t groups = 0;
};

}  // namespace bansos

#endif  // PROJECTIONS_EXCEPTION_ROW_H_

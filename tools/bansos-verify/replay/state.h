// What the reference ledger knows: plain maps by readable keys, one record a thing. Written to be
// obviously right, not small. Value types; only the Record functions of rules.h change them.
#ifndef TOOLS_BANSOS_VERIFY_REPLAY_STATE_H_
#define TOOLS_BANSOS_VERIFY_REPLAY_STATE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "tools/bansos-verify/replay/balance.h"
#include "tools/bansos-verify/replay/keys.h"
#include "tools/bansos-verify/replay/limits.h"

namespace bansos::replay {

// The versions of the rules that this replayer can check.
inline constexpr uint32_t kNewestRulesVersion = 1;

struct ProgramRecord {
  uint32_t quota = 0;
  bool amount_by_decree = false;
  std::set<int> recipient_kinds;
  // Amount by tranche number; 0 when the decree states it.
  std::map<uint32_t, int64_t> tranches;
  // By version.
  std::map<uint32_t, std::shared_ptr<const v1::RuleSetPublished>> rule_sets;
  std::set<uint32_t> running_slots;
  bool operator==(const ProgramRecord&) const = default;
};

struct PayeeRecord {
  uint64_t recipient = 0;
  uint64_t account_token = 0;
  std::string recorder;
  bool operator==(const PayeeRecord&) const = default;
};

struct RecipientRecord {
  v1::RecipientKind kind = v1::RECIPIENT_KIND_UNSPECIFIED;
  uint32_t area = 0;
  bool alive = true;
  uint32_t fact_version = 0;
  uint64_t latest_identity = 0;
  std::optional<uint64_t> latest_payee;
  // Survey date, then position: the greatest is the latest.
  std::optional<std::pair<int32_t, uint64_t>> latest_assessment;
  bool operator==(const RecipientRecord&) const = default;
};

struct DecisionRecord {
  uint64_t position = 0;
  v1::Outcome outcome = v1::OUTCOME_UNSPECIFIED;
  uint32_t fact_version = 0;
  bool operator==(const DecisionRecord&) const = default;
};

// The latest proposal and decision of a recipient in a programme.
struct CandidateRecord {
  std::string candidate_class;
  uint32_t work_area = 0;
  std::optional<DecisionRecord> decision;
  bool operator==(const CandidateRecord&) const = default;
};

struct EntitlementRecord {
  CandidateId candidate;
  uint32_t slot = 0;
  uint32_t holder = 0;
  uint32_t first_tranche = 0;
  // Last tranche owed; counts only when it does not run.
  uint32_t last_tranche = 0;
  // Stated by the decree; 0 when the tranche states it.
  int64_t amount = 0;
  bool running = true;
  bool Owes(uint32_t tranche) const {
    return first_tranche <= tranche && (running || tranche <= last_tranche);
  }
  bool operator==(const EntitlementRecord&) const = default;
};

enum class BatchState { kDraft, kSubmitted, kVerified, kApproved, kReleased, kClosed };

struct OrderFileRecord {
  uint64_t position = 0;
  uint32_t attempt = 0;
  // Number of the file that it repeats; 0 when its orders were new.
  uint32_t again = 0;
  bool operator==(const OrderFileRecord&) const = default;
};

struct BatchRecord {
  BatchState state = BatchState::kDraft;
  uint32_t round = 1;
  // Who drafted it or put payments on or off, in any round.
  std::set<std::string> drafters;
  // Of the present round; empty before the step.
  std::string submitter;
  std::string approver;
  // Payments put on it, withdrawn ones too.
  uint32_t instructed = 0;
  // Unwithdrawn payments by the position of their instruction.
  std::map<uint64_t, PaymentId> list;
  // By number.
  std::map<uint32_t, OrderFileRecord> order_files;
  bool released() const { return state == BatchState::kReleased || state == BatchState::kClosed; }
  bool operator==(const BatchRecord&) const = default;
};

enum class PaymentState {
  kInstructed,
  kWithdrawn,
  kSent,
  kSettled,
  kReturned,
  kReissued,
  kRemitted
};

struct PaymentRecord {
  BatchId batch;
  uint32_t area = 0;
  int64_t amount = 0;
  uint32_t slot = 0;
  uint64_t instructed_position = 0;
  uint64_t decree_position = 0;
  uint64_t payee_position = 0;
  PaymentState state = PaymentState::kInstructed;
  uint32_t attempt = 1;
  // Of the newest order; 0 while there is none.
  uint64_t sent_position = 0;
  // Of the standing report of the present attempt; 0 while there is none.
  int32_t value_date = 0;
  // Of the standing return.
  v1::ReturnReason return_reason = v1::RETURN_REASON_UNSPECIFIED;
  bool unsent() const {
    return state == PaymentState::kInstructed || state == PaymentState::kReissued;
  }
  bool ended() const {
    return state == PaymentState::kWithdrawn || state == PaymentState::kRemitted;
  }
  bool operator==(const PaymentRecord&) const = default;
};

// What makes a report of one attempt the same as another.
struct ReportContent {
  v1::ReportKind kind = v1::REPORT_KIND_UNSPECIFIED;
  int32_t value_date = 0;
  int64_t amount = 0;
  auto operator<=>(const ReportContent&) const = default;
};

// A result file, and what its lines say so far.
struct FileRecord {
  uint32_t lines = 0;  // stated
  uint32_t missing = 0;
  // Stated less what the lines say; of a file that states no totals, minus the latter.
  int64_t settled_open = 0;
  int64_t returned_open = 0;
  bool states_totals = false;
  // By a document that says how its totals are to be read.
  bool resolved = false;
  bool in_order() const {
    const bool adds_up = settled_open == 0 && returned_open == 0;
    return missing == 0 && (resolved || !states_totals || adds_up);
  }
  bool operator==(const FileRecord&) const = default;
};

struct HeldRecord {
  std::optional<PaymentId> payment = std::nullopt;
  ReportContent content;
  v1::HoldRule rule = v1::HOLD_RULE_UNSPECIFIED;
  bool open = false;
  bool operator==(const HeldRecord&) const = default;
};

// What there is one of for each event, person or payment: millions of look-ups in a tree would take
// most of a replay. Without an order, and an insertion moves its records.
template <typename Key, typename Record>
using Table = absl::flat_hash_map<Key, Record>;

// An indicator of a catalogue: what it is and from which value to which it goes.
struct MeasuredBy {
  v1::IndicatorKind kind = v1::INDICATOR_KIND_UNSPECIFIED;
  std::vector<std::pair<int64_t, int64_t>> values;
  bool operator==(const MeasuredBy&) const = default;
};

struct State {
  uint64_t next_position = 0;
  int64_t recorded_time_us = 0;
  uint32_t rules_version = 0;
  // Position of the first event of each business key (business_key.h).
  Table<KeyDigest, uint64_t> keys;
  // Position of the last event about each subject (business_key.h).
  Table<std::string, uint64_t> last_about;

  // By catalogue name and version: each indicator by id.
  std::map<std::pair<std::string, uint32_t>, std::map<std::string, MeasuredBy>> catalogues;
  // Codes with dots of every published place.
  std::set<std::string> areas;
  // Last version by name.
  std::map<std::string, uint32_t> policies;

  std::map<std::string, ProgramRecord> programs;
  Table<uint64_t, RecipientRecord> recipients;
  uint64_t highest_recipient = 0;
  // By position.
  Table<uint64_t, PayeeRecord> payees;
  // Recipients whose latest payee has this account.
  Table<uint64_t, std::set<uint64_t>> recipients_of_account;
  Table<CandidateId, CandidateRecord> candidates;
  // By position of the decree.
  Table<uint64_t, EntitlementRecord> entitlements;
  // Positions of the decrees: the holders of a slot in order, all entitlements of a recipient.
  Table<SlotId, std::vector<uint64_t>> holders;
  Table<uint64_t, std::vector<uint64_t>> entitlements_of;

  std::map<BatchId, BatchRecord> batches;
  Table<PaymentId, PaymentRecord> payments;
  // Number of the last payment of a recipient in a tranche.
  Table<TrancheRecipientId, uint32_t> last_payment;
  // The payment of a slot in a tranche that is neither withdrawn nor remitted.
  Table<TrancheSlotId, PaymentId> living_payment;

  // Received files by position.
  std::map<uint64_t, FileRecord> files;
  // Recorded reports of an attempt, held ones too, those held as repeated aside.
  Table<AttemptId, std::set<ReportContent>> reports;
  // By position.
  std::map<uint64_t, HeldRecord> held;
  // Positions of open held reports by what they block.
  std::map<TrancheRecipientId, std::set<uint64_t>> open_by_recipient;
  std::map<TrancheSlotId, std::set<uint64_t>> open_by_slot;

  // By the lines of balance.h; a line that no money touched is absent.
  Table<std::string, Balance> balances;

  bool operator==(const State&) const = default;
};

// Look-ups that find nothing give nullptr.
template <typename Map, typename Key>
const typename Map::mapped_type* Find(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

// True for the code of a published kabupaten or kota, such as 3374.
bool IsPublishedArea(const State& state, uint32_t area);

// The newest entitlement of the recipient that owes the tranche, by position of its decree.
std::optional<uint64_t> EntitlementThatOwes(const State& state, const TrancheRecipientId& id);

// The balance of a line, all zero when no money touched it.
Balance BalanceOf(const State& state, const std::string& line);

}  // namespace bansos::replay

#endif  // TOOLS_BANSOS_VERIFY_REPLAY_STATE_H_

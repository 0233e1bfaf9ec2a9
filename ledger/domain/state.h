// State: all that Decide needs to know, folded from events. Compact and in memory; payments,
// batches, programmes and actors are dense arrays and refer to each other by index.
//
// Invariants: 3 (both bucket equations of DOMAIN 3) and 4 (the same log gives the same State).
// Threads: none of its own; the sequencer's decider owns one, the records view another.
#ifndef LEDGER_DOMAIN_STATE_H_
#define LEDGER_DOMAIN_STATE_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_map.h"
#include "ledger/base/ids.h"
#include "ledger/base/strong_int.h"
#include "ledger/domain/event.h"
#include "ledger/domain/ledger_state.h"
#include "ledger/domain/recipient_table.h"
#include "ledger/domain/values.h"

namespace bansos {

using ActorIndex = StrongInt<struct ActorIndexTag, uint32_t>;
using ProgramIndex = StrongInt<struct ProgramIndexTag, uint32_t>;
using PaymentIndex = StrongInt<struct PaymentIndexTag, uint32_t>;
using BatchIndex = StrongInt<struct BatchIndexTag, uint32_t>;

// Position of the last event about a subject, from which its chain is walked.
using ChainHead = std::optional<Position>;

struct RecipientState {
  bool registered = false;
  RecipientKind kind = RecipientKind::kPerson;
  AreaCode area = 0;
  KkToken kk_token;
  Date died_on = 0;           // 0: alive.
  uint32_t fact_version = 0;  // DOMAIN 4: counts the events that a decision depends on.
  AccountToken account_token;
  std::optional<Position> payee_position;
  ActorIndex payee_recorder;
  std::optional<Position> assessment_position;
  Date survey_date = 0;
  Position registered_at;
  Position identity_position;  // Of the registration or the last correction.
  ChainHead last;
};

// A place in the quota for one recipient.
struct Entitlement {
  uint32_t slot = 0;
  uint32_t holder = 0;
  uint32_t first_tranche = 0;
  bool running = true;
  EndReason end_reason = EndReason::kDied;
  Date ended_on = 0;
  uint32_t last_tranche = 0;  // Only when ended.
  Rupiah amount = 0;          // Only where the decree states it.
  RecipientNumber replaces;   // Who held the slot before; 0: nobody.
  Position decree_position;

  bool Owes(uint32_t tranche) const {
    return first_tranche <= tranche && (running || tranche <= last_tranche);
  }
};

// What a programme knows about one recipient.
struct Candidacy {
  std::string candidate_class;
  AreaCode work_area = 0;
  Position proposed_at;
  std::optional<Position> decision_position;
  uint32_t decision_rule_set = 0;
  uint32_t decision_fact_version = 0;
  Outcome outcome = Outcome::kUnspecified;
  std::vector<Entitlement> entitlements;  // Oldest first; only the last can be running.

  const Entitlement* Running() const {
    return !entitlements.empty() && entitlements.back().running ? &entitlements.back() : nullptr;
  }
  const Entitlement* FindEntitlement(uint32_t slot, uint32_t holder) const;
};

struct SlotState {
  uint32_t holders = 0;  // How many held it so far.
  RecipientNumber last_holder;
  bool running = false;
};

// A tranche and what it is about: a recipient number or a slot.
struct TrancheOf {
  uint32_t tranche = 0;
  uint64_t number = 0;
  friend auto operator<=>(const TrancheOf&, const TrancheOf&) = default;  // NOLINT
  template <typename H>
  friend H AbslHashValue(H h, const TrancheOf& key) {
    return H::combine(std::move(h), key.tranche, key.number);
  }
};

struct ProgramState {
  ProgramOpened terms;  // As amended.
  Position opened_at;
  std::vector<RuleSetPublished> rule_sets;  // By version.
  std::array<Rupiah, kBucketCount> buckets = {};
  Rupiah appropriated = 0;
  uint32_t running_entitlements = 0;
  absl::btree_map<uint32_t, SlotState> slots;  // That ever had a holder, by number.
  absl::flat_hash_map<RecipientNumber, Candidacy> candidacies;
  absl::flat_hash_map<TrancheOf, PaymentIndex> payment_of_recipient;  // The latest.
  absl::flat_hash_map<TrancheOf, PaymentIndex> payment_of_slot;       // The latest.
  absl::flat_hash_map<TrancheOf, uint32_t> open_reports_of_recipient;
  absl::flat_hash_map<TrancheOf, uint32_t> open_reports_of_slot;
  absl::flat_hash_map<uint32_t, uint32_t> payments_of_tranche;  // Not withdrawn.
  ChainHead last;

  // Orders in which lists are paged. They follow from the rest (OrderLists) and are not saved.
  absl::btree_set<RecipientNumber> candidates;                         // candidacies
  absl::btree_map<std::pair<uint32_t, uint32_t>, BatchIndex> batches;  // By tranche and number.

  const Tranche* FindTranche(uint32_t number) const {
    return number >= 1 && number <= terms.tranches.size() ? &terms.tranches[number - 1] : nullptr;
  }
  // What was recorded of the slot; nothing when it never had a holder.
  SlotState SlotOf(uint32_t number) const {
    const auto it = slots.find(number);
    return it == slots.end() ? SlotState{} : it->second;
  }
  const Candidacy* FindCandidacy(RecipientNumber recipient) const {
    const auto it = candidacies.find(recipient);
    return it == candidacies.end() ? nullptr : &it->second;
  }
};

enum class PaymentPhase : uint8_t {
  kNone = 0,  // Only while its instruction is booked.
  kInstructed = 1,
  kWithdrawn = 2,
  kSent = 3,
  kSettled = 4,
  kReturned = 5,
  kReissued = 6,
  kRemitted = 7,
};

struct PaymentState {
  ProgramIndex program;
  uint32_t tranche = 0;
  RecipientNumber recipient;
  uint32_t number = 0;
  BatchIndex batch;
  uint32_t slot = 0;
  AreaCode area = 0;
  Rupiah amount = 0;
  PaymentPhase phase = PaymentPhase::kNone;
  uint32_t attempt = 1;
  bool attempt_sent = false;  // Sent, or settled by citing a held report.
  ReturnReason return_reason = ReturnReason::kNone;
  Date standing_date = 0;  // Value date of the report that stands for the present attempt.
  ActorIndex payee_recorder;
  Position instructed_at;
  Position decree_position;
  Position payee_position;
  uint64_t sent_attempts = 0;            // Bit a is set once attempt a was sent.
  std::optional<Position> last_sent_at;  // Of any attempt: a place from which older ones are found.
  std::optional<PaymentIndex> previous;  // The payment with number - 1.

  // Where to look for the order of an attempt; nullopt when it was never sent.
  std::optional<Position> SentAt(uint32_t of_attempt) const {
    const bool sent = of_attempt <= kMaxAttempts && (sent_attempts >> of_attempt & 1) != 0;
    return sent ? last_sent_at : std::nullopt;
  }
};

// A report recorded about a payment: what a later line is compared with.
struct RecordedReport {
  uint32_t attempt = 0;
  ReportKind kind = ReportKind::kSettled;
  Date value_date = 0;
  Rupiah amount = 0;
  friend bool operator==(const RecordedReport&, const RecordedReport&) = default;
};

enum class BatchPhase : uint8_t {
  kDraft = 1,
  kSubmitted = 2,
  kVerified = 3,
  kApproved = 4,
  kReleased = 5,
  kClosed = 6,
};

// A recorded file of orders; its number is its place in the batch's list, from 1.
struct OrderFileState {
  Position written_at;
  uint32_t attempt = 0;
  uint32_t again = 0;  // Number of the file that it repeats; 0: its orders are new.
  uint32_t count = 0;
  Rupiah total = 0;
  std::string sha256;
};

struct BatchState {
  ProgramIndex program;
  uint32_t tranche = 0;
  uint32_t number = 0;
  BatchPhase phase = BatchPhase::kDraft;
  uint32_t round = 1;
  uint32_t count = 0;  // Unwithdrawn payments.
  Rupiah total = 0;
  std::array<Rupiah, kBucketCount> buckets = {};
  std::vector<ActorIndex> drafters;  // Each once.
  ActorIndex submitter;
  ActorIndex approver;
  std::string list_digest;  // Of the frozen list, from its submission on; empty in draft.
  std::vector<PaymentIndex> payments;  // By rising position of instruction, withdrawn ones too.
  std::vector<OrderFileState> order_files;  // By number - 1.
  ChainHead last;

  bool released_or_closed() const {
    return phase == BatchPhase::kReleased || phase == BatchPhase::kClosed;
  }
};

struct ResultFileState {
  Position received_at;
  uint32_t lines = 0;
  // Distance from received_at to the event of each recorded line.
  absl::flat_hash_map<uint32_t, uint32_t> event_of_line;
};

struct HeldReport {
  std::optional<PaymentIndex> payment;
  ReportKind kind = ReportKind::kSettled;
  Rupiah amount = 0;
  Date value_date = 0;
  bool open = true;
};

// A business key as 128 bits of its SHA-256: two keys that meet are beyond reach.
struct Fingerprint {
  uint64_t high = 0;
  uint64_t low = 0;
  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
  friend auto operator<=>(const Fingerprint&, const Fingerprint&) = default;  // NOLINT
  template <typename H>
  friend H AbslHashValue(H h, const Fingerprint& key) {
    return H::combine(std::move(h), key.high, key.low);
  }
};

// Names in the order in which they were first met.
class ActorTable {
 public:
  std::optional<ActorIndex> Find(const std::string& name) const {
    const auto it = index_.find(name);
    if (it == index_.end()) return std::nullopt;
    return it->second;
  }
  ActorIndex Intern(const std::string& name) {
    const auto [it, added] =
        index_.try_emplace(name, ActorIndex(static_cast<uint32_t>(names_.size())));
    if (added) names_.push_back(name);
    return it->second;
  }
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  absl::flat_hash_map<std::string, ActorIndex> index_;
};

struct State {
  Position next;  // Position of the event that comes next.
  int64_t last_time_us = 0;
  LedgerState ledger;
  ChainHead ledger_last;
  ActorTable actors;
  std::vector<ProgramState> programs;
  absl::btree_map<std::string, ProgramIndex> program_of_code;
  RecipientTable<RecipientState> recipients;
  absl::flat_hash_map<AccountToken, uint32_t> payees_of_account;  // Latest payees that name it.
  // Of all that the log ever showed, also of families and accounts that nobody has any more: a
  // start gives none of them out again.
  KkToken highest_kk_token;
  AccountToken highest_account_token;
  std::vector<BatchState> batches;
  absl::flat_hash_map<BatchKey, BatchIndex> batch_of_key;
  std::vector<PaymentState> payments;
  absl::flat_hash_map<PaymentIndex, std::vector<RecordedReport>> reports_of_payment;
  std::vector<ResultFileState> files;
  absl::flat_hash_map<Position, uint32_t> file_of_position;
  absl::flat_hash_map<std::string, absl::flat_hash_map<uint64_t, Position>> message_of_sender;
  absl::flat_hash_map<Position, HeldReport> held;
  absl::flat_hash_map<Fingerprint, Position> keys;

  const RecipientState* FindRecipient(RecipientNumber number) const;
  RecipientState* FindRecipient(RecipientNumber number);
  const ProgramState* FindProgram(const std::string& code) const;
  ProgramState* FindProgram(const std::string& code);
  const BatchState* FindBatch(const BatchKey& key) const;
  BatchState* FindBatch(const BatchKey& key);
  // Any payment of the key, also an older number than the latest.
  std::optional<PaymentIndex> FindPayment(const PaymentKey& key) const;
  // Makes the orders of lists of every programme from the rest. REQUIRES: the batches' programmes
  // are there.
  void OrderLists();
  // Running entitlements of a recipient in programmes other than `except`.
  uint32_t OtherEntitlements(RecipientNumber recipient, const ProgramState& except) const;

  PaymentKey KeyOf(const PaymentState& payment) const;
  BatchKey KeyOf(const BatchState& batch) const;
  const PaymentState& at(PaymentIndex index) const { return payments[index.value()]; }
  PaymentState& at(PaymentIndex index) { return payments[index.value()]; }
  const BatchState& at(BatchIndex index) const { return batches[index.value()]; }
  BatchState& at(BatchIndex index) { return batches[index.value()]; }
  const ProgramState& at(ProgramIndex index) const { return programs[index.value()]; }
  ProgramState& at(ProgramIndex index) { return programs[index.value()]; }
};

}  // namespace bansos

#endif  // LEDGER_DOMAIN_STATE_H_

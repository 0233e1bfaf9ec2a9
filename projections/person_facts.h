// PersonFacts: what the exception reports must remember of each recipient: KK, latest payee,
// running entitlements, payments with the settlement that stands, death. Facts only; ExceptionView
// judges.
//
// Memory: about 30 bytes a recipient, 24 an entitlement and 24 a payment. Not thread-safe.
#ifndef PROJECTIONS_PERSON_FACTS_H_
#define PROJECTIONS_PERSON_FACTS_H_

#include <cstdint>
#include <tuple>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/domain/event.h"
#include "projections/paged_array.h"
#include "projections/payment_move.h"
#include "projections/program_table.h"
#include "projections/recipient_lists.h"
#include "projections/snapshot_codec.h"

namespace bansos {

class PersonFacts {
 public:
  struct Person {
    uint64_t payee_position = 0;
    uint32_t account_token = 0;
    uint32_t kk_token = 0;
    SharedAccountReason reason = SharedAccountReason::kNone;
    bool registered = false;
    bool name_differs = false;  // the latest payee's holder, unconfirmed
  };
  struct Running {  // an entitlement
    uint64_t decree_position = 0;
    ProgramTable::Number program = 0;
    uint32_t slot = 0;
    uint32_t holder = 0;
    uint32_t next = 0;
  };
  struct Payment {
    uint64_t settled_at = 0;  // position of the settlement that stands
    uint32_t lot = 0;
    uint32_t number = 0;
    Date value_date = 0;  // of that settlement; 0 unless the payment stands as paid
    uint32_t next = 0;
    bool paid() const { return value_date != 0; }
  };
  // What many payments have in common, kept once.
  struct Lot {
    ProgramTable::Number program = 0;
    uint32_t tranche = 0;
    uint32_t batch = 0;
    Rupiah amount = 0;
    friend bool operator==(const Lot&, const Lot&) = default;
    template <typename H>
    friend H AbslHashValue(H h, const Lot& lot) {
      return H::combine(std::move(h), lot.program, lot.tranche, lot.batch, lot.amount);
    }
  };
  struct Death {
    uint64_t position = 0;
    Date died_on = 0;
    DeathSource source = DeathSource::kCivilRegistry;
  };

  // Each takes one event and tells which recipient it is about. DATA_LOSS when it cannot be true.
  absl::StatusOr<uint32_t> Register(const RecipientRegistered& event);
  absl::StatusOr<uint32_t> Correct(const IdentityCorrected& event);
  absl::StatusOr<uint32_t> Assign(Position position, const PayeeAssigned& event);
  absl::StatusOr<uint32_t> Die(Position position, const RecipientDied& event);
  absl::StatusOr<uint32_t> Decree(Position position, const RecipientDecreed& event);
  absl::StatusOr<uint32_t> End(const EntitlementEnded& event);
  // `value_date` is the settlement's; used only when the move is into paid.
  absl::StatusOr<uint32_t> Move(Position position, const PaymentMove& move, Date value_date);
  absl::Status Open(const ProgramOpened& event) { return programs_.Open(event).status(); }

  const ProgramTable& programs() const { return programs_; }
  const Lot& lot(const Payment& payment) const { return lots_[payment.lot]; }
  const absl::btree_map<uint32_t, Death>& deaths() const { return deaths_; }
  const Person& person(uint32_t recipient) const;
  bool IsEntitled(uint32_t recipient) const;
  const RecipientLists<Running>& running() const { return running_; }
  const RecipientLists<Payment>& payments() const { return payments_; }
  // Running entitlements by program, then slot.
  std::vector<Running> RunningOf(uint32_t recipient) const;
  // 0 when the payment is not known.
  uint32_t BatchOf(const PaymentKey& payment) const;

  // Calls visit(recipient) for every registered one until it returns false.
  template <typename Visit>
  void ForEachRecipient(Visit visit) const {
    people_.ForEachFrom(1, [&](uint32_t recipient, const Person& person) {
      return !person.registered || visit(recipient);
    });
  }

  void Save(SnapshotWriter& writer) const;
  void Load(SnapshotReader& reader);

 private:
  absl::StatusOr<uint32_t> FindRecipient(RecipientNumber recipient) const;
  uint32_t InternLot(const Lot& lot);
  void SavePerson(uint32_t recipient, SnapshotWriter& writer) const;
  void LoadPerson(uint32_t recipient, SnapshotReader& reader);

  ProgramTable programs_;
  PagedArray<Person> people_;
  RecipientLists<Running> running_;
  RecipientLists<Payment> payments_;
  absl::btree_map<uint32_t, Death> deaths_;  // that stand
  std::vector<Lot> lots_;
  absl::flat_hash_map<Lot, uint32_t> lot_numbers_;
};

}  // namespace bansos

#endif  // PROJECTIONS_PERSON_FACTS_H_

// Story: tells a log of valid-looking events in few words, for tests of the views. It keeps the
// state of each payment, so that a test can compare views with a plain recount.
#ifndef TESTS_PROJECTIONS_STORY_H_
#define TESTS_PROJECTIONS_STORY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/domain/event.h"
#include "ledger/log/event_log.h"
#include "projections/fold.h"

namespace bansos::testing {

struct ToldPayment {
  Bucket bucket = Bucket::kAvailable;  // kAvailable: withdrawn
  uint32_t batch = 0;
  AreaCode area = 0;
  Rupiah amount = 0;
  uint32_t attempt = 1;
  Date value_date = 0;
  Position position;  // of its last event
  Position settled_at;
};

class Story {
 public:
  // LedgerOpened is position 0.
  Story();

  Position Tell(EventBody body);
  // The next events belong to another commit.
  void EndCommit() { ++commit_; }
  // Recorded times start on this WIB date from now on.
  void SetDate(Date date);

  Position OpenProgram(const std::string& code, uint32_t fiscal_year = 2025, uint32_t tranches = 2);
  Position Appropriate(const std::string& program, Rupiah amount);
  Position Register(uint64_t recipient, uint64_t kk = 0, AreaCode area = 3374);
  Position AssignPayee(uint64_t recipient, uint64_t account,
                       SharedAccountReason reason = SharedAccountReason::kNone);
  Position Die(uint64_t recipient, Date died_on);
  Position Decree(const std::string& program, uint64_t recipient, uint32_t slot,
                  uint32_t holder = 1);
  Position End(const std::string& program, uint64_t recipient, uint32_t slot, uint32_t holder = 1);
  Position SetPolicy(const std::string& name, uint32_t version, int64_t value, Date in_force);

  Position Instruct(const PaymentKey& payment, Rupiah amount, uint32_t batch = 1,
                    AreaCode area = 3374);
  Position Withdraw(const PaymentKey& payment);
  Position Send(const PaymentKey& payment);
  Position Settle(const PaymentKey& payment, Date value_date,
                  std::optional<Position> cites = std::nullopt);
  Position Return(const PaymentKey& payment, Date value_date,
                  ReturnReason reason = ReturnReason::kAC01);
  Position Reissue(const PaymentKey& payment);
  Position Remit(const PaymentKey& payment);
  // Instructed, sent and settled; the position of the settlement.
  Position Pay(const PaymentKey& payment, Rupiah amount, Date value_date, AreaCode area = 3374);
  Position Hold(const std::optional<PaymentKey>& payment, HoldRule rule, Rupiah amount,
                Date value_date);
  Position Resolve(Position held);
  // Resolves the totals of a file.
  Position EndFile(Position file) { return Tell(ReportResolved{.held_position = file}); }
  Position ReceiveFile(uint32_t lines, Rupiah settled_total, Rupiah returned_total);
  // Reports from now on are lines of this file; none: messages of the bank.
  void ReportFrom(std::optional<Position> file) { file_ = file; }

  const std::vector<Event>& events() const { return events_; }
  const std::map<PaymentKey, ToldPayment>& payments() const { return payments_; }

  // Appends the events from the log's size up to `size`, one commit at a time; fails the test on an
  // error.
  void AppendTo(EventLog& log, uint64_t size = ~uint64_t{0}) const;
  // Applies all events; the first error ends it.
  absl::Status ApplyTo(Fold& fold) const;

 private:
  Movement Move(const PaymentKey& payment, Bucket to);
  Source FromBank() const {
    return {.file_position = file_, .sender = file_ ? "" : "BANK", .line = events_.size()};
  }

  int64_t start_us_;
  int64_t commit_ = 0;
  std::vector<Event> events_;
  std::map<std::string, Position> last_of_subject_;
  std::map<PaymentKey, ToldPayment> payments_;
  std::optional<Position> file_;
};

// A payment's key in few words.
inline PaymentKey Key(const std::string& program, uint32_t tranche, uint64_t recipient,
                      uint32_t number = 1) {
  return {.program = program,
          .tranche = tranche,
          .recipient = RecipientNumber(recipient),
          .number = number};
}

}  // namespace bansos::testing

#endif  // TESTS_PROJECTIONS_STORY_H_

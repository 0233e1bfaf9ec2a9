// MoneyMove: the double entry of one event, read from the bytes that were hashed and not from what
// the server says they mean. Pure functions, thread-safe.
#ifndef TOOLS_BANSOSCTL_EXPORT_MONEY_MOVE_H_
#define TOOLS_BANSOSCTL_EXPORT_MONEY_MOVE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "bansos/ledger/v1/event.pb.h"

namespace bansos {

// One end of a movement.
struct MoneyPlace {
  ledger::v1::Bucket bucket = ledger::v1::BUCKET_UNSPECIFIED;  // unspecified: outside
  // Of the payment; 0 in the buckets that belong to a programme as a whole.
  uint32_t tranche = 0;
  uint32_t batch = 0;
};

struct MoneyMove {
  std::string program;
  uint64_t recipient = 0;  // 0 when the event is about no payment
  int64_t amount = 0;      // whole rupiah, above 0
  MoneyPlace from;
  MoneyPlace to;
};

// Names of the events that move money: those whose body has a movement, and BudgetAppropriated.
std::vector<std::string> MoneyEventTypes();

// The name of the body's message; empty when the event has none.
std::string EventTypeOf(const ledger::v1::Event& event);

// DATA_LOSS when the event is none of MoneyEventTypes, or names an amount, bucket, programme,
// tranche or batch that no movement can have.
absl::StatusOr<MoneyMove> MoneyMoveOf(const ledger::v1::Event& event);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_EXPORT_MONEY_MOVE_H_

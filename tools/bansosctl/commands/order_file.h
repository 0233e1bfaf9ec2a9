// A file of orders for the bank: it is on the disk under its name exactly if the ledger has it, and
// no order is in two files unless somebody asked for that. The way there, of which any part may be
// repeated after a kill:
//   1. NAME.BATCH.part is written whole (it holds account numbers: readable by its owner only);
//   2. the ledger records it, by its SHA-256 and with the orders that no file holds yet;
//   3. it gets its name, and never that of a file that is there.
// Who was killed before 2 begins anew; who was killed after it finds the part and only names it.
// Not thread-safe.
#ifndef TOOLS_BANSOSCTL_COMMANDS_ORDER_FILE_H_
#define TOOLS_BANSOSCTL_COMMANDS_ORDER_FILE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bansos/v1/common.pb.h"
#include "bansos/v1/payment.pb.h"
#include "tools/bansosctl/commands/session.h"

namespace bansos {

// Which orders a file holds: those of an attempt that were sent between two positions.
struct OrderSpan {
  uint32_t attempt = 1;
  uint64_t after = 0;
  uint64_t before = UINT64_MAX;
};

// The orders of the attempt that are in no file yet.
OrderSpan NewOrders(const v1::Batch& batch, uint32_t attempt);
// The orders that were new in file `number`, or in the file that it repeats.
OrderSpan OrdersOf(const v1::Batch& batch, uint32_t number);

// Number of the oldest file of the batch with this SHA-256; 0 when there is none. A file that is
// handed over again unchanged has the SHA-256 of the first.
uint32_t FileWith(const v1::Batch& batch, const std::string& sha256);
// True when file `number`, from 1, has this SHA-256.
bool IsFile(const v1::Batch& batch, uint32_t number, const std::string& sha256);
// Number of the file that hands over file `number` again; 0 when there is none.
uint32_t RepetitionOf(const v1::Batch& batch, uint32_t number);

// How many orders are in the span and have no result.
absl::StatusOr<uint64_t> CountOrders(Connection& connection, const v1::Batch& batch,
                                     const OrderSpan& span);

// nullopt when there is no file.
absl::StatusOr<std::optional<std::string>> Sha256IfThere(const std::string& path);

class OrderFile {
 public:
  // `path` is the name that it is to have. `basis` is what the event rests on.
  OrderFile(Session& session, const v1::Batch& batch, uint32_t attempt, std::string path,
            v1::Basis basis);

  // Names a part that the ledger has already, as file `number` or (0) as any; true when it did.
  absl::StatusOr<bool> FinishEarlier(uint32_t number = 0);

  // Writes, records and names the file of these orders as the newest of the batch. `again` is the
  // file that it repeats, or 0. Counts what it writes in `tally`. Without an order there is no
  // file.
  absl::Status Write(const OrderSpan& span, uint32_t again, const std::string& order_date,
                     Tally& tally);

  // Says which file of the ledger is at the path.
  void Tell(uint32_t number) const;

 private:
  absl::Status WritePart(const OrderSpan& span, const std::string& order_date);
  absl::Status Record(uint32_t again, const std::string& sha256);
  absl::Status CheckOurs(uint64_t position, const std::string& request_id);
  absl::Status NamePart();

  Session& session_;
  v1::Batch batch_;
  const uint32_t attempt_;
  const std::string path_;
  const std::string part_path_;
  const v1::Basis basis_;
  uint64_t count_ = 0;
  int64_t total_ = 0;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_COMMANDS_ORDER_FILE_H_

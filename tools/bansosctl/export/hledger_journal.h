// HledgerJournal: events that move money as a journal that hledger reads, one balanced transaction
// each, in the order of the log:
//
//   account KJS:obligated:tranche 1:batch 1        once, before the first transaction that uses it
//   2025-02-03 (4711) PaymentInstructed  ; actor:clerk-1, recipient:17, document:SPP 1/2025
//   2025-02-01
//       KJS:obligated:tranche 1:batch 1  1110000 IDR
//       KJS:available  -1110000 IDR
//
// The code in parentheses is the position. The date is the event's effective date; where none was
// stated, the day in WIB (UTC+7) on which it was recorded. An account is PROGRAMME:BUCKET, below it
// tranche and batch: cut at depth 2 the balances are those of the programmes, at 3 of the tranches,
// at 4 of the batches. PROGRAMME:outside is where appropriations come from, so all accounts sum to
// zero. A comma or control character of a document's number is written "_": it would end the tag.
//
// Keeps only the names of accounts. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_EXPORT_HLEDGER_JOURNAL_H_
#define TOOLS_BANSOSCTL_EXPORT_HLEDGER_JOURNAL_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "bansos/ledger/v1/event.pb.h"
#include "tools/bansosctl/export/money_move.h"

namespace bansos {

class HledgerJournal {
 public:
  // What stands on top: of which ledger, before which position, and the currency.
  static std::string Head(std::string_view ledger_id, uint64_t end_position);
  // What stands at the end, so that a journal that was cut off shows it.
  std::string Tail() const;

  // Appends the transaction of the event whose entry these bytes are. DATA_LOSS naming the position
  // when it is none that moves money, or does not follow the one before.
  absl::Status Append(uint64_t position, std::string_view entry, std::string& out);

  uint64_t transactions() const { return transactions_; }

 private:
  std::string Account(const std::string& program, const MoneyPlace& place, std::string& out);
  absl::Status AppendParsed(uint64_t position, const ledger::v1::Event& event, std::string& out);

  absl::flat_hash_set<std::string> declared_;
  uint64_t transactions_ = 0;
  uint64_t next_position_ = 0;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_EXPORT_HLEDGER_JOURNAL_H_

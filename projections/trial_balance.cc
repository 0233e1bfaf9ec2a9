#include "projections/trial_balance.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "ledger/event/codec.h"
#include "projections/payment_move.h"

namespace bansos {
namespace {

// Often enough to end within a few milliseconds of a deadline.
constexpr uint64_t kEventsBetweenQuestions = 4096;

class Journal {
 public:
  absl::Status Book(const Event& event) {
    if (const std::optional<PaymentMove> move = PaymentMoveOf(event.body)) {
      RETURN_IF_ERROR(CheckMove(*move));
      return Transfer(move->payment->program, move->movement->from, move->movement->to,
                      move->movement->amount);
    }
    const auto* budget = std::get_if<BudgetAppropriated>(&event.body);
    if (budget == nullptr) return absl::OkStatus();
    if (budget->amount < -kMaxRupiah || budget->amount > kMaxRupiah) {
      return absl::DataLossError(absl::StrCat("an appropriation of ", budget->amount, " rupiah"));
    }
    return budget->amount > 0
               ? Transfer(budget->program, Bucket::kOutside, Bucket::kAvailable, budget->amount)
               : Transfer(budget->program, Bucket::kAvailable, Bucket::kOutside, -budget->amount);
  }

  TrialBalance Result(uint64_t size) const {
    TrialBalance result{.size = size, .debit = debit_, .credit = credit_};
    for (const auto& [account, line] : lines_) result.lines.push_back(line);
    return result;
  }

 private:
  TrialBalanceLine& Line(const std::string& program, Bucket bucket) {
    TrialBalanceLine& line = lines_[{program, bucket}];
    line.program = program;
    line.bucket = bucket;
    return line;
  }

  absl::Status Transfer(const std::string& program, Bucket from, Bucket to, Rupiah amount) {
    bool overflow = false;
    for (Rupiah* sum : {&Line(program, from).credit, &Line(program, to).debit, &debit_, &credit_}) {
      overflow |= __builtin_add_overflow(*sum, amount, sum);
    }
    if (!overflow) return absl::OkStatus();
    return absl::DataLossError("a sum of rupiah does not fit 64 bits");
  }

  std::map<std::pair<std::string, Bucket>, TrialBalanceLine> lines_;
  Rupiah debit_ = 0;
  Rupiah credit_ = 0;
};

}  // namespace

absl::StatusOr<TrialBalance> ScanTrialBalance(const EventLog& log, uint64_t size,
                                              KeepScanning keep_scanning) {
  const uint64_t end = std::min(size, log.Head().size);
  Journal journal;
  absl::Status status;
  const auto book = [&](Position position, std::string_view entry) {
    if (position.value() % kEventsBetweenQuestions == 0 && !keep_scanning()) {
      status = absl::CancelledError("the caller no longer waits for the trial balance");
      return false;
    }
    const absl::StatusOr<Event> event = DecodeEvent(entry);
    status = event.ok() ? journal.Book(*event) : event.status();
    if (!status.ok()) {
      status =
          absl::DataLossError(absl::StrCat("position ", position.value(), ": ", status.message()));
    }
    return status.ok();
  };
  RETURN_IF_ERROR(log.ReadForward(Position(0), Position(end), book));
  RETURN_IF_ERROR(status);
  return journal.Result(end);
}

}  // namespace bansos

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

// Read at a time: a few milliseconds, after which a caller who has gone is noticed.
constexpr uint64_t kSliceEvents = 4096;

}  // namespace

// The sums after the first size() events.
class Journal {
 public:
  uint64_t size() const { return size_; }

  // Reads on up to `end`. After an error the sums are useless.
  absl::Status ReadTo(const EventLog& log, uint64_t end, KeepScanning keep_scanning) {
    while (size_ < end) {
      if (!keep_scanning(size_)) {
        return absl::CancelledError("the caller no longer waits for the trial balance");
      }
      RETURN_IF_ERROR(ReadSlice(log, std::min(end, size_ + kSliceEvents)));
    }
    return absl::OkStatus();
  }

  TrialBalance Result() const {
    TrialBalance result{.size = size_, .debit = debit_, .credit = credit_, .movements = movements_};
    for (const auto& [account, line] : lines_) result.lines.push_back(line);
    return result;
  }

 private:
  absl::Status ReadSlice(const EventLog& log, uint64_t end) {
    absl::Status status;
    const auto book = [&](Position position, std::string_view entry) {
      const absl::StatusOr<Event> event = DecodeEvent(entry);
      status = event.ok() ? Book(*event) : event.status();
      if (!status.ok()) {
        status = absl::DataLossError(
            absl::StrCat("position ", position.value(), ": ", status.message()));
      }
      return status.ok();
    };
    RETURN_IF_ERROR(log.ReadForward(Position(size_), Position(end), book));
    size_ = end;
    return status;
  }

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

  TrialBalanceLine& Line(const std::string& program, Bucket bucket) {
    TrialBalanceLine& line = lines_[{program, bucket}];
    line.program = program;
    line.bucket = bucket;
    return line;
  }

  absl::Status Transfer(const std::string& program, Bucket from, Bucket to, Rupiah amount) {
    ++movements_[program];
    bool overflow = false;
    for (Rupiah* sum : {&Line(program, from).credit, &Line(program, to).debit, &debit_, &credit_}) {
      overflow |= __builtin_add_overflow(*sum, amount, sum);
    }
    if (!overflow) return absl::OkStatus();
    return absl::DataLossError("a sum of rupiah does not fit 64 bits");
  }

  uint64_t size_ = 0;
  std::map<std::pair<std::string, Bucket>, TrialBalanceLine> lines_;
  std::map<std::string, uint64_t> movements_;
  Rupiah debit_ = 0;
  Rupiah credit_ = 0;
};

absl::StatusOr<TrialBalance> ScanTrialBalance(const EventLog& log, uint64_t size,
                                              KeepScanning keep_scanning) {
  Journal journal;
  RETURN_IF_ERROR(journal.ReadTo(log, std::min(size, log.Head().size), keep_scanning));
  return journal.Result();
}

TrialBalances::TrialBalances() : newest_(std::make_shared<Journal>()) {}
TrialBalances::~TrialBalances() = default;

absl::StatusOr<TrialBalance> TrialBalances::At(const EventLog& log, uint64_t size,
                                               KeepScanning keep_scanning) {
  const uint64_t end = std::min(size, log.Head().size);
  auto journal = std::make_shared<Journal>();
  {
    absl::MutexLock lock(&mutex_);
    if (newest_->size() <= end) *journal = *newest_;
  }
  RETURN_IF_ERROR(journal->ReadTo(log, end, keep_scanning));
  absl::MutexLock lock(&mutex_);
  if (newest_->size() < end) newest_ = journal;
  return journal->Result();
}

}  // namespace bansos

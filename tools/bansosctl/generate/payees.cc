#include "tools/bansosctl/generate/payees.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/bansosctl/generate/names.h"
#include "tools/bansosctl/generate/places.h"
#include "tools/bansosctl/generate/prng.h"

namespace bansos {
namespace {

constexpr uint64_t kPayeeStream = ~uint64_t{2};
constexpr std::string_view kChannels[] = {"BANK_ACCOUNT", "VIRTUAL_ACCOUNT", "POST_CASH",
                                          "COUNTER_CASH", "EMPLOYER_CASH"};
constexpr size_t kBankAccount = 0;
constexpr size_t kVirtualAccount = 1;

constexpr uint64_t kSharedWithReasonPer10k = 10;
constexpr uint64_t kSharedWithoutReasonPer10k = 5;
constexpr uint64_t kCorrectedPer10k = 7500;  // of those shared without a reason
constexpr uint64_t kRowsPerLetter = 250;

// Spreads a counter over all numbers of nine digits without ever meeting itself: the factor has no
// divisor in common with the modulus.
uint64_t Spread(uint64_t counter, uint64_t offset) {
  constexpr uint64_t kModulus = 1'000'000'000;
  constexpr uint64_t kFactor = 387'420'489;  // 3^18
  return (counter % kModulus * kFactor + offset) % kModulus;
}

class PayeeMaker {
 public:
  PayeeMaker(const RegistryOptions& options, Summary& summary)
      : prng_(options.seed, kPayeeStream),
        offset_(prng_.Below(1'000'000'000)),
        year_(options.fiscal_year),
        summary_(summary) {}

  PayeeRow Make(const Candidate& candidate) {
    const bool kjs = candidate.proposals[0].program == ProgramCode::kKjs;
    const bool factory = candidate.proposals[0].candidate_class == "FACTORY";
    const size_t channel = kjs       ? prng_.PickWeighted({70, 10, 15, 5})
                           : factory ? prng_.PickWeighted({45, 25, 8, 4, 18})
                                     : prng_.PickWeighted({45, 25, 20, 10});
    PayeeRow row;
    row.nik = candidate.nik;
    row.channel = kChannels[channel];
    row.account_number = NewAccount(channel);
    row.bank = channel <= kVirtualAccount ? "Bank Jateng" : channel == 2 ? "PT Pos" : "";
    const size_t holder = kjs ? prng_.PickWeighted({85, 12, 3}) : prng_.PickWeighted({98, 1, 1});
    static constexpr std::string_view kHolders[] = {"SELF", "GUARDIAN", "ATTORNEY"};
    row.holder = kHolders[holder];
    row.account_holder = holder == 0 ? candidate.name : MakePersonName(prng_, prng_.Chance(5000));
    row.document_number = absl::StrFormat("SPTJM/%s/%04d/%d", DottedCode(candidate.area),
                                          rows_++ / kRowsPerLetter + 1, year_);
    row.document_date = absl::CivilDay(year_, 1, 6);
    Share(row, channel);
    return row;
  }

  // The right account of somebody whose first row was refused.
  PayeeRow Correct(PayeeRow row) {
    row.account_number = NewAccount(kBankAccount);
    absl::StrAppend(&row.document_number, "-K");
    row.document_date += 14;
    summary_.Add("variety", "payee_corrections");
    return row;
  }

  bool WantsCorrection() { return prng_.Chance(kCorrectedPer10k); }
  bool last_was_shared_without_reason() const { return last_was_shared_without_reason_; }

 private:
  std::string NewAccount(size_t channel) {
    const uint64_t number = Spread(++accounts_, offset_);
    if (channel == kBankAccount) return absl::StrFormat("3%09u", number);
    if (channel == kVirtualAccount) return absl::StrFormat("8813025%09u", number);
    return "";
  }

  // Puts this person on the account of the last one, sometimes.
  void Share(PayeeRow& row, size_t channel) {
    last_was_shared_without_reason_ = false;
    if (channel != kBankAccount) return;
    if (!last_account_.empty() && prng_.Chance(kSharedWithReasonPer10k)) {
      row.account_number = last_account_;
      row.account_holder = last_holder_;
      row.holder = "GUARDIAN";
      row.shared_account_reason = prng_.Chance(6000) ? "SAME_GUARDIAN" : "SAME_HOUSEHOLD";
      summary_.Add("faults", "account_shared_with_reason");
      return;
    }
    if (!last_account_.empty() && prng_.Chance(kSharedWithoutReasonPer10k)) {
      row.account_number = last_account_;
      last_was_shared_without_reason_ = true;
      summary_.Add("faults", "account_shared_without_reason");
      return;
    }
    last_account_ = row.account_number;
    last_holder_ = row.account_holder;
  }

  Prng prng_;
  const uint64_t offset_;
  const int year_;
  Summary& summary_;
  uint64_t accounts_ = 0;
  uint64_t rows_ = 0;
  std::string last_account_;
  std::string last_holder_;
  bool last_was_shared_without_reason_ = false;
};

}  // namespace

std::vector<PayeeRow> MakePayees(const RegistryOptions& options, const Population& population,
                                 Summary& summary) {
  PayeeMaker maker(options, summary);
  std::vector<PayeeRow> rows;
  std::vector<PayeeRow> corrections;
  rows.reserve(population.candidates.size());
  for (const Candidate& candidate : population.candidates) {
    if (candidate.nik_fault != PlantedNikFault::kNone) continue;
    rows.push_back(maker.Make(candidate));
    if (maker.last_was_shared_without_reason() && maker.WantsCorrection()) {
      corrections.push_back(maker.Correct(rows.back()));
    }
  }
  rows.insert(rows.end(), corrections.begin(), corrections.end());
  return rows;
}

}  // namespace bansos

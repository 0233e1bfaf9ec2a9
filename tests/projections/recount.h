// Recount: the plainest possible count of what the views must say, straight from a list of events
// by looking at everything again and again. Shares no code with projections/.
#ifndef TESTS_PROJECTIONS_RECOUNT_H_
#define TESTS_PROJECTIONS_RECOUNT_H_

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "ledger/domain/event.h"

namespace bansos::testing {

struct CountedPayment {
  Bucket bucket = Bucket::kAvailable;
  Movement movement;
  Date value_date = 0;
  uint64_t position = 0;  // of the event that brought it to its bucket
};

struct Recount {
  explicit Recount(const std::vector<Event>& events);

  std::map<std::string, Rupiah> appropriated;
  std::map<std::string, uint32_t> fiscal_year;
  std::map<PaymentKey, CountedPayment> payments;
  std::map<uint64_t, Date> died_on;
  std::map<uint64_t, uint64_t> account;
  std::map<uint64_t, bool> name_differs;  // the latest payee's holder, unconfirmed
  std::map<uint64_t, uint64_t> kk;
  std::set<std::tuple<uint64_t, std::string, uint32_t>> entitlements;  // recipient, programme, slot
  std::set<uint64_t> open_reports;
  std::map<uint64_t, Date> sent_on;                  // by position of the order
  std::map<uint64_t, ResultFileReceived> files;      // by position
  std::map<uint64_t, std::vector<Rupiah>> settled;   // by the file's position, amounts of its lines
  std::map<uint64_t, std::vector<Rupiah>> returned;  // the same

  // Money of all payments that `wanted` picks, in one bucket.
  template <typename Wanted>
  Rupiah In(Bucket bucket, Wanted wanted) const {
    Rupiah sum = 0;
    for (const auto& [key, payment] : payments) {
      if (payment.bucket == bucket && wanted(key, payment)) sum += payment.movement.amount;
    }
    return sum;
  }

  std::set<std::pair<uint64_t, uint64_t>> PaidToTheDead() const;   // recipient, position
  std::set<std::pair<uint64_t, uint64_t>> SharedAccounts() const;  // token, recipient
  std::set<std::pair<uint64_t, uint64_t>> TwoPrograms() const;     // recipient, fiscal year
  std::set<std::pair<uint64_t, uint64_t>> CrowdedKks(size_t allowed) const;  // token, recipient
  std::set<std::pair<uint64_t, uint64_t>> Returns() const;                   // value date, position
  std::set<std::pair<uint64_t, uint64_t>> Names() const;                     // recipient, 0
  std::set<std::pair<uint64_t, uint64_t>> Orders() const;     // date of the order, position
  std::set<std::pair<uint64_t, uint64_t>> OpenFiles() const;  // position, 0
};

}  // namespace bansos::testing

#endif  // TESTS_PROJECTIONS_RECOUNT_H_

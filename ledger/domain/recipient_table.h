// RecipientTable: what the state knows of each recipient, by number. Numbers have gaps (the vault
// reserves more than are registered), so the table grows page by page: a gap costs 24 bytes for a
// thousand numbers, and growing moves no row. A value; not thread-safe; owned by State.
#ifndef LEDGER_DOMAIN_RECIPIENT_TABLE_H_
#define LEDGER_DOMAIN_RECIPIENT_TABLE_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "ledger/base/check.h"
#include "ledger/base/ids.h"
#include "ledger/domain/limits.h"

namespace bansos {

// Row must have `bool registered`.
template <typename Row>
class RecipientTable {
 public:
  RecipientTable() = default;
  RecipientTable(RecipientTable&&) = default;
  RecipientTable& operator=(RecipientTable&&) = default;
  RecipientTable(const RecipientTable& other) { *this = other; }
  RecipientTable& operator=(const RecipientTable& other) {
    RecipientTable copy;
    other.ForEach([&copy](RecipientNumber number, const Row& row) { copy.Register(number) = row; });
    return *this = std::move(copy);
  }

  // nullptr when no such recipient is registered.
  const Row* Find(RecipientNumber number) const {
    const uint64_t page = number.value() / kPageRows;
    if (page >= pages_.size() || pages_[page].empty()) return nullptr;
    const Row& row = pages_[page][number.value() % kPageRows];
    return row.registered ? &row : nullptr;
  }
  Row* Find(RecipientNumber number) { return const_cast<Row*>(std::as_const(*this).Find(number)); }

  // The row of the number, registered from now on. REQUIRES: 1 <= number <= kMaxRecipientNumber.
  Row& Register(RecipientNumber number) {
    CHECK(number.value() >= 1 && number.value() <= kMaxRecipientNumber) << number.value();
    const uint64_t page = number.value() / kPageRows;
    if (page >= pages_.size()) pages_.resize(page + 1);
    if (pages_[page].empty()) pages_[page].resize(kPageRows);
    Row& row = pages_[page][number.value() % kPageRows];
    if (!row.registered) ++size_;
    row.registered = true;
    if (number.value() > highest_) highest_ = number.value();
    return row;
  }

  // How many are registered, and the highest of their numbers (0: none).
  uint64_t size() const { return size_; }
  uint64_t highest() const { return highest_; }

  // Calls visit(number, row) for each registered one by rising number.
  template <typename Visit>
  void ForEach(Visit visit) const {
    ForEachWhile([&visit](RecipientNumber number, const Row& row) {
      visit(number, row);
      return true;
    });
  }
  // The same until it returns false.
  template <typename Visit>
  void ForEachWhile(Visit visit) const {
    for (uint64_t page = 0; page < pages_.size(); ++page) {
      for (uint64_t i = 0; i < pages_[page].size(); ++i) {
        const Row& row = pages_[page][i];
        if (row.registered && !visit(RecipientNumber(page * kPageRows + i), row)) return;
      }
    }
  }

 private:
  // A page is about 100 KB.
  static constexpr uint64_t kPageRows = 1024;

  std::vector<std::vector<Row>> pages_;  // Empty where nobody is registered.
  uint64_t size_ = 0;
  uint64_t highest_ = 0;
};

}  // namespace bansos

#endif  // LEDGER_DOMAIN_RECIPIENT_TABLE_H_

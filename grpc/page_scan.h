// PageScan: one page of a list, taken row by row in the order of the list's keys, behind the last
// row of the page before. It bounds what a page looks at, not only what it shows, because the
// projector waits meanwhile: a page of few rows, even of none, may still have a next one.
//
// All pages of a list are true at the position of its first. A later page is read from the present
// views as long as nothing that it looks at is newer than that: a list says what a row depends on,
// and changed() tells that the page is to be read as of that position instead (docs/adr/0013).
//
//   for (...; scan.Look(key) && scan.DependsOn(row.last); ...) {
//     if (Passes(row) && !scan.Take()) break;
//     show the row
//   }
// Not thread-safe.
#ifndef GRPC_PAGE_SCAN_H_
#define GRPC_PAGE_SCAN_H_

#include <array>
#include <cstdint>
#include <optional>

#include "grpc/limits.h"
#include "ledger/base/ids.h"
#include "projections/projector.h"

namespace bansos {

// Names a row among those of its list; what a list does not need is 0.
using PageKey = std::array<uint64_t, 3>;

class PageScan {
 public:
  // The first page.
  explicit PageScan(uint32_t max_rows) : max_rows_(max_rows) {}
  // The page behind `after` of a list whose first page was true at `first`.
  PageScan(uint32_t max_rows, const PageKey& after, const ProjectionHead& first)
      : max_rows_(max_rows), after_(after), first_(first), done_(after) {}

  // The last row that the page before looked at; nullopt on the first page.
  const std::optional<PageKey>& after() const { return after_; }

  // Goes on to the row of this key. False ends the page before it.
  bool Look(const PageKey& key) {
    if (changed_) return false;
    if (looked_ > 0) done_ = at_;
    if (looked_ >= kMaxPageLooks) {
      more_ = true;
      return false;
    }
    ++looked_;
    at_ = key;
    return true;
  }

  // The row is made of one thing more.
  void LookCloser() { ++looked_; }

  // What the row depends on was last changed by the event at `last`. False ends the page: the list
  // was another one at the position of the first page.
  bool DependsOn(const std::optional<Position>& last) {
    if (last.has_value() && IsNew(*last)) changed_ = true;
    return !changed_;
  }
  // The same where nothing tells when the rows changed: `size` events have been seen.
  bool DependsOnAll(uint64_t size) {
    if (first_.has_value() && size != first_->size) changed_ = true;
    return !changed_;
  }
  // True for an event that the list does not know: a row that began with it is none of its rows.
  bool IsNew(Position event) const { return first_.has_value() && event.value() >= first_->size; }

  // Shows the row looked at. False ends the page before it: it is full.
  bool Take() {
    more_ = rows_ == max_rows_;
    if (!more_) ++rows_;
    return !more_;
  }

  // Where the list is true; nullopt on the first page: where its views stand.
  const std::optional<ProjectionHead>& first() const { return first_; }
  bool changed() const { return changed_; }
  // Whether there is a next page, and the last row that this one is done with.
  bool more() const { return more_; }
  const PageKey& done() const { return done_; }
  uint32_t looked() const { return looked_; }

 private:
  const uint32_t max_rows_;
  const std::optional<PageKey> after_;
  const std::optional<ProjectionHead> first_;
  uint32_t looked_ = 0;
  uint32_t rows_ = 0;
  PageKey at_ = {};
  PageKey done_ = {};
  bool more_ = false;
  bool changed_ = false;
};

}  // namespace bansos

#endif  // GRPC_PAGE_SCAN_H_

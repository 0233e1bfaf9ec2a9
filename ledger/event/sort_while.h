// SortWhile: a sort that can be given up, so that nobody waits for the end of a long one.
//
// A quicksort, because rows of a map lie in memory in their first order and stay near it: merging
// sorted runs takes five times as long for 20 million of them. Pure.
#ifndef LEDGER_EVENT_SORT_WHILE_H_
#define LEDGER_EVENT_SORT_WHILE_H_

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"

namespace bansos {

// Rows between two calls of keep_going, and those that are sorted in one go: well below a
// millisecond.
inline constexpr size_t kSortedAtOnce = 4096;

// Puts a row in the place that it has in the order of rows[first, last), smaller ones before it and
// the others behind it; that place, or nothing when `keep_going` said no.
template <typename T, typename Less>
std::optional<size_t> PartitionWhile(std::vector<T>& rows, size_t first, size_t last, Less less,
                                     absl::FunctionRef<bool()> keep_going) {
  T& pivot = rows[last - 1];
  // The middle one of three.
  T& middle = rows[first + (last - first) / 2];
  if (less(middle, rows[first])) std::swap(middle, rows[first]);
  if (less(pivot, middle)) std::swap(pivot, middle);
  if (less(middle, rows[first])) std::swap(middle, rows[first]);
  std::swap(middle, pivot);
  size_t place = first;
  for (size_t i = first; i < last - 1; ++i) {
    if (less(rows[i], pivot)) std::swap(rows[i], rows[place++]);
    if ((i - first) % kSortedAtOnce == 0 && !keep_going()) return std::nullopt;
  }
  std::swap(rows[place], pivot);
  return place;
}

// False soon after `keep_going`, asked every kSortedAtOnce rows, says no; the order is then any.
// REQUIRES: no two rows are equal.
template <typename T, typename Less>
bool SortWhile(std::vector<T>& rows, Less less, absl::FunctionRef<bool()> keep_going) {
  std::vector<std::pair<size_t, size_t>> parts = {{0, rows.size()}};
  while (!parts.empty()) {
    const auto [first, last] = parts.back();
    parts.pop_back();
    if (last - first <= kSortedAtOnce) {
      const auto begin = rows.begin();
      std::sort(begin + static_cast<std::ptrdiff_t>(first),
                begin + static_cast<std::ptrdiff_t>(last), less);
      if (!parts.empty() && !keep_going()) return false;
      continue;
    }
    const std::optional<size_t> place = PartitionWhile(rows, first, last, less, keep_going);
    if (!place) return false;
    parts.push_back({*place + 1, last});
    parts.push_back({first, *place});
  }
  return true;
}

}  // namespace bansos

#endif  // LEDGER_EVENT_SORT_WHILE_H_

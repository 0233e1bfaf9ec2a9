// RecipientLists<T>: a short list of T for each recipient, in few bytes: 4 for a recipient, and T
// for each element. T has a member `uint32_t next` that belongs to the list. The order within a
// list is no part of the state: who saves or shows it sorts it. Not thread-safe.
#ifndef PROJECTIONS_RECIPIENT_LISTS_H_
#define PROJECTIONS_RECIPIENT_LISTS_H_

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "projections/paged_array.h"

namespace bansos {

template <typename T>
class RecipientLists {
 public:
  // Calls visit(element) for each.
  template <typename Visit>
  void ForEach(uint32_t recipient, Visit visit) const {
    const uint32_t* head = heads_.Find(recipient);
    for (uint32_t node = head == nullptr ? kEnd : *head; node != kEnd;) {
      const T* element = nodes_.Find(node);
      visit(*element);
      node = element->next;
    }
  }

  // The first element that fits, or nullptr. Good until the next Add or Remove.
  template <typename Fits>
  T* Find(uint32_t recipient, Fits fits) {
    const uint32_t* head = heads_.Find(recipient);
    for (uint32_t node = head == nullptr ? kEnd : *head; node != kEnd;) {
      T* element = nodes_.Find(node);
      if (fits(std::as_const(*element))) return element;
      node = element->next;
    }
    return nullptr;
  }
  template <typename Fits>
  const T* Find(uint32_t recipient, Fits fits) const {
    return const_cast<RecipientLists*>(this)->Find(recipient, fits);
  }

  T& Add(uint32_t recipient, T element) {
    uint32_t node = free_;
    if (node != kEnd) {
      free_ = nodes_.Find(node)->next;
    } else {
      node = ++last_;
    }
    uint32_t& head = heads_.At(recipient);
    element.next = std::exchange(head, node);
    return nodes_.At(node) = std::move(element);
  }

  // Removes the first element that fits; false when none does.
  template <typename Fits>
  bool Remove(uint32_t recipient, Fits fits) {
    uint32_t* link = heads_.Find(recipient);
    while (link != nullptr && *link != kEnd) {
      const uint32_t node = *link;
      T* element = nodes_.Find(node);
      if (fits(std::as_const(*element))) {
        *link = element->next;
        *element = T{};
        element->next = std::exchange(free_, node);
        return true;
      }
      link = &element->next;
    }
    return false;
  }

  // A recipient's elements, sorted by `less`.
  template <typename Less>
  std::vector<T> Sorted(uint32_t recipient, Less less) const {
    std::vector<T> elements;
    ForEach(recipient, [&](const T& element) { elements.push_back(element); });
    std::sort(elements.begin(), elements.end(), less);
    return elements;
  }

  // Calls visit(recipient) for each with at least one element, from `first` upward, until it
  // returns false.
  template <typename Visit>
  void ForEachRecipientFrom(uint64_t first, Visit visit) const {
    heads_.ForEachFrom(
        first, [&](uint32_t recipient, uint32_t head) { return head == kEnd || visit(recipient); });
  }

 private:
  static constexpr uint32_t kEnd = 0;  // node 0 is never used

  PagedArray<uint32_t> heads_;
  PagedArray<T> nodes_;
  uint32_t last_ = 0;
  uint32_t free_ = kEnd;
};

}  // namespace bansos

#endif  // PROJECTIONS_RECIPIENT_LISTS_H_

// PagedArray<T>: an array by 32-bit number that grows page by page. Untouched pages cost nothing,
// and growing copies nothing, so 20 million rows need no more memory than they hold. Not
// thread-safe.
#ifndef PROJECTIONS_PAGED_ARRAY_H_
#define PROJECTIONS_PAGED_ARRAY_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace bansos {

template <typename T>
class PagedArray {
 public:
  // The element, made from T{} when its page is new.
  T& At(uint32_t index) {
    const size_t page = index / kPageRows;
    if (page >= pages_.size()) pages_.resize(page + 1);
    if (pages_[page] == nullptr) pages_[page] = std::make_unique<T[]>(kPageRows);
    return pages_[page][index % kPageRows];
  }

  // nullptr when its page was never touched.
  const T* Find(uint32_t index) const {
    const size_t page = index / kPageRows;
    if (page >= pages_.size() || pages_[page] == nullptr) return nullptr;
    return &pages_[page][index % kPageRows];
  }
  T* Find(uint32_t index) { return const_cast<T*>(std::as_const(*this).Find(index)); }

  // Calls visit(index, element) from `first` upward over the touched pages until it returns false.
  template <typename Visit>
  void ForEachFrom(uint64_t first, Visit visit) const {
    for (size_t page = first / kPageRows; page < pages_.size(); ++page) {
      if (pages_[page] == nullptr) continue;
      const uint64_t start = page * kPageRows;
      for (uint64_t index = std::max(first, start); index < start + kPageRows; ++index) {
        if (!visit(static_cast<uint32_t>(index), pages_[page][index - start])) return;
      }
    }
  }

 private:
  // 4,096 rows: a page of the widest rows is below half a megabyte.
  static constexpr size_t kPageRows = 4096;

  std::vector<std::unique_ptr<T[]>> pages_;
};

}  // namespace bansos

#endif  // PROJECTIONS_PAGED_ARRAY_H_

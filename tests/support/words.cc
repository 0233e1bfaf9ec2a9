#include "tests/support/words.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace bansos::testing {

Words::Words(const std::string& sentence)
    : words_(absl::StrSplit(sentence, ' ', absl::SkipEmpty())) {
  if (words_.empty()) words_.emplace_back();
}

std::string Words::At(size_t place) const { return place < words_.size() ? words_[place] : ""; }

std::string Words::After(const std::string& name, const std::string& otherwise) const {
  const auto it = std::find(words_.begin(), words_.end(), name);
  return it == words_.end() || it + 1 == words_.end() ? otherwise : *(it + 1);
}

uint64_t Words::Number(const std::string& name, uint64_t otherwise) const {
  return Has(name) ? NumberIn(After(name)) : otherwise;
}

bool Words::Has(const std::string& name) const {
  return std::find(words_.begin(), words_.end(), name) != words_.end();
}

uint64_t NumberIn(const std::string& text) {
  uint64_t number = 0;
  return absl::SimpleAtoi(text, &number) ? number : 0;
}

}  // namespace bansos::testing

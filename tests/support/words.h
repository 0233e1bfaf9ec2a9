// Words: one sentence of a rule table, taken apart.
#ifndef TESTS_SUPPORT_WORDS_H_
#define TESTS_SUPPORT_WORDS_H_

#include <cstdint>
#include <string>
#include <vector>

namespace bansos::testing {

// The words of a sentence: the first is the verb, the others name what it is about or come in
// pairs such as "slot 3".
class Words {
 public:
  explicit Words(const std::string& sentence);
  const std::string& verb() const { return words_[0]; }
  // The word at a place, or "" past the end.
  std::string At(size_t place) const;
  // The word after `name`, or `otherwise`.
  std::string After(const std::string& name, const std::string& otherwise = "") const;
  uint64_t Number(const std::string& name, uint64_t otherwise = 0) const;
  bool Has(const std::string& name) const;

 private:
  std::vector<std::string> words_;
};

// 0 when the text is no number.
uint64_t NumberIn(const std::string& text);

}  // namespace bansos::testing

#endif  // TESTS_SUPPORT_WORDS_H_

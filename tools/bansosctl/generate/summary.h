// RegistrySummary: what the generator put into its files, counted while doing so, for the tests and
// the demo to compare with what the ledger finds. A value type.
#ifndef TOOLS_BANSOSCTL_GENERATE_SUMMARY_H_
#define TOOLS_BANSOSCTL_GENERATE_SUMMARY_H_

#include <cstdint>
#include <map>
#include <string>

namespace bansos {

// Counts by section and name, in the order of their names.
class Summary {
 public:
  void Add(const std::string& section, const std::string& name, uint64_t by = 1) {
    counts_[section][name] += by;
  }
  // 0 for what was never counted.
  uint64_t Get(const std::string& section, const std::string& name) const;
  // A JSON object of objects of numbers, indented.
  std::string ToJson() const;

  friend bool operator==(const Summary&, const Summary&) = default;

 private:
  std::map<std::string, std::map<std::string, uint64_t>> counts_;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_GENERATE_SUMMARY_H_

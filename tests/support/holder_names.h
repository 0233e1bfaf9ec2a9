// The table of tests/support/holder_names.txt, for both statements of the rule about names.
#ifndef TESTS_SUPPORT_HOLDER_NAMES_H_
#define TESTS_SUPPORT_HOLDER_NAMES_H_

#include <fstream>
#include <string>
#include <vector>

namespace bansos::testing {

struct NamePair {
  bool agree = false;
  std::string registered;
  std::string holder;
};

// Without comments: "agree | registered | holder". Tests run in the source directory.
inline std::vector<NamePair> NamePairs() {
  std::vector<NamePair> pairs;
  std::ifstream file("tests/support/holder_names.txt");
  for (std::string line; std::getline(file, line);) {
    const size_t first = line.find(" | "), second = line.find(" | ", first + 3);
    if (line.starts_with('#') || second == std::string::npos) continue;
    pairs.push_back({line.substr(0, first) == "agree", line.substr(first + 3, second - first - 3),
                     line.substr(second + 3)});
  }
  return pairs;
}

}  // namespace bansos::testing

#endif  // TESTS_SUPPORT_HOLDER_NAMES_H_

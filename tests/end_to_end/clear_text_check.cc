// clear_text_check SECRETS [--folder DIR]... [--database DIR]...: looks for every secret (one a
// line) in the raw bytes of folders and in every decoded key and value of RocksDB databases. Prints
// what it finds and exits with 1; with 2 when it could not look.
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "tests/support/clear_text_places.h"

namespace {

std::vector<std::string> ReadSecrets(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> secrets;
  for (std::string line; std::getline(file, line);) {
    if (line.size() >= bansos::testing::ClearTextSearch::kMinSecretBytes) secrets.push_back(line);
  }
  return secrets;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4 || argc % 2 != 0) {
    std::cerr << "usage: clear_text_check SECRETS [--folder DIR]... [--database DIR]...\n";
    return 2;
  }
  const std::vector<std::string> secrets = ReadSecrets(argv[1]);
  if (secrets.empty()) {
    std::cerr << argv[1] << " holds no secrets\n";
    return 2;
  }
  const bansos::testing::ClearTextSearch search(secrets);
  size_t found = 0;
  for (int i = 2; i < argc; i += 2) {
    const bool database = std::string(argv[i]) == "--database";
    const auto lines = database ? bansos::testing::SearchDatabase(search, argv[i + 1])
                                : bansos::testing::SearchFolder(search, argv[i + 1]);
    if (!lines.ok()) {
      std::cerr << argv[i + 1] << ": " << lines.status() << "\n";
      return 2;
    }
    for (const std::string& line : *lines) std::cout << line << "\n";
    found += lines->size();
  }
  std::cout << secrets.size() << " secrets, " << found << " found in clear\n";
  return found == 0 ? 0 : 1;
}

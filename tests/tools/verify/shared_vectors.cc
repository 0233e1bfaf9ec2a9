#include "tests/tools/verify/shared_vectors.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>

#include "absl/strings/numbers.h"
#include "absl/strings/str_replace.h"

namespace bansos::testing {
namespace {

// What follows `"key":`, up to the first match of `value` there.
std::optional<std::string> ValueAt(const std::string& json, const std::string& key,
                                   const std::string& value) {
  std::smatch match;
  if (!std::regex_search(json, match, std::regex("\"" + key + "\"\\s*:\\s*" + value))) {
    return std::nullopt;
  }
  return match[1];
}

std::string Unescape(const std::string& text) {
  return absl::StrReplaceAll(text, {{"\\n", "\n"}, {"\\\\", "\\"}, {"\\\"", "\""}});
}

}  // namespace

std::filesystem::path VectorsDirectory() {
  const char* shared = std::getenv("BANSOS_SHARED");
  const std::filesystem::path root =
      shared != nullptr ? std::filesystem::path(shared)
                        : std::filesystem::path(BANSOS_SOURCE_DIR) / ".." / "shared";
  return root / "vectors";
}

std::string ReadWhole(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::optional<uint64_t> NumberAt(const std::string& json, const std::string& key) {
  uint64_t number = 0;
  const auto digits = ValueAt(json, key, "([0-9]+)");
  if (!digits || !absl::SimpleAtoi(*digits, &number)) return std::nullopt;
  return number;
}

bool TrueAt(const std::string& json, const std::string& key) {
  return ValueAt(json, key, "(true|false)") == "true";
}

std::string TextAt(const std::string& json, const std::string& key) {
  return Unescape(ValueAt(json, key, "\"([^\"]*)\"").value_or(""));
}

std::vector<std::string> TextsAt(const std::string& json, const std::string& key) {
  const std::string list = ValueAt(json, key, "\\[([^\\]]*)\\]").value_or("");
  const std::regex quoted("\"([^\"]*)\"");
  std::vector<std::string> found;
  for (std::sregex_iterator it(list.begin(), list.end(), quoted), end; it != end; ++it) {
    found.push_back(Unescape((*it)[1]));
  }
  return found;
}

}  // namespace bansos::testing

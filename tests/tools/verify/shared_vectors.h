// The published test vectors of transparency logs. They are not part of this repository: they lie
// beside it, or where BANSOS_SHARED says; a test that does not find them skips. Of their JSON just
// what is flat is read here.
#ifndef TESTS_TOOLS_VERIFY_SHARED_VECTORS_H_
#define TESTS_TOOLS_VERIFY_SHARED_VECTORS_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bansos::testing {

std::filesystem::path VectorsDirectory();
std::string ReadWhole(const std::filesystem::path& path);

// The value of a key in the JSON text: an integer, true or false, a string, a list of strings.
std::optional<uint64_t> NumberAt(const std::string& json, const std::string& key);
bool TrueAt(const std::string& json, const std::string& key);
std::string TextAt(const std::string& json, const std::string& key);
std::vector<std::string> TextsAt(const std::string& json, const std::string& key);

}  // namespace bansos::testing

#endif  // TESTS_TOOLS_VERIFY_SHARED_VECTORS_H_

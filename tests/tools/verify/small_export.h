// SmallExport: a C2SP tlog-tiles directory of a few entries, written by the naive tree of the
// tests. What a test wants to attack it changes before Write, or in the files.
#ifndef TESTS_TOOLS_VERIFY_SMALL_EXPORT_H_
#define TESTS_TOOLS_VERIFY_SMALL_EXPORT_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/tools/verify/signing_key.h"

namespace bansos::testing {

void WriteFileWhole(const std::filesystem::path& path, const std::string& bytes);

// Short entries, all different.
std::vector<std::string> SmallEntries(uint64_t size);
std::string BundleOf(const std::vector<std::string>& entries, uint64_t first, uint64_t count);
// Tile `index` of `level`, `width` hashes wide.
std::string TileOf(const std::vector<std::string>& entries, int level, uint64_t index,
                   uint64_t width);

// Levels 0 and 1, so up to 65,535 entries. Only the last files are partial.
void WriteTiles(const std::filesystem::path& directory, const std::vector<std::string>& entries);
void WriteCheckpoint(const std::filesystem::path& directory,
                     const std::vector<std::string>& entries, const SigningKey& key);

}  // namespace bansos::testing

#endif  // TESTS_TOOLS_VERIFY_SMALL_EXPORT_H_

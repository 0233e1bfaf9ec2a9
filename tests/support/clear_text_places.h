// Where secrets could leak to: files, whole folders as raw bytes (WAL, LOG, exports), and every
// decoded key and value of a RocksDB database. Each result line names place, secret and form.
//
// Raw SST files are worth little by themselves (shared key prefixes, compression), hence the
// decoded search beside the raw one.
#ifndef TESTS_SUPPORT_CLEAR_TEXT_PLACES_H_
#define TESTS_SUPPORT_CLEAR_TEXT_PLACES_H_

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tests/support/clear_text_search.h"

namespace bansos::testing {

// At most ClearTextSearch::kMaxFindings lines.
absl::StatusOr<std::vector<std::string>> SearchFile(const ClearTextSearch& search,
                                                    const std::filesystem::path& file);

// Every regular file below `folder`, as raw bytes.
absl::StatusOr<std::vector<std::string>> SearchFolder(const ClearTextSearch& search,
                                                      const std::filesystem::path& folder);

// Every key and value of every column family. Opens the database read-only, replaying its WAL in
// memory; also while another process has it open.
absl::StatusOr<std::vector<std::string>> SearchDatabase(const ClearTextSearch& search,
                                                        const std::filesystem::path& directory);

}  // namespace bansos::testing

#endif  // TESTS_SUPPORT_CLEAR_TEXT_PLACES_H_

// No field of any event can be changed unnoticed, but for what only the world can confirm:
// free_fields.txt names those fields, and each of them is seen to be free.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <limits>
#include <map>
#include <random>
#include <set>
#include <utility>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tests/tools/verify_rules/checking.h"
#include "tests/tools/verify_rules/mutants.h"
#include "tests/tools/verify_rules/office_log.h"
#include "tools/bansos-verify/keys/keys_check.h"

namespace bansos::testing {
namespace {

constexpr uint64_t kPeople = 14;
// Of each field in a run with keys, which takes longer for each; a field may be free in one event
// and not in another.
constexpr size_t kSomeMutants = 6;
constexpr size_t kAllMutants = std::numeric_limits<size_t>::max();

const OfficeLog& Office() {
  static const OfficeLog* const office = new OfficeLog(kPeople);
  return *office;
}

struct PlacedMutant {
  size_t position;
  Mutant mutant;
};

// At most `most` mutants of every field of every kind of event.
std::map<std::string, std::vector<PlacedMutant>> ChooseMutants(
    const std::vector<std::string>& entries, size_t most, uint32_t seed) {
  std::map<std::string, std::vector<PlacedMutant>> of_field;
  for (size_t position = 0; position < entries.size(); ++position) {
    for (Mutant& mutant : MutantsOf(entries[position])) {
      if (mutant.entry == entries[position]) continue;
      of_field[mutant.field + " " + mutant.change].push_back({position, std::move(mutant)});
    }
  }
  std::mt19937 random(seed);
  for (auto& [field, mutants] : of_field) {
    std::shuffle(mutants.begin(), mutants.end(), random);
    if (mutants.size() > most) mutants.resize(most);
  }
  return of_field;
}

// "PROFILE FIELD  why" a line: profile `both`, or `public` for what with-keys finds.
std::set<std::string> FreeFields(const std::string& profile) {
  std::ifstream file("tests/tools/verify_rules/free_fields.txt");
  EXPECT_TRUE(file.good()) << "run from the root of the project";
  std::set<std::string> fields;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> words = absl::StrSplit(line, absl::MaxSplits(' ', 2));
    EXPECT_EQ(words.size(), 3u) << line;
    if (words[0] == "both" || words[0] == profile) fields.insert(words[1]);
  }
  return fields;
}

using MakeCheck = std::function<std::unique_ptr<verify::EventCheck>()>;

void ExpectOnlyFreeFieldsAreFree(const std::string& profile, size_t most,
                                 const MakeCheck& make_check) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::vector<std::string> entries = Office().entries();
  ASSERT_FALSE(CheckAll(*make_check(), entries).has_value());
  std::set<std::string> unnoticed;
  for (const auto& [name, mutants] : ChooseMutants(entries, most, seed)) {
    for (const PlacedMutant& placed : mutants) {
      const std::string original = std::exchange(entries[placed.position], placed.mutant.entry);
      const auto fault = CheckAll(*make_check(), entries);
      entries[placed.position] = original;
      if (!fault.has_value()) {
        unnoticed.insert(placed.mutant.field);
      } else {
        EXPECT_GE(fault->position, placed.position) << name << ": " << fault->reason;
        EXPECT_FALSE(fault->reason.empty());
      }
    }
  }
  const std::set<std::string> free = FreeFields(profile);
  for (const std::string& field : unnoticed) {
    EXPECT_TRUE(free.contains(field)) << field << " was changed unnoticed";
  }
  // Chance may leave some out of a run with some.
  std::vector<std::string> unseen;
  for (const std::string& field : free) {
    if (!unnoticed.contains(field)) unseen.push_back(field);
  }
  EXPECT_LE(unseen.size(), most == kAllMutants ? 0 : free.size() / 4)
      << "the list has fields that are not free: " << absl::StrJoin(unseen, ", ");
}

TEST(MutationTest, PublicFindsAllButTheFreeFields) {
  ExpectOnlyFreeFieldsAreFree("public", kAllMutants, [] { return verify::MakePublicCheck(); });
}

TEST(MutationTest, WithKeysFindsMore) {
  ExpectOnlyFreeFieldsAreFree("with-keys", kSomeMutants, [] {
    auto check = verify::MakeKeysCheck(Office().vault_directory(), Office().key_file());
    EXPECT_TRUE(check.ok()) << check.status();
    return *std::move(check);
  });
}

}  // namespace
}  // namespace bansos::testing

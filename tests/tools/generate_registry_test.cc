#include "tools/bansosctl/generate/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/status_matchers.h"
#include "tools/bansosctl/csv/csv_reader.h"
#include "tools/bansosctl/csv/fields.h"
#include "tools/bansosctl/generate/indicators.h"
#include "tools/bansosctl/generate/places.h"

namespace bansos {
namespace {

using ::bansos::testing::StatusIs;
using ::testing::AllOf;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::Le;

constexpr const char* kFiles[] = {"recipients.csv", "assessments.csv", "proposals.csv",
                                  "payees.csv",     "deaths.csv",      "summary.json"};

std::string Folder(const std::string& name) {
  const std::string folder = ::testing::TempDir() + "generate_registry_test_" + name;
  std::filesystem::remove_all(folder);
  return folder;
}

std::string Content(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

using Row = std::map<std::string, std::string>;

// All rows of a file by column; every row must be readable.
std::vector<Row> ReadRows(const std::string& path, const std::vector<std::string>& names) {
  std::vector<Column> columns;
  for (const std::string& name : names) columns.push_back({.name = name});
  auto reader = CsvReader::Open(path, columns);
  EXPECT_OK(reader);
  std::vector<Row> rows;
  while (reader.ok()) {
    auto step = (*reader)->Next();
    EXPECT_OK(step);
    if (!step.ok() || *step == CsvReader::Step::kEnd) break;
    EXPECT_EQ(*step, CsvReader::Step::kRow) << (*reader)->rejected().reason;
    Row row;
    for (size_t i = 0; i < names.size(); ++i) row[names[i]] = std::string((*reader)->Get(i));
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Row> ReadRecipients(const std::string& folder) {
  return ReadRows(folder + "/recipients.csv",
                  {"nik", "kk", "registration_number", "name", "birth_place", "birth_date", "sex",
                   "address", "area", "kind"});
}

class RegistryTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = Folder("shared");
    auto summary = GenerateRegistry({.seed = 7, .candidates = 6000}, folder_);
    ASSERT_OK(summary);
    summary_ = *summary;
  }
  static uint64_t Fault(const std::string& name) { return summary_.Get("faults", name); }

  static inline std::string folder_;
  static inline Summary summary_;
};

TEST_F(RegistryTest, NeverOverwritesAFile) {
  const std::string folder = Folder("kept");
  std::filesystem::create_directories(folder);
  for (const char* file : kFiles) {
    const std::string path = folder + "/" + file;
    std::ofstream(path) << "of the office";
    EXPECT_THAT(
        GenerateRegistry({.seed = 7, .candidates = 600}, folder),
        ::bansos::testing::StatusIs(absl::StatusCode::kAlreadyExists, ::testing::HasSubstr(path)));
    EXPECT_EQ(Content(path), "of the office");
    std::filesystem::remove(path);
    EXPECT_TRUE(std::filesystem::is_empty(folder));
  }
}

TEST_F(RegistryTest, SameSeedGivesTheSameBytesAndAnotherSeedOthers) {
  const std::string again = Folder("again");
  const std::string other = Folder("other");
  ASSERT_OK_AND_ASSIGN(const Summary summary,
                       GenerateRegistry({.seed = 7, .candidates = 6000}, again));
  EXPECT_EQ(summary, summary_);
  ASSERT_OK(GenerateRegistry({.seed = 8, .candidates = 6000}, other));
  for (const char* file : kFiles) {
    EXPECT_EQ(Content(folder_ + "/" + file), Content(again + "/" + file)) << file;
    EXPECT_NE(Content(folder_ + "/" + file), Content(other + "/" + file)) << file;
  }
}

TEST_F(RegistryTest, RecipientsCarryExactlyTheCountedNikFaults) {
  uint64_t spreadsheet = 0;
  uint64_t wrong_length = 0;
  uint64_t day_00 = 0;
  uint64_t serial_0000 = 0;
  uint64_t one_digit = 0;
  for (const Row& row : ReadRecipients(folder_)) {
    if (row.at("kind") != "PERSON") continue;
    const std::string& nik = row.at("nik");
    const Parsed<std::string> digits = ParseDigits(nik, 16, 16);
    if (!digits.ok()) {
      const FieldFault fault = digits.error().fault;
      (fault == FieldFault::kSpreadsheetNumber ? spreadsheet : wrong_length) += 1;
    } else if (nik == std::string(16, nik[0])) {
      ++one_digit;
    } else {
      day_00 += nik.substr(6, 2) == "00" ? 1 : 0;
      serial_0000 += nik.substr(12) == "0000" ? 1 : 0;
    }
  }
  EXPECT_EQ(spreadsheet, Fault("nik_spreadsheet"));
  EXPECT_EQ(wrong_length, Fault("nik_wrong_length"));
  EXPECT_EQ(day_00, Fault("nik_day_00"));
  EXPECT_EQ(serial_0000, Fault("nik_serial_0000"));
  EXPECT_EQ(one_digit, Fault("nik_one_digit"));
  EXPECT_GT(Fault("nik_spreadsheet"), 0u);
  EXPECT_EQ(Fault("nik_bad"), spreadsheet + wrong_length + day_00 + serial_0000 + one_digit);
}

TEST_F(RegistryTest, SoundNiksAreUniqueButForTheCountedDuplicatesAndFitThePerson) {
  std::map<std::string, Row> first_of_nik;
  uint64_t same = 0;
  uint64_t other = 0;
  for (Row& row : ReadRecipients(folder_)) {
    const std::string nik = row.at("nik");
    if (!ParseDigits(nik, 16, 16).ok() || nik == std::string(16, nik[0])) continue;
    if (nik.substr(6, 2) == "00" || nik.substr(12) == "0000") continue;
    const Parsed<absl::CivilDay> born = ParseDate(row.at("birth_date"));
    ASSERT_TRUE(born.ok());
    const int day = std::stoi(nik.substr(6, 2));
    EXPECT_EQ(day, born->day() + (row.at("sex") == "P" ? 40 : 0));
    EXPECT_EQ(std::stoi(nik.substr(8, 2)), born->month());
    const Parsed<std::string> area = ParseAreaCode(row.at("area"));
    ASSERT_TRUE(area.ok());
    row["area"] = *area;
    const auto [first, is_new] = first_of_nik.try_emplace(nik, row);
    if (!is_new) (first->second == row ? same : other) += 1;
  }
  EXPECT_EQ(same, Fault("duplicate_row_same_content"));
  EXPECT_EQ(other, Fault("duplicate_nik_other_content"));
  EXPECT_GT(same, 0u);
  EXPECT_GT(other, 0u);
}

TEST_F(RegistryTest, PeopleAndInstitutionsLiveInTheThirtyFiveAndANeighbourOrTwo) {
  std::set<std::string> areas;
  uint64_t outside = 0;
  for (const Row& row : ReadRecipients(folder_)) {
    const Parsed<std::string> area = ParseAreaCode(row.at("area"));
    ASSERT_TRUE(area.ok());
    if (area->substr(0, 2) == "33") {
      areas.insert(*area);
    } else {
      ++outside;
    }
  }
  EXPECT_EQ(areas.size(), 35u);
  EXPECT_EQ(outside, summary_.Get("variety", "residence_outside_province"));
}

TEST_F(RegistryTest, ProposalsCountBothProgrammesAndUnregisteredNiks) {
  std::set<std::string> registered;
  for (const Row& row : ReadRecipients(folder_)) registered.insert(row.at("nik"));
  std::map<std::string, std::set<std::string>> programs_of_nik;
  uint64_t unregistered = 0;
  uint64_t one_digit_twice = 0;
  for (const Row& row :
       ReadRows(folder_ + "/proposals.csv", {"nik", "program", "proposer", "class", "work_area",
                                             "document_number", "document_date"})) {
    const std::string& nik = row.at("nik");
    unregistered += registered.contains(nik) ? 0 : 1;
    // The repeated digit is not a person's own, so it may stand for one of each programme.
    one_digit_twice += nik == std::string(nik.size(), nik[0]) ? 1 : 0;
    if (nik != std::string(nik.size(), nik[0])) programs_of_nik[nik].insert(row.at("program"));
  }
  uint64_t both = 0;
  for (const auto& [nik, programs] : programs_of_nik) both += programs.size() == 2 ? 1 : 0;
  EXPECT_EQ(unregistered, Fault("proposal_for_unregistered_nik"));
  EXPECT_GT(unregistered, 0u);
  EXPECT_GT(both, 0u);
  EXPECT_LE(both, Fault("proposed_in_both_programmes"));
  EXPECT_GE(both + one_digit_twice, Fault("proposed_in_both_programmes"));
}

TEST_F(RegistryTest, AccountsAreSharedOnlyAsCounted) {
  std::set<std::string> accounts;
  uint64_t with_reason = 0;
  uint64_t without_reason = 0;
  for (const Row& row :
       ReadRows(folder_ + "/payees.csv",
                {"nik", "channel", "account_number", "bank", "account_holder", "holder",
                 "document_number", "document_date", "shared_account_reason"})) {
    const std::string& account = row.at("account_number");
    EXPECT_EQ(account.empty(), row.at("channel").find("CASH") != std::string::npos);
    if (account.empty() || accounts.insert(account).second) continue;
    (row.at("shared_account_reason").empty() ? without_reason : with_reason) += 1;
  }
  EXPECT_EQ(with_reason, Fault("account_shared_with_reason"));
  EXPECT_EQ(without_reason, Fault("account_shared_without_reason"));
  EXPECT_GT(with_reason, 0u);
  EXPECT_GT(without_reason, 0u);
}

TEST_F(RegistryTest, DeathsComeInTheOrderOfTheirDocuments) {
  std::string last;
  uint64_t in_the_year = 0;
  const std::vector<Row> rows = ReadRows(
      folder_ + "/deaths.csv", {"nik", "died_on", "source", "document_number", "document_date"});
  for (const Row& row : rows) {
    EXPECT_LE(last, row.at("document_date"));
    EXPECT_LT(row.at("died_on"), row.at("document_date"));
    last = row.at("document_date");
    in_the_year += row.at("died_on").substr(0, 4) == "2025" ? 1 : 0;
  }
  EXPECT_EQ(in_the_year, summary_.Get("kjs", "deaths_during_the_year") +
                             summary_.Get("blt", "deaths_during_the_year"));
  EXPECT_GT(in_the_year, 0u);
  EXPECT_GT(rows.size(), in_the_year);
}

TEST_F(RegistryTest, AssessmentColumnsAreTheBirthDateAndTheCodedIndicatorsOfTheCatalogue) {
  std::vector<std::string> expected = {"nik", "survey_date", "document_number", "tanggal_lahir"};
  std::ifstream catalogue("tools/data/indicators-46.csv");
  std::string line;
  while (std::getline(catalogue, line)) {
    std::vector<std::string> fields;
    std::istringstream in(line);
    for (std::string field; std::getline(in, field, ',');) fields.push_back(field);
    if (fields.at(0) != "number" && std::stoi(fields[0]) >= 8) expected.push_back(fields[1]);
  }
  ASSERT_EQ(expected.size(), 4 + kIndicatorCount);
  std::string header;
  for (const std::string& name : expected) header += (header.empty() ? "" : ",") + name;
  const std::string content = Content(folder_ + "/assessments.csv");
  EXPECT_EQ(content.substr(0, content.find('\n')), header);
  for (const Row& row : ReadRows(folder_ + "/assessments.csv", expected)) {
    for (size_t i = 4; i < expected.size(); ++i) {
      const std::string& value = row.at(expected[i]);
      EXPECT_TRUE(value.empty() || ParseInteger(value, 0, 9'999'999'999).ok()) << expected[i];
    }
  }
}

TEST(GenerateRegistryTest, DefaultSizeFillsBothQuotasAndLeavesReplacements) {
  ASSERT_OK_AND_ASSIGN(const Summary summary, GenerateRegistry({.seed = 2025}, Folder("default")));
  EXPECT_EQ(summary.Get("kjs", "candidates") + summary.Get("blt", "candidates"), 115'000u);
  for (const char* program : {"kjs", "blt"}) {
    EXPECT_THAT(summary.Get(program, "eligible_per_100_places"), AllOf(Ge(105u), Le(112u)))
        << program;
  }
  EXPECT_THAT(summary.Get("kjs", "deaths_during_the_year_surely_entitled"),
              AllOf(Ge(100u), Le(250u)));
  EXPECT_THAT(summary.Get("blt", "deaths_during_the_year_surely_entitled"),
              AllOf(Ge(200u), Le(600u)));
}

TEST(GenerateRegistryTest, OptionsOutOfRangeAreRefusedBeforeAnythingIsWritten) {
  const std::string folder = Folder("refused");
  EXPECT_THAT(GenerateRegistry({.seed = 1, .candidates = 99}, folder),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--candidates 99")));
  EXPECT_THAT(GenerateRegistry({.seed = 1, .fiscal_year = 1999}, folder),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--fiscal-year 1999")));
  EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST(PlacesTest, CodesAreDotted) {
  EXPECT_EQ(DottedCode(3374), "33.74");
  EXPECT_EQ(DottedCode(3301), "33.01");
  EXPECT_EQ(PlacesInProvince().size(), 35u);
}

}  // namespace
}  // namespace bansos

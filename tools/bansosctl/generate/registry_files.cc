#include "tools/bansosctl/generate/registry_files.h"

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/csv/atomic_file.h"
#include "tools/bansosctl/format/csv_row.h"
#include "tools/bansosctl/format/number.h"
#include "tools/bansosctl/generate/places.h"

namespace bansos {
namespace {

constexpr uint64_t kRowsPerProposal = 250;
constexpr uint64_t kFileStream = ~uint64_t{3};

// One CSV file being written; counts its rows.
class CsvFile {
 public:
  CsvFile(std::string name, CsvStyle style, Summary& summary)
      : name_(std::move(name)), style_(style), summary_(summary) {}

  absl::Status Open(const std::string& folder, std::string_view preamble) {
    ASSIGN_OR_RETURN(file_, AtomicFile::Create(absl::StrCat(folder, "/", name_), Existing::kKept));
    return file_->Append(preamble);
  }
  absl::Status Row(std::initializer_list<std::string_view> fields) {
    line_.clear();
    AppendCsvRow(line_, fields, style_);
    ++rows_;
    return file_->Append(line_);
  }
  // A row that the caller has put together.
  absl::Status Line(std::string_view line) {
    ++rows_;
    return file_->Append(line);
  }
  absl::Status Commit() {
    summary_.Add("rows", name_, rows_);
    return file_->Commit();
  }

 private:
  const std::string name_;
  const CsvStyle style_;
  Summary& summary_;
  std::unique_ptr<AtomicFile> file_;
  std::string line_;
  uint64_t rows_ = 0;
};

constexpr CsvStyle kExcel = {.delimiter = ';', .line_end = "\r\n"};

// Digits as people make Excel keep them: plain, with an apostrophe or as ="...". Never what Excel
// has damaged already.
std::string AsExcelText(Prng& prng, const std::string& digits, bool damaged) {
  if (damaged) return digits;
  switch (prng.PickWeighted({70, 25, 5})) {
    case 1:
      return absl::StrCat("'", digits);
    case 2:
      return absl::StrCat("=\"", digits, "\"");
    default:
      return digits;
  }
}

absl::Status WritePerson(Prng& prng, const Candidate& person, CsvFile& file) {
  const bool damaged = person.nik_fault == PlantedNikFault::kSpreadsheet;
  const std::string nik = AsExcelText(prng, person.nik, damaged);
  const std::string kk = AsExcelText(prng, person.kk, false);
  const std::string area = prng.Chance(3000) ? absl::StrCat(person.area) : DottedCode(person.area);
  return file.Row({nik, kk, "", person.name, person.birth_place,
                   FormatDateSlashed(person.birth_date), person.female ? "P" : "L", person.address,
                   area, "PERSON"});
}

void AppendAssessment(std::string& line, const Candidate& candidate, const Assessment& assessment) {
  line.clear();
  AppendCsvField(line, candidate.nik);
  const std::string document =
      absl::StrFormat("BA-PENDATAAN/%s/%04d%02d", DottedCode(candidate.area),
                      assessment.survey_date.year(), assessment.survey_date.month());
  absl::StrAppend(&line, ",", FormatDate(assessment.survey_date), ",", document, ",",
                  FormatDate(candidate.birth_date));
  for (int64_t value : assessment.values) {
    line.push_back(',');
    if (value != kNotRecorded) absl::StrAppend(&line, value);
  }
  line.push_back('\n');
}

std::string ProposalDocument(std::string_view proposer, int area, uint64_t row, int year) {
  return absl::StrCat("460/", absl::string_view(proposer.data(), proposer.size()), "/",
                      DottedCode(area), "/", row / kRowsPerProposal + 1, "/", year);
}

}  // namespace

absl::Status WriteRecipients(const RegistryOptions& options, const Population& population,
                             const std::string& folder, Summary& summary) {
  Prng prng(options.seed, kFileStream);
  CsvFile file("recipients.csv", kExcel, summary);
  RETURN_IF_ERROR(
      file.Open(folder,
                "\xEF\xBB\xBFNIK;KK;Registration_Number;Name;Birth_Place;Birth_Date;Sex;"
                "Address;Area;Kind\r\n"));
  auto duplicate = population.duplicates.begin();
  for (size_t i = 0; i < population.candidates.size(); ++i) {
    RETURN_IF_ERROR(WritePerson(prng, population.candidates[i], file));
    for (; duplicate != population.duplicates.end() && duplicate->after == i; ++duplicate) {
      RETURN_IF_ERROR(WritePerson(prng, duplicate->person, file));
    }
  }
  for (const Institution& institution : population.institutions) {
    RETURN_IF_ERROR(file.Row({"", "", institution.registration_number, institution.name, "", "", "",
                              institution.address, DottedCode(institution.area), "INSTITUTION"}));
  }
  return file.Commit();
}

absl::Status WriteAssessments(const Population& population, const std::string& folder,
                              Summary& summary) {
  std::string header = "nik,survey_date,document_number,tanggal_lahir";
  for (std::string_view id : kIndicatorIds) header.append(",").append(id);
  CsvFile file("assessments.csv", {}, summary);
  RETURN_IF_ERROR(file.Open(folder, header + "\n"));
  std::string line;
  for (const Candidate& candidate : population.candidates) {
    for (const Assessment& assessment : candidate.assessments) {
      AppendAssessment(line, candidate, assessment);
      RETURN_IF_ERROR(file.Line(line));
    }
  }
  return file.Commit();
}

absl::Status WriteProposals(const RegistryOptions& options, const Population& population,
                            const std::string& folder, Summary& summary) {
  CsvFile file("proposals.csv", {}, summary);
  RETURN_IF_ERROR(
      file.Open(folder, "nik,program,proposer,class,work_area,document_number,document_date\n"));
  const std::string date = FormatDate(absl::CivilDay(options.fiscal_year - 1, 12, 2));
  uint64_t row = 0;
  const auto write = [&](std::string_view nik, int area, const Proposal& proposal) {
    return file.Row({nik, NameOf(proposal.program), proposal.proposer, proposal.candidate_class,
                     proposal.work_area == 0 ? "" : DottedCode(proposal.work_area),
                     ProposalDocument(proposal.proposer, area, row++, options.fiscal_year - 1),
                     date});
  };
  for (const Candidate& candidate : population.candidates) {
    for (const Proposal& proposal : candidate.proposals) {
      RETURN_IF_ERROR(write(candidate.nik, candidate.area, proposal));
    }
  }
  const Proposal nobody = {ProgramCode::kKjs, "DINSOS", "DESTITUTE", 0};
  for (const std::string& nik : population.unregistered_niks) {
    RETURN_IF_ERROR(write(nik, PlacesInProvince()[0].code, nobody));
  }
  return file.Commit();
}

absl::Status WritePayees(const std::vector<PayeeRow>& payees, const std::string& folder,
                         Summary& summary) {
  CsvFile file("payees.csv", {}, summary);
  RETURN_IF_ERROR(file.Open(folder,
                            "nik,channel,account_number,bank,account_holder,holder,document_number,"
                            "document_date,shared_account_reason\n"));
  for (const PayeeRow& payee : payees) {
    RETURN_IF_ERROR(file.Row({payee.nik, payee.channel, payee.account_number, payee.bank,
                              payee.account_holder, payee.holder, payee.document_number,
                              FormatDate(payee.document_date), payee.shared_account_reason}));
  }
  return file.Commit();
}

absl::Status WriteDeaths(const RegistryOptions&, const Population& population,
                         const std::string& folder, Summary& summary) {
  std::vector<const Candidate*> dead;
  for (const Candidate& candidate : population.candidates) {
    if (candidate.death.has_value() && candidate.nik_fault == PlantedNikFault::kNone) {
      dead.push_back(&candidate);
    }
  }
  std::stable_sort(dead.begin(), dead.end(), [](const Candidate* a, const Candidate* b) {
    return a->death->reported_on < b->death->reported_on;
  });
  CsvFile file("deaths.csv", {}, summary);
  RETURN_IF_ERROR(file.Open(folder, "nik,died_on,source,document_number,document_date\n"));
  uint64_t number = 0;
  for (const Candidate* candidate : dead) {
    const Death& death = *candidate->death;
    const std::string document = absl::StrFormat("474.3/%s/%05d/%d", DottedCode(candidate->area),
                                                 ++number, death.reported_on.year());
    RETURN_IF_ERROR(file.Row({candidate->nik, FormatDate(death.died_on), death.source, document,
                              FormatDate(death.reported_on)}));
  }
  return file.Commit();
}

}  // namespace bansos

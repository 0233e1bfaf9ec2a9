#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "bansos/v1/eligibility_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/import/kinds.h"
#include "tools/bansosctl/import/nik_agreement.h"
#include "tools/bansosctl/import/recipient_ref.h"

namespace bansos {
namespace {

constexpr char kAssessmentDocumentKind[] = "BA";

enum : size_t {
  kSurveyDate = kRefColumnCount,
  kAssessmentDocumentNumber,
  kAssessmentDocumentDate,
  kAssessmentDocumentKindColumn,
  kFirstIndicator,
};

// As DTKS names the date of birth: of a person whose NIK says another, the row is of somebody else.
constexpr char kBirthDateIndicator[] = "tanggal_lahir";

// An indicator of the catalogue that the file has a column for.
struct ValueColumn {
  size_t column = 0;
  const ledger::v1::Indicator* indicator = nullptr;
};

bool IsStated(const ledger::v1::Indicator& indicator, int64_t value) {
  if (indicator.kind() == ledger::v1::INDICATOR_KIND_BITMASK) {
    for (const ledger::v1::ValueRange& flag : indicator.values()) value &= ~flag.first();
    return value == 0;
  }
  return std::any_of(indicator.values().begin(), indicator.values().end(),
                     [value](const ledger::v1::ValueRange& range) {
                       return range.first() <= value && value <= range.last();
                     });
}

class AssessmentsKind final
    : public MethodKind<v1::EligibilityService::Stub, v1::RecordAssessmentsRequest,
                        v1::RecordAssessmentsResponse> {
 public:
  AssessmentsKind(ImportContext context, Catalogue catalogue)
      : MethodKind(std::move(context), &v1::EligibilityService::Stub::RecordAssessments),
        catalogue_(std::move(catalogue)),
        columns_(AssessmentsColumns()) {
    for (const ledger::v1::Indicator& indicator : catalogue_.indicators) {
      if (indicator.kind() == ledger::v1::INDICATOR_KIND_IDENTITY) continue;
      indicators_.push_back(&indicator);
      columns_.push_back({{.name = absl::AsciiStrToLower(indicator.id()),
                           .required = false,
                           .personal = true,
                           .dates = indicator.kind() == ledger::v1::INDICATOR_KIND_DATE},
                          indicator.meaning(),
                          indicator.codes()});
    }
    request_ = NewRequest();
  }

  const std::vector<ImportColumn>& columns() const override { return columns_; }
  absl::Status CheckHeader(const CsvReader& reader) const override {
    return CheckRecipientHeader(reader);
  }

  absl::Status CheckRows(CsvReader& rows) const override {
    const size_t birth_date = ColumnOfBirthDate();
    if (birth_date == columns_.size() || !rows.HasColumn(birth_date) || !rows.HasColumn(kRefNik)) {
      return absl::OkStatus();
    }
    NikAgreement agreement;
    while (true) {
      ASSIGN_OR_RETURN(const CsvReader::Step step, rows.Next());
      if (step == CsvReader::Step::kEnd) return agreement.Check();
      if (step == CsvReader::Step::kRejected) continue;
      RowReading row(rows);
      const std::string nik = row.Nik(kRefNik);
      const std::string date = row.Date(birth_date);
      if (!row.ok()) continue;
      agreement.Add(rows.row(), AgreesWithNik(nik, date, v1::SEX_UNSPECIFIED));
    }
  }

  bool Add(RowReading& row) override {
    if (!columns_known_) NameIndicators(row.reader());
    v1::Assessment& item = *request_.add_items();
    ReadRecipient(row, *item.mutable_recipient());
    item.set_survey_date(row.Date(kSurveyDate));
    ReadDocument(
        row, {kAssessmentDocumentKindColumn, kAssessmentDocumentNumber, kAssessmentDocumentDate},
        kAssessmentDocumentKind, item.survey_date(), *item.mutable_basis());
    item.mutable_values()->Reserve(static_cast<int>(values_.size()));
    for (size_t i = 0; i < values_.size(); ++i) {
      const std::string_view text = row.reader().Get(values_[i].column);
      if (text.empty()) item.add_unknown(static_cast<uint32_t>(i));
      item.add_values(text.empty() ? 0 : ReadValue(row, values_[i]));
    }
    return KeepItem(row);
  }

 protected:
  v1::RecordAssessmentsRequest NewRequest() const override {
    v1::RecordAssessmentsRequest request = SharedParts();
    request.set_catalogue(catalogue_.name);
    request.set_catalogue_version(catalogue_.version);
    for (const ValueColumn& value : values_) request.add_indicators(value.indicator->id());
    return request;
  }

 private:
  // Once the header is read: the indicators of the requests are those of the file.
  void NameIndicators(const CsvReader& reader) {
    for (size_t column = kFirstIndicator; column < columns_.size(); ++column) {
      if (reader.HasColumn(column)) {
        values_.push_back({column, indicators_[column - kFirstIndicator]});
      }
    }
    columns_known_ = true;
    request_ = NewRequest();
  }

  size_t ColumnOfBirthDate() const {
    size_t column = kFirstIndicator;
    while (column < columns_.size() && columns_[column].column.name != kBirthDateIndicator) {
      ++column;
    }
    return column;
  }

  static int64_t ReadValue(RowReading& row, const ValueColumn& value) {
    if (value.indicator->kind() != ledger::v1::INDICATOR_KIND_DATE) {
      const int64_t number = row.Integer(value.column, INT64_MIN, INT64_MAX);
      if (!IsStated(*value.indicator, number)) {
        row.Fail(
            value.column, "the catalogue knows no such value of the indicator",
            absl::StrCat("compare it with the survey; the codes are ", value.indicator->codes()));
      }
      return number;
    }
    const Parsed<absl::CivilDay> day = ParseDate(row.reader().Get(value.column));
    if (day.ok()) return day->year() * 10'000 + int64_t{100} * day->month() + day->day();
    row.Fail(value.column, day.error().reason, day.error().what_to_do);
    return 0;
  }

  const Catalogue catalogue_;
  std::vector<ImportColumn> columns_;
  std::vector<const ledger::v1::Indicator*> indicators_;  // by column from kFirstIndicator on
  std::vector<ValueColumn> values_;
  bool columns_known_ = false;
};

}  // namespace

const std::vector<ImportColumn>& AssessmentsColumns() {
  static const auto* const kColumns = [] {
    auto* columns = new std::vector<ImportColumn>(RecipientColumns());
    columns->push_back(
        {{.name = "survey_date", .dates = true}, "day of the survey", "YYYY-MM-DD or DD/MM/YYYY"});
    for (ImportColumn& column : DocumentColumnList(kAssessmentDocumentKind, false)) {
      columns->push_back(std::move(column));
    }
    return columns;
  }();
  return *kColumns;
}

std::unique_ptr<ImportKind> NewAssessmentsKind(ImportContext context, Catalogue catalogue) {
  return std::make_unique<AssessmentsKind>(std::move(context), std::move(catalogue));
}

}  // namespace bansos

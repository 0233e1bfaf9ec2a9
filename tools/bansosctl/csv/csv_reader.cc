#include "tools/bansosctl/csv/csv_reader.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/csv/text_damage.h"
#include "tools/bansosctl/csv/utf8.h"

namespace bansos {
namespace {

std::string KnownColumns(const std::vector<Column>& columns) {
  return absl::StrJoin(columns, ", ", [](std::string* out, const Column& column) {
    absl::StrAppend(out, column.name, column.required ? "" : " (optional)");
  });
}

std::string_view Trim(std::string_view cell) {
  constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
  while (!cell.empty()) {
    if (absl::ascii_isspace(cell.front())) {
      cell.remove_prefix(1);
    } else if (cell.substr(0, 2) == kNoBreakSpace) {
      cell.remove_prefix(2);
    } else if (absl::ascii_isspace(cell.back())) {
      cell.remove_suffix(1);
    } else if (cell.size() >= 2 && cell.substr(cell.size() - 2) == kNoBreakSpace) {
      cell.remove_suffix(2);
    } else {
      break;
    }
  }
  return cell;
}

// What Excel and word processors make of an apostrophe that is typed alone.
bool IsLoneApostrophe(std::string_view cell) {
  return cell == "\xE2\x80\x98" || cell == "\xE2\x80\x99";
}

}  // namespace

std::string Heading(std::string_view cell) {
  const std::string_view clean = CleanCell(cell);
  return absl::AsciiStrToLower(absl::string_view(clean.data(), clean.size()));
}

std::string_view CleanCell(std::string_view cell) {
  cell = Trim(cell);
  if (cell.size() >= 3 && cell.substr(0, 2) == "=\"" && cell.back() == '"') {
    return Trim(cell.substr(2, cell.size() - 3));
  }
  if (!cell.empty() && cell.front() == '\'') return Trim(cell.substr(1));
  return IsLoneApostrophe(cell) ? std::string_view() : cell;
}

absl::StatusOr<std::unique_ptr<CsvReader>> CsvReader::Open(const std::string& path,
                                                           std::vector<Column> columns,
                                                           Unlikely unlikely) {
  ASSIGN_OR_RETURN(const std::shared_ptr<StableFile> file, StableFile::Open(path));
  RETURN_IF_ERROR(CheckFile(*file, columns, unlikely));
  ASSIGN_OR_RETURN(std::unique_ptr<CsvReader> reader,
                   FromSource(file->NewSource(), std::move(columns)));
  reader->file_ = file;
  return reader;
}

absl::StatusOr<std::unique_ptr<CsvReader>> CsvReader::Again() const {
  CHECK(file_ != nullptr);
  return FromSource(file_->NewSource(), columns_);
}

absl::StatusOr<std::unique_ptr<CsvReader>> CsvReader::FromSource(std::unique_ptr<ByteSource> source,
                                                                 std::vector<Column> columns) {
  ASSIGN_OR_RETURN(std::unique_ptr<RecordReader> records, RecordReader::Open(std::move(source)));
  auto reader = std::unique_ptr<CsvReader>(new CsvReader(std::move(records), std::move(columns)));
  RETURN_IF_ERROR(reader->ReadHeader());
  return reader;
}

absl::Status CsvReader::ReadHeader() {
  while (true) {
    ASSIGN_OR_RETURN(const RecordReader::Step step, records_->Next());
    if (step == RecordReader::Step::kEnd) {
      return absl::InvalidArgumentError(absl::StrCat(
          "the file is empty: its first row must name the columns: ", KnownColumns(columns_)));
    }
    if (step == RecordReader::Step::kBadRow) {
      return absl::InvalidArgumentError(absl::StrCat("row ", records_->row(),
                                                     " (the header): ", records_->bad_row().reason,
                                                     ": ", records_->bad_row().what_to_do));
    }
    RETURN_IF_ERROR(CheckRowEncoding());
    if (!IsBlank()) return MapHeader(records_->record());
  }
}

absl::Status CsvReader::MapHeader(const Record& header) {
  const auto refuse = [&](absl::string_view what) {
    return absl::InvalidArgumentError(
        absl::StrCat("row ", records_->row(), " (the header): ", what));
  };
  field_of_column_.assign(columns_.size(), std::nullopt);
  fields_per_row_ = header.size();
  while (fields_per_row_ > 1 && CleanCell(header.field(fields_per_row_ - 1)).empty()) {
    --fields_per_row_;
  }
  for (size_t field = 0; field < fields_per_row_; ++field) {
    const std::string heading = Heading(header.field(field));
    if (heading.empty()) {
      return refuse(absl::StrCat("column ", field + 1, " has no name: name or remove it"));
    }
    is_rejects_field_.push_back(IsRejectsHeading(heading));
    if (!is_rejects_field_.back()) own_headings_.emplace_back(header.field(field));
    size_t column = 0;
    while (column < columns_.size() && columns_[column].name != heading) ++column;
    if (column == columns_.size() && is_rejects_field_.back()) continue;
    if (column == columns_.size() && fields_per_row_ == 1 && columns_.size() > 1) {
      return refuse(absl::StrCat(
          "it is one column, \"", ShowSafely(Column{}, heading),
          "\": set the columns apart by ; or , or TAB. Known columns: ", KnownColumns(columns_)));
    }
    if (column == columns_.size()) {
      return refuse(absl::StrCat("unknown column \"", ShowSafely(Column{}, heading),
                                 "\": remove it, or give it the name that it has here. Known "
                                 "columns: ",
                                 KnownColumns(columns_)));
    }
    if (HasColumn(column)) {
      return refuse(absl::StrCat("column \"", heading, "\" stands twice: remove one of them"));
    }
    field_of_column_[column] = field;
  }
  std::vector<std::string> missing;
  for (size_t column = 0; column < columns_.size(); ++column) {
    if (columns_[column].required && !HasColumn(column)) missing.push_back(columns_[column].name);
  }
  if (missing.empty()) return absl::OkStatus();
  return refuse(absl::StrCat("missing column ", absl::StrJoin(missing, ", "),
                             ": add it. Known columns: ", KnownColumns(columns_)));
}

absl::StatusOr<CsvReader::Step> CsvReader::Next() {
  while (true) {
    ASSIGN_OR_RETURN(const RecordReader::Step step, records_->Next());
    if (step == RecordReader::Step::kEnd) return Step::kEnd;
    row_is_record_ = step == RecordReader::Step::kRecord;
    if (step == RecordReader::Step::kBadRow) {
      rejected_ = {row(), "", "", records_->bad_row().reason, records_->bad_row().what_to_do};
      return Step::kRejected;
    }
    RETURN_IF_ERROR(CheckRowEncoding());
    if (IsBlank()) continue;
    if (records_->record().size() < fields_per_row_ || !IsBlank(fields_per_row_)) {
      rejected_ = WrongFieldCount();
      return Step::kRejected;
    }
    std::optional<RowError> damage = FindDamage();
    if (!damage.has_value()) return Step::kRow;
    rejected_ = *std::move(damage);
    return Step::kRejected;
  }
}

std::string_view CsvReader::Get(size_t column) const {
  CHECK(column < columns_.size());
  const std::optional<size_t> field = field_of_column_[column];
  return field.has_value() ? CleanCell(records_->record().field(*field)) : std::string_view();
}

RowError CsvReader::ErrorAt(size_t column, std::string reason, std::string what_to_do) const {
  return {row(), columns_[column].name, ShowSafely(columns_[column], Get(column)),
          std::move(reason), std::move(what_to_do)};
}

std::vector<std::string> CsvReader::OwnCells() const {
  if (!row_is_record_) return {records_->bad_row().bytes};
  std::vector<std::string> cells;
  const Record& record = records_->record();
  for (size_t field = 0; field < record.size(); ++field) {
    const bool of_rejects = field < is_rejects_field_.size() && is_rejects_field_[field];
    if (!of_rejects) cells.emplace_back(record.field(field));
  }
  return cells;
}

absl::Status CsvReader::CheckRowEncoding() const {
  const std::string_view text = records_->record().text();
  if (text.find('\0') == std::string_view::npos && !FindInvalidUtf8(text).has_value()) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "row ", row(), ": the text is not UTF-8: save the file as CSV UTF-8 and import it again"));
}

std::optional<RowError> CsvReader::FindDamage() const {
  for (size_t column = 0; column < columns_.size(); ++column) {
    const std::optional<TextDamage> damage = FindTextDamage(Get(column));
    if (!damage.has_value()) continue;
    return ErrorAt(column, std::string(damage->reason), std::string(damage->what_to_do));
  }
  return std::nullopt;
}

bool CsvReader::IsBlank(size_t from_field) const {
  const Record& record = records_->record();
  for (size_t i = from_field; i < record.size(); ++i) {
    if (!CleanCell(record.field(i)).empty()) return false;
  }
  return true;
}

RowError CsvReader::WrongFieldCount() const {
  const size_t found = records_->record().size();
  return {row(), "", "",
          absl::StrCat("the row has ", found, found == 1 ? " field" : " fields",
                       ", the header has ", fields_per_row_),
          found > fields_per_row_
              ? "put text that holds the delimiter in double quotes, or remove the extra fields"
              : "add the missing fields (an empty one still needs its delimiter)"};
}

}  // namespace bansos

#include "tools/bansosctl/csv/file_check.h"

#include <deque>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/csv/column_checks.h"
#include "tools/bansosctl/csv/csv_reader.h"
#include "tools/bansosctl/csv/limits.h"
#include "tools/bansosctl/csv/title_rows.h"
#include "tools/bansosctl/csv/utf8.h"

namespace bansos {
namespace {

struct Place {
  uint64_t row = 1;
  uint64_t byte = 1;  // 1-based within the row
  uint8_t value = 0;
};

// Reads again up to `offset` and counts lines.
absl::StatusOr<Place> FindPlace(ByteSource& source, uint64_t offset) {
  std::string chunk(kCsvChunkBytes, '\0');
  Place place;
  uint64_t line_start = 0;
  for (uint64_t base = 0;;) {
    ASSIGN_OR_RETURN(const size_t length, source.Read(chunk.data(), chunk.size()));
    for (size_t i = 0; i < length && base + i < offset; ++i) {
      if (chunk[i] != '\n') continue;
      ++place.row;
      line_start = base + i + 1;
    }
    if (length == 0 || base + length > offset) {
      if (length != 0) place.value = static_cast<uint8_t>(chunk[offset - base]);
      place.byte = offset - line_start + 1;
      return place;
    }
    base += length;
  }
}

absl::StatusOr<std::optional<uint64_t>> FindInvalidByte(ByteSource& source) {
  std::string chunk(kCsvChunkBytes, '\0');
  Utf8Scanner scanner;
  for (uint64_t base = 0;;) {
    ASSIGN_OR_RETURN(const size_t length, source.Read(chunk.data(), chunk.size()));
    if (length == 0) return scanner.Finish();
    const std::string_view piece(chunk.data(), length);
    if (std::optional<uint64_t> bad = scanner.Feed(piece)) return bad;
    if (const size_t nul = piece.find('\0'); nul != std::string_view::npos) return base + nul;
    base += length;
  }
}

absl::Status CheckEncoding(StableFile& file) {
  // What is not even text is told by its first bytes, with a better sentence.
  RETURN_IF_ERROR(RecordReader::Open(file.NewSource()).status());
  ASSIGN_OR_RETURN(const std::optional<uint64_t> bad, FindInvalidByte(*file.NewSource()));
  if (!bad.has_value()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const Place place, FindPlace(*file.NewSource(), *bad));
  return absl::InvalidArgumentError(
      absl::StrFormat("row %u, byte %u: byte 0x%02X is not UTF-8 text: save the file as CSV UTF-8 "
                      "and import it again",
                      place.row, place.byte, place.value));
}

// Says it better where the header only stands lower.
absl::Status ExplainHeader(StableFile& file, const std::vector<Column>& columns,
                           const absl::Status& refused) {
  std::string head(kCsvRowBytesMax, '\0');
  ASSIGN_OR_RETURN(const size_t length, file.NewSource()->Read(head.data(), head.size()));
  head.resize(length);
  const std::optional<uint64_t> row = FindHeaderBelow(head, columns);
  if (!row.has_value()) return refused;
  const std::string above =
      *row == 2 ? "row 1 is a title" : absl::StrCat("rows 1 to ", *row - 1, " are titles");
  return absl::InvalidArgumentError(absl::StrCat(above, " above the header: delete ",
                                                 *row == 2 ? "it" : "them", ", so that row ", *row,
                                                 ", which names the columns, comes first"));
}

absl::Status CheckColumns(CsvReader& reader, Unlikely unlikely) {
  const std::vector<Column>& columns = reader.columns();
  std::deque<std::pair<size_t, ColumnChecks>> checks;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (ColumnChecks::Wanted(columns[i]) && reader.HasColumn(i)) {
      checks.emplace_back(i, ColumnChecks(columns[i]));
    }
  }
  if (checks.empty()) return absl::OkStatus();
  while (true) {
    ASSIGN_OR_RETURN(const CsvReader::Step step, reader.Next());
    if (step == CsvReader::Step::kEnd) break;
    if (step == CsvReader::Step::kRejected) continue;
    for (auto& [column, check] : checks) check.Add(reader.row(), reader.Get(column));
  }
  for (const auto& [column, check] : checks) {
    const absl::Status status = check.Check();
    if (!status.ok() && !(unlikely == Unlikely::kAccepted && IsUnlikelyFile(status))) return status;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckFile(StableFile& file, const std::vector<Column>& columns, Unlikely unlikely) {
  RETURN_IF_ERROR(CheckEncoding(file));
  absl::StatusOr<std::unique_ptr<CsvReader>> reader =
      CsvReader::FromSource(file.NewSource(), columns);
  if (!reader.ok()) return ExplainHeader(file, columns, reader.status());
  return CheckColumns(**reader, unlikely);
}

}  // namespace bansos

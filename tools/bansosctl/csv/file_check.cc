#include "tools/bansosctl/csv/file_check.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/csv/byte_source.h"
#include "tools/bansosctl/csv/csv_reader.h"
#include "tools/bansosctl/csv/limits.h"
#include "tools/bansosctl/csv/utf8.h"

namespace bansos {
namespace {

constexpr size_t kSixteen = 16;
// One number in ten ends in 0 by itself. Fewer numbers than this say nothing.
constexpr uint64_t kNumbersMin = 20;
constexpr uint64_t kDamagedPercent = 90;

struct Place {
  uint64_t row = 1;
  uint64_t byte = 1;  // 1-based within the row
  uint8_t value = 0;
};

// Reads again up to `offset` and counts lines.
absl::StatusOr<Place> FindPlace(const std::string& path, uint64_t offset) {
  ASSIGN_OR_RETURN(std::unique_ptr<ByteSource> source, OpenFileSource(path));
  std::string chunk(kCsvChunkBytes, '\0');
  Place place;
  uint64_t line_start = 0;
  for (uint64_t base = 0;;) {
    ASSIGN_OR_RETURN(const size_t length, source->Read(chunk.data(), chunk.size()));
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

struct LastDigits {
  uint64_t numbers = 0;
  uint64_t ending_in_zero = 0;
  bool Damaged() const {
    return numbers >= kNumbersMin && ending_in_zero * 100 >= numbers * kDamagedPercent;
  }
};

absl::StatusOr<std::vector<LastDigits>> SampleDigits(CsvReader& reader) {
  const std::vector<Column>& columns = reader.columns();
  std::vector<LastDigits> counts(columns.size());
  for (size_t rows = 0; rows < kCsvSampleRows; ++rows) {
    ASSIGN_OR_RETURN(const CsvReader::Step step, reader.Next());
    if (step == CsvReader::Step::kEnd) break;
    if (step == CsvReader::Step::kRejected) continue;
    for (size_t i = 0; i < columns.size(); ++i) {
      if (!columns[i].sixteen_digits) continue;
      const std::string_view value = reader.Get(i);
      if (value.size() != kSixteen) continue;
      ++counts[i].numbers;
      counts[i].ending_in_zero += value.back() == '0' ? 1 : 0;
    }
  }
  return counts;
}

}  // namespace

absl::Status CheckEncodingOfFile(const std::string& path) {
  ASSIGN_OR_RETURN(std::unique_ptr<ByteSource> source, OpenFileSource(path));
  if (!source->size().has_value()) return absl::OkStatus();
  // What is not even text is told by its first bytes, with a better sentence.
  ASSIGN_OR_RETURN(std::unique_ptr<ByteSource> again, OpenFileSource(path));
  RETURN_IF_ERROR(RecordReader::Open(std::move(again)).status());
  ASSIGN_OR_RETURN(const std::optional<uint64_t> bad, FindInvalidByte(*source));
  if (!bad.has_value()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const Place place, FindPlace(path, *bad));
  return absl::InvalidArgumentError(
      absl::StrFormat("row %u, byte %u: byte 0x%02X is not UTF-8 text: save the file as CSV UTF-8 "
                      "and import it again",
                      place.row, place.byte, place.value));
}

absl::Status CheckDigitsOfFile(const std::string& path, const std::vector<Column>& columns) {
  if (std::none_of(columns.begin(), columns.end(),
                   [](const Column& column) { return column.sixteen_digits; })) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(std::unique_ptr<ByteSource> source, OpenFileSource(path));
  if (!source->size().has_value()) return absl::OkStatus();
  absl::StatusOr<std::unique_ptr<CsvReader>> reader =
      CsvReader::FromSource(std::move(source), columns);
  if (!reader.ok()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<LastDigits> counts, SampleDigits(**reader));
  for (size_t i = 0; i < columns.size(); ++i) {
    if (!counts[i].Damaged()) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("column ", columns[i].name, ": ", counts[i].ending_in_zero, " of the first ",
                     counts[i].numbers,
                     " numbers end in 0: a spreadsheet has kept 15 digits and lost the last. "
                     "Get the numbers from the source again, with the column formatted as text"));
  }
  return absl::OkStatus();
}

}  // namespace bansos

#include "projections/program_table.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace bansos {

absl::StatusOr<ProgramTable::Number> ProgramTable::Open(const ProgramOpened& opened) {
  if (numbers_.contains(opened.program)) {
    return absl::DataLossError(absl::StrCat("programme ", opened.program, " is opened again"));
  }
  Add({.code = opened.program, .fiscal_year = opened.fiscal_year});
  return static_cast<Number>(rows_.size() - 1);
}

absl::StatusOr<ProgramTable::Number> ProgramTable::Find(const std::string& code) const {
  const auto it = numbers_.find(code);
  if (it != numbers_.end()) return it->second;
  return absl::DataLossError(absl::StrCat("programme ", code, " was never opened"));
}

void ProgramTable::Add(Row row) {
  numbers_.emplace(row.code, static_cast<Number>(rows_.size()));
  rows_.push_back(std::move(row));
}

void ProgramTable::Save(SnapshotWriter& writer) const {
  writer.List(rows_, [&](const Row& row) {
    writer.Text(row.code);
    writer.U64(row.fiscal_year);
  });
}

void ProgramTable::Load(SnapshotReader& reader) {
  const uint64_t count = reader.U64();
  for (uint64_t i = 0; i < count && reader.ok(); ++i) {
    std::string code = reader.Text();
    Add({.code = std::move(code), .fiscal_year = reader.U32()});
  }
}

ProgramTable::Number ProgramTable::LoadNumber(SnapshotReader& reader) const {
  const Number number = reader.U32();
  if (number >= rows_.size()) reader.Fail("an unknown programme");
  return number;
}

}  // namespace bansos

// ProgramTable: the programmes in the order in which they were opened, so that rows hold a small
// number instead of a code. Every view that needs one folds its own. Not thread-safe.
#ifndef PROJECTIONS_PROGRAM_TABLE_H_
#define PROJECTIONS_PROGRAM_TABLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/domain/event.h"
#include "projections/snapshot_codec.h"

namespace bansos {

class ProgramTable {
 public:
  // The order of opening, from 0.
  using Number = uint32_t;

  // DATA_LOSS when the code is already there.
  absl::StatusOr<Number> Open(const ProgramOpened& opened);
  // DATA_LOSS when no such programme was opened.
  absl::StatusOr<Number> Find(const std::string& code) const;

  size_t size() const { return rows_.size(); }
  // REQUIRES: number < size().
  const std::string& code(Number number) const { return rows_[number].code; }
  uint32_t fiscal_year(Number number) const { return rows_[number].fiscal_year; }

  void Save(SnapshotWriter& writer) const;
  void Load(SnapshotReader& reader);
  // The next value as a number of this table; fails the reader otherwise.
  Number LoadNumber(SnapshotReader& reader) const;

 private:
  struct Row {
    std::string code;
    uint32_t fiscal_year = 0;
  };

  void Add(Row row);

  std::vector<Row> rows_;
  absl::flat_hash_map<std::string, Number> numbers_;
};

}  // namespace bansos

#endif  // PROJECTIONS_PROGRAM_TABLE_H_

// EntryRows: the family `entries` of a stored log, read as whole bundles. Every fragment must begin
// at the position where the one before ended, lie within one bundle and hold whole entries; after
// the last there must be none. One thread.
#ifndef TOOLS_BANSOS_VERIFY_SOURCE_ENTRY_ROWS_H_
#define TOOLS_BANSOS_VERIFY_SOURCE_ENTRY_ROWS_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/iterator.h"
#include "tools/bansos-verify/tree/bundle_pipeline.h"

namespace bansos::verify {

class EntryRows {
 public:
  EntryRows(std::unique_ptr<rocksdb::Iterator> rows, uint64_t size);

  // The next bundle, full unless it is the last.
  absl::StatusOr<RawBundle> Next();
  // After the last bundle: nothing is left.
  absl::Status CheckEnd();

  uint64_t fragments() const { return fragments_; }

 private:
  // Appends the fragment at the cursor, which must begin at next_ and end at or before `end`.
  absl::Status TakeFragment(uint64_t end, std::string& bytes);

  const std::unique_ptr<rocksdb::Iterator> rows_;
  const uint64_t size_;
  uint64_t next_ = 0;  // position where the next fragment begins
  uint64_t fragments_ = 0;
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_SOURCE_ENTRY_ROWS_H_

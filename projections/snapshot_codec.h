// The bytes of a view's snapshot: integers as varints (signed ones zigzag), texts with their
// length. A view writes its rows sorted, so equal views give equal bytes and their SHA-256 is its
// digest.
//
// Contract: writer and reader keep their first error and go on doing nothing; Finish tells it. The
// reader treats its input as hostile (invariant 10): any bytes may be read.
// Threads: one caller at a time.
#ifndef PROJECTIONS_SNAPSHOT_CODEC_H_
#define PROJECTIONS_SNAPSHOT_CODEC_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace bansos {

// A snapshot is cut into values of about this size: large enough to compress well, small enough to
// be held in memory a few times.
inline constexpr size_t kSnapshotChunkBytes = 1 << 20;

// Written in some ten microseconds: a sink that wants no more need not wait for a chunk.
inline constexpr uint64_t kValuesBetweenAsks = 4096;

class ByteSink {
 public:
  virtual ~ByteSink() = default;
  // Called with chunks of at least kSnapshotChunkBytes, the last one shorter.
  virtual absl::Status Append(std::string_view chunk) = 0;
  // Asked every kValuesBetweenAsks values and by long work between them. An error ends the writing,
  // as one of Append does.
  virtual absl::Status Ask() { return absl::OkStatus(); }
};

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // The next chunk, empty at the end; good until the next call.
  virtual absl::StatusOr<std::string_view> Next() = 0;
};

class SnapshotWriter {
 public:
  explicit SnapshotWriter(ByteSink& sink, uint64_t values_between_asks = kValuesBetweenAsks)
      : sink_(sink), values_between_asks_(values_between_asks) {}

  void U64(uint64_t value);
  void I64(int64_t value);
  void Text(std::string_view text);

  // The number of `rows`, then write_row(row) for each as long as the sink wants them. Every table
  // is written so, or by a loop that asks ok() itself.
  template <typename Rows, typename WriteRow>
  void List(const Rows& rows, WriteRow write_row) {
    U64(rows.size());
    for (auto row = rows.begin(); ok() && row != rows.end(); ++row) write_row(*row);
  }

  // False once the sink wants no more: a loop must end then.
  bool ok() const { return status_.ok(); }
  // The same; asks the sink now. For long work that writes nothing.
  bool Ask();

  // How many values were written since the sink wanted no more: they would grow with the view if a
  // loop did not end.
  uint64_t vain_values() const { return vain_values_; }

  // Hands the rest to the sink.
  absl::Status Finish();

 private:
  void Flush();

  ByteSink& sink_;
  const uint64_t values_between_asks_;
  uint64_t values_ = 0;  // since the sink was last asked
  uint64_t vain_values_ = 0;
  std::string buffer_;
  absl::Status status_;
};

class SnapshotReader {
 public:
  explicit SnapshotReader(ByteSource& source) : source_(source) {}

  // Each is 0 or empty after an error, so a loop over a count must also ask ok().
  uint64_t U64();
  uint32_t U32();
  int64_t I64();
  int32_t I32();
  std::string Text();

  bool ok() const { return status_.ok(); }
  // For a value that no writer would have written.
  void Fail(std::string_view what);
  // DATA_LOSS unless everything was read and understood.
  absl::Status Finish();

 private:
  bool NextByte(uint8_t& byte);
  bool Refill();

  ByteSource& source_;
  std::string_view rest_;
  absl::Status status_;
};

}  // namespace bansos

#endif  // PROJECTIONS_SNAPSHOT_CODEC_H_

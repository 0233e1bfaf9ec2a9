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

class ByteSink {
 public:
  virtual ~ByteSink() = default;
  // Called with chunks of at least kSnapshotChunkBytes, the last one shorter.
  virtual absl::Status Append(std::string_view chunk) = 0;
};

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // The next chunk, empty at the end; good until the next call.
  virtual absl::StatusOr<std::string_view> Next() = 0;
};

class SnapshotWriter {
 public:
  explicit SnapshotWriter(ByteSink& sink) : sink_(sink) {}

  void U64(uint64_t value);
  void I64(int64_t value);
  void Text(std::string_view text);

  // False once the sink wants no more: a long loop may end then.
  bool ok() const { return status_.ok(); }

  // Hands the rest to the sink.
  absl::Status Finish();

 private:
  void Flush();

  ByteSink& sink_;
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

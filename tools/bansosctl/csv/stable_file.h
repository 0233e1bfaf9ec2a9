// StableFile: a file whose bytes can be read several times and are the same each time.
//
// The first reading remembers a digest of each chunk; a later one hands out no byte of a chunk that
// has changed since, so what was checked is what is taken. What can be read only once (a pipe) is
// spooled to a private temporary file that has no name: it is gone when the process ends, however
// it ends. Memory does not grow with the file but for 32 bytes a chunk. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_CSV_STABLE_FILE_H_
#define TOOLS_BANSOSCTL_CSV_STABLE_FILE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/base/hash.h"
#include "tools/bansosctl/csv/byte_source.h"

namespace bansos {

class StableFile : public std::enable_shared_from_this<StableFile> {
 public:
  // Errors: those of OpenFileSource; InvalidArgument beyond kCsvFileBytesMax.
  static absl::StatusOr<std::shared_ptr<StableFile>> Open(const std::string& path);
  ~StableFile();
  StableFile(const StableFile&) = delete;
  StableFile& operator=(const StableFile&) = delete;

  // The bytes from the first one on. Its Read fails with Aborted once the file has changed.
  std::unique_ptr<ByteSource> NewSource();
  uint64_t size() const { return size_; }

 private:
  class Source;
  StableFile(int fd, std::string path, uint64_t size)
      : fd_(fd), path_(std::move(path)), size_(size) {}
  // Chunk `index`, whole; shorter than a chunk (perhaps empty) only at the end.
  absl::Status ReadChunk(size_t index, std::string& chunk);
  absl::Status Changed() const;

  const int fd_;
  const std::string path_;
  const uint64_t size_;        // when it was opened
  std::vector<Hash> digests_;  // of the chunks read so far; the last one of all is a short one
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_STABLE_FILE_H_

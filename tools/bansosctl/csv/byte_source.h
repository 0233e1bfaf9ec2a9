// ByteSource: where the bytes of a file come from, so that tests read from memory and small pieces.
// Not thread-safe; owned by its reader.
#ifndef TOOLS_BANSOSCTL_CSV_BYTE_SOURCE_H_
#define TOOLS_BANSOSCTL_CSV_BYTE_SOURCE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace bansos {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Reads up to `capacity` bytes into `buffer`; 0 means the end.
  virtual absl::StatusOr<size_t> Read(char* buffer, size_t capacity) = 0;
  // Total bytes; nullopt when not known beforehand (a pipe).
  virtual std::optional<uint64_t> size() const = 0;
};

// Opens a file or pipe. Errors: NotFound, PermissionDenied, InvalidArgument for a directory.
absl::StatusOr<std::unique_ptr<ByteSource>> OpenFileSource(const std::string& path);

// Reads from memory, at most `piece_bytes` at a time.
class StringSource final : public ByteSource {
 public:
  explicit StringSource(std::string bytes, size_t piece_bytes = SIZE_MAX)
      : bytes_(std::move(bytes)), piece_bytes_(piece_bytes) {}
  absl::StatusOr<size_t> Read(char* buffer, size_t capacity) override {
    const size_t length = std::min({capacity, piece_bytes_, bytes_.size() - offset_});
    std::copy_n(bytes_.data() + offset_, length, buffer);
    offset_ += length;
    return length;
  }
  std::optional<uint64_t> size() const override { return bytes_.size(); }

 private:
  std::string bytes_;
  size_t piece_bytes_;
  size_t offset_ = 0;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_BYTE_SOURCE_H_

#include "projections/snapshot_codec.h"

#include <limits>

#include "absl/strings/str_cat.h"

namespace bansos {
namespace {

// Longest text that any view saves is a programme code or a policy name.
constexpr uint64_t kMaxTextBytes = 1 << 16;

}  // namespace

void SnapshotWriter::U64(uint64_t value) {
  if (!status_.ok()) {
    ++vain_values_;
    return;
  }
  while (value >= 0x80) {
    buffer_.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  buffer_.push_back(static_cast<char>(value));
  if (buffer_.size() >= kSnapshotChunkBytes) Flush();
  if (++values_ >= values_between_asks_) Ask();
}

void SnapshotWriter::I64(int64_t value) {
  U64((static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63));
}

void SnapshotWriter::Text(std::string_view text) {
  U64(text.size());
  if (status_.ok()) buffer_.append(text);
}

bool SnapshotWriter::Ask() {
  values_ = 0;
  if (status_.ok()) status_ = sink_.Ask();
  return status_.ok();
}

void SnapshotWriter::Flush() {
  if (status_.ok()) status_ = sink_.Append(buffer_);
  buffer_.clear();
}

absl::Status SnapshotWriter::Finish() {
  if (!buffer_.empty()) Flush();
  return status_;
}

uint64_t SnapshotReader::U64() {
  uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    uint8_t byte = 0;
    if (!NextByte(byte)) return 0;
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  Fail("an integer of more than ten bytes");
  return 0;
}

uint32_t SnapshotReader::U32() {
  const uint64_t value = U64();
  if (value <= std::numeric_limits<uint32_t>::max()) return static_cast<uint32_t>(value);
  Fail("an integer above 32 bits");
  return 0;
}

int64_t SnapshotReader::I64() {
  const uint64_t value = U64();
  return static_cast<int64_t>((value >> 1) ^ (~(value & 1) + 1));
}

int32_t SnapshotReader::I32() {
  const int64_t value = I64();
  if (value == static_cast<int32_t>(value)) return static_cast<int32_t>(value);
  Fail("an integer above 32 bits");
  return 0;
}

std::string SnapshotReader::Text() {
  const uint64_t size = U64();
  if (size > kMaxTextBytes) {
    Fail("a text that is too long");
    return {};
  }
  std::string text;
  uint8_t byte = 0;
  while (text.size() < size && NextByte(byte)) text.push_back(static_cast<char>(byte));
  return ok() ? text : std::string();
}

bool SnapshotReader::NextByte(uint8_t& byte) {
  if (rest_.empty() && !Refill()) {
    Fail("it ends too early");
    return false;
  }
  byte = static_cast<uint8_t>(rest_.front());
  rest_.remove_prefix(1);
  return true;
}

bool SnapshotReader::Refill() {
  if (!status_.ok()) return false;
  absl::StatusOr<std::string_view> next = source_.Next();
  if (!next.ok()) {
    status_ = next.status();
    return false;
  }
  rest_ = *next;
  return !rest_.empty();
}

void SnapshotReader::Fail(std::string_view what) {
  rest_ = {};
  if (!status_.ok()) return;
  status_ =
      absl::DataLossError(absl::StrCat("snapshot: ", absl::string_view(what.data(), what.size())));
}

absl::Status SnapshotReader::Finish() {
  if (ok() && (!rest_.empty() || Refill())) Fail("bytes are left over");
  return status_;
}

}  // namespace bansos

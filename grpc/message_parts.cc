#include "grpc/message_parts.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"
#include "grpc/limits.h"
#include "grpcpp/support/proto_buffer_reader.h"

namespace bansos {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

// As deep as protobuf itself reads.
constexpr int kMaxDepth = 100;

// Counts while it reads, and stops at the first bound that is passed.
class PartsCount {
 public:
  explicit PartsCount(CodedInputStream& in) : in_(in) {}

  // False when the bytes are no message or hold too much.
  bool Read(const Descriptor& type, int depth) {
    if (depth > kMaxDepth) return false;
    while (const uint32_t tag = in_.ReadTag()) {
      const FieldDescriptor* field = type.FindFieldByNumber(WireFormatLite::GetTagFieldNumber(tag));
      if (!ReadField(field, WireFormatLite::GetTagWireType(tag), depth) || TooMuch()) return false;
    }
    return in_.ConsumedEntireMessage();
  }

  bool TooMuch() const { return parts_ > kMaxMessageParts || numbers_ > kMaxMessageNumbers; }

 private:
  bool ReadField(const FieldDescriptor* field, WireFormatLite::WireType type, int depth) {
    switch (type) {
      case WireFormatLite::WIRETYPE_VARINT: {
        CountNumber(field);
        uint64_t value = 0;
        return in_.ReadVarint64(&value);
      }
      case WireFormatLite::WIRETYPE_FIXED64:
        CountNumber(field);
        return in_.Skip(sizeof(uint64_t));
      case WireFormatLite::WIRETYPE_FIXED32:
        CountNumber(field);
        return in_.Skip(sizeof(uint32_t));
      case WireFormatLite::WIRETYPE_LENGTH_DELIMITED:
        return ReadLength(field, depth);
      default:
        return false;  // Groups: none of our messages ever had one.
    }
  }

  void CountNumber(const FieldDescriptor* field) {
    if (field == nullptr) {
      ++parts_;
    } else if (field->is_repeated()) {
      ++numbers_;
    }
  }

  bool ReadLength(const FieldDescriptor* field, int depth) {
    uint32_t length = 0;
    if (!in_.ReadVarint32(&length) || length > static_cast<uint32_t>(kMaxMessageBytes)) {
      return false;
    }
    const bool packed = field != nullptr && field->is_packable();
    if (packed) {
      numbers_ += length;  // A number has at least a byte.
    } else {
      ++parts_;
    }
    if (field == nullptr || field->message_type() == nullptr) {
      return in_.Skip(static_cast<int>(length));
    }
    const CodedInputStream::Limit limit = in_.PushLimit(static_cast<int>(length));
    const bool read = Read(*field->message_type(), depth + 1);
    in_.PopLimit(limit);
    return read;
  }

  CodedInputStream& in_;
  size_t parts_ = 0;
  size_t numbers_ = 0;
};

}  // namespace

absl::Status CheckMessageParts(const Descriptor& type, const grpc::ByteBuffer& bytes) {
  constexpr size_t kBytesOfAPart = 2;  // Its tag and its length.
  if (bytes.Length() <= kMaxMessageParts * kBytesOfAPart) return absl::OkStatus();
  grpc::ByteBuffer copy(bytes);  // The slices are shared.
  grpc::ProtoBufferReader reader(&copy);
  CodedInputStream in(&reader);
  PartsCount count(in);
  if (count.Read(type, 0)) return absl::OkStatus();
  if (!count.TooMuch()) return absl::InvalidArgumentError("its bytes cannot be parsed");
  return absl::ResourceExhaustedError(absl::StrCat("the request holds more than ", kMaxMessageParts,
                                                   " parts or ", kMaxMessageNumbers,
                                                   " numbers. Send fewer items in one request."));
}

}  // namespace bansos

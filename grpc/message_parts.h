// CheckMessageParts: what a message would take in memory, seen from its bytes before anything is
// made of them. An empty item is two bytes of a request and a hundred or more in memory, so that
// 16 MiB of them would take gigabytes; a bound of bytes alone does not bound memory.
#ifndef GRPC_MESSAGE_PARTS_H_
#define GRPC_MESSAGE_PARTS_H_

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/support/byte_buffer.h"

namespace bansos {

// RESOURCE_EXHAUSTED when the message holds more than kMaxMessageParts messages, texts and unknown
// fields, or more than kMaxMessageNumbers numbers in lists; INVALID_ARGUMENT when it cannot be
// counted to its end, because it is no message, has groups or is too deep. What is wrong with it
// otherwise the parser finds. Short messages, which cannot reach a bound, are not looked at.
absl::Status CheckMessageParts(const google::protobuf::Descriptor& type,
                               const grpc::ByteBuffer& bytes);

}  // namespace bansos

#endif  // GRPC_MESSAGE_PARTS_H_

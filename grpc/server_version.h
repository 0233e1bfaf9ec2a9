// The version of the server as GetStatus and the first log line tell it.
#ifndef GRPC_SERVER_VERSION_H_
#define GRPC_SERVER_VERSION_H_

namespace bansos {

inline constexpr char kServerVersion[] = "0.1.0";

}  // namespace bansos

#endif  // GRPC_SERVER_VERSION_H_

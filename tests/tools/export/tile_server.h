// TileServer: a LogService in this process over a log of invented entries, so that tests of the
// export decide its size, and what it answers wrongly. Only the calls that an export makes.
// Thread-safe.
#ifndef TESTS_TOOLS_EXPORT_TILE_SERVER_H_
#define TESTS_TOOLS_EXPORT_TILE_SERVER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bansos/v1/log_service.grpc.pb.h"
#include "grpcpp/server.h"
#include "ledger/base/hash.h"

namespace bansos::testing {

class TileServer final : private v1::LogService::Service {
 public:
  TileServer();
  ~TileServer() override;

  const std::string& address() const { return address_; }

  void Grow(uint64_t size);
  // From this position on, another history of the same size.
  void Rewrite(uint64_t position);
  void set_origin(const std::string& origin) { origin_ = origin; }
  void set_signature(const std::string& signature) { signature_ = signature; }
  // Calls for tiles that are answered before all further ones fail.
  void set_tile_calls_answered(int64_t calls) { tile_calls_answered_ = calls; }
  // Changes each bundle or tile on its way out.
  void set_spoil(std::function<void(std::string&)> spoil) { spoil_ = std::move(spoil); }

  const std::string& entry(uint64_t position) const { return entries_[position]; }
  Hash RootAt(uint64_t size) const;
  std::string CheckpointAt(uint64_t size) const;

 private:
  grpc::Status GetCheckpoint(grpc::ServerContext* context, const v1::GetCheckpointRequest* request,
                             v1::GetCheckpointResponse* response) override;
  grpc::Status GetConsistencyProof(grpc::ServerContext* context,
                                   const v1::GetConsistencyProofRequest* request,
                                   v1::GetConsistencyProofResponse* response) override;
  grpc::Status GetTiles(grpc::ServerContext* context, const v1::GetTilesRequest* request,
                        v1::GetTilesResponse* response) override;
  grpc::Status GetEntryBundles(grpc::ServerContext* context,
                               const v1::GetEntryBundlesRequest* request,
                               v1::GetEntryBundlesResponse* response) override;
  // The hash of all leaves of the perfect subtree `index` of 256^level leaves.
  Hash SubtreeRoot(uint32_t level, uint64_t index) const;

  std::mutex mutex_;
  std::vector<std::string> entries_;
  std::string origin_ = "ledger.example/test";
  std::string signature_ = "c2lnbmF0dXJl";
  int64_t tile_calls_answered_ = INT64_MAX;
  std::function<void(std::string&)> spoil_ = [](std::string&) {};
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace bansos::testing

#endif  // TESTS_TOOLS_EXPORT_TILE_SERVER_H_

#include "tests/tools/export/tile_server.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "ledger/base/check.h"
#include "ledger/log/bundle.h"
#include "ledger/log/merkle.h"

namespace bansos::testing {
namespace {

// Fewer than an export asks for, so that it has to ask again.
constexpr uint64_t kFilesAnswered = 20;

std::string Bytes(const Hash& hash) { return std::string(AsBytes(hash)); }

}  // namespace

TileServer::TileServer() {
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(this);
  server_ = builder.BuildAndStart();
  CHECK(server_ != nullptr);
  address_ = absl::StrCat("127.0.0.1:", port);
}

TileServer::~TileServer() { server_->Shutdown(); }

void TileServer::Grow(uint64_t size) {
  for (uint64_t i = entries_.size(); i < size; ++i) {
    entries_.push_back(absl::StrCat("entry ", i, std::string(i % 5, '\xff')));
  }
}

void TileServer::Rewrite(uint64_t position) {
  for (uint64_t i = position; i < entries_.size(); ++i) entries_[i] += " rewritten";
}

Hash TileServer::RootAt(uint64_t size) const {
  RightEdge edge;
  for (uint64_t i = 0; i < size; ++i) edge.Append(LeafHash(entries_[i]));
  return edge.Root();
}

std::string TileServer::CheckpointAt(uint64_t size) const {
  return absl::StrCat(origin_, "\n", size, "\n", absl::Base64Escape(Bytes(RootAt(size))),
                      "\n\n\xe2\x80\x94 ", origin_, " ", signature_, "\n");
}

grpc::Status TileServer::GetCheckpoint(grpc::ServerContext*,
                                       const v1::GetCheckpointRequest* request,
                                       v1::GetCheckpointResponse* response) {
  const uint64_t size = request->fresh() ? entries_.size() : request->min_size();
  if (size > entries_.size()) return {grpc::StatusCode::OUT_OF_RANGE, "no such size"};
  response->set_size(size);
  response->set_root(Bytes(RootAt(size)));
  response->set_checkpoint(CheckpointAt(size));
  return grpc::Status::OK;
}

grpc::Status TileServer::GetConsistencyProof(grpc::ServerContext*,
                                             const v1::GetConsistencyProofRequest* request,
                                             v1::GetConsistencyProofResponse* response) {
  response->set_old_root(Bytes(RootAt(request->old_size())));
  response->set_new_root(Bytes(RootAt(request->new_size())));
  return grpc::Status::OK;
}

Hash TileServer::SubtreeRoot(uint32_t level, uint64_t index) const {
  const uint64_t leaves = uint64_t{1} << (8 * level);
  RightEdge edge;
  for (uint64_t i = index * leaves; i < (index + 1) * leaves; ++i) {
    edge.Append(LeafHash(entries_[i]));
  }
  return leaves == 1 ? LeafHash(entries_[index]) : edge.Root();
}

grpc::Status TileServer::GetTiles(grpc::ServerContext*, const v1::GetTilesRequest* request,
                                  v1::GetTilesResponse* response) {
  const std::lock_guard lock(mutex_);
  if (tile_calls_answered_-- <= 0) return {grpc::StatusCode::INTERNAL, "as the test wants it"};
  const uint64_t hashes = request->size() >> (8 * request->level());
  const uint64_t tiles = std::min<uint64_t>(request->limit(), kFilesAnswered);
  for (uint64_t tile = request->first_index(); tile < request->first_index() + tiles; ++tile) {
    if (tile * kBundleWidth >= hashes) break;
    std::string& bytes = *response->add_tiles();
    for (uint64_t i = tile * kBundleWidth;
         i < std::min(NextBundleStart(tile * kBundleWidth), hashes); ++i) {
      bytes += Bytes(SubtreeRoot(request->level(), i));
    }
    spoil_(bytes);
  }
  return grpc::Status::OK;
}

grpc::Status TileServer::GetEntryBundles(grpc::ServerContext*,
                                         const v1::GetEntryBundlesRequest* request,
                                         v1::GetEntryBundlesResponse* response) {
  const uint64_t bundles = std::min<uint64_t>(request->limit(), kFilesAnswered);
  const uint64_t first = request->first_index();
  for (uint64_t bundle = first; bundle < first + bundles; ++bundle) {
    if (bundle * kBundleWidth >= request->size()) break;
    std::string& bytes = *response->add_bundles();
    for (uint64_t i = bundle * kBundleWidth;
         i < std::min(NextBundleStart(bundle * kBundleWidth), request->size()); ++i) {
      AppendToBundle(entries_[i], bytes);
    }
    spoil_(bytes);
  }
  return grpc::Status::OK;
}

}  // namespace bansos::testing

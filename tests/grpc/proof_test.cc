// Checkpoints, proofs, tiles and receipts over loopback, checked with nothing but what was
// answered.
#include <gtest/gtest.h>

#include <optional>
#include <thread>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "grpc/limits.h"
#include "ledger/log/bundle.h"
#include "ledger/log/checkpoint.h"
#include "ledger/log/merkle.h"
#include "ledger/log/merkle_proof.h"
#include "tests/grpc/office_fixture.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

using Stub = v1::LogService::Stub;
using ::testing::HasSubstr;

Hash ToHash(const std::string& bytes) {
  Hash hash = {};
  EXPECT_EQ(bytes.size(), hash.size());
  if (bytes.size() == hash.size()) std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

std::vector<Hash> ToHashes(const google::protobuf::RepeatedPtrField<std::string>& all) {
  std::vector<Hash> hashes;
  for (const std::string& bytes : all) hashes.push_back(ToHash(bytes));
  return hashes;
}

class ProofTest : public OfficeFixture {
 protected:
  v1::GetCheckpointResponse Fresh() {
    v1::GetCheckpointRequest request;
    request.set_fresh(true);
    return Call(&Stub::GetCheckpoint, request);
  }
  v1::GetHeadResponse Head() { return Call(&Stub::GetHead, v1::GetHeadRequest()); }

  std::vector<std::string> Entries() {
    std::vector<std::string> entries;
    v1::ReadEventsRequest request;
    for (;;) {
      const auto page = Call(&Stub::ReadEvents, request);
      for (const auto& event : page.events()) entries.push_back(event.entry());
      if (!page.has_next_position()) return entries;
      request.set_from_position(page.next_position());
    }
  }

  // Checks a receipt alone, against the root of a checkpoint that is known otherwise.
  void ExpectReceipt(const v1::GetReceiptResponse& response, const std::string& entry,
                     const v1::GetCheckpointResponse& checkpoint) {
    const size_t end = response.receipt().find("\n\n");
    ASSERT_NE(end, std::string::npos);
    EXPECT_EQ(response.receipt().substr(end + 2), checkpoint.checkpoint());
    const std::vector<std::string> lines = absl::StrSplit(response.receipt().substr(0, end), '\n');
    ASSERT_GE(lines.size(), 3);
    EXPECT_EQ(lines[0], "c2sp.org/tlog-proof@v1");
    EXPECT_EQ(lines[1], "extra " + absl::Base64Escape(entry));
    EXPECT_EQ(lines[2], absl::StrCat("index ", response.position()));
    std::vector<Hash> proof;
    for (size_t i = 3; i < lines.size(); ++i) {
      std::string bytes;
      ASSERT_TRUE(absl::Base64Unescape(lines[i], &bytes));
      proof.push_back(ToHash(bytes));
    }
    EXPECT_EQ(RootByInclusion(LeafHash(entry), response.position(), checkpoint.size(), proof),
              ToHash(checkpoint.root()));
  }
};

TEST_F(ProofTest, CheckpointIsOfTheHeadAndStays) {
  v1::GetCheckpointResponse none;
  EXPECT_EQ(Try(&Stub::GetCheckpoint, v1::GetCheckpointRequest(), none).error_code(),
            grpc::StatusCode::OUT_OF_RANGE);
  OpenOffice();
  const auto fresh = Fresh();
  EXPECT_EQ(fresh.size(), Head().true_at().position());
  EXPECT_EQ(fresh.root(), Head().root());
  EXPECT_THAT(fresh.vkey(), ::testing::StartsWith("bansos-ledger+"));
  const auto stated = ParseCheckpoint(fresh.checkpoint());
  ASSERT_OK(stated);
  EXPECT_EQ(stated->origin, "bansos-ledger");
  EXPECT_EQ(stated->size, fresh.size());
  EXPECT_EQ(stated->root, ToHash(fresh.root()));
  Restart();
  const auto newest = Call(&Stub::GetCheckpoint, v1::GetCheckpointRequest());
  EXPECT_EQ(newest.SerializeAsString(), fresh.SerializeAsString());
  EXPECT_EQ(Fresh().checkpoint(), fresh.checkpoint());
}

TEST_F(ProofTest, SmallestCheckpointOfAtLeastASize) {
  const auto first = Fresh();
  OpenOffice();
  const auto second = Fresh();
  v1::GetCheckpointRequest request;
  request.set_min_size(first.size());
  EXPECT_EQ(Call(&Stub::GetCheckpoint, request).checkpoint(), first.checkpoint());
  request.set_min_size(first.size() + 1);
  EXPECT_EQ(Call(&Stub::GetCheckpoint, request).checkpoint(), second.checkpoint());
  request.set_min_size(second.size() + 1);
  v1::GetCheckpointResponse response;
  EXPECT_EQ(Try(&Stub::GetCheckpoint, request, response).error_code(),
            grpc::StatusCode::OUT_OF_RANGE);
}

TEST_F(ProofTest, EveryEntryIsProvedToBeInTheTree) {
  OpenOffice();
  Register(0, 300);
  const std::vector<std::string> entries = Entries();
  const std::string root = Head().root();
  for (uint64_t position = 0; position < entries.size(); position += 7) {
    v1::GetInclusionProofRequest request;
    request.set_position(position);
    const auto proof = Call(&Stub::GetInclusionProof, request);
    EXPECT_EQ(proof.size(), entries.size()) << "a checkpoint was made";
    EXPECT_EQ(ToHash(proof.leaf_hash()), LeafHash(entries[position]));
    EXPECT_EQ(proof.root(), root);
    EXPECT_EQ(
        RootByInclusion(ToHash(proof.leaf_hash()), position, proof.size(), ToHashes(proof.proof())),
        ToHash(root));
  }
}

TEST_F(ProofTest, OldCheckpointIsTheBeginningOfTheNewOne) {
  const auto old_one = Fresh();
  OpenOffice();
  Register(0, 300);
  const auto new_one = Fresh();
  v1::GetConsistencyProofRequest request;
  request.set_old_size(old_one.size());
  const auto proof = Call(&Stub::GetConsistencyProof, request);
  EXPECT_EQ(proof.new_size(), new_one.size());
  EXPECT_EQ(proof.old_root(), old_one.root());
  EXPECT_EQ(proof.new_root(), new_one.root());
  EXPECT_TRUE(ProvesConsistency(old_one.size(), ToHash(old_one.root()), new_one.size(),
                                ToHash(new_one.root()), ToHashes(proof.proof())));
}

TEST_F(ProofTest, WhatThereIsNotHasItsCode) {
  OpenOffice();
  const uint64_t size = Head().true_at().position();
  v1::GetInclusionProofRequest inclusion;
  v1::GetInclusionProofResponse no_inclusion;
  inclusion.set_position(size);
  EXPECT_EQ(Try(&Stub::GetInclusionProof, inclusion, no_inclusion).error_code(),
            grpc::StatusCode::OUT_OF_RANGE);
  inclusion.set_position(0);
  inclusion.set_size(size + 1);
  EXPECT_EQ(Try(&Stub::GetInclusionProof, inclusion, no_inclusion).error_code(),
            grpc::StatusCode::OUT_OF_RANGE);
  v1::GetConsistencyProofRequest consistency;
  v1::GetConsistencyProofResponse no_consistency;
  consistency.set_new_size(size);
  EXPECT_EQ(Try(&Stub::GetConsistencyProof, consistency, no_consistency).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  consistency.set_old_size(size);
  consistency.set_new_size(size + 1);
  EXPECT_EQ(Try(&Stub::GetConsistencyProof, consistency, no_consistency).error_code(),
            grpc::StatusCode::OUT_OF_RANGE);
  v1::GetTilesRequest tiles;
  v1::GetTilesResponse no_tiles;
  tiles.set_size(size);
  tiles.set_level(1);
  EXPECT_EQ(Try(&Stub::GetTiles, tiles, no_tiles).error_code(), grpc::StatusCode::OUT_OF_RANGE);
  v1::GetEntryBundlesRequest bundles;
  v1::GetEntryBundlesResponse no_bundles;
  bundles.set_size(size);
  bundles.set_first_index(1);
  EXPECT_EQ(Try(&Stub::GetEntryBundles, bundles, no_bundles).error_code(),
            grpc::StatusCode::OUT_OF_RANGE);
  v1::GetReceiptResponse no_receipt;
  EXPECT_EQ(Try(&Stub::GetReceipt, v1::GetReceiptRequest(), no_receipt).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  v1::GetReceiptRequest receipt;
  receipt.set_position(size);
  EXPECT_EQ(Try(&Stub::GetReceipt, receipt, no_receipt).error_code(),
            grpc::StatusCode::OUT_OF_RANGE);
}

TEST_F(ProofTest, TilesAndBundlesHoldTheLog) {
  OpenOffice();
  Register(0, 700);
  const std::vector<std::string> entries = Entries();
  v1::GetTilesRequest tiles;
  tiles.set_size(entries.size());
  RightEdge edge;
  const auto all_tiles = Call(&Stub::GetTiles, tiles);
  for (const std::string& tile : all_tiles.tiles()) {
    for (size_t i = 0; i < tile.size(); i += sizeof(Hash)) {
      edge.Append(ToHash(tile.substr(i, sizeof(Hash))));
    }
  }
  EXPECT_EQ(edge.size(), entries.size());
  EXPECT_EQ(edge.Root(), ToHash(Head().root()));
  v1::GetEntryBundlesRequest bundles;
  bundles.set_size(entries.size());
  std::vector<std::string> found;
  const auto all_bundles = Call(&Stub::GetEntryBundles, bundles);
  for (const std::string& bundle : all_bundles.bundles()) {
    BundleView view;
    ASSERT_OK(view.Parse(bundle));
    for (size_t i = 0; i < view.size(); ++i) found.emplace_back(view[i]);
  }
  EXPECT_EQ(found, entries);
  tiles.set_limit(1);
  EXPECT_EQ(Call(&Stub::GetTiles, tiles).tiles_size(), 1);
  bundles.set_limit(1);
  bundles.set_first_index(1);
  EXPECT_EQ(Call(&Stub::GetEntryBundles, bundles).bundles_size(), 1);
}

TEST_F(ProofTest, ReceiptOfAnEventIsCheckedAlone) {
  OpenOffice();
  Register(0, 50);
  const std::vector<std::string> entries = Entries();
  v1::GetReceiptRequest request;
  for (uint64_t position = 0; position < entries.size(); position += 11) {
    request.set_position(position);
    const auto receipt = Call(&Stub::GetReceipt, request);  // makes a checkpoint
    ExpectReceipt(receipt, entries[position],
                  Call(&Stub::GetCheckpoint, v1::GetCheckpointRequest()));
  }
}

TEST_F(ProofTest, ReceiptOfAPaymentIsOfItsLastMove) {
  OpenOffice();
  const std::vector<uint64_t> recipients = Entitle(3);
  ReleaseBatch(1, recipients);
  const ledger::v1::PaymentKey key = Payments(1)[1].payment();
  v1::GetReceiptRequest request;
  *request.mutable_payment() = key;
  const auto body_of = [&](const v1::GetReceiptResponse& response) {
    ledger::v1::Event event;
    EXPECT_TRUE(event.ParseFromString(Entries()[response.position()]));
    return event;
  };
  const auto instructed = Call(&Stub::GetReceipt, request);
  ASSERT_TRUE(body_of(instructed).has_payment_instructed());
  EXPECT_EQ(body_of(instructed).payment_instructed().payment().recipient(), key.recipient());

  Call(&v1::PaymentService::Stub::SendTransfers, Transfers(1));
  const auto sent = Call(&Stub::GetReceipt, request);
  ASSERT_TRUE(body_of(sent).has_transfer_sent());
  EXPECT_EQ(body_of(sent).transfer_sent().payment().recipient(), key.recipient());
  ExpectReceipt(sent, Entries()[sent.position()], Fresh());

  request.mutable_payment()->set_number(9);
  v1::GetReceiptResponse none;
  grpc::Status status = Try(&Stub::GetReceipt, request, none);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(status.error_message(), HasSubstr("payment 9"));
  request.mutable_payment()->set_recipient(1'000'000);
  EXPECT_EQ(Try(&Stub::GetReceipt, request, none).error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(ProofTest, CheckpointsAskedForWhileTheLogGrowsAreOfOneTree) {
  OpenOffice();
  std::vector<v1::GetCheckpointResponse> seen;
  std::atomic<bool> done = false;
  std::thread asker([&] {
    do seen.push_back(Fresh());
    while (!done);
  });
  for (int i = 0; i < 30; ++i) Register(i * 10, 10);
  done = true;
  asker.join();
  seen.push_back(Fresh());
  for (size_t i = 0; i + 1 < seen.size(); ++i) {
    ASSERT_LE(seen[i].size(), seen[i + 1].size());
    v1::GetConsistencyProofRequest request;
    request.set_old_size(seen[i].size());
    request.set_new_size(seen.back().size());
    const auto proof = Call(&Stub::GetConsistencyProof, request);
    EXPECT_TRUE(ProvesConsistency(seen[i].size(), ToHash(seen[i].root()), seen.back().size(),
                                  ToHash(seen.back().root()), ToHashes(proof.proof())));
  }
}

}  // namespace
}  // namespace bansos::testing

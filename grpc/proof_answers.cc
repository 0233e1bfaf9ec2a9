#include "grpc/proof_answers.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "grpc/convert_records.h"
#include "grpc/limits.h"
#include "grpc/receipt.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/key.h"
#include "ledger/domain/payment.h"
#include "ledger/log/checkpoints.h"
#include "ledger/log/log_proofs.h"
#include "ledger/log/log_tiles.h"
#include "projections/payment_move.h"
#include "projections/timeline.h"

namespace bansos {
namespace {

std::string ToBytes(const Hash& hash) { return std::string(AsBytes(hash)); }

template <typename Rows>
void AddHashes(const std::vector<Hash>& hashes, Rows* rows) {
  for (const Hash& hash : hashes) *rows->Add() = ToBytes(hash);
}

size_t Limited(uint32_t asked, size_t most) {
  return asked == 0 ? most : std::min<size_t>(asked, most);
}

absl::StatusOr<Checkpoint> NewestOf(const Checkpoints& checkpoints) {
  std::optional<Checkpoint> newest = checkpoints.Newest();
  if (newest.has_value()) return *std::move(newest);
  return absl::OutOfRangeError("there is no checkpoint yet: ask for a fresh one");
}

absl::Status PaymentUnknown(const PaymentKey& key) {
  return absl::NotFoundError(
      absl::StrCat("there is no payment ", Describe(key), ". Look at the recipient's payments."));
}

// Position of the last event that moved the payment's money.
absl::StatusOr<Position> LastMoveOf(const ServiceParts& parts, const PaymentKey& key) {
  ChainHead head;
  RETURN_IF_ERROR(parts.reads.Read(
      [&](const Views& views) { head = HeadOf(views.state, Subject(key.recipient)); }));
  if (!head.has_value()) return PaymentUnknown(key);
  std::optional<Position> moved;
  RETURN_IF_ERROR(WalkChain(parts.log, *head, [&](Position position, const Event& event) {
    const std::optional<PaymentMove> move = PaymentMoveOf(event.body);
    if (move.has_value() && *move->payment == key) moved = position;
    return !moved.has_value();
  }));
  if (!moved.has_value()) return PaymentUnknown(key);
  return *moved;
}

}  // namespace

absl::StatusOr<std::optional<Checkpoint>> NewestCovering(const ServiceParts& parts,
                                                         Position position) {
  std::optional<Checkpoint> newest = parts.checkpoints.Newest();
  if (newest.has_value() && position.value() < newest->size) return newest;
  if (const uint64_t size = parts.log.Head().size; position.value() >= size) {
    return absl::OutOfRangeError(absl::StrCat(
        "position ", position.value(), " is past the end; the log holds ", size, " entries"));
  }
  return std::nullopt;
}

absl::StatusOr<Position> ReceiptPosition(const ServiceParts& parts,
                                         const v1::GetReceiptRequest& request) {
  switch (request.of_case()) {
    case v1::GetReceiptRequest::kPosition:
      return Position(request.position());
    case v1::GetReceiptRequest::kPayment:
      return LastMoveOf(parts, FromProto(request.payment()));
    case v1::GetReceiptRequest::OF_NOT_SET:
      break;
  }
  return absl::InvalidArgumentError(
      "it is not stated for what: name a position or a payment of the ledger");
}

absl::StatusOr<v1::GetCheckpointResponse> CheckpointAnswer(
    const ServiceParts& parts, const v1::GetCheckpointRequest& request) {
  absl::StatusOr<Checkpoint> found;
  switch (request.which_case()) {
    case v1::GetCheckpointRequest::kMinSize:
      found = parts.checkpoints.AtLeast(request.min_size());
      break;
    case v1::GetCheckpointRequest::kFresh:
      found = request.fresh() ? parts.checkpoints.Fresh() : NewestOf(parts.checkpoints);
      break;
    default:
      found = NewestOf(parts.checkpoints);
  }
  RETURN_IF_ERROR(found.status());
  v1::GetCheckpointResponse response;
  response.set_checkpoint(found->note);
  response.set_size(found->size);
  response.set_root(ToBytes(found->root));
  response.set_vkey(parts.checkpoints.vkey());
  return response;
}

absl::StatusOr<v1::GetInclusionProofResponse> InclusionAnswer(const ServiceParts& parts,
                                                              Position position, uint64_t size) {
  ASSIGN_OR_RETURN(const InclusionProof inclusion, parts.proofs.Inclusion(position, size));
  v1::GetInclusionProofResponse response;
  response.set_position(position.value());
  response.set_size(size);
  response.set_leaf_hash(ToBytes(inclusion.leaf_hash));
  AddHashes(inclusion.proof, response.mutable_proof());
  response.set_root(ToBytes(inclusion.root));
  return response;
}

absl::StatusOr<v1::GetConsistencyProofResponse> ConsistencyAnswer(
    const ServiceParts& parts, const v1::GetConsistencyProofRequest& request) {
  uint64_t new_size = request.new_size();
  if (new_size == 0) {
    ASSIGN_OR_RETURN(const Checkpoint newest, NewestOf(parts.checkpoints));
    new_size = newest.size;
  }
  ASSIGN_OR_RETURN(const ConsistencyProof consistency,
                   parts.proofs.Consistency(request.old_size(), new_size));
  v1::GetConsistencyProofResponse response;
  response.set_old_size(request.old_size());
  response.set_new_size(new_size);
  AddHashes(consistency.proof, response.mutable_proof());
  response.set_old_root(ToBytes(consistency.old_root));
  response.set_new_root(ToBytes(consistency.new_root));
  return response;
}

absl::StatusOr<v1::GetTilesResponse> TilesAnswer(const ServiceParts& parts,
                                                 const v1::GetTilesRequest& request) {
  ASSIGN_OR_RETURN(std::vector<std::string> tiles,
                   parts.tiles.Tiles(request.size(), request.level(), request.first_index(),
                                     Limited(request.limit(), kMaxAnswerTiles)));
  v1::GetTilesResponse response;
  for (std::string& tile : tiles) response.add_tiles(std::move(tile));
  return response;
}

absl::StatusOr<v1::GetEntryBundlesResponse> BundlesAnswer(
    const ServiceParts& parts, const v1::GetEntryBundlesRequest& request) {
  ASSIGN_OR_RETURN(
      std::vector<std::string> bundles,
      parts.tiles.Bundles(request.size(), request.first_index(),
                          Limited(request.limit(), kMaxAnswerBundles), kMaxAnswerBundleBytes));
  v1::GetEntryBundlesResponse response;
  for (std::string& bundle : bundles) response.add_bundles(std::move(bundle));
  return response;
}

absl::StatusOr<v1::GetReceiptResponse> ReceiptAnswer(const ServiceParts& parts, Position position,
                                                     const Checkpoint& checkpoint) {
  ASSIGN_OR_RETURN(const InclusionProof inclusion,
                   parts.proofs.Inclusion(position, checkpoint.size));
  if (inclusion.root != checkpoint.root) {
    return absl::DataLossError(
        absl::StrCat("the log does not have the root that was signed at size ", checkpoint.size));
  }
  v1::GetReceiptResponse response;
  response.set_position(position.value());
  response.set_receipt(FormatReceipt(position, inclusion, checkpoint));
  return response;
}

}  // namespace bansos

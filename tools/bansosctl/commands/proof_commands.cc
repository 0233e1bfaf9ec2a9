#include "absl/strings/str_cat.h"
#include "bansos/v1/log_service.grpc.pb.h"
#include "ledger/base/hex.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/basis.h"
#include "tools/bansosctl/commands/commands.h"
#include "tools/bansosctl/csv/atomic_file.h"

namespace bansos {
namespace {

// As receipts begin: only an earlier one is replaced.
constexpr char kReceiptMark[] = "c2sp.org/tlog-proof@v1";

using LogStub = v1::LogService::Stub;

struct CheckpointArguments {
  bool fresh = false;
  uint64_t min_size = 0;  // 0: not stated
};

struct ProofArguments {
  uint64_t position = 0;
  uint64_t size = 0;
  uint64_t old_size = 0;
  uint64_t new_size = 0;
};

struct ReceiptArguments {
  int64_t position = -1;  // not stated
  std::string payment;
  std::string out;
};

absl::Status ShowCheckpoint(Session& session, const CheckpointArguments& arguments) {
  if (arguments.fresh && arguments.min_size > 0) {
    return absl::InvalidArgumentError("state either --fresh or --min-size");
  }
  v1::GetCheckpointRequest request;
  if (arguments.fresh) request.set_fresh(true);
  if (arguments.min_size > 0) request.set_min_size(arguments.min_size);
  ASSIGN_OR_RETURN(const v1::GetCheckpointResponse response,
                   session.connection().Call(&LogStub::GetCheckpoint, request));
  if (session.json()) {
    session.PrintJson(response);
  } else {
    session.out() << response.checkpoint();  // to the byte: it can be saved as it is
  }
  return absl::OkStatus();
}

absl::Status ShowVkey(Session& session) {
  v1::GetCheckpointRequest request;
  absl::StatusOr<v1::GetCheckpointResponse> response =
      session.connection().Call(&LogStub::GetCheckpoint, request);
  if (absl::IsOutOfRange(response.status())) {  // nothing was signed yet
    request.set_fresh(true);
    response = session.connection().Call(&LogStub::GetCheckpoint, request);
  }
  RETURN_IF_ERROR(response.status());
  if (session.json()) {
    v1::GetCheckpointResponse only_key;
    only_key.set_vkey(response->vkey());
    session.PrintJson(only_key);
  } else {
    session.out() << response->vkey() << '\n';
  }
  return absl::OkStatus();
}

template <typename Hashes>
void AddHashes(const Hashes& hashes, Table& table) {
  for (int i = 0; i < hashes.size(); ++i) {
    table.AddRow({absl::StrCat("proof ", i + 1), HexEncode(hashes.Get(i))});
  }
}

absl::Status ProveInclusion(Session& session, const ProofArguments& arguments) {
  v1::GetInclusionProofRequest request;
  request.set_position(arguments.position);
  request.set_size(arguments.size);
  ASSIGN_OR_RETURN(const v1::GetInclusionProofResponse response,
                   session.connection().Call(&LogStub::GetInclusionProof, request));
  if (session.json()) {
    session.PrintJson(response);
    return absl::OkStatus();
  }
  Table table({{"inclusion"}, {absl::StrCat("position ", response.position())}});
  table.AddRow({"size", std::to_string(response.size())});
  table.AddRow({"leaf hash", HexEncode(response.leaf_hash())});
  AddHashes(response.proof(), table);
  table.AddRow({"root", HexEncode(response.root())});
  session.Print(table);
  return absl::OkStatus();
}

absl::Status ProveConsistency(Session& session, const ProofArguments& arguments) {
  v1::GetConsistencyProofRequest request;
  request.set_old_size(arguments.old_size);
  request.set_new_size(arguments.new_size);
  ASSIGN_OR_RETURN(const v1::GetConsistencyProofResponse response,
                   session.connection().Call(&LogStub::GetConsistencyProof, request));
  if (session.json()) {
    session.PrintJson(response);
    return absl::OkStatus();
  }
  Table table(
      {{"consistency"}, {absl::StrCat("size ", response.old_size(), " to ", response.new_size())}});
  table.AddRow({"old root", HexEncode(response.old_root())});
  AddHashes(response.proof(), table);
  table.AddRow({"new root", HexEncode(response.new_root())});
  session.Print(table);
  return absl::OkStatus();
}

absl::Status MakeReceipt(Session& session, const ReceiptArguments& arguments) {
  if ((arguments.position < 0) == arguments.payment.empty()) {
    return absl::InvalidArgumentError("state either --position or --payment");
  }
  v1::GetReceiptRequest request;
  if (arguments.payment.empty()) {
    request.set_position(static_cast<uint64_t>(arguments.position));
  } else {
    ASSIGN_OR_RETURN(*request.mutable_payment(), ParsePaymentKey(arguments.payment));
  }
  ASSIGN_OR_RETURN(const v1::GetReceiptResponse response,
                   session.connection().Call(&LogStub::GetReceipt, request));
  if (!arguments.out.empty()) {
    ASSIGN_OR_RETURN(const std::unique_ptr<AtomicFile> file,
                     AtomicFile::CreateTable(arguments.out, "", kReceiptMark));
    RETURN_IF_ERROR(file->Append(response.receipt()));
    RETURN_IF_ERROR(file->Commit());
    session.Say(absl::StrCat("receipt of the event at position ", response.position(), " -> ",
                             arguments.out));
  }
  if (session.json()) {
    session.PrintJson(response);
  } else if (arguments.out.empty()) {
    session.out() << response.receipt();
  }
  return absl::OkStatus();
}

void AddCheckpointCommands(CommandNode root) {
  CommandNode group = root.Group("checkpoint", "Signed statements of the log's size and root.");
  auto show = std::make_shared<CheckpointArguments>();
  group
      .Command("show", "Prints a checkpoint as it was signed (a C2SP signed note).",
               "Keep it where the server's operator cannot reach it: with an old checkpoint you "
               "can show that history was rewritten.\n"
               "Example: bansosctl checkpoint show --fresh > 2025-06-02.checkpoint",
               [show](Session& s) { return ShowCheckpoint(s, *show); })
      .Flag("--fresh", show->fresh, "One of the log as it is now, signed anew if it has grown.")
      .Number("--min-size", show->min_size, "The smallest of at least this size.");
  group.Command("vkey", "Prints the public key that checkpoints are verified with.",
                "Take it once from a place that you trust more than this server.\n"
                "Example: bansosctl checkpoint vkey > ledger.vkey",
                [](Session& s) { return ShowVkey(s); });
}

void AddReceiptCommand(CommandNode root) {
  auto arguments = std::make_shared<ReceiptArguments>();
  root.Command("receipt",
               "Makes a receipt: an entry, its proof and a checkpoint in one file that anyone can "
               "check alone.",
               "Of a payment: for the last event that moved its money.\n"
               "Example: bansosctl receipt --payment KJS/1/17/1 --out kjs-1-17-1.tlog-proof",
               [arguments](Session& s) { return MakeReceipt(s, *arguments); })
      .Signed("--position", arguments->position, "Of the event at this position.")
      .Text("--payment", arguments->payment, "Of a payment: PROGRAM/TRANCHE/RECIPIENT/NUMBER.")
      .Text("--out", arguments->out, "File to write; without it the receipt is printed.");
}

}  // namespace

void AddProofCommands(CommandNode root) {
  AddCheckpointCommands(root);
  CommandNode group = root.Group("proof", "Proofs that lead to a root (RFC 9162).");
  auto inclusion = std::make_shared<ProofArguments>();
  group
      .Command("inclusion", "Proves that an entry is in a tree.",
               "Example: bansosctl proof inclusion --position 1234",
               [inclusion](Session& s) { return ProveInclusion(s, *inclusion); })
      .Number("--position", inclusion->position, "Position of the entry.", Wanted::kRequired)
      .Number("--size", inclusion->size,
              "Size of the tree; without it that of the newest checkpoint that covers it.");
  auto consistency = std::make_shared<ProofArguments>();
  group
      .Command("consistency", "Proves that a tree is the beginning of a larger one.",
               "Example: bansosctl proof consistency --old 1000 --new 2000",
               [consistency](Session& s) { return ProveConsistency(s, *consistency); })
      .Number("--old", consistency->old_size, "Size of the older tree.", Wanted::kRequired)
      .Number("--new", consistency->new_size,
              "Size of the newer tree; without it that of the newest checkpoint.");
  AddReceiptCommand(root);
}

}  // namespace bansos

#include "tools/bansos-verify/program/verify.h"

#include <google/protobuf/util/json_util.h>

#include "absl/strings/ascii.h"
#include "bansos/ledger/v1/event.pb.h"
#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/note/checkpoint.h"
#include "tools/bansos-verify/note/signed_note.h"
#include "tools/bansos-verify/note/tlog_proof.h"
#include "tools/bansos-verify/source/files.h"

namespace bansos::verify {
namespace {

constexpr uint64_t kMaxKeyFileBytes = 4096;
// A checkpoint, an entry of 65,535 bytes in base64 and a proof.
constexpr uint64_t kMaxReceiptBytes = kMaxNoteBytes + uint64_t{256} * 1024;

// The event as JSON, if the entry is one.
absl::StatusOr<std::string> EventJson(const Receipt& receipt) {
  ledger::v1::Event event;
  if (!event.ParseFromString(receipt.entry) || event.SerializeAsString() != receipt.entry ||
      event.body_case() == ledger::v1::Event::BODY_NOT_SET) {
    return FaultAt(receipt.position, "the entry of the receipt is no event of this ledger");
  }
  std::string json;
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  if (!google::protobuf::util::MessageToJsonString(event, &json, options).ok()) {
    return FaultAt(receipt.position, "the event of the receipt has text that is not UTF-8");
  }
  json.erase(json.find_last_not_of('\n') + 1);
  return json;
}

absl::Status Dispatch(const Options& options, ProgressLine& progress, Report& report) {
  switch (options.command) {
    case Command::kReceipt:
      return VerifyReceipt(options, report);
    case Command::kCheckpoint:
      return VerifyCheckpoint(options, report);
    case Command::kLog:
      break;
  }
  return VerifyDirectory(options, progress, report);
}

void Take(const Checkpoint& checkpoint, Report& report) {
  report.origin = checkpoint.origin;
  report.size = checkpoint.size;
  report.root = checkpoint.root;
}

}  // namespace

Report Verify(const Options& options, ProgressLine& progress) {
  Report report;
  report.path = options.path;
  report.status = Dispatch(options, progress, report);
  progress.Clear();
  return report;
}

absl::StatusOr<VerifierKey> FindKey(const std::string& file_or_text) {
  if (file_or_text.empty()) {
    return absl::InvalidArgumentError(
        "--vkey is needed: the log's verifier key (bansosctl checkpoint vkey), taken from a place "
        "that you trust");
  }
  const auto file = ReadFile(file_or_text, kMaxKeyFileBytes);
  const bool is_file = file.ok() && file->has_value();
  auto key =
      VerifierKey::Parse(std::string(absl::StripAsciiWhitespace(is_file ? **file : file_or_text)));
  if (key.ok()) return key;
  return absl::InvalidArgumentError(
      absl::StrCat("--vkey: ", is_file ? "the file " : "no file, and the text ", file_or_text,
                   " is ", std::string(key.status().message())));
}

absl::Status CheckOrigin(const Options& options, const std::string& key_name,
                         const std::string& origin, const std::string& place) {
  const std::string& wanted = options.origin.empty() ? key_name : options.origin;
  if (origin == wanted) return absl::OkStatus();
  return FaultIn(place, "its origin is '", origin, "', not '", wanted,
                 options.origin.empty() ? "', the name of the key (--origin states another)" : "'");
}

absl::Status VerifyCheckpoint(const Options& options, Report& report) {
  TRY_ASSIGN(const VerifierKey key, FindKey(options.vkey));
  TRY_ASSIGN(const std::string bytes, ReadNamedFile(options.path, kMaxNoteBytes));
  report.kind = "checkpoint";
  report.key = key.Label();
  TRY_ASSIGN(const Checkpoint checkpoint, ReadCheckpoint(bytes, key, options.path));
  TRY(CheckOrigin(options, key.name(), checkpoint.origin, options.path));
  Take(checkpoint, report);
  report.checked = {"the signature and the origin"};
  report.not_checked = {"The log was not checked: a checkpoint only says what it should be."};
  return absl::OkStatus();
}

absl::Status VerifyReceipt(const Options& options, Report& report) {
  TRY_ASSIGN(const VerifierKey key, FindKey(options.vkey));
  TRY_ASSIGN(const std::string bytes, ReadNamedFile(options.path, kMaxReceiptBytes));
  report.kind = "receipt";
  report.key = key.Label();
  TRY_ASSIGN(const Receipt receipt, ReadReceipt(bytes, key, options.path));
  TRY(CheckOrigin(options, key.name(), receipt.checkpoint.origin, options.path));
  TRY_ASSIGN(report.event_json, EventJson(receipt));
  Take(receipt.checkpoint, report);
  report.position = receipt.position;
  report.checked = {"the signature and origin of the checkpoint",
                    "that the event is at its position in the signed log"};
  report.not_checked = {
      "Whether the rules allowed the event, and what followed it, was not checked."};
  return absl::OkStatus();
}

}  // namespace bansos::verify

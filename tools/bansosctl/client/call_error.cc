#include "tools/bansosctl/client/call_error.h"

#include "absl/strings/ascii.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace bansos {
namespace {

constexpr char kDetailUrl[] = "bansos.v1.StatusDetail";

v1::StatusDetail DetailOf(const absl::Status& status) {
  v1::StatusDetail detail;
  if (const auto payload = status.GetPayload(kDetailUrl)) {
    // A detail that cannot be read is worth nothing, but the code and message still are.
    if (!detail.ParseFromString(std::string(*payload))) detail.Clear();
  }
  return detail;
}

// "FAILED_PRECONDITION" -> "failed precondition".
std::string Words(absl::StatusCode code) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(absl::StatusCodeToString(code)), {{"_", " "}});
}

std::string_view GeneralAdvice(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kUnavailable:
      return "Start the server (bansosd --data-dir DIR --key-file FILE), or name another one with "
             "--server HOST:PORT. Running the same command again writes nothing twice.";
    case absl::StatusCode::kDeadlineExceeded:
      return "The outcome is not known. Run the same command again: nothing is written twice. "
             "--timeout SECONDS waits longer.";
    case absl::StatusCode::kResourceExhausted:
      return "The server is busy. Run the same command again: nothing is written twice.";
    case absl::StatusCode::kUnauthenticated:
      return "State who you are with --actor ID.";
    case absl::StatusCode::kUnimplemented:
      return "The server is older than this program: update it.";
    default:
      return "";
  }
}

}  // namespace

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status converted(static_cast<absl::StatusCode>(status.error_code()),
                         status.error_message());
  converted.SetPayload(kDetailUrl, absl::Cord(status.error_details()));
  return converted;
}

bool IsFromCall(const absl::Status& status) { return status.GetPayload(kDetailUrl).has_value(); }

std::vector<v1::Refusal> RefusalsOf(const absl::Status& status) {
  std::vector<v1::Refusal> refusals;
  const v1::StatusDetail detail = DetailOf(status);
  for (const google::protobuf::Any& any : detail.details()) {
    v1::Refusal refusal;
    if (any.UnpackTo(&refusal)) refusals.push_back(std::move(refusal));
  }
  return refusals;
}

uint32_t RetryDelayMs(const absl::Status& status) {
  const v1::StatusDetail detail = DetailOf(status);
  for (const google::protobuf::Any& any : detail.details()) {
    v1::RetryHint hint;
    if (any.UnpackTo(&hint)) return hint.delay_ms();
  }
  return 0;
}

bool IsWorthRetrying(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsResourceExhausted(status);
}

absl::Status RefusedItems(const Tally& tally) {
  return FromGrpc(grpc::Status(grpc::StatusCode::FAILED_PRECONDITION,
                               absl::StrCat(tally.rejected, " of ", tally.items, " ", tally.unit,
                                            " were refused, for the reasons above")));
}

int ExitCodeOf(const absl::Status& status) {
  if (status.ok()) return 0;
  if (!IsFromCall(status)) return kExitUsage;
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ? kExitUnreachable
                                                                         : kExitRefused;
}

std::string Describe(const absl::Status& status) {
  if (!IsFromCall(status)) return std::string(status.message());
  std::string text = Words(status.code());
  const std::vector<v1::Refusal> refusals = RefusalsOf(status);
  if (refusals.size() == 1 && !refusals[0].has_index()) {
    absl::StrAppend(&text, ", ", refusals[0].code(), ": ", refusals[0].message());
    if (!refusals[0].field().empty()) absl::StrAppend(&text, " Field: ", refusals[0].field(), ".");
    if (refusals[0].has_position()) {
      absl::StrAppend(&text, " See position ", refusals[0].position(), ".");
    }
    return text;
  }
  absl::StrAppend(&text, ": ", status.message());
  for (const v1::Refusal& refusal : refusals) {
    absl::StrAppend(&text, "\n  item ", refusal.index(), ", ", refusal.code(), ": ",
                    refusal.message());
  }
  const std::string advice(GeneralAdvice(status.code()));
  if (!advice.empty()) absl::StrAppend(&text, "\n", advice);
  return text;
}

RefusalParts SplitMessage(std::string_view message) {
  while (!message.empty() && (message.back() == '.' || message.back() == ' ')) {
    message.remove_suffix(1);
  }
  const size_t dot = message.rfind(". ");
  if (dot == std::string_view::npos) return {std::string(message), ""};
  return {std::string(message.substr(0, dot)), std::string(message.substr(dot + 2))};
}

}  // namespace bansos

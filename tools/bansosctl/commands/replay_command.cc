#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "bansos/v1/admin_service.grpc.pb.h"
#include "ledger/base/hex.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/as_of.h"
#include "tools/bansosctl/client/call_error.h"
#include "tools/bansosctl/commands/commands.h"
#include "tools/bansosctl/format/progress_bar.h"

namespace bansos {
namespace {

struct ReplayArguments {
  std::string to;
};

// Follows the replay to its end.
absl::StatusOr<v1::ReplayResult> FollowReplay(Session& session, const v1::ReplayRequest& request) {
  const std::unique_ptr<grpc::ClientContext> context = session.connection().NewContext();
  v1::AdminService::Stub stub(session.connection().channel());
  const auto stream = stub.Replay(context.get(), request);
  std::optional<ProgressBar> bar;
  std::optional<v1::ReplayResult> result;
  v1::ReplayResponse message;
  while (stream->Read(&message)) {
    if (message.has_result()) result = message.result();
    if (!message.has_progress()) continue;
    const v1::ReplayProgress& progress = message.progress();
    if (!bar.has_value()) {
      bar.emplace(ProgressBar::OnStderr(
          {.label = "replay", .unit = "events", .total = progress.of_events()}, session.clock()));
    }
    bar->Update(progress.events(), progress.events());
  }
  if (bar.has_value()) bar->Finish();
  RETURN_IF_ERROR(FromGrpc(stream->Finish()));
  if (!result.has_value()) {
    return absl::InternalError("the server ended the replay without a result");
  }
  return *std::move(result);
}

void PrintResult(Session& session, const v1::ReplayResult& result) {
  if (session.json()) return session.PrintJson(result);
  Table table(
      {{"view"}, {"version", Align::kRight}, {"replayed digest"}, {"served digest"}, {"equal"}});
  for (const v1::ReplayedView& view : result.views()) {
    table.AddRow({view.name(), std::to_string(view.version()), HexEncode(view.replayed()),
                  HexEncode(view.served()), view.replayed() == view.served() ? "yes" : "NO"});
  }
  session.Print(table);
  session.Say(absl::StrCat(
      "-- ", session.Count(static_cast<int64_t>(result.true_at().position())),
      " events replayed: ", result.equal() ? "all digests are equal" : "THE DIGESTS DIFFER"));
}

absl::Status ReplayCommand(Session& session, const ReplayArguments& arguments) {
  v1::ReplayRequest request;
  *request.mutable_read() = session.connection().options().read;
  if (!arguments.to.empty()) {
    if (request.read().as_of_case() != v1::ReadOptions::AS_OF_NOT_SET) {
      return absl::InvalidArgumentError("state either --to or --as-of: they mean the same here");
    }
    ASSIGN_OR_RETURN(*request.mutable_read(), ParseAsOf("--to", arguments.to));
  }
  ASSIGN_OR_RETURN(const v1::ReplayResult result, FollowReplay(session, request));
  PrintResult(session, result);
  if (result.equal()) return absl::OkStatus();
  return FromGrpc(
      grpc::Status(grpc::StatusCode::DATA_LOSS,
                   "the views that the server answers from are not what the log gives. Stop the "
                   "server, move its data directory's views/ away and start it again: it builds "
                   "them from the log"));
}

}  // namespace

void AddReplayCommand(CommandNode root) {
  auto arguments = std::make_shared<ReplayArguments>();
  root.Command("replay", "Builds all views from nothing and compares them with the served ones.",
               "The live views are not touched; answers stay as quick as they were. Exit code 1 "
               "when a digest differs.\n"
               "Example: bansosctl replay\n"
               "Example: bansosctl replay --to 2025-06-30",
               [arguments](Session& s) { return ReplayCommand(s, *arguments); })
      .Text("--to", arguments->to,
            "How far: a position, a time or a day; as far as the log has come if not stated.");
}

}  // namespace bansos

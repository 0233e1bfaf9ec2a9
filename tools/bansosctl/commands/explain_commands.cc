#include <algorithm>
#include <limits>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "bansos/v1/audit_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/basis.h"
#include "tools/bansosctl/client/pages.h"
#include "tools/bansosctl/commands/commands.h"
#include "tools/bansosctl/commands/explain_table.h"
#include "tools/bansosctl/csv/fields.h"

namespace bansos {
namespace {

struct ExplainArguments {
  std::string program;
  uint32_t tranche = 0;
  std::string batch;
  std::string area;
  uint64_t recipient = 0;
  std::string by;
  std::string figure;
  bool proof = false;
  uint64_t limit = 100;
};

// The row that the arguments name, unless --by says it.
absl::StatusOr<v1::BalanceGroup> GroupOf(const ExplainArguments& arguments) {
  if (!arguments.by.empty()) return ParseBalanceGroup(arguments.by);
  if (arguments.recipient != 0) return v1::BALANCE_GROUP_RECIPIENT;
  if (!arguments.area.empty()) return v1::BALANCE_GROUP_AREA;
  if (!arguments.batch.empty()) return v1::BALANCE_GROUP_BATCH;
  if (arguments.tranche != 0) return v1::BALANCE_GROUP_TRANCHE;
  if (!arguments.program.empty()) return v1::BALANCE_GROUP_PROGRAM;
  return absl::InvalidArgumentError(
      "name the row: --program, with --tranche, --batch or --area where it is below one; or "
      "--recipient");
}

// A number beside --program and --tranche, or the whole name as the tables show it.
absl::Status SetBatch(const std::string& batch, v1::ExplainRequest& request) {
  if (batch.empty()) return absl::OkStatus();
  const Parsed<uint64_t> number = ParseCount(batch, 1, std::numeric_limits<uint32_t>::max());
  if (number.ok()) {
    request.set_batch(static_cast<uint32_t>(*number));
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const ledger::v1::BatchKey key, ParseBatchKey(batch));
  if ((!request.program().empty() && request.program() != key.program()) ||
      (request.tranche() != 0 && request.tranche() != key.tranche())) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--batch ", batch, " is of another programme or tranche than stated beside it"));
  }
  request.set_program(key.program());
  request.set_tranche(key.tranche());
  request.set_batch(key.number());
  return absl::OkStatus();
}

absl::StatusOr<v1::ExplainRequest> RequestOf(const ExplainArguments& arguments) {
  v1::ExplainRequest request;
  ASSIGN_OR_RETURN(const v1::BalanceGroup group, GroupOf(arguments));
  ASSIGN_OR_RETURN(const v1::BalanceFigure figure, ParseBalanceFigure(arguments.figure));
  request.set_group_by(group);
  request.set_figure(figure);
  request.set_program(arguments.program);
  request.set_tranche(arguments.tranche);
  RETURN_IF_ERROR(SetBatch(arguments.batch, request));
  request.set_area(arguments.area);
  request.set_recipient(arguments.recipient);
  request.set_include_proofs(arguments.proof);
  return request;
}

absl::Status ExplainCommand(Session& session, const ExplainArguments& arguments) {
  ASSIGN_OR_RETURN(v1::ExplainRequest request, RequestOf(arguments));
  ExplainTable table(session, request.figure(), arguments.proof);
  uint64_t left = arguments.limit == 0 ? ~uint64_t{0} : arguments.limit;
  while (true) {
    request.set_page_size(static_cast<uint32_t>(std::min<uint64_t>(left, kPageRowsMax)));
    ASSIGN_OR_RETURN(const v1::ExplainResponse page,
                     session.connection().Follow(&v1::AuditService::Stub::Explain, request,
                                                 "explain", session.clock()));
    if (session.json()) session.PrintJson(page);
    table.Add(page);
    left -= std::min<uint64_t>(left, page.events_size());
    if (left == 0 || page.next_page_token().empty()) break;
    request.set_page_token(page.next_page_token());
  }
  if (!session.json()) table.Print();
  return absl::OkStatus();
}

}  // namespace

void AddExplainCommands(CommandNode root) {
  auto arguments = std::make_shared<ExplainArguments>();
  root.Command(
          "explain", "Lists the events behind a figure of balances; their sum is the figure.",
          "Figures: available, obligated, in-transit, paid, returned, remitted, receivable (or "
          "tersedia, dikomitmenkan, dalam-proses-bank, tersalur, retur, disetor-kembali, "
          "piutang), appropriated, instructed, withdrawn, payments, settled, people-paid.\n"
          "Example: bansosctl explain --program KJS --figure paid --limit 20\n"
          "Example: bansosctl explain --batch KJS/1/1 --figure returned\n"
          "Example: bansosctl explain --program KJS --area 33.74 --figure people-paid\n"
          "Example: bansosctl --output json explain --recipient 4711 --figure tersalur --proof",
          [arguments](Session& s) { return ExplainCommand(s, *arguments); })
      .Text("--figure", arguments->figure, "Which figure of the row.", Wanted::kRequired)
      .Text("--program", arguments->program, "Programme of the row.")
      .Number("--tranche", arguments->tranche, "The row of this tranche.")
      .Text("--batch", arguments->batch,
            "The row of this batch: PROGRAM/TRANCHE/NUMBER, or the number beside the others.")
      .Text("--area", arguments->area, "The row of this kabupaten or kota: 33.74.")
      .Number("--recipient", arguments->recipient, "The row of this recipient, by number.")
      .Text("--by", arguments->by,
            "What the row stands for: program, tranche, batch, area or recipient. Said by what is "
            "named if not stated.")
      .Flag("--proof", arguments->proof, "With the inclusion proof of each event.")
      .Number("--limit", arguments->limit,
              "Events to show: 100 if not stated, 0 for all. The sum is over all of them anyway.");
}

}  // namespace bansos

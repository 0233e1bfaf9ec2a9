#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "bansos/v1/eligibility_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/pages.h"
#include "tools/bansosctl/client/request_window.h"
#include "tools/bansosctl/commands/commands.h"
#include "tools/bansosctl/commands/names.h"

namespace bansos {
namespace {

using EligibilityStub = v1::EligibilityService::Stub;

// Facts may change while they are decided; more sweeps than this would chase a moving target.
constexpr int kSweepsMax = 3;
constexpr uint32_t kRankedMax = 100'000;  // the server's bound

struct DecideArguments {
  std::string program;
  BasisOptions basis;
};

struct DecreeArguments {
  std::string program;
  uint32_t first_tranche = 0;
  uint32_t count = kRankedMax;
  int64_t amount = 0;
  BasisOptions basis;
};

// One sweep over the candidates that need a decision; how many were refused because facts changed.
absl::StatusOr<uint64_t> DecideSweep(Session& session, const DecideArguments& arguments,
                                     const v1::Basis& basis, Tally& tally) {
  Connection& connection = session.connection();
  // The order of decisions breaks ties of the ranking, so it must not depend on timing.
  RequestWindow<v1::DecideEligibilityResponse> window(kOneRequestInFlight);
  uint64_t changed = 0;
  const auto take = [&](const v1::DecideEligibilityRequest& decided,
                        const v1::DecideEligibilityResponse& response) {
    tally.Add(response.outcomes(), decided.recipients_size(),
              [&](int index) { return absl::StrCat("recipient ", decided.recipients(index)); });
    for (const int outcome : response.decisions()) {
      if (outcome == ledger::v1::OUTCOME_UNSPECIFIED) continue;
      ++tally.counts[absl::AsciiStrToLower(
          NameOf(static_cast<ledger::v1::Outcome>(outcome), "OUTCOME_"))];
    }
    for (const v1::Refusal& refusal : response.outcomes().refusals()) {
      changed += refusal.code() == "FACTS_CHANGED" || refusal.code() == "ASSESSMENT_NOT_LATEST";
    }
    return absl::OkStatus();
  };
  v1::ListCandidatesRequest request;
  request.set_program(arguments.program);
  request.set_filter(v1::CANDIDATE_FILTER_NEEDS_DECISION);
  request.set_page_size(kPageRowsMax);
  RETURN_IF_ERROR(ForEachPage<EligibilityStub>(
      connection, &EligibilityStub::ListCandidates, request,
      [&](const v1::ListCandidatesResponse& page) -> absl::StatusOr<bool> {
        if (page.candidates().empty()) return true;
        const auto decide = std::make_shared<v1::DecideEligibilityRequest>();
        *decide->mutable_options() = connection.write_options();
        *decide->mutable_basis() = basis;
        decide->set_program(arguments.program);
        for (const v1::Candidate& candidate : page.candidates()) {
          decide->add_recipients(candidate.recipient());
          // So that a try that is made again can only mean the same decisions.
          decide->add_fact_versions(candidate.fact_version());
        }
        tally.items += decide->recipients_size();
        RETURN_IF_ERROR(window.Submit(
            [&connection, decide] {
              return connection.Call(&EligibilityStub::DecideEligibility, *decide);
            },
            [&take, decide](const auto& response) { return take(*decide, response); }));
        return true;
      }));
  RETURN_IF_ERROR(window.Finish());
  return changed;
}

absl::Status Decide(Session& session, const DecideArguments& arguments) {
  RETURN_IF_ERROR(session.RequireActor());
  ASSIGN_OR_RETURN(const v1::Basis basis, ToBasis(arguments.basis));
  Tally tally{.job = absl::StrCat("decide ", arguments.program), .unit = "candidates"};
  const int64_t started_us = session.clock().NowMicros();
  for (int sweep = 0; sweep < kSweepsMax; ++sweep) {
    ASSIGN_OR_RETURN(const uint64_t changed, DecideSweep(session, arguments, basis, tally));
    if (changed == 0) break;
  }
  tally.elapsed_ms = (session.clock().NowMicros() - started_us) / 1000;
  return session.ReportAll(tally);
}

absl::Status SendDecrees(Connection& connection, const DecreeArguments& arguments,
                         const v1::Basis& basis, const v1::RankCandidatesResponse& ranking,
                         Tally& tally) {
  RequestWindow<v1::DecreeRecipientsResponse> window;
  for (int first = 0; first < ranking.ranked_size(); first += kRequestItemsMax) {
    const auto request = std::make_shared<v1::DecreeRecipientsRequest>();
    *request->mutable_options() = connection.write_options();
    *request->mutable_basis() = basis;
    request->set_program(arguments.program);
    const int end = std::min(first + kRequestItemsMax, ranking.ranked_size());
    for (int i = first; i < end; ++i) {
      const v1::RankedCandidate& ranked = ranking.ranked(i);
      v1::Decree& decree = *request->add_items();
      decree.mutable_recipient()->set_number(ranked.recipient());
      decree.set_slot(ranked.slot());
      decree.set_holder(ranked.holder());
      decree.set_replaces(ranked.replaces());
      decree.set_first_tranche(arguments.first_tranche);
      decree.set_amount(arguments.amount);
    }
    RETURN_IF_ERROR(window.Submit(
        [&connection, request] {
          return connection.Call(&EligibilityStub::DecreeRecipients, *request);
        },
        [&tally, request](const v1::DecreeRecipientsResponse& response) {
          tally.Add(response.outcomes(), request->items_size(), [&](int index) {
            return absl::StrCat("recipient ", request->items(index).recipient().number());
          });
          return absl::OkStatus();
        }));
  }
  return window.Finish();
}

absl::Status DecreeCommand(Session& session, const DecreeArguments& arguments) {
  RETURN_IF_ERROR(session.RequireActor());
  ASSIGN_OR_RETURN(const v1::Basis basis, ToBasis(arguments.basis));
  if (arguments.count < 1 || arguments.count > kRankedMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("--count ", arguments.count, ": give 1 to ", kRankedMax));
  }
  v1::RankCandidatesRequest request;
  request.set_program(arguments.program);
  request.set_count(arguments.count);
  *request.mutable_decree() = basis.document();
  const int64_t started_us = session.clock().NowMicros();
  ASSIGN_OR_RETURN(const v1::RankCandidatesResponse ranking,
                   session.connection().Call(&EligibilityStub::RankCandidates, request));
  Tally tally{.job = absl::StrCat("decree ", arguments.program), .unit = "recipients"};
  tally.items = static_cast<uint64_t>(ranking.ranked_size());
  tally.counts["on this decree already"] = ranking.already_decreed();
  tally.counts["free places"] = ranking.free_slots();
  tally.counts["eligible and not entitled"] = ranking.eligible();
  for (const v1::RankedCandidate& ranked : ranking.ranked()) {
    tally.counts["replacements"] += ranked.replaces() != 0;
  }
  RETURN_IF_ERROR(SendDecrees(session.connection(), arguments, basis, ranking, tally));
  tally.elapsed_ms = (session.clock().NowMicros() - started_us) / 1000;
  return session.ReportAll(tally);
}

}  // namespace

void AddEndCommand(CommandNode root);

void AddEligibilityCommands(CommandNode root) {
  auto decide = std::make_shared<DecideArguments>();
  root.Command("decide", "Decides every candidate of a programme that needs a decision.",
               "The rule set is the one in force on the effective date, else today.\n"
               "Example: bansosctl --actor verifier-1 decide --program KJS --effective-date "
               "2025-01-10",
               [decide](Session& s) { return Decide(s, *decide); })
      .Text("--program", decide->program, "Code of the programme.", Wanted::kRequired)
      .Basis(decide->basis);
  auto decree = std::make_shared<DecreeArguments>();
  root.Command("decree",
               "Puts the best ranked candidates on the decree, as far as places are free.",
               "Lower decile first, then earlier decision. Places whose holder ended are filled "
               "again, naming whom they replace. --count is the size of the decree: whom its "
               "document (kind and number) names already counts, so a run that was cut off is "
               "finished by running it again.\n"
               "Example: bansosctl --actor head-1 decree --program KJS --first-tranche 1 "
               "--document SK/460/12/2025/2025-01-15",
               [decree](Session& s) { return DecreeCommand(s, *decree); })
      .Text("--program", decree->program, "Code of the programme.", Wanted::kRequired)
      .Number("--first-tranche", decree->first_tranche, "First tranche owed.", Wanted::kRequired)
      .Number("--count", decree->count,
              "At most this many on the decree; all free places if not stated.")
      .Rupiah("--amount", decree->amount,
              "Whole rupiah a tranche, where the programme leaves it to the decree.")
      .Basis(decree->basis, Wanted::kRequired);
  AddEndCommand(root);
}

}  // namespace bansos

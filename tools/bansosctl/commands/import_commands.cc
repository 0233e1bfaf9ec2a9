#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/commands/commands.h"
#include "tools/bansosctl/import/importer.h"
#include "tools/bansosctl/import/kinds.h"
#include "tools/bansosctl/import/results_kind.h"

namespace bansos {
namespace {

struct ImportArguments {
  std::string file;
  std::string rejects;
  bool dry_run = false;
  std::string accept_unlikely;
  std::string until;
  std::string sender;
  std::string catalogue;
  uint32_t catalogue_version = 0;
  BasisOptions basis;
  std::string if_rejected;  // what to say then
};

// What a kind of import adds to the common way.
using MakeKind = std::function<absl::StatusOr<std::unique_ptr<ImportKind>>(
    const ImportContext& context, const ImportArguments& arguments)>;

// Where the server is lost, a second run completes the first.
absl::Status WithRetryAdvice(absl::Status status, const std::string& job) {
  if (!absl::IsUnavailable(status) && !absl::IsDeadlineExceeded(status) &&
      !absl::IsResourceExhausted(status)) {
    return status;
  }
  absl::Status advised(status.code(), absl::StrCat(status.message(), "\nThe ", job,
                                                   " is not complete: run the same command again: "
                                                   "nothing is written twice"));
  status.ForEachPayload(
      [&](absl::string_view url, const absl::Cord& payload) { advised.SetPayload(url, payload); });
  return advised;
}

// In the log a request's id stands with each event and is no part of its content, so a file that
// was refused halfway can be accepted and taken again.
constexpr char kAcceptedPrefix[] = "accepted-unlikely:";
constexpr size_t kReasonBytesMax = 64 - (sizeof(kAcceptedPrefix) - 1);

absl::Status PutOnRecord(const ImportArguments& arguments, v1::WriteOptions& options) {
  if (arguments.accept_unlikely.empty()) return absl::OkStatus();
  if (!options.request_id().empty()) {
    return absl::InvalidArgumentError(
        "--accept-unlikely stands in the log as the request id: give no --request-id with it");
  }
  if (arguments.accept_unlikely.size() > kReasonBytesMax) {
    return absl::InvalidArgumentError(absl::StrCat("--accept-unlikely has at most ",
                                                   kReasonBytesMax,
                                                   " bytes: name the document that says it"));
  }
  options.set_request_id(kAcceptedPrefix + arguments.accept_unlikely);
  return absl::OkStatus();
}

absl::Status RunImport(Session& session, const std::string& job, const ImportArguments& arguments,
                       const MakeKind& make_kind) {
  RETURN_IF_ERROR(session.RequireActor());
  ImportContext context;
  context.connection = &session.connection();
  context.options = session.connection().write_options(arguments.dry_run);
  RETURN_IF_ERROR(PutOnRecord(arguments, context.options));
  ASSIGN_OR_RETURN(context.basis, ToBasis(arguments.basis));
  absl::StatusOr<std::unique_ptr<ImportKind>> kind = make_kind(context, arguments);
  if (!kind.ok()) return WithRetryAdvice(kind.status(), job);
  const ImportFileOptions options{job, arguments.file, arguments.rejects, arguments.dry_run,
                                  !arguments.accept_unlikely.empty()};
  absl::StatusOr<Tally> tally = ImportFile(options, **kind, session.clock());
  if (!tally.ok()) return WithRetryAdvice(tally.status(), job);
  if (tally->rejected > 0 && arguments.rejects.empty()) {
    session.Say("To see each rejected row, run the same command with --rejects FILE.");
  }
  if (tally->rejected > 0 && !arguments.if_rejected.empty()) session.Say(arguments.if_rejected);
  return session.Report(*tally);
}

std::string ColumnHelp(const std::vector<ImportColumn>& columns) {
  std::string help =
      "FILE is CSV in UTF-8; `;`, `,` or TAB; columns in any order; all of it is "
      "checked before any of it is recorded. Columns:\n";
  for (const ImportColumn& column : columns) {
    absl::StrAppend(&help, "  ", column.column.name,
                    column.column.required ? " (required)" : " (optional)", ": ", column.meaning,
                    "\n      ", column.accepted, "\n");
  }
  return help;
}

CommandNode AddKind(CommandNode group, const char* name, const char* help,
                    const std::string& details, const std::shared_ptr<ImportArguments>& arguments,
                    const MakeKind& make_kind) {
  const std::string job = absl::StrCat("import ", name);
  CommandNode command =
      group.Command(name, help, details, [arguments, job, make_kind](Session& session) {
        return RunImport(session, job, *arguments, make_kind);
      });
  command.Text("FILE", arguments->file, "The file.", Wanted::kRequired)
      .Flag("--dry-run", arguments->dry_run, "Checks everything, records nothing.")
      .Text("--rejects", arguments->rejects, "Writes each rejected row with its reason there.")
      .Text("--accept-unlikely", arguments->accept_unlikely,
            "Takes a file that looks damaged (numbers rounded or filled down, birth dates that "
            "are not those of the NIK); the document that says it is right, in the log's events.")
      .Basis(arguments->basis);
  return command;
}

std::string Example(const char* rest) {
  return absl::StrCat("Example: bansosctl --actor dinsos-17 import ", rest);
}

absl::StatusOr<std::unique_ptr<ImportKind>> MakeAssessments(const ImportContext& context,
                                                            const ImportArguments& arguments) {
  ASSIGN_OR_RETURN(Catalogue catalogue, FindCatalogue(*context.connection, arguments.catalogue,
                                                      arguments.catalogue_version));
  return NewAssessmentsKind(context, std::move(catalogue));
}

absl::StatusOr<std::unique_ptr<ImportKind>> MakeDeaths(const ImportContext& context,
                                                       const ImportArguments& arguments) {
  if (arguments.until.empty()) return NewDeathsKind(context, "");
  ASSIGN_OR_RETURN(std::string until, ToIsoDate("--until", arguments.until));
  return NewDeathsKind(context, std::move(until));
}

absl::StatusOr<std::unique_ptr<ImportKind>> MakeResults(const ImportContext& context,
                                                        const ImportArguments& arguments) {
  absl::StatusOr<ResultFileFacts> facts = LookThrough(arguments.file);
  if (!facts.ok()) {
    return absl::Status(facts.status().code(),
                        absl::StrCat(arguments.file, ": ", facts.status().message()));
  }
  if (facts->lines == 0) {
    return absl::InvalidArgumentError(
        absl::StrCat(arguments.file, " has no result rows: nothing to record"));
  }
  ASSIGN_OR_RETURN(const std::optional<uint64_t> position,
                   ReceiveFile(context, *facts, arguments.sender));
  return NewResultsKind(context, position);
}

}  // namespace

void AddImportCommands(CommandNode root) {
  CommandNode group = root.Group("import", "Takes files of the offices and the bank.");
  AddKind(
      group, "recipients", "Registers people and institutions.",
      ColumnHelp(RecipientsColumns()) + Example("recipients recipients.csv --rejects rejected.csv"),
      std::make_shared<ImportArguments>(),
      [](const ImportContext& context, const ImportArguments&) {
        return absl::StatusOr<std::unique_ptr<ImportKind>>(NewRecipientsKind(context));
      });
  auto assessments = std::make_shared<ImportArguments>();
  AddKind(group, "assessments", "Records surveys.",
          ColumnHelp(AssessmentsColumns()) +
              "  any indicator id of the published catalogue (optional): its value\n"
              "      a whole number that the catalogue knows; YYYY-MM-DD for a date; empty = "
              "unknown\n" +
              Example("assessments assessments.csv --rejects rejected.csv"),
          assessments, MakeAssessments)
      .Text("--catalogue", assessments->catalogue,
            "Catalogue that the file follows; else the last.")
      .Number("--catalogue-version", assessments->catalogue_version, "Its version; else the last.");
  AddKind(group, "proposals", "Proposes recipients for programmes.",
          ColumnHelp(ProposalsColumns()) + Example("proposals proposals.csv"),
          std::make_shared<ImportArguments>(),
          [](const ImportContext& context, const ImportArguments&) {
            return absl::StatusOr<std::unique_ptr<ImportKind>>(NewProposalsKind(context));
          });
  AddKind(group, "payees", "Records where money goes.",
          ColumnHelp(PayeesColumns()) + Example("payees payees.csv"),
          std::make_shared<ImportArguments>(),
          [](const ImportContext& context, const ImportArguments&) {
            return absl::StatusOr<std::unique_ptr<ImportKind>>(NewPayeesKind(context));
          });
  auto deaths = std::make_shared<ImportArguments>();
  AddKind(group, "deaths", "Records deaths, or that a person lives after all.",
          ColumnHelp(DeathsColumns()) + Example("deaths deaths.csv --until 2025-03-31"), deaths,
          MakeDeaths)
      .Text("--until", deaths->until, "Only rows whose document is of this date or earlier.");
  auto results = std::make_shared<ImportArguments>();
  results->if_rejected =
      "Money may have moved by the rejected lines, and the ledger knows nothing of it: correct "
      "them and import the file again. Lines that are recorded already are then held as "
      "repeated, which is no exception.";
  AddKind(
      group, "results", "Records what the bank reports of its orders.",
      ColumnHelp(ResultsColumns()) +
          "A report that fits no rule is held, not rejected. --dry-run checks the file only.\n" +
          Example("results results.csv --sender BANKJATENG"),
      results, MakeResults)
      .Text("--sender", results->sender, "Who sent the file, as a code in capitals.",
            Wanted::kRequired);
}

}  // namespace bansos

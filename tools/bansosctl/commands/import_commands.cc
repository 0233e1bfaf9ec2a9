#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/commands/commands.h"
#include "tools/bansosctl/import/importer.h"
#include "tools/bansosctl/import/kinds.h"
#include "tools/bansosctl/import/results_file.h"
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
  ResultFileLetter letter;
  uint64_t completes = 0;  // position of a received file; 0 = the file is a new one
  bool record_held = false;
};

// What a kind of import adds to the common way.
using MakeKind = std::function<absl::StatusOr<std::unique_ptr<ImportKind>>(
    Session& session, const ImportContext& context, const ImportArguments& arguments)>;

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
  absl::StatusOr<std::unique_ptr<ImportKind>> kind = make_kind(session, context, arguments);
  if (!kind.ok()) return WithRetryAdvice(kind.status(), job);
  const ImportFileOptions options{.job = job,
                                  .path = (*kind)->CopyOr(arguments.file),
                                  .name = arguments.file,
                                  .rejects_path = arguments.rejects,
                                  .dry_run = arguments.dry_run,
                                  .accept_unlikely = !arguments.accept_unlikely.empty()};
  absl::StatusOr<Tally> tally = ImportFile(options, **kind, session.clock());
  if (!tally.ok()) return WithRetryAdvice(tally.status(), job);
  if (tally->rejected > 0 && arguments.rejects.empty()) {
    session.Say("To see each rejected row, run the same command with --rejects FILE.");
  }
  if (!tally->warned_rows.empty()) {
    std::sort(tally->warned_rows.begin(), tally->warned_rows.end());
    session.Say(absl::StrCat("Warning: rows ", absl::StrJoin(tally->warned_rows, ", "), ": ",
                             (*kind)->IfWarned()));
  }
  const std::string advice = (*kind)->IfRejected();
  if (tally->rejected > 0 && !advice.empty()) session.Say(advice);
  return session.ReportAll(*tally);
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
      .Flag("--dry-run", arguments->dry_run,
            "Checks the file, and each row against what is recorded (not against the rows before "
            "it); records nothing.")
      .Text("--rejects", arguments->rejects,
            "Writes each rejected row as it was, with its reason, there; corrected it can be "
            "imported itself.")
      .Text("--accept-unlikely", arguments->accept_unlikely,
            "Takes a file that looks damaged (numbers rounded or filled down, birth dates that "
            "are not those of the NIK); the document that says it is right, in the log's events.")
      .Basis(arguments->basis);
  return command;
}

std::string Example(const char* rest) {
  return absl::StrCat("Example: bansosctl --actor dinsos-17 import ", rest);
}

absl::StatusOr<std::unique_ptr<ImportKind>> MakeAssessments(Session&, const ImportContext& context,
                                                            const ImportArguments& arguments) {
  ASSIGN_OR_RETURN(Catalogue catalogue, FindCatalogue(*context.connection, arguments.catalogue,
                                                      arguments.catalogue_version));
  return NewAssessmentsKind(context, std::move(catalogue));
}

absl::StatusOr<std::unique_ptr<ImportKind>> MakeDeaths(Session&, const ImportContext& context,
                                                       const ImportArguments& arguments) {
  if (arguments.until.empty()) return NewDeathsKind(context, "");
  ASSIGN_OR_RETURN(std::string until, ToIsoDate("--until", arguments.until));
  return NewDeathsKind(context, std::move(until));
}

// Corrected lines of a file that is received already.
absl::StatusOr<std::unique_ptr<ImportKind>> MakeCompletion(const ImportContext& context,
                                                           const ImportArguments& arguments) {
  if (arguments.basis.document.empty()) {
    return absl::InvalidArgumentError(
        "--completes: what differs from the received file rests on a document: state it with "
        "--document KIND/NUMBER/DATE");
  }
  return NewResultsKind(context, {.file_position = arguments.completes, .corrects = true});
}

absl::StatusOr<std::unique_ptr<ImportKind>> MakeResults(Session& session,
                                                        const ImportContext& context,
                                                        const ImportArguments& arguments) {
  if ((arguments.completes != 0) == !arguments.sender.empty()) {
    return absl::InvalidArgumentError(
        "state --sender CODE for a file that came in, or --completes POSITION for corrected lines "
        "of one that is received already");
  }
  if (arguments.completes != 0) return MakeCompletion(context, arguments);
  const auto named = [&](const absl::Status& status) { return WrongFile(arguments.file, status); };
  const bool accepted = !arguments.accept_unlikely.empty();
  absl::StatusOr<std::unique_ptr<SpooledFile>> file = SpooledFile::Copy(arguments.file);
  if (!file.ok()) return named(file.status());
  const absl::StatusOr<ResultFileFacts> facts =
      LookThrough(**file, accepted ? Unlikely::kAccepted : Unlikely::kRefused);
  if (!facts.ok()) return named(facts.status());
  if (facts->lines == 0) {
    return named(absl::InvalidArgumentError("it has no result rows: nothing to record"));
  }
  const absl::Status fits = CheckLetter(arguments.letter, *facts);
  if (!fits.ok()) return named(fits);
  const auto receive = [&](bool dry_run) {
    return ReceiveFile(context, *facts, arguments.letter, arguments.sender, dry_run);
  };
  ASSIGN_OR_RETURN(ReceivedFile received, receive(/*dry_run=*/true));
  if (!received.already_recorded && !arguments.record_held) {
    RETURN_IF_ERROR(CheckNotNearlyAllHeld(context, **file, arguments.file, session.clock()));
  }
  ResultsSource source{.file = std::move(*file)};
  if (arguments.dry_run) return NewResultsKind(context, std::move(source));
  const absl::Status unchanged = source.file->CheckUnchanged();
  if (!unchanged.ok()) return named(unchanged);
  ASSIGN_OR_RETURN(received, receive(/*dry_run=*/false));
  source.file_position = received.position;
  return NewResultsKind(context, std::move(source));
}

}  // namespace

void AddImportCommands(CommandNode root) {
  CommandNode group = root.Group("import", "Takes files of the offices and the bank.");
  AddKind(
      group, "recipients", "Registers people and institutions.",
      ColumnHelp(RecipientsColumns()) + Example("recipients recipients.csv --rejects rejected.csv"),
      std::make_shared<ImportArguments>(),
      [](Session&, const ImportContext& context, const ImportArguments&) {
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
          [](Session&, const ImportContext& context, const ImportArguments&) {
            return absl::StatusOr<std::unique_ptr<ImportKind>>(NewProposalsKind(context));
          });
  AddKind(group, "payees", "Records where money goes.",
          ColumnHelp(PayeesColumns()) + Example("payees payees.csv"),
          std::make_shared<ImportArguments>(),
          [](Session&, const ImportContext& context, const ImportArguments&) {
            return absl::StatusOr<std::unique_ptr<ImportKind>>(NewPayeesKind(context));
          });
  auto deaths = std::make_shared<ImportArguments>();
  AddKind(group, "deaths", "Records deaths, or that a person lives after all.",
          ColumnHelp(DeathsColumns()) + Example("deaths deaths.csv --until 2025-03-31"), deaths,
          MakeDeaths)
      .Text("--until", deaths->until, "Only rows whose document is of this date or earlier.");
  auto results = std::make_shared<ImportArguments>();
  AddKind(
      group, "results", "Records what the bank reports of its orders.",
      ColumnHelp(ResultsColumns()) +
          "A report that fits no rule is held, not rejected; a file of which nearly every line "
          "would be held is recorded only with --record-held. Run again after an interruption, it "
          "completes the file. Lines that cannot be read are corrected in the rejects file, which "
          "--completes then takes.\n" +
          Example("results results.csv --sender BANKJATENG"),
      results, MakeResults)
      .Text("--sender", results->sender, "Who sent the file, as a code in capitals.")
      .Number("--lines", results->letter.lines, "Lines that the letter beside the file states.")
      .Rupiah("--settled-total", results->letter.settled_total,
              "Whole rupiah settled that the letter states.")
      .Rupiah("--returned-total", results->letter.returned_total,
              "Whole rupiah returned that the letter states.")
      .Number("--completes", results->completes,
              "Position of the received file of which these are corrected lines.")
      .Flag("--record-held", results->record_held,
            "Records the file though nearly every line of it is held.");
}

}  // namespace bansos

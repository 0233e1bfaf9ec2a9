#include <memory>
#include <optional>
#include <string>

#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/json.h"
#include "tools/bansosctl/commands/commands.h"
#include "tools/bansosctl/csv/atomic_file.h"
#include "tools/bansosctl/export/journal_export.h"
#include "tools/bansosctl/export/tiles_export.h"

namespace bansos {
namespace {

// As journals begin: only an earlier one is replaced.
constexpr char kJournalMark[] = "; Journal of the ledger";

struct JournalArguments {
  std::string format = "hledger";
  std::string out;
};

struct TilesArguments {
  std::string directory;
  uint64_t size = 0;  // all
};

absl::Status TilesCommand(Session& session, const TilesArguments& arguments) {
  TilesExport tiles(session.connection(), session.clock());
  ASSIGN_OR_RETURN(const TilesSummary summary,
                   tiles.Run(arguments.directory,
                             arguments.size == 0 ? std::nullopt : std::optional(arguments.size)));
  if (session.json()) {
    session.out() << JsonObject()
                         .Add("origin", summary.origin)
                         .Add("size", summary.size)
                         .Add("files_written", summary.files_written)
                         .Add("files_present", summary.files_present)
                         .ToString()
                  << '\n';
    return absl::OkStatus();
  }
  Table table({{summary.origin}, {"count", Align::kRight}});
  table.AddRow({"entries", session.Count(static_cast<int64_t>(summary.size))});
  table.AddRow({"files written", session.Count(static_cast<int64_t>(summary.files_written))});
  table.AddRow({"files there already", session.Count(static_cast<int64_t>(summary.files_present))});
  session.Print(table);
  return absl::OkStatus();
}

void PrintSummary(Session& session, const JournalSummary& summary) {
  if (session.json()) {
    session.out() << JsonObject()
                         .Add("transactions", summary.transactions)
                         .Add("end_position", summary.end_position)
                         .ToString()
                  << '\n';
    return;
  }
  Table table({{"journal"}, {"count", Align::kRight}});
  table.AddRow({"transactions", session.Count(static_cast<int64_t>(summary.transactions))});
  table.AddRow({"before position", session.Count(static_cast<int64_t>(summary.end_position))});
  session.Print(table);
}

absl::Status JournalCommand(Session& session, const JournalArguments& arguments) {
  if (arguments.format != "hledger") {
    return absl::InvalidArgumentError("--format: only hledger is known");
  }
  if (arguments.out.empty()) {
    const auto print = [&](std::string_view text) {
      session.out().write(text.data(), static_cast<std::streamsize>(text.size())).flush();
      return session.out() ? absl::OkStatus()
                           : absl::DataLossError("cannot write the journal to standard output");
    };
    return ExportJournal(session.connection(), session.clock(), print).status();
  }
  ASSIGN_OR_RETURN(const std::unique_ptr<AtomicFile> file,
                   AtomicFile::CreateTable(arguments.out, "", kJournalMark));
  ASSIGN_OR_RETURN(const JournalSummary summary,
                   ExportJournal(session.connection(), session.clock(),
                                 [&](std::string_view text) { return file->Append(text); }));
  RETURN_IF_ERROR(file->Commit());
  PrintSummary(session, summary);
  return absl::OkStatus();
}

}  // namespace

void AddExportCommands(CommandNode root) {
  CommandNode group = root.Group("export", "Takes the ledger out, to be checked elsewhere.");
  auto tiles = std::make_shared<TilesArguments>();
  group
      .Command("tiles",
               "Writes the whole log as files that any C2SP tlog-tiles program can verify.",
               "An export into a directory that holds an earlier one adds what is new and compares "
               "the rest; one that was interrupted is resumed by the same command. No file is ever "
               "replaced by other bytes; `checkpoint` is written last.\n"
               "Example: bansosctl export tiles /media/auditor/ledger-2025",
               [tiles](Session& s) { return TilesCommand(s, *tiles); })
      .Text("DIR", tiles->directory, "Directory to write to; made when it is not there.",
            Wanted::kRequired)
      .Number("--size", tiles->size,
              "Up to the smallest checkpoint that covers this many events; all if not stated.");
  auto journal = std::make_shared<JournalArguments>();
  group
      .Command("journal", "Writes every event that moves money as a transaction for hledger.",
               "Accounts are PROGRAMME:BUCKET:tranche N:batch N. The date is the effective date of "
               "the event, else the day (WIB) on which it was recorded. --as-of ends it at an "
               "earlier moment.\n"
               "Example: bansosctl export journal --format hledger --out year.journal\n"
               "         hledger -f year.journal balance --flat --depth 2",
               [journal](Session& s) { return JournalCommand(s, *journal); })
      .Text("--format", journal->format, "Of which program: hledger.")
      .Text("--out", journal->out, "File to write; standard output if not stated.");
}

}  // namespace bansos

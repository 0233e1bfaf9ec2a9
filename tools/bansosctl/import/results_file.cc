#include "tools/bansosctl/import/results_file.h"

#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "bansos/v1/payment_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/format/number.h"
#include "tools/bansosctl/import/importer.h"
#include "tools/bansosctl/import/results_kind.h"

namespace bansos {
namespace {

// From this share of held lines on it is the file that is wrong, not its lines: in a real file a
// few in a hundred are held, in one whose amounts were cut all are.
constexpr uint64_t kHeldPercentSuspect = 80;
// Fewer held lines are read one by one among the exceptions.
constexpr uint64_t kHeldLinesSuspect = 5;

// Held by these rules they are no exceptions: a file that is sent again is harmless.
constexpr const char* kResolvedAtBirth[] = {"repeated", "superseded"};

bool IsResolvedAtBirth(absl::string_view rule) {
  for (const char* resolved : kResolvedAtBirth) {
    if (rule == resolved) return true;
  }
  return false;
}

// The kind of a file by what it holds.
const char* FileKind(const ResultFileFacts& facts) {
  if (facts.returned == 0) return "SETTLEMENT";
  return facts.settled == 0 ? "RETURNS" : "MIXED";
}

absl::Status AddMoney(const CsvReader& reader, const v1::Result& result, ResultFileFacts& facts) {
  const bool settled = result.kind() == ledger::v1::REPORT_KIND_SETTLED;
  ++(settled ? facts.settled : facts.returned);
  int64_t& total = settled ? facts.settled_total : facts.returned_total;
  if (!__builtin_add_overflow(total, result.amount(), &total)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("row ", reader.row(),
                   ": the amounts up to here exceed what money can be: check the column amount"));
}

absl::Status LetterDiffers(const char* option, const std::string& stated, const char* what,
                           const std::string& found) {
  return absl::InvalidArgumentError(
      absl::StrCat(option, ": the letter states ", stated, ", the file has ", found, " ", what,
                   ": nothing was recorded. Is it the whole file, and the letter's?"));
}

}  // namespace

absl::StatusOr<ResultFileFacts> LookThrough(const SpooledFile& file, Unlikely unlikely) {
  ResultFileFacts facts;
  facts.sha256 = file.sha256();
  ASSIGN_OR_RETURN(const std::unique_ptr<CsvReader> reader,
                   CsvReader::Open(file.path(), ColumnsOf(ResultsColumns()), unlikely));
  while (true) {
    ASSIGN_OR_RETURN(const CsvReader::Step step, reader->Next());
    if (step == CsvReader::Step::kEnd) return facts;
    ++facts.lines;
    RowReading row(*reader);
    v1::Result result;
    if (step == CsvReader::Step::kRow) ReadResult(row, facts.lines, result);
    if (step == CsvReader::Step::kRow && row.ok()) {
      RETURN_IF_ERROR(AddMoney(*reader, result, facts));
    } else {
      ++facts.unreadable;
    }
  }
}

absl::Status CheckLetter(const ResultFileLetter& letter, const ResultFileFacts& facts) {
  if (letter.lines != 0 && letter.lines != facts.lines) {
    return LetterDiffers("--lines", FormatCount(letter.lines), "lines", FormatCount(facts.lines));
  }
  if (!letter.states_totals() || facts.unreadable > 0) return absl::OkStatus();
  if (letter.settled_total != facts.settled_total) {
    return LetterDiffers("--settled-total", FormatRupiah(letter.settled_total), "settled",
                         FormatRupiah(facts.settled_total));
  }
  if (letter.returned_total != facts.returned_total) {
    return LetterDiffers("--returned-total", FormatRupiah(letter.returned_total), "returned",
                         FormatRupiah(facts.returned_total));
  }
  return absl::OkStatus();
}

absl::StatusOr<ReceivedFile> ReceiveFile(const ImportContext& context, const ResultFileFacts& facts,
                                         const ResultFileLetter& letter, const std::string& sender,
                                         bool dry_run) {
  v1::ReceiveResultFileRequest request;
  *request.mutable_options() = context.options;
  request.mutable_options()->set_dry_run(dry_run);
  *request.mutable_basis() = context.basis;
  request.set_kind(FileKind(facts));
  request.set_sender(sender);
  request.set_sha256(facts.sha256);
  request.set_lines(facts.lines);
  if (letter.states_totals()) {
    request.set_settled_total(letter.settled_total);
    request.set_returned_total(letter.returned_total);
  } else if (facts.unreadable == 0) {
    request.set_settled_total(facts.settled_total);
    request.set_returned_total(facts.returned_total);
  }
  ASSIGN_OR_RETURN(const v1::ReceiveResultFileResponse response,
                   context.connection->Call(&v1::PaymentService::Stub::ReceiveResultFile, request));
  ReceivedFile received;
  received.already_recorded = response.recorded().already_recorded();
  if (response.recorded().has_position()) received.position = response.recorded().position();
  return received;
}

absl::Status CheckNotNearlyAllHeld(const ImportContext& context, const SpooledFile& file,
                                   const std::string& name, Clock& clock) {
  ImportContext dry = context;
  dry.options.set_dry_run(true);
  const std::unique_ptr<ImportKind> kind = NewResultsKind(dry, {});
  ASSIGN_OR_RETURN(const Tally tally, ImportFile({.job = "look through results",
                                                  .path = file.path(),
                                                  .name = name,
                                                  .rejects_path = "",
                                                  .dry_run = true,
                                                  // LookThrough has judged that.
                                                  .accept_unlikely = true},
                                                 *kind, clock));
  uint64_t held = 0;
  std::vector<std::string> rules;
  for (const auto& [name, count] : tally.counts) {
    absl::string_view rule = name;
    if (!absl::ConsumePrefix(&rule, kHeldPrefix) || IsResolvedAtBirth(rule)) continue;
    held += count;
    rules.push_back(
        absl::StrCat(FormatCount(static_cast<int64_t>(count)), " ", absl::AsciiStrToUpper(rule)));
  }
  const uint64_t readable = tally.recorded;
  if (held < kHeldLinesSuspect || held * 100 < readable * kHeldPercentSuspect) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(absl::StrCat(
      name, ": ", FormatCount(static_cast<int64_t>(held)), " of ",
      FormatCount(static_cast<int64_t>(readable)), " lines would be held (",
      absl::StrJoin(rules, ", "), "), so the file itself looks wrong and nothing was recorded:\n  ",
      absl::StrJoin(tally.examples, "\n  "),
      "\nAsk the sender for a right file. If the bank means what it says, run the same command "
      "again with --record-held."));
}

}  // namespace bansos

#include "tools/bansosctl/commands/session.h"

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/call_error.h"
#include "tools/bansosctl/client/json.h"
#include "tools/bansosctl/format/number.h"

namespace bansos {

absl::StatusOr<std::unique_ptr<AtomicFile>> OpenSummary(const std::string& path) {
  constexpr char kMark[] = "{\"job\":";
  return AtomicFile::CreateTable(path, "", kMark);
}

Connection& Session::connection() {
  if (connection_ == nullptr) connection_ = std::make_unique<Connection>(options_.connection);
  return *connection_;
}

absl::Status Session::RequireActor() const {
  if (options_.connection.read.as_of_case() != v1::ReadOptions::AS_OF_NOT_SET) {
    return absl::InvalidArgumentError(
        "this command records something, which can be done only now: leave out --as-of");
  }
  if (!options_.connection.actor.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "this command records something: state who you are with --actor ID (an opaque id, never a "
      "NIP or a name)");
}

void Session::PrintJson(const google::protobuf::Message& message) {
  out_ << ToJson(message) << '\n';
}

void Session::Print(const Table& table) {
  out_ << (options_.output == OutputFormat::kCsv ? table.ToCsv() : table.ToText());
}

void Session::Say(const std::string& line) { err_ << line << '\n'; }

absl::Status Session::Report(const Tally& tally) {
  const std::string json = tally.ToJson().ToString();
  if (options_.output == OutputFormat::kJson) {
    out_ << json << '\n';
  } else {
    Print(tally.ToTable(options_.output == OutputFormat::kCsv));
  }
  out_.flush();
  if (options_.summary_path.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::unique_ptr<AtomicFile> file, OpenSummary(options_.summary_path));
  RETURN_IF_ERROR(file->Append(absl::StrCat(json, "\n")));
  return file->Commit();
}

absl::Status Session::ReportAll(const Tally& tally) {
  for (const std::string& refusal : tally.refusals) Say(absl::StrCat("refused: ", refusal));
  // An import keeps its refusals in the rejects file.
  if (!tally.refusals.empty() && tally.rejected > tally.refusals.size()) {
    Say(absl::StrCat("... and ", tally.rejected - tally.refusals.size(), " more were refused."));
  }
  RETURN_IF_ERROR(Report(tally));
  return tally.rejected == 0 ? absl::OkStatus() : RefusedItems(tally);
}

absl::Status Session::ReportFact(const google::protobuf::Message& response,
                                 const v1::Recorded& recorded) {
  if (json()) {
    PrintJson(response);
    return absl::OkStatus();
  }
  Table table({{"outcome"}, {"position", Align::kRight}});
  table.AddRow({recorded.already_recorded() ? "already recorded" : "recorded",
                recorded.has_position() ? Count(static_cast<int64_t>(recorded.position())) : "-"});
  Print(table);
  return absl::OkStatus();
}

std::string Session::Rupiah(int64_t rupiah) const {
  return output() == OutputFormat::kCsv ? std::to_string(rupiah) : FormatRupiah(rupiah);
}

std::string Session::Count(int64_t count) const {
  return output() == OutputFormat::kCsv ? std::to_string(count) : FormatCount(count);
}

}  // namespace bansos

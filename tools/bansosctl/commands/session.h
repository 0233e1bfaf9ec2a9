// Session: what a command works with: the connection, where its output goes and how it is written.
// Owned by main; not thread-safe.
#ifndef TOOLS_BANSOSCTL_COMMANDS_SESSION_H_
#define TOOLS_BANSOSCTL_COMMANDS_SESSION_H_

#include <memory>
#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "ledger/base/clock.h"
#include "tools/bansosctl/client/connection.h"
#include "tools/bansosctl/client/tally.h"
#include "tools/bansosctl/csv/atomic_file.h"
#include "tools/bansosctl/format/table.h"

namespace bansos {

enum class OutputFormat { kTable, kJson, kCsv };

// Begins the file of a job's summary; only an earlier summary is replaced. Errors as
// AtomicFile::CreateTable.
absl::StatusOr<std::unique_ptr<AtomicFile>> OpenSummary(const std::string& path);

class Session {
 public:
  struct Options {
    Connection::Options connection;
    OutputFormat output = OutputFormat::kTable;
    std::string summary_path;  // also writes the tally of a job there, as JSON
  };

  Session(Options options, Clock& clock, std::ostream& out, std::ostream& err)
      : options_(std::move(options)), clock_(clock), out_(out), err_(err) {}

  // Connects when it is first asked for, so that commands without a server need none.
  Connection& connection();
  // The actor is required of commands that record, and --as-of is not for them. InvalidArgument.
  absl::Status RequireActor() const;

  OutputFormat output() const { return options_.output; }
  bool json() const { return options_.output == OutputFormat::kJson; }
  Clock& clock() { return clock_; }
  std::ostream& out() { return out_; }
  std::ostream& err() { return err_; }

  // One line of JSON: a page, or an answer.
  void PrintJson(const google::protobuf::Message& message);
  // As text or CSV.
  void Print(const Table& table);
  // A line for people that is no part of the output, on standard error.
  void Say(const std::string& line);
  // What became of a job, as the output format says; and to the summary file.
  absl::Status Report(const Tally& tally);
  // The same of a job whose items should all be accepted: an error when some were refused.
  absl::Status ReportAll(const Tally& tally);
  // A fact that was recorded, with its position; or what a dry run would do.
  absl::Status ReportFact(const google::protobuf::Message& response, const v1::Recorded& recorded);

  // Whole rupiah and counts as the output format writes them.
  std::string Rupiah(int64_t rupiah) const;
  std::string Count(int64_t count) const;

 private:
  const Options options_;
  Clock& clock_;
  std::ostream& out_;
  std::ostream& err_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_COMMANDS_SESSION_H_

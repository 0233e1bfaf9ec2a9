#include "tools/bansosctl/commands/command_node.h"

#include <algorithm>
#include <iostream>
#include <limits>
#include <map>
#include <sstream>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "tools/bansosctl/client/as_of.h"
#include "tools/bansosctl/client/call_error.h"
#include "tools/bansosctl/csv/fields.h"

namespace bansos {
namespace {

constexpr int kTimeoutSecondsDefault = 120;
constexpr int kTimeoutSecondsMax = 86'400;
constexpr int64_t kMillisPerSecond = 1000;

CLI::Option* Require(CLI::Option* option, Wanted wanted) {
  if (wanted == Wanted::kRequired) option->required();
  return option;
}

// An empty text, or why there is no value. A number that could be a NIK is not shown.
template <typename T>
std::string Why(const std::string& text, const Parsed<T>& parsed) {
  const FieldError& error = parsed.error();
  const bool shown = error.fault != FieldFault::kLooksLikeNik;
  return absl::StrCat(shown ? text + ": " : "", error.reason, "; ", error.what_to_do);
}

template <typename Integer>
std::string ReadCount(const std::string& text, Integer& value) {
  const Parsed<uint64_t> count = ParseCount(text, 0, std::numeric_limits<Integer>::max());
  if (!count.ok()) return Why(text, count);
  value = static_cast<Integer>(*count);
  return {};
}

std::string ReadSigned(const std::string& text, int64_t& value) {
  const bool negative = text.starts_with('-');
  const Parsed<uint64_t> count = ParseCount(std::string_view(text).substr(negative ? 1 : 0), 0,
                                            std::numeric_limits<int64_t>::max());
  if (!count.ok()) return Why(text, count);
  value = negative ? -static_cast<int64_t>(*count) : static_cast<int64_t>(*count);
  return {};
}

std::string ReadRupiah(const std::string& text, int64_t& value) {
  const Parsed<int64_t> amount = ParseRupiah(text);
  if (!amount.ok()) return Why(text, amount);
  value = *amount;
  return {};
}

std::string ReadSignedRupiah(const std::string& text, int64_t& value) {
  const bool negative = text.starts_with('-');
  std::string why = ReadRupiah(text.substr(negative ? 1 : 0), value);
  if (negative) value = -value;
  return why;
}

// An argument that the library could not place is shown by it, and may be a NIK.
std::string WithoutNiks(std::string text) {
  constexpr size_t kNikDigits = 16;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin;
    while (end < text.size() && absl::ascii_isdigit(text[end])) ++end;
    if (end - begin >= kNikDigits) {
      const std::string hidden = absl::StrCat("(", end - begin, " digits, not shown)");
      text.replace(begin, end - begin, hidden);
      end = begin + hidden.size();
    }
    begin = std::max(end, begin + 1);
  }
  return text;
}

// An empty text, or why it is no moment.
std::string ReadAsOf(const std::string& text, v1::ReadOptions& read) {
  absl::StatusOr<v1::ReadOptions> parsed = ParseAsOf("--as-of", text);
  if (!parsed.ok()) return std::string(parsed.status().message());
  read = *std::move(parsed);
  return {};
}

void AddGlobalOptions(CLI::App& app, Session::Options& options, int& timeout_seconds) {
  app.add_option("--server", options.connection.server, "Address of the server, HOST:PORT.")
      ->capture_default_str();
  app.add_option("--actor", options.connection.actor,
                 "Opaque id of who you are; needed to record anything.")
      ->check(CLI::Validator(
          [](const std::string& text) {
            return std::all_of(text.begin(), text.end(), absl::ascii_isgraph)
                       ? std::string()
                       : "an actor has no spaces and only plain letters, digits and signs";
          },
          ""));
  app.add_option("--request-id", options.connection.request_id,
                 "Your own id of this run, kept with what it records; for tracing only.");
  static const std::map<std::string, OutputFormat> kFormats = {
      {"table", OutputFormat::kTable}, {"json", OutputFormat::kJson}, {"csv", OutputFormat::kCsv}};
  app.add_option_function<std::string>(
         "--output", [&options](const std::string& name) { options.output = kFormats.at(name); },
         "How to write the answer: table, json or csv.")
      ->check(CLI::Validator(
          [](const std::string& name) {
            return kFormats.contains(name) ? std::string() : name + ": use table, json or csv";
          },
          ""));
  static const std::string kAsOfHelp =
      absl::StrCat("Answer a query as it would have been answered then. ", kAsOfForm, ".");
  app.add_option_function<std::string>(
         "--as-of", [](const std::string&) {}, kAsOfHelp)
      ->check(CLI::Validator(
          [&options](const std::string& text) { return ReadAsOf(text, options.connection.read); },
          ""));
  app.add_option("--timeout", timeout_seconds,
                 "Seconds for one request, tries while the server is not there included.")
      ->check(CLI::Range(1, kTimeoutSecondsMax).description(""))
      ->capture_default_str();
  app.add_option("--summary", options.summary_path,
                 "Also write what became of a job of many items to this file, as JSON.")
      ->check(CLI::Validator(
          [](const std::string& path) {
            // Before the work, and not after it.
            return std::string(OpenSummary(path).status().message());
          },
          ""));
}

}  // namespace

CommandNode CommandNode::Group(const char* name, const char* help) {
  CLI::App* group = app_->add_subcommand(name, help);
  group->require_subcommand(1);
  return CommandNode(group, chosen_);
}

CommandNode CommandNode::Command(const char* name, const char* help, const std::string& details,
                                 CommandRun run) {
  CLI::App* command = app_->add_subcommand(name, help);
  command->footer(details);
  command->callback([chosen = chosen_, run = std::move(run)] { *chosen = run; });
  return CommandNode(command, chosen_);
}

CommandNode& CommandNode::Text(const char* name, std::string& value, const char* help,
                               Wanted wanted) {
  Require(app_->add_option(name, value, help), wanted);
  return *this;
}

CommandNode& CommandNode::Texts(const char* name, std::vector<std::string>& values,
                                const char* help, Wanted wanted) {
  Require(app_->add_option(name, values, help), wanted);
  return *this;
}

CommandNode& CommandNode::Value(const char* name, const char* type, const char* help, Wanted wanted,
                                std::function<std::string(const std::string&)> read) {
  CLI::Option* option = app_->add_option_function<std::string>(
      name, [](const std::string&) {}, help);
  Require(option, wanted)->type_name(type)->check(CLI::Validator(std::move(read), ""));
  return *this;
}

CommandNode& CommandNode::Number(const char* name, uint64_t& value, const char* help,
                                 Wanted wanted) {
  return Value(name, "NUMBER", help, wanted,
               [&value](const std::string& text) { return ReadCount(text, value); });
}

CommandNode& CommandNode::Number(const char* name, uint32_t& value, const char* help,
                                 Wanted wanted) {
  return Value(name, "NUMBER", help, wanted,
               [&value](const std::string& text) { return ReadCount(text, value); });
}

CommandNode& CommandNode::Numbers(const char* name, std::vector<uint64_t>& values, const char* help,
                                  Wanted wanted) {
  const auto take = [&values](const std::vector<std::string>& texts) {
    values.assign(texts.size(), 0);
    for (size_t i = 0; i < texts.size(); ++i) ReadCount(texts[i], values[i]);
  };
  const auto check = [](const std::string& text) {
    uint64_t value = 0;
    return ReadCount(text, value);
  };
  CLI::Option* option = app_->add_option_function<std::vector<std::string>>(name, take, help);
  Require(option, wanted)->type_name("NUMBER")->check(CLI::Validator(check, ""));
  return *this;
}

CommandNode& CommandNode::Signed(const char* name, int64_t& value, const char* help,
                                 Wanted wanted) {
  return Value(name, "NUMBER", help, wanted,
               [&value](const std::string& text) { return ReadSigned(text, value); });
}

CommandNode& CommandNode::Rupiah(const char* name, int64_t& value, const char* help,
                                 Wanted wanted) {
  return Value(name, "RUPIAH", help, wanted,
               [&value](const std::string& text) { return ReadRupiah(text, value); });
}

CommandNode& CommandNode::SignedRupiah(const char* name, int64_t& value, const char* help,
                                       Wanted wanted) {
  return Value(name, "RUPIAH", help, wanted,
               [&value](const std::string& text) { return ReadSignedRupiah(text, value); });
}

CommandNode& CommandNode::Flag(const char* name, bool& value, const char* help) {
  app_->add_flag(name, value, help);
  return *this;
}

CommandNode& CommandNode::Basis(BasisOptions& basis, Wanted document) {
  Text("--document", basis.document, "What it rests on, as KIND/NUMBER/DATE.", document);
  Text("--signatory", basis.signatory, "Opaque id of who signed the document.");
  Text("--effective-date", basis.effective_date, "Date from which it holds, YYYY-MM-DD.");
  return *this;
}

ParsedCommand ParseCommandLine(int argc, const char* const* argv,
                               const std::function<void(CommandNode)>& add_commands) {
  ParsedCommand parsed;
  parsed.session.connection.server = "127.0.0.1:50051";
  int timeout_seconds = kTimeoutSecondsDefault;
  CLI::App app("bansosctl works with a ledger of social assistance that bansosd serves.");
  app.fallthrough();
  app.require_subcommand(1);
  app.footer(
      "Every command explains itself: bansosctl COMMAND --help.\n"
      "Example: bansosctl --actor dinsos-17 import recipients recipients.csv --rejects bad.csv\n"
      "Example: bansosctl balances --as-of 2025-06-30\n"
      "Exit codes: 0 done, 1 refused (a job or an import also when some of its items or rows "
      "were), "
      "2 wrong usage or file, 3 server not reached.");
  AddGlobalOptions(app, parsed.session, timeout_seconds);
  add_commands(CommandNode(&app, &parsed.run));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    parsed.run = nullptr;
    std::ostringstream told, wrong;
    parsed.exit_code = app.exit(error, told, wrong) == 0 ? 0 : kExitUsage;
    std::cout << told.str() << std::flush;
    std::cerr << WithoutNiks(wrong.str());
  }
  parsed.session.connection.timeout_ms = timeout_seconds * kMillisPerSecond;
  return parsed;
}

}  // namespace bansos

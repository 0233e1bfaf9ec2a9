#include "tools/bansos-verify/program/options.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>

namespace bansos::verify {
namespace {

constexpr char kAbout[] =
    "bansos-verify checks a ledger that it does not trust: every entry, hash and signature, then\n"
    "every rule. DIR is an exported directory (bansosctl export tiles) or the data directory of a\n"
    "stopped server; nothing in it is changed.\n";

constexpr char kFooter[] =
    "Exit code: 0 everything of the profile was checked ('not checked' lists what it leaves out),\n"
    "1 a fault was found (the first one is on standard error), 2 it could not be looked at.\n\n"
    "Examples:\n"
    "  bansos-verify export/ --vkey ledger.vkey --since checkpoint-of-last-year\n"
    "  bansos-verify /var/lib/bansos --vkey ledger.vkey --profile with-keys --key-file key\n"
    "  bansos-verify some-other-log/ --vkey 'example.com/log+530d903a+AekyeR...' --entries opaque\n"
    "  bansos-verify receipt payment.tlog-proof --vkey ledger.vkey\n"
    "  bansos-verify checkpoint checkpoint --vkey ledger.vkey\n";

// A choice among words, with a message that names them.
template <typename Value>
void AddChoice(CLI::App& app, const std::string& name, Value& value,
               const std::map<std::string, Value>& words, const std::string& help) {
  app.add_option_function<std::string>(
         name,
         [&value, words](const std::string& word) {
           const auto found = words.find(word);
           if (found != words.end()) {
             value = found->second;
             return;
           }
           std::string known;
           for (const auto& [each, ignored] : words) known += (known.empty() ? "" : ", ") + each;
           throw CLI::ValidationError("'" + word + "' is none of " + known);
         },
         help)
      ->type_name("WORD");
}

void AddKeyOptions(CLI::App& app, Options& options) {
  app.add_option("--vkey", options.vkey, "the log's verifier key: a file, or the text itself");
  app.add_option("--origin", options.origin,
                 "the name that the checkpoint must state; default: the key's name");
  AddChoice<OutputForm>(app, "--output", options.output,
                        {{"text", OutputForm::kText}, {"json", OutputForm::kJson}}, "text or json");
}

void AddLogOptions(CLI::App& app, Options& options) {
  app.add_option("DIR", options.path, "exported directory, or data directory of a stopped server");
  app.add_option("--since", options.since,
                 "an older checkpoint that you kept: the log must continue it");
  AddChoice<Entries>(app, "--entries", options.entries,
                     {{"ledger", Entries::kLedger}, {"opaque", Entries::kOpaque}},
                     "ledger: also replay the rules; opaque: any bytes, of any C2SP log");
  AddChoice<Profile>(app, "--profile", options.profile,
                     {{"public", Profile::kPublic}, {"with-keys", Profile::kWithKeys}},
                     "public: without keys; with-keys: also the sealed values");
  app.add_option("--key-file", options.key_file, "with-keys: the wrapping key of the vault");
  app.add_option("--vault", options.vault, "with-keys: the vault; default: DIR/vault");
}

CLI::App* AddFileCommand(CLI::App& app, Options& options, const std::string& name,
                         const std::string& help) {
  CLI::App* command = app.add_subcommand(name, help);
  command->add_option("FILE", options.path, "the file")->required();
  AddKeyOptions(*command, options);
  return command;
}

std::nullopt_t Misused(const char* reason, int& exit_code) {
  std::cerr << reason << '\n';
  exit_code = kExitCouldNotLook;
  return std::nullopt;
}

}  // namespace

std::optional<Options> ParseCommandLine(int argc, char** argv, int& exit_code) {
  Options options;
  CLI::App app(kAbout, "bansos-verify");
  app.footer(kFooter);
  app.require_subcommand(0, 1);
  AddLogOptions(app, options);
  AddKeyOptions(app, options);
  const CLI::App* receipt = AddFileCommand(
      app, options, "receipt", "Checks a receipt (C2SP tlog-proof) alone and shows its event");
  const CLI::App* checkpoint =
      AddFileCommand(app, options, "checkpoint", "Checks the signature of a checkpoint");
  try {
    app.parse(argc, argv);
    if (options.path.empty()) throw CLI::RequiredError("DIR (or receipt FILE, checkpoint FILE)");
  } catch (const CLI::ParseError& error) {
    const bool help = error.get_exit_code() == 0;
    app.exit(error);
    exit_code = help ? kExitChecked : kExitCouldNotLook;
    return std::nullopt;
  }
  if (options.entries == Entries::kOpaque && options.profile == Profile::kWithKeys) {
    return Misused(
        "--profile with-keys checks events, and --entries opaque says that there are none",
        exit_code);
  }
  if (!options.key_file.empty() && options.profile != Profile::kWithKeys) {
    return Misused("--key-file is for --profile with-keys: state it, or leave the key out",
                   exit_code);
  }
  if (*receipt) options.command = Command::kReceipt;
  if (*checkpoint) options.command = Command::kCheckpoint;
  return options;
}

}  // namespace bansos::verify

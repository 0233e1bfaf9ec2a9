// CommandNode: one command of bansosctl or a group of them, with its options; the only file pair
// that knows the command-line library. Each command keeps its options in a struct that its `run`
// owns; parsing fills it and remembers which command was named.
#ifndef TOOLS_BANSOSCTL_COMMANDS_COMMAND_NODE_H_
#define TOOLS_BANSOSCTL_COMMANDS_COMMAND_NODE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tools/bansosctl/client/basis.h"
#include "tools/bansosctl/commands/session.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace bansos {

using CommandRun = std::function<absl::Status(Session&)>;

// What parsing leaves behind.
struct ParsedCommand {
  Session::Options session;
  CommandRun run;     // null when the program has nothing more to do
  int exit_code = 0;  // then
};

enum class Wanted { kOptional, kRequired };

class CommandNode {
 public:
  // A group: its own commands follow.
  CommandNode Group(const char* name, const char* help);
  // `details` is printed behind the options: the example, and what else there is to know.
  CommandNode Command(const char* name, const char* help, const std::string& details,
                      CommandRun run);

  // Options ("--program") and positional arguments ("FILE"). Every number is read by the one parser
  // (csv/fields.h): 12764 or 12.764, never cut, never 16 digits, which could be a NIK.
  CommandNode& Text(const char* name, std::string& value, const char* help,
                    Wanted wanted = Wanted::kOptional);
  CommandNode& Texts(const char* name, std::vector<std::string>& values, const char* help,
                     Wanted wanted = Wanted::kOptional);
  CommandNode& Number(const char* name, uint64_t& value, const char* help,
                      Wanted wanted = Wanted::kOptional);
  CommandNode& Number(const char* name, uint32_t& value, const char* help,
                      Wanted wanted = Wanted::kOptional);
  CommandNode& Numbers(const char* name, std::vector<uint64_t>& values, const char* help,
                       Wanted wanted = Wanted::kOptional);
  CommandNode& Signed(const char* name, int64_t& value, const char* help,
                      Wanted wanted = Wanted::kOptional);
  // Money as import files have it (csv/fields.h).
  CommandNode& Rupiah(const char* name, int64_t& value, const char* help,
                      Wanted wanted = Wanted::kOptional);
  // The same, with a minus sign where it is taken back.
  CommandNode& SignedRupiah(const char* name, int64_t& value, const char* help,
                            Wanted wanted = Wanted::kOptional);
  CommandNode& Flag(const char* name, bool& value, const char* help);
  // --document, --signatory and --effective-date.
  CommandNode& Basis(BasisOptions& basis, Wanted document = Wanted::kOptional);

 private:
  friend ParsedCommand ParseCommandLine(int argc, const char* const* argv,
                                        const std::function<void(CommandNode)>& add_commands);
  CommandNode(CLI::App* app, CommandRun* chosen) : app_(app), chosen_(chosen) {}
  // A value that `read` takes from its text; it answers why it cannot, or nothing.
  CommandNode& Value(const char* name, const char* type, const char* help, Wanted wanted,
                     std::function<std::string(const std::string&)> read);

  CLI::App* app_;       // owned by its parent, the root by ParseCommandLine
  CommandRun* chosen_;  // where the named command's run goes
};

// Prints help and usage errors itself.
ParsedCommand ParseCommandLine(int argc, const char* const* argv,
                               const std::function<void(CommandNode)>& add_commands);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_COMMANDS_COMMAND_NODE_H_

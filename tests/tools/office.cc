#include "tests/tools/office.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "ledger/base/check.h"

namespace bansos::testing {
namespace {

constexpr char kListening[] = "event=listening address=";

// Starts a program; its output goes to files beside each other, or its standard output to a pipe.
pid_t Spawn(const std::vector<std::string>& command, int in, int out, int err) {
  std::vector<char*> argv;
  for (const std::string& argument : command) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const pid_t process = fork();
  CHECK(process >= 0);
  if (process != 0) return process;
  dup2(in, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  execv(argv[0], argv.data());
  _exit(127);
}

int OpenForWriting(const std::string& path) {
  const int file = open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  CHECK(file >= 0) << path;
  return file;
}

int ExitCodeOf(pid_t process) {
  int status = 0;
  CHECK(waitpid(process, &status, 0) == process);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string ReadWhole(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

Office::Office() {
  std::string pattern = (std::filesystem::temp_directory_path() / "bansos-office-XXXXXX").string();
  CHECK(mkdtemp(pattern.data()) != nullptr) << pattern;
  folder_ = pattern;
  MakeLedger();
  StartServer();
}

Office::~Office() {
  if (server_ != 0) KillServer();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void Office::MakeLedger() {
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  const int log = OpenForWriting(Path("init.log"));
  const pid_t init = Spawn({BANSOSD_PATH, "init", "--data-dir", Path("data"), "--key-file",
                            Path("key"), "--ledger-id", "test.example/2025"},
                           nothing, log, log);
  close(nothing);
  close(log);
  CHECK(ExitCodeOf(init) == 0) << Read("init.log");
}

void Office::StartServer() {
  CHECK(server_ == 0);
  int ends[2];
  CHECK(pipe2(ends, O_CLOEXEC) == 0);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  const int log = OpenForWriting(Path("bansosd.err"));
  server_ = Spawn(
      {BANSOSD_PATH, "--data-dir", Path("data"), "--key-file", Path("key"), "--listen", address_},
      nothing, ends[1], log);
  close(ends[1]);
  close(nothing);
  close(log);
  // The line that tells the address also tells that it may be called; the pipe stays open, since
  // the server writes on.
  std::string told;
  char byte = 0;
  while (read(ends[0], &byte, 1) == 1) {
    told.push_back(byte);
    const size_t found = told.find(kListening);
    if (byte != '\n' || found == std::string::npos) continue;
    address_ = told.substr(found + sizeof(kListening) - 1);
    address_ = address_.substr(0, address_.find_first_of(" \n"));
    return;
  }
  CHECK(false) << "bansosd did not start: " << told << ReadWhole(Path("bansosd.err"));
}

void Office::KillServer() {
  kill(server_, SIGKILL);
  ExitCodeOf(server_);
  server_ = 0;
}

std::vector<std::string> Office::CommandLine(std::vector<std::string> arguments,
                                             const std::string& actor) const {
  std::vector<std::string> command = {BANSOSCTL_PATH, "--server", address_};
  if (!actor.empty()) {
    command.push_back("--actor");
    command.push_back(actor);
  }
  for (std::string& argument : arguments) command.push_back(std::move(argument));
  return command;
}

Ran Office::Run(std::vector<std::string> arguments, const std::string& actor,
                const std::string& input) {
  Write("stdin", input);
  return Wait(Start(std::move(arguments), actor));
}

pid_t Office::Start(std::vector<std::string> arguments, const std::string& actor) {
  const std::string input = std::filesystem::exists(Path("stdin")) ? Path("stdin") : "/dev/null";
  const int in = open(input.c_str(), O_RDONLY | O_CLOEXEC);
  const int out = OpenForWriting(Path("stdout"));
  const int err = OpenForWriting(Path("stderr"));
  const pid_t process = Spawn(CommandLine(std::move(arguments), actor), in, out, err);
  for (const int file : {in, out, err}) close(file);
  // Each run keeps its own output, also when another one starts meanwhile.
  std::filesystem::rename(Path("stdout"), Path(absl::StrCat(process, ".out")));
  std::filesystem::rename(Path("stderr"), Path(absl::StrCat(process, ".err")));
  return process;
}

Ran Office::Wait(pid_t process) {
  Ran ran;
  ran.exit_code = ExitCodeOf(process);
  ran.out = Read(absl::StrCat(process, ".out"));
  ran.err = Read(absl::StrCat(process, ".err"));
  return ran;
}

void Office::OpenProgram(const std::string& name, const std::string& code,
                         const std::string& rupiah) {
  const std::vector<std::string> in_force = {"--legal-basis", "Pergub 1/2025", "--date-in-force",
                                             "2025-01-01"};
  const auto run = [&](std::vector<std::string> arguments) {
    const Ran ran = Run(arguments, "bidang-1");
    CHECK(ran.exit_code == 0) << arguments[0] << " " << arguments[1] << ": " << ran.err;
  };
  const auto published = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), in_force.begin(), in_force.end());
    run(std::move(arguments));
  };
  if (!common_published_) {
    published({"catalogue", "publish", "tools/data/indicators-46.csv"});
    published({"areas", "publish", "tools/data/kabupaten-kota.csv"});
    common_published_ = true;
  }
  run({"program", "open", absl::StrCat("tools/data/program-", name, ".json")});
  run({"ruleset", "publish", absl::StrCat("tools/data/ruleset-", name, "-1.json")});
  run({"budget", "appropriate", "--program", code, "--amount", rupiah, "--document",
       absl::StrCat("DPA/", code, "/2025-01-02")});
}

std::string Office::Write(const std::string& name, std::string_view content) const {
  std::ofstream(Path(name), std::ios::binary) << content;
  return Path(name);
}

std::string Office::Path(const std::string& name) const { return absl::StrCat(folder_, "/", name); }

std::string Office::Read(const std::string& name) const { return ReadWhole(Path(name)); }

uint64_t Office::Events() {
  const Ran ran = Run({"status", "--output", "csv"}, "");
  CHECK(ran.exit_code == 0) << ran.err;
  return static_cast<uint64_t>(LineCount(absl::StrReplaceAll(ran.out, {{",", " "}}), "events"));
}

int64_t LineCount(const std::string& table, const std::string& title) {
  const std::vector<std::string> lines = absl::StrSplit(table, '\n');
  for (absl::string_view line : lines) {
    line = absl::StripLeadingAsciiWhitespace(line);
    if (!absl::ConsumePrefix(&line, absl::StrCat(title, " "))) continue;
    int64_t number = 0;
    const std::string digits = absl::StrReplaceAll(line, {{".", ""}, {" ", ""}, {"Rp", ""}});
    if (absl::SimpleAtoi(digits, &number)) return number;
  }
  return -1;
}

std::string MakeNik(int number) {
  return absl::StrFormat("337401%02d0160%04d", 1 + number / 9000, 1 + number % 9000);
}

std::string RecipientRow(int number) {
  return absl::StrFormat("%s,%s,Orang %d,33.74\n", MakeNik(number),
                         absl::StrFormat("337401010115%04d", 1 + number % 9000), number);
}

}  // namespace bansos::testing

// Office: a real bansosd over a scratch directory and bansosctl run against it, for end-to-end
// tests. Both binaries come from the build (BANSOSD_PATH, BANSOSCTL_PATH). Not thread-safe.
#ifndef TESTS_TOOLS_OFFICE_H_
#define TESTS_TOOLS_OFFICE_H_

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bansos::testing {

// What a run of bansosctl left behind.
struct Ran {
  int exit_code = 0;
  std::string out;
  std::string err;
};

class Office {
 public:
  Office();
  ~Office();
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;

  // Starts the server over the same data, at the same address each time.
  void StartServer();
  // SIGKILL: nothing is finished, nothing is saved.
  void KillServer();

  // Runs bansosctl as `actor` ("" = none stated).
  Ran Run(std::vector<std::string> arguments, const std::string& actor = "dinsos-1",
          const std::string& input = "");
  // Starts it and comes back; Wait gives what it left behind.
  pid_t Start(std::vector<std::string> arguments, const std::string& actor = "dinsos-1");
  Ran Wait(pid_t process);

  // Opens a programme from tools/data with catalogue, areas, rule set and money.
  void OpenProgram(const std::string& name, const std::string& code, const std::string& rupiah);

  // Writes a file of the scratch directory and gives its path.
  std::string Write(const std::string& name, std::string_view content) const;
  std::string Path(const std::string& name) const;
  std::string Read(const std::string& name) const;
  // Events in the log.
  uint64_t Events();

 private:
  void MakeLedger();
  std::vector<std::string> CommandLine(std::vector<std::string> arguments,
                                       const std::string& actor) const;

  std::string folder_;
  std::string address_ = "127.0.0.1:0";  // the first start takes a free port
  pid_t server_ = 0;
  bool common_published_ = false;
};

// The number behind a line's title in the text of a tally: LineCount(out, "recorded").
int64_t LineCount(const std::string& table, const std::string& title);

// A NIK that is in order: area 33.74, born in 1960, a serial of its own.
std::string MakeNik(int number);
// A row of recipients.csv with the columns of kRecipientHeader.
inline constexpr char kRecipientHeader[] = "nik,kk,name,area\n";
std::string RecipientRow(int number);

}  // namespace bansos::testing

#endif  // TESTS_TOOLS_OFFICE_H_

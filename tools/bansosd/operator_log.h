// OperatorLog: the server's log lines, for people and for machines that collect them: one line an
// event, "time=... level=... event=NAME key=value ...". Never personal data (invariant 8).
// Thread-safe; each line is flushed.
#ifndef TOOLS_BANSOSD_OPERATOR_LOG_H_
#define TOOLS_BANSOSD_OPERATOR_LOG_H_

#include <memory>
#include <string>

#include "spdlog/spdlog.h"

namespace bansos {

class OperatorLog {
 public:
  // To standard output.
  OperatorLog();

  // `details` are key=value pairs, or empty.
  void Info(const std::string& event, const std::string& details = {});
  void Error(const std::string& event, const std::string& details = {});

 private:
  const std::shared_ptr<spdlog::logger> logger_;
};

// `text` in double quotes, with quotes, backslashes and line ends escaped.
std::string Quoted(const std::string& text);

}  // namespace bansos

#endif  // TOOLS_BANSOSD_OPERATOR_LOG_H_

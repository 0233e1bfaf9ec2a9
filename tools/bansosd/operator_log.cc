#include "tools/bansosd/operator_log.h"

#include "spdlog/sinks/stdout_sinks.h"

namespace bansos {

OperatorLog::OperatorLog()
    : logger_(std::make_shared<spdlog::logger>("bansosd",
                                               std::make_shared<spdlog::sinks::stdout_sink_mt>())) {
  logger_->set_pattern("time=%Y-%m-%dT%H:%M:%S.%eZ level=%l %v", spdlog::pattern_time_type::utc);
  logger_->flush_on(spdlog::level::info);
}

void OperatorLog::Info(const std::string& event, const std::string& details) {
  logger_->info("event={}{}{}", event, details.empty() ? "" : " ", details);
}

void OperatorLog::Error(const std::string& event, const std::string& details) {
  logger_->error("event={}{}{}", event, details.empty() ? "" : " ", details);
}

std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted.push_back('\\');
    if (c == '\n') {
      quoted += "\\n";
    } else {
      quoted.push_back(c);
    }
  }
  quoted.push_back('"');
  return quoted;
}

}  // namespace bansos

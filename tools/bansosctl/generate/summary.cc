#include "tools/bansosctl/generate/summary.h"

#include "absl/strings/str_cat.h"

namespace bansos {

uint64_t Summary::Get(const std::string& section, const std::string& name) const {
  const auto counts = counts_.find(section);
  if (counts == counts_.end()) return 0;
  const auto count = counts->second.find(name);
  return count == counts->second.end() ? 0 : count->second;
}

// Sections and names are identifiers of this folder: nothing in them needs escaping.
std::string Summary::ToJson() const {
  std::string json = "{";
  absl::string_view section_gap = "\n";
  for (const auto& [section, counts] : counts_) {
    absl::StrAppend(&json, section_gap, "  \"", section, "\": {");
    section_gap = ",\n";
    absl::string_view gap = "\n";
    for (const auto& [name, count] : counts) {
      absl::StrAppend(&json, gap, "    \"", name, "\": ", count);
      gap = ",\n";
    }
    absl::StrAppend(&json, "\n  }");
  }
  absl::StrAppend(&json, "\n}\n");
  return json;
}

}  // namespace bansos

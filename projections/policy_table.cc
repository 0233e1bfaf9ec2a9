#include "projections/policy_table.h"

namespace bansos {

void PolicyTable::Set(const PolicySet& policy) {
  versions_[policy.name].push_back({.date_in_force = policy.date_in_force, .value = policy.value});
}

int64_t PolicyTable::ValueOn(const std::string& name, Date date, int64_t otherwise) const {
  const auto it = versions_.find(name);
  if (it == versions_.end()) return otherwise;
  for (auto version = it->second.rbegin(); version != it->second.rend(); ++version) {
    if (version->date_in_force <= date) return version->value;
  }
  return otherwise;
}

void PolicyTable::Save(SnapshotWriter& writer) const {
  writer.List(versions_, [&](const auto& entry) {
    writer.Text(entry.first);
    writer.List(entry.second, [&](const Version& version) {
      writer.I64(version.date_in_force);
      writer.I64(version.value);
    });
  });
}

void PolicyTable::Load(SnapshotReader& reader) {
  const uint64_t names = reader.U64();
  for (uint64_t i = 0; i < names && reader.ok(); ++i) {
    std::vector<Version>& versions = versions_[reader.Text()];
    const uint64_t count = reader.U64();
    for (uint64_t j = 0; j < count && reader.ok(); ++j) {
      const Date date_in_force = reader.I32();
      versions.push_back({.date_in_force = date_in_force, .value = reader.I64()});
    }
  }
}

}  // namespace bansos

#include "projections/token_groups.h"

#include <utility>

namespace bansos {

void TokenGroups::Assign(uint32_t recipient, uint32_t token) {
  const uint32_t* current = token_of_.Find(recipient);
  const uint32_t old = current == nullptr ? 0 : *current;
  if (old == token) return;
  if (old != 0) Leave(recipient, old);
  if (token != 0) Enter(recipient, token);
  token_of_.At(recipient) = token;
}

void TokenGroups::Enter(uint32_t recipient, uint32_t token) {
  if (const auto group = groups_.find(token); group != groups_.end()) {
    group->second.insert(recipient);
    ++members_;
    Resize(group->second.size() - 1, group->second.size());
    return;
  }
  uint32_t& only = only_.At(token);
  if (only == 0) {
    only = recipient;
    return;
  }
  groups_[token] = {std::exchange(only, 0), recipient};
  members_ += 2;
  Resize(1, 2);
}

void TokenGroups::Leave(uint32_t recipient, uint32_t token) {
  const auto group = groups_.find(token);
  if (group == groups_.end()) {
    only_.At(token) = 0;
    return;
  }
  group->second.erase(recipient);
  --members_;
  Resize(group->second.size() + 1, group->second.size());
  if (group->second.size() > 1) return;
  only_.At(token) = *group->second.begin();
  --members_;
  groups_.erase(group);
}

void TokenGroups::Resize(size_t from, size_t to) {
  if (from > 1) {
    const auto it = sizes_.find(static_cast<uint32_t>(from));
    if (--it->second == 0) sizes_.erase(it);
  }
  if (to > 1) ++sizes_[static_cast<uint32_t>(to)];
}

bool TokenGroups::IsShared(uint32_t recipient) const {
  const uint32_t* token = token_of_.Find(recipient);
  return token != nullptr && groups_.contains(*token);
}

}  // namespace bansos

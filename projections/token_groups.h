// TokenGroups: which recipients stand under the same token (account or KK). Only groups of several
// are kept as such, so they can be listed without looking at everyone. Not thread-safe.
#ifndef PROJECTIONS_TOKEN_GROUPS_H_
#define PROJECTIONS_TOKEN_GROUPS_H_

#include <cstddef>
#include <cstdint>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "projections/paged_array.h"

namespace bansos {

class TokenGroups {
 public:
  // Tokens with more than one recipient, and those recipients.
  using Groups = absl::btree_map<uint32_t, absl::btree_set<uint32_t>>;

  // From now on the recipient stands under `token` alone; 0 means under none.
  void Assign(uint32_t recipient, uint32_t token);

  const Groups& groups() const { return groups_; }
  // Sum of the sizes of the groups.
  uint64_t members() const { return members_; }
  bool IsShared(uint32_t recipient) const;

  // How many groups have this many recipients, for each such number.
  using Sizes = absl::btree_map<uint32_t, uint64_t>;
  const Sizes& sizes() const { return sizes_; }

 private:
  void Enter(uint32_t recipient, uint32_t token);
  void Leave(uint32_t recipient, uint32_t token);
  // A group of `from` recipients has `to` now; below 2 it is none.
  void Resize(size_t from, size_t to);

  PagedArray<uint32_t> token_of_;  // by recipient
  PagedArray<uint32_t> only_;      // by token: its one recipient; 0 when it has none or a group
  Groups groups_;
  uint64_t members_ = 0;
  Sizes sizes_;
};

}  // namespace bansos

#endif  // PROJECTIONS_TOKEN_GROUPS_H_

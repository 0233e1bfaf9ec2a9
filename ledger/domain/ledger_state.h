// The ledger itself: rules version, catalogues, areas, policies.
#ifndef LEDGER_DOMAIN_LEDGER_STATE_H_
#define LEDGER_DOMAIN_LEDGER_STATE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "ledger/domain/event_entitlement.h"
#include "ledger/domain/values.h"

namespace bansos {

// The version of the rules that this program knows best. A rule that must change gets a new version
// and takes effect by RulesAdopted (invariant 4).
inline constexpr uint32_t kRulesVersion = 1;

struct IndicatorState {
  IndicatorKind kind = IndicatorKind::kCoded;
  std::vector<ValueRange> values;
};

// Indicators of one version by id.
using CatalogueVersion = absl::flat_hash_map<std::string, IndicatorState>;

struct CatalogueState {
  uint32_t last_version = 0;
  std::vector<CatalogueVersion> versions;  // by version, from 1
  // Indicators of any version that criteria may use: id -> kind.
  absl::flat_hash_map<std::string, IndicatorKind> indicators;
};

struct PolicyState {
  uint32_t last_version = 0;
  int64_t value = 0;
};

struct LedgerState {
  bool open = false;
  std::string ledger_id;
  uint32_t rules_version = 0;
  absl::flat_hash_map<std::string, CatalogueState> catalogues;
  absl::flat_hash_map<std::string, PolicyState> policies;
  absl::flat_hash_set<AreaCode> areas;  // Published kabupaten and kota.
};

}  // namespace bansos

#endif  // LEDGER_DOMAIN_LEDGER_STATE_H_

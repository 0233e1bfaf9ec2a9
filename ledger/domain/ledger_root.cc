#include "ledger/domain/ledger_root.h"

#include <cctype>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "ledger/domain/indicator_values.h"

namespace bansos {
namespace {

Check CheckNextVersion(uint32_t last, uint32_t stated, const std::string& what) {
  REFUSE_IF(stated != last + 1, RefusalCode::kVersionOutOfOrder,
            absl::StrCat(what, " version ", stated, " after ", last));
  return std::nullopt;
}

// Decide never lets an unknown version in: a newer program did.
absl::Status CheckRulesKnown(uint32_t version) {
  if (version <= kRulesVersion) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("version ", version,
                   " of the rules takes effect here, and this program knows "
                   "them only up to version ",
                   kRulesVersion, ": start the newer program"));
}

}  // namespace

// ---- Evolve ----

absl::Status Evolve(const EvolveContext& context, const LedgerOpened& event) {
  if (absl::Status known = CheckRulesKnown(event.rules_version); !known.ok()) return known;
  LedgerState& ledger = context.state.ledger;
  ledger.open = true;
  ledger.ledger_id = event.ledger_id;
  ledger.rules_version = event.rules_version;
  return absl::OkStatus();
}

absl::Status Evolve(const EvolveContext& context, const RulesAdopted& event) {
  if (absl::Status known = CheckRulesKnown(event.version); !known.ok()) return known;
  context.state.ledger.rules_version = event.version;
  return absl::OkStatus();
}

absl::Status Evolve(const EvolveContext& context, const CataloguePublished& event) {
  CatalogueState& catalogue = context.state.ledger.catalogues[event.name];
  catalogue.last_version = event.version;
  for (const Indicator& indicator : event.indicators) {
    catalogue.indicators[indicator.id] = indicator.kind;
  }
  return absl::OkStatus();
}

absl::Status Evolve(const EvolveContext& context, const AreasPublished& event) {
  for (const Area& area : event.areas) {
    if (const AreaCode code = ParseAreaCode(area.code); code != 0) {
      context.state.ledger.areas.insert(code);
    }
  }
  return absl::OkStatus();
}

absl::Status Evolve(const EvolveContext& context, const PolicySet& event) {
  context.state.ledger.policies[event.name] = {event.version, event.value};
  return absl::OkStatus();
}

// ---- Decide ----

Check Decide(const DecideContext& context, LedgerOpened& event) {
  REFUSE_IF(context.state.ledger.open, RefusalCode::kLedgerAlreadyOpen,
            context.state.ledger.ledger_id);
  REFUSE_IF(event.rules_version < 1 || event.rules_version > kRulesVersion,
            RefusalCode::kRulesVersionUnknown, absl::StrCat("version ", event.rules_version));
  return std::nullopt;
}

Check Decide(const DecideContext& context, RulesAdopted& event) {
  RETURN_IF_REFUSED(CheckNextVersion(context.state.ledger.rules_version, event.version, "rules"));
  REFUSE_IF(event.version > kRulesVersion, RefusalCode::kRulesVersionUnknown,
            absl::StrCat("version ", event.version));
  return std::nullopt;
}

Check Decide(const DecideContext& context, CataloguePublished& event) {
  const auto& catalogues = context.state.ledger.catalogues;
  const auto it = catalogues.find(event.name);
  RETURN_IF_REFUSED(CheckNextVersion(it == catalogues.end() ? 0 : it->second.last_version,
                                     event.version, "catalogue " + event.name));
  absl::flat_hash_set<std::string> ids;
  absl::flat_hash_set<uint32_t> numbers;
  for (const Indicator& indicator : event.indicators) {
    REFUSE_IF(!ids.insert(indicator.id).second || !numbers.insert(indicator.number).second,
              RefusalCode::kDoubledEntry,
              absl::StrCat("indicator ", indicator.number, " ", indicator.id));
    RETURN_IF_REFUSED(CheckRanges(indicator));
  }
  return std::nullopt;
}

Check Decide(const DecideContext&, AreasPublished& event) {
  const std::string prefix = event.parent + ".";
  absl::flat_hash_set<std::string> codes;
  for (const Area& area : event.areas) {
    const std::string rest =
        absl::StartsWith(area.code, prefix) ? area.code.substr(prefix.size()) : "";
    REFUSE_IF(rest.empty() || rest.find('.') != std::string::npos, RefusalCode::kAreaNotBelowParent,
              absl::StrCat("area ", area.code, " below ", event.parent));
    REFUSE_IF(!codes.insert(area.code).second, RefusalCode::kDoubledEntry, "area " + area.code);
  }
  return std::nullopt;
}

Check Decide(const DecideContext& context, PolicySet& event) {
  const auto& policies = context.state.ledger.policies;
  const auto it = policies.find(event.name);
  return CheckNextVersion(it == policies.end() ? 0 : it->second.last_version, event.version,
                          "policy " + event.name);
}

AreaCode ParseAreaCode(const std::string& code) {
  const bool shape = code.size() == 5 && code[2] == '.' && std::isdigit(code[0]) &&
                     std::isdigit(code[1]) && std::isdigit(code[3]) && std::isdigit(code[4]);
  if (!shape) return 0;
  return (code[0] - '0') * 1000 + (code[1] - '0') * 100 + (code[3] - '0') * 10 + (code[4] - '0');
}

}  // namespace bansos

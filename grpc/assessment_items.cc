#include "grpc/assessment_items.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "grpc/event_reader.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/indicator_values.h"
#include "ledger/domain/key.h"

namespace bansos {
namespace {

// A column of the request and what the catalogue states of it.
struct Column {
  std::string indicator;
  const Indicator* stated = nullptr;
};

absl::Status Refused(RefusalCode code, std::string_view field, const std::string& detail) {
  return ToStatus(FaultOf(Refusal{code, detail}, std::string(field)));
}

// The catalogue as the survey states it. A newer version has no say: the survey of a retry must be
// read as it was read first.
absl::StatusOr<CataloguePublished> ReadCatalogue(const ReadPath& reads, const EventLog& log,
                                                 const v1::RecordAssessmentsRequest& request) {
  CataloguePublished named;
  named.name = request.catalogue();
  named.version = request.catalogue_version();
  const Event stated{{}, std::move(named)};
  std::optional<Position> published;
  RETURN_IF_ERROR(reads.Read([&](const Views& views) {
    const auto found = views.state.keys.find(FingerprintOf(BusinessKey(stated)));
    if (found != views.state.keys.end()) published = found->second;
  }));
  if (published.has_value()) return ReadBodyAt<CataloguePublished>(log, *published);
  return Refused(RefusalCode::kCatalogueUnknown, "catalogue",
                 absl::StrCat("none has this name and version ", request.catalogue_version()));
}

absl::StatusOr<std::vector<Column>> ReadColumns(const CataloguePublished& catalogue,
                                                const v1::RecordAssessmentsRequest& request) {
  absl::flat_hash_map<std::string, const Indicator*> by_id;
  for (const Indicator& indicator : catalogue.indicators) by_id[indicator.id] = &indicator;
  std::vector<Column> columns;
  for (const std::string& id : request.indicators()) {
    const auto indicator = by_id.find(id);
    const std::string place = absl::StrCat("indicators, index ", columns.size());
    if (indicator == by_id.end()) {
      return Refused(RefusalCode::kIndicatorUnknown, "indicators",
                     absl::StrCat(place, ": not in the catalogue"));
    }
    if (indicator->second->kind == IndicatorKind::kIdentity) {
      return Refused(
          RefusalCode::kIndicatorUnknown, "indicators",
          absl::StrCat(place, ": ", id, " is identity data and belongs to the recipient"));
    }
    const bool doubled = std::any_of(columns.begin(), columns.end(),
                                     [&](const Column& other) { return other.indicator == id; });
    if (doubled) {
      return Refused(RefusalCode::kDoubledEntry, "indicators", absl::StrCat(place, ": ", id));
    }
    columns.push_back({id, indicator->second});
  }
  return columns;
}

// Which column an item has no value for.
std::vector<bool> ReadUnknown(const v1::Assessment& item, size_t columns, ItemReader& reader) {
  std::vector<bool> unknown(columns, false);
  int64_t last = -1;
  for (const uint32_t index : item.unknown()) {
    if (index >= columns || static_cast<int64_t>(index) <= last) {
      reader.RefuseShape("BAD_VALUES", "unknown",
                         "it must hold indexes of the request's indicators, each once, rising.");
      break;
    }
    unknown[index] = true;
    last = index;
  }
  return unknown;
}

// The values are never quoted: an assessment is personal data.
ledger::v1::SealedAssessment ReadValues(const v1::Assessment& item,
                                        const std::vector<Column>& columns,
                                        const std::vector<size_t>& by_id, ItemReader& reader) {
  ledger::v1::SealedAssessment plain;
  if (item.values_size() != static_cast<int>(columns.size())) {
    reader.RefuseShape(
        "BAD_VALUES", "values",
        absl::StrCat("it has ", item.values_size(), " values for the request's ", columns.size(),
                     " indicators. Give one for each; 0 and an "
                     "entry in `unknown` where it is not known."));
    return plain;
  }
  const std::vector<bool> unknown = ReadUnknown(item, columns.size(), reader);
  for (const size_t i : by_id) {
    if (unknown[i]) continue;
    const int64_t value = item.values(static_cast<int>(i));
    const std::string field = absl::StrCat("values[", i, "]");
    if (!Allows(*columns[i].stated, value)) {
      if (columns[i].stated->kind == IndicatorKind::kDate) {
        reader.Refuse(RefusalCode::kBadDate, field,
                      absl::StrCat(columns[i].indicator, " must be a date as yyyymmdd"));
      } else {
        reader.RefuseShape(
            "BAD_VALUES", field,
            absl::StrCat("the catalogue knows no such value of ", columns[i].indicator, ". Give ",
                         DescribeRanges(*columns[i].stated), "."));
      }
    }
    ledger::v1::IndicatorValue& added = *plain.add_values();
    added.set_indicator(columns[i].indicator);
    added.set_value(value);
  }
  return plain;
}

}  // namespace

absl::StatusOr<std::vector<PreparedItem>> PrepareAssessments(
    const ReadPath& reads, const EventLog& log, const RecipientLookup& lookup,
    const Sealing& sealing, const RequestHead& head, const v1::RecordAssessmentsRequest& request) {
  ASSIGN_OR_RETURN(const CataloguePublished catalogue, ReadCatalogue(reads, log, request));
  ASSIGN_OR_RETURN(const std::vector<Column> columns, ReadColumns(catalogue, request));
  std::vector<size_t> by_id(columns.size());
  std::iota(by_id.begin(), by_id.end(), size_t{0});
  std::sort(by_id.begin(), by_id.end(),
            [&](size_t a, size_t b) { return columns[a].indicator < columns[b].indicator; });
  return PrepareItems(
      head, request.items(), [&](const v1::Assessment& item, ItemReader& reader) -> EventBody {
        AssessmentRecorded event;
        event.recipient = lookup.Resolve("recipient", item.recipient(), reader);
        event.catalogue = request.catalogue();
        event.catalogue_version = request.catalogue_version();
        event.survey_date = reader.ReadDate("survey_date", item.survey_date());
        event.sealed_values = SealOrRefuse(sealing, event.recipient,
                                           ReadValues(item, columns, by_id, reader), reader);
        return event;
      });
}

}  // namespace bansos

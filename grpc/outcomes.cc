#include "grpc/outcomes.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "grpc/limits.h"
#include "grpc/status_mapping.h"

namespace bansos {
namespace {

// True when `item` goes on the run that ends with the item before it.
bool Continues(const v1::AcceptedRange& run, uint32_t index, const ItemOutcome& item) {
  if (run.first_index() + run.count() != index) return false;
  if (run.already_recorded() != item.already_recorded) return false;
  if (run.has_first_position() != item.position.has_value()) return false;
  return !item.position.has_value() || run.first_position() + run.count() == item.position->value();
}

}  // namespace

v1::Outcomes ToOutcomes(const std::vector<ItemOutcome>& items, uint64_t log_size) {
  v1::Outcomes outcomes;
  v1::AcceptedRange* run = nullptr;
  for (uint32_t index = 0; index < items.size(); ++index) {
    const ItemOutcome& item = items[index];
    if (item.fault.has_value()) {
      *outcomes.add_refusals() = ToProto(*item.fault, index);
      continue;
    }
    if (run != nullptr && Continues(*run, index, item)) {
      run->set_count(run->count() + 1);
      continue;
    }
    run = outcomes.add_accepted();
    run->set_first_index(index);
    run->set_count(1);
    if (item.position.has_value()) run->set_first_position(item.position->value());
    run->set_already_recorded(item.already_recorded);
  }
  outcomes.set_position(log_size);
  return outcomes;
}

v1::Recorded ToRecorded(const ItemOutcome& outcome) {
  v1::Recorded recorded;
  if (outcome.position.has_value()) recorded.set_position(outcome.position->value());
  recorded.set_already_recorded(outcome.already_recorded);
  return recorded;
}

absl::Status AtomicError(const std::vector<ItemOutcome>& items) {
  // Items that are refused only because others are do not stand in the way.
  const std::string_view carried = TextOf(RefusalCode::kAtomicRefused).name;
  const bool all_carried = std::all_of(items.begin(), items.end(), [&](const ItemOutcome& item) {
    return !item.fault.has_value() || item.fault->code == carried;
  });
  std::vector<v1::Refusal> refusals;
  size_t refused = 0;
  for (uint32_t index = 0; index < items.size(); ++index) {
    const std::optional<Fault>& fault = items[index].fault;
    if (!fault.has_value() || (fault->code == carried && !all_carried)) continue;
    ++refused;
    if (refusals.size() < kMaxListedRefusals) refusals.push_back(ToProto(*fault, index));
  }
  return WithRefusals(absl::FailedPreconditionError(absl::StrCat(
                          "nothing was recorded: ", refused, " of ", items.size(),
                          " items of this atomic request stand in the way, first item ",
                          refusals.empty() ? 0 : refusals.front().index(), ": ",
                          refusals.empty() ? std::string() : refusals.front().message())),
                      refusals);
}

}  // namespace bansos

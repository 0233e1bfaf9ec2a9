#include "projections/records_view.h"

#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/decide.h"
#include "ledger/event/state_codec.h"

namespace bansos {

uint32_t RecordsView::version() const { return kStateVersion; }

absl::Status RecordsView::Apply(Position position, const Event& event) {
  if (position != state_.next) {
    return absl::DataLossError(absl::StrCat("the records are at position ", state_.next.value(),
                                            ", the event at ", position.value()));
  }
  return Evolve(state_, event);
}

void RecordsView::Save(SnapshotWriter& writer) const {
  EncodeState(
      state_, [&writer](std::string_view piece) { writer.Text(piece); },
      [&writer] { return writer.Ask(); });
  writer.Text("");  // the end
}

absl::Status RecordsView::Load(SnapshotReader& reader) {
  absl::StatusOr<State> state = DecodeState([&reader] { return reader.Text(); });
  RETURN_IF_ERROR(state.status());
  state_ = *std::move(state);
  return reader.Finish();
}

}  // namespace bansos

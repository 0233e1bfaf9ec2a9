#include "projections/records_view.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/decide.h"
#include "ledger/event/state_codec.h"

namespace bansos {
namespace {

// Pieces of the snapshot, below what the reader takes as one text.
constexpr size_t kPieceBytes = size_t{32} * 1024;

}  // namespace

uint32_t RecordsView::version() const { return kStateVersion; }

absl::Status RecordsView::Apply(Position position, const Event& event) {
  if (position != state_.next) {
    return absl::DataLossError(absl::StrCat("the records are at position ", state_.next.value(),
                                            ", the event at ", position.value()));
  }
  return Evolve(state_, event);
}

void RecordsView::Save(SnapshotWriter& writer) const {
  const std::string bytes = EncodeState(state_);
  writer.U64(bytes.size());
  for (size_t at = 0; at < bytes.size(); at += kPieceBytes) {
    writer.Text(std::string_view(bytes).substr(at, kPieceBytes));
  }
}

absl::Status RecordsView::Load(SnapshotReader& reader) {
  const uint64_t size = reader.U64();
  std::string bytes;
  while (reader.ok() && bytes.size() < size) {
    const std::string chunk = reader.Text();
    if (chunk.empty()) reader.Fail("an empty piece of the records");
    bytes += chunk;
  }
  RETURN_IF_ERROR(reader.Finish());
  ASSIGN_OR_RETURN(state_, DecodeState(bytes));
  return absl::OkStatus();
}

}  // namespace bansos

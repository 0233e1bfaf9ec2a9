#include "tools/bansosctl/export/tiles_export.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bansos/v1/log_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/call_error.h"
#include "tools/bansosctl/client/request_window.h"

namespace bansos {
namespace {

constexpr char kCheckpointFile[] = "checkpoint";
constexpr size_t kHashBytes = 32;
constexpr size_t kEntryLengthBytes = 2;
// While one answer is written, the server reads these; more would only wait for its disk.
constexpr size_t kFetchesInFlight = 4;
// Files of one request: tiles are 8 KiB, bundles some 64 KiB.
constexpr uint32_t kTilesAsked = 128;
constexpr uint32_t kBundlesAsked = 32;

using Files = std::vector<std::string>;

absl::Status WrongAnswer(const std::string& what) {
  return absl::DataLossError(
      absl::StrCat("the server's answers do not fit each other: ", what,
                   ". No checkpoint was written; check the ledger with bansos-verify."));
}

// Asks again for what an answer left out, until `count` files from `first` are there.
template <typename Request, typename Response>
absl::StatusOr<Files> FetchFiles(
    Connection& connection,
    grpc::Status (v1::LogService::Stub::*method)(grpc::ClientContext*, const Request&, Response*),
    Request request, uint64_t first, uint32_t count,
    google::protobuf::RepeatedPtrField<std::string>* (Response::*files)()) {
  Files all;
  while (all.size() < count) {
    request.set_first_index(first + all.size());
    request.set_limit(count - static_cast<uint32_t>(all.size()));
    ASSIGN_OR_RETURN(Response response, connection.Call(method, request));
    auto* answered = (response.*files)();
    if (answered->empty() || all.size() + answered->size() > count) {
      return WrongAnswer(absl::StrCat(answered->size(), " files from index ", first + all.size(),
                                      " on where ", count - all.size(), " were asked for"));
    }
    for (std::string& file : *answered) all.push_back(std::move(file));
  }
  return all;
}

// True when the bytes are `width` entries, each after its length.
bool IsBundle(std::string_view bytes, uint32_t width) {
  for (uint32_t entry = 0; entry < width; ++entry) {
    if (bytes.size() < kEntryLengthBytes) return false;
    const size_t length = static_cast<uint8_t>(bytes[0]) << 8 | static_cast<uint8_t>(bytes[1]);
    if (bytes.size() - kEntryLengthBytes < length) return false;
    bytes.remove_prefix(kEntryLengthBytes + length);
  }
  return bytes.empty();
}

// Fetches the files of a row some at a time, several requests under way, and uses them in order.
absl::Status ForEachFile(
    const TileRow& row, uint32_t asked,
    const std::function<absl::StatusOr<Files>(uint64_t first, uint32_t count)>& fetch,
    const std::function<absl::Status(uint64_t index, const std::string&)>& use) {
  RequestWindow<Files> window(kFetchesInFlight);
  for (uint64_t first = 0; first < row.count(); first += asked) {
    const auto count = static_cast<uint32_t>(std::min<uint64_t>(asked, row.count() - first));
    RETURN_IF_ERROR(window.Submit([&fetch, first, count] { return fetch(first, count); },
                                  [&use, first](Files files) -> absl::Status {
                                    for (size_t i = 0; i < files.size(); ++i) {
                                      RETURN_IF_ERROR(use(first + i, files[i]));
                                    }
                                    return absl::OkStatus();
                                  }));
  }
  return window.Finish();
}

}  // namespace

absl::StatusOr<TilesSummary> TilesExport::Run(const std::string& directory,
                                              std::optional<uint64_t> min_size) {
  RETURN_IF_ERROR(FetchCheckpoint(min_size));
  ASSIGN_OR_RETURN(folder_, ExportFolder::Open(directory));
  RETURN_IF_ERROR(ReadEarlier());
  RETURN_IF_ERROR(CheckEarlierRoot());
  const absl::Status status = ExportFiles();
  // What came before the server went away need not come again.
  if (IsFromCall(status)) RETURN_IF_ERROR(folder_->Publish());
  RETURN_IF_ERROR(status);
  RETURN_IF_ERROR(folder_->Replace(kCheckpointFile, checkpoint_));
  folder_.reset();
  return summary_;
}

absl::Status TilesExport::ExportFiles() {
  const std::vector<TileRow> rows = TileRows(text_.size);
  if (rows.empty()) return absl::OkStatus();
  uint64_t files = rows[0].count();
  for (const TileRow& row : rows) files += row.count();
  bar_.emplace(ProgressBar::OnStderr({.label = "tiles", .unit = "files", .total = files}, clock_));
  RETURN_IF_ERROR(ExportBundles(rows[0]));
  for (const TileRow& row : rows) RETURN_IF_ERROR(ExportTiles(row));
  bar_->Finish();
  return absl::OkStatus();
}

absl::Status TilesExport::FetchCheckpoint(std::optional<uint64_t> min_size) {
  v1::GetCheckpointRequest request;
  if (min_size.has_value()) {
    request.set_min_size(*min_size);
  } else {
    request.set_fresh(true);
  }
  ASSIGN_OR_RETURN(v1::GetCheckpointResponse response,
                   connection_.Call(&v1::LogService::Stub::GetCheckpoint, request));
  checkpoint_ = std::move(*response.mutable_checkpoint());
  const absl::StatusOr<CheckpointText> text = ParseCheckpointText(checkpoint_);
  if (!text.ok()) return WrongAnswer(absl::StrCat("its checkpoint: ", text.status().message()));
  if (text->size != response.size() || text->root != response.root()) {
    return WrongAnswer("its checkpoint states another size or root than the answer with it");
  }
  text_ = *text;
  summary_ = {.origin = text_.origin, .size = text_.size};
  return absl::OkStatus();
}

absl::Status TilesExport::ReadEarlier() {
  earlier_.reset();
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes, folder_->Read(kCheckpointFile));
  if (!bytes.has_value()) return absl::OkStatus();
  const std::string name = absl::StrCat(folder_->path(), "/", kCheckpointFile);
  const auto refused = [&](const std::string& why) {
    return absl::FailedPreconditionError(
        absl::StrCat(name, ": ", why, " It is left as it is. Export into an empty directory."));
  };
  const absl::StatusOr<CheckpointText> text = ParseCheckpointText(*bytes);
  if (!text.ok()) {
    return refused(absl::StrCat("it is no checkpoint: ", text.status().message(), "."));
  }
  if (text->origin != text_.origin) {
    return refused(
        absl::StrCat("it is of the log ", text->origin, ", and this is ", text_.origin, "."));
  }
  if (text->size > text_.size) {
    return refused(absl::StrCat("it is of size ", text->size, ", and this export would be of size ",
                                text_.size, ". Without --size, the ledger has lost events."));
  }
  if (text->size == text_.size && *bytes != checkpoint_) {
    return refused(absl::StrCat("it is of the same size, ", text_.size,
                                ", but other bytes: another history or another key. Keep it: "
                                "bansos-verify tells which."));
  }
  earlier_ = Earlier{.text = *text, .rows = TileRows(text->size)};
  return absl::OkStatus();
}

absl::Status TilesExport::CheckEarlierRoot() {
  if (!earlier_.has_value() || earlier_->text.size == 0 || earlier_->text.size == text_.size) {
    return absl::OkStatus();
  }
  v1::GetConsistencyProofRequest request;
  request.set_old_size(earlier_->text.size);
  request.set_new_size(text_.size);
  ASSIGN_OR_RETURN(const v1::GetConsistencyProofResponse response,
                   connection_.Call(&v1::LogService::Stub::GetConsistencyProof, request));
  if (response.new_root() != text_.root) return WrongAnswer("two roots of one size");
  if (response.old_root() == earlier_->text.root) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      folder_->path(), "/", kCheckpointFile, " is of size ", earlier_->text.size,
      ", and at that size the server's log had another root: the history was rewritten, or the "
      "server's log was exchanged. The directory is left as it is: keep it as the proof, and "
      "export "
      "into an empty one."));
}

absl::Status TilesExport::ExportTiles(const TileRow& row) {
  v1::GetTilesRequest request;
  request.set_size(text_.size);
  request.set_level(row.level);
  return ForEachFile(
      row, kTilesAsked,
      [&](uint64_t first, uint32_t count) {
        return FetchFiles(connection_, &v1::LogService::Stub::GetTiles, request, first, count,
                          &v1::GetTilesResponse::mutable_tiles);
      },
      [&](uint64_t index, const std::string& tile) { return PutTile(row, index, tile); });
}

absl::Status TilesExport::ExportBundles(const TileRow& row) {
  v1::GetEntryBundlesRequest request;
  request.set_size(text_.size);
  return ForEachFile(
      row, kBundlesAsked,
      [&](uint64_t first, uint32_t count) {
        return FetchFiles(connection_, &v1::LogService::Stub::GetEntryBundles, request, first,
                          count, &v1::GetEntryBundlesResponse::mutable_bundles);
      },
      [&](uint64_t index, const std::string& bundle) { return PutBundle(row, index, bundle); });
}

absl::Status TilesExport::PutTile(const TileRow& row, uint64_t index, const std::string& tile) {
  const std::string path = TilePath(row.level, index, row.width(index));
  if (tile.size() != row.width(index) * kHashBytes) {
    return WrongAnswer(absl::StrCat(path, " of ", tile.size(), " bytes"));
  }
  const uint32_t earlier = EarlierWidth(row, index);
  return Put(path, earlier == 0 ? "" : TilePath(row.level, index, earlier), tile);
}

absl::Status TilesExport::PutBundle(const TileRow& row, uint64_t index, const std::string& bundle) {
  const std::string path = BundlePath(index, row.width(index));
  if (!IsBundle(bundle, row.width(index))) {
    return WrongAnswer(absl::StrCat(path, " has not ", row.width(index), " whole entries"));
  }
  const uint32_t earlier = EarlierWidth(row, index);
  return Put(path, earlier == 0 ? "" : BundlePath(index, earlier), bundle);
}

uint32_t TilesExport::EarlierWidth(const TileRow& row, uint64_t index) const {
  if (!earlier_.has_value() || row.level >= earlier_->rows.size()) return 0;
  const TileRow& earlier = earlier_->rows[row.level];
  return index == earlier.full && earlier.partial < row.width(index) ? earlier.partial : 0;
}

absl::Status TilesExport::Put(const std::string& path, const std::string& earlier_path,
                              const std::string& bytes) {
  if (!earlier_path.empty()) {
    ASSIGN_OR_RETURN(const std::optional<std::string> earlier, folder_->Read(earlier_path));
    if (earlier.has_value() && !bytes.starts_with(*earlier)) {
      return absl::FailedPreconditionError(absl::StrCat(
          folder_->path(), "/", earlier_path, " is not the beginning of ", path,
          " in the ledger: one of them was altered. The directory is left as it is: keep it, check "
          "both with bansos-verify, and export into an empty one."));
    }
  }
  ASSIGN_OR_RETURN(const bool written, folder_->Put(path, bytes));
  ++(written ? summary_.files_written : summary_.files_present);
  const uint64_t done = summary_.files_written + summary_.files_present;
  bar_->Update(done, done);
  return absl::OkStatus();
}

}  // namespace bansos

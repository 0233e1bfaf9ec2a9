#include "grpc/ledger_folder.h"

#include <rocksdb/file_system.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "ledger/base/durable_files.h"
#include "ledger/base/place.h"
#include "ledger/base/secret_file.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/checkpoint_memory.h"
#include "ledger/vault/key_file.h"

namespace bansos {
namespace {

namespace fs = std::filesystem;

// A handful of paths, each of at most 4,096 bytes; more is another file.
constexpr size_t kMaxMarkBytes = 32 * 1024;

// What a file system puts into its own root.
constexpr char kLostAndFound[] = "lost+found";

constexpr char kMarkName[] = "unfinished";
// What a crash leaves of a mark that was not written yet (secret_file.cc): nothing was begun.
constexpr char kMarkBeingWritten[] = "unfinished.unfinished";

constexpr char kBeginANewOne[] = "A new ledger, and nothing else, is begun with: bansosd init";

// Also for what cannot be looked at: then nothing may be begun there.
bool IsThere(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path, error);
  return status.type() != fs::file_type::not_found;
}

std::vector<std::string> NamesIn(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename();
    if (name != kLostAndFound && name != kMarkBeingWritten) names.push_back(name);
  }
  if (error && IsThere(folder)) names.push_back(".");  // what cannot be looked into is not empty
  return names;
}

absl::Status Missing(const std::string& what, const std::string& path, const std::string& advice) {
  return absl::FailedPreconditionError(absl::StrCat(what, " ", path, " is missing: ", advice));
}

absl::Status IsThereAlready(const std::string& path) {
  return absl::FailedPreconditionError(absl::StrCat(
      path,
      " is there already, and a ledger begins only where nothing of one is: to serve the "
      "ledger that is there, leave out init; for another one, name a new data directory and new "
      "key files"));
}

struct NamedPlace {
  const char* name;
  std::string path;
  bool passing = false;  // a crash may have left it as a second name of what was made from it
  fs::path place;
};

absl::Status CheckTwo(const NamedPlace& a, const NamedPlace& b) {
  const bool passing = a.passing || b.passing;
  const bool same = passing ? a.place == b.place : AreSame(a.place, b.place);
  if (!same && !LiesIn(a.place, b.place) && !LiesIn(b.place, a.place)) return absl::OkStatus();
  const char* how = same ? " are the same file" : " lie in one another";
  return absl::FailedPreconditionError(absl::StrCat(
      a.name, " ", a.path, " and ", b.name, " ", b.path, how,
      ": give each a place of its own (--data-dir, --key-file, --checkpoint-key-file)"));
}

}  // namespace

LedgerFolder::LedgerFolder(const std::string& data_dir, const std::string& key_file,
                           const std::string& checkpoint_key_file)
    : data_dir_(data_dir),
      key_file_(key_file),
      checkpoint_key_file_(checkpoint_key_file.empty() ? key_file + ".checkpoint"
                                                       : checkpoint_key_file) {}

absl::Status LedgerFolder::CheckApart() const {
  RETURN_IF_ERROR(CheckKeyFileOutside(key_file_, data_dir_));
  RETURN_IF_ERROR(CheckKeyFileOutside(checkpoint_key_file_, data_dir_));
  const std::string memory = CheckpointMemoryPath(checkpoint_key_file_);
  std::vector<NamedPlace> places = {
      {"the data directory", data_dir_, false, {}},
      {"the key file", key_file_, false, {}},
      {"what the key file is made from", UnfinishedSecretFile(key_file_), true, {}},
      {"the checkpoint key file", checkpoint_key_file_, false, {}},
      {"what the checkpoint key file is made from",
       UnfinishedSecretFile(checkpoint_key_file_),
       true,
       {}},
      {"the memory of the checkpoint key", memory, false, {}},
      {"what that memory is made from", UnfinishedFile(memory), true, {}},
      {"the lock of the checkpoint key", CheckpointLockPath(checkpoint_key_file_), false, {}},
  };
  for (NamedPlace& named : places) {
    ASSIGN_OR_RETURN(named.place, PlaceOf(named.path));
  }
  for (size_t i = 0; i < places.size(); ++i) {
    for (size_t j = 0; j < i; ++j) RETURN_IF_ERROR(CheckTwo(places[j], places[i]));
  }
  return absl::OkStatus();
}

absl::Status LedgerFolder::CheckWhole() const {
  if (!IsThere(data_dir_)) {
    return Missing("the data directory", data_dir_,
                   absl::StrCat("mount its volume, or name the right one. ", kBeginANewOne));
  }
  RETURN_IF_ERROR(CheckFinished());
  RETURN_IF_ERROR(CheckDataThere());
  if (!IsThere(key_file_)) {
    return absl::FailedPreconditionError(absl::StrCat(
        "there is no key file ", key_file_, ": name the right one, or put it back from its copy"));
  }
  if (!IsThere(checkpoint_key_file_)) {
    return Missing("the checkpoint key file", checkpoint_key_file_,
                   "put it back, or say where it is with --checkpoint-key-file");
  }
  if (const auto memory = CheckpointMemoryPath(checkpoint_key_file_); !IsThere(memory)) {
    return Missing(
        "the file", memory,
        "in it the checkpoint key remembers the newest checkpoint that it signed: put it "
        "back from the copy that is kept with the key (an older one will do)");
  }
  return absl::OkStatus();
}

absl::Status LedgerFolder::CheckDataThere() const {
  const bool has_log = IsThere(log()), has_vault = IsThere(vault()), has_anchor = IsThere(anchor());
  if (!has_log && !has_vault && !has_anchor) {
    return absl::FailedPreconditionError(
        absl::StrCat("the data directory ", data_dir_.string(),
                     " holds no ledger: mount its volume, or name the right one. ", kBeginANewOne));
  }
  constexpr char kPutBack[] = "put the data directory back whole, from one copy";
  if (!has_log) return Missing("the log", log(), kPutBack);
  if (!has_vault) return Missing("the vault", vault(), kPutBack);
  if (!has_anchor) return Missing("the log's anchor file", anchor(), kPutBack);
  return absl::OkStatus();
}

absl::Status LedgerFolder::CheckFinished() const {
  if (!IsThere(Mark())) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::string marked, ReadSecretFile(Mark(), kMaxMarkBytes));
  std::vector<std::string> remove;
  for (const std::string& name : NamesIn(data_dir_)) {
    if (data_dir_ / name != fs::path(Mark())) remove.push_back(data_dir_ / name);
  }
  remove.push_back(Mark());  // last: until then this can be told
  std::vector<std::string> keys;
  const std::vector<std::string> meant = absl::StrSplit(marked, '\n', absl::SkipEmpty());
  for (const std::string& path : meant) {
    if (IsThere(path)) keys.push_back(path);
  }
  std::string text = absl::StrCat(
      "a ledger was begun in ", data_dir_.string(),
      " and not finished; nothing was ever recorded in it. Remove these, in this order, and run "
      "init again: ",
      absl::StrJoin(remove, " "));
  // The mark says what the init meant to make, not what it made: another ledger's may be there.
  if (!keys.empty()) {
    absl::StrAppend(&text,
                    ". These key files are where it would have made its own. If no other ledger "
                    "uses them, remove them too, before the others; if one does, run init with "
                    "other key files, because without its key a ledger is lost: ",
                    absl::StrJoin(keys, " "));
  }
  return absl::FailedPreconditionError(text);
}

absl::Status LedgerFolder::CheckNothing() const {
  RETURN_IF_ERROR(CheckFinished());
  if (const auto names = NamesIn(data_dir_); !names.empty()) {
    return IsThereAlready(data_dir_ / names.front());
  }
  std::error_code error;
  if (IsThere(data_dir_) && !fs::is_directory(data_dir_, error)) return IsThereAlready(data_dir_);
  if (IsThere(key_file_)) return IsThereAlready(key_file_);
  const std::string memory = CheckpointMemoryPath(checkpoint_key_file_);
  if (!IsThere(checkpoint_key_file_) && IsThere(memory)) return IsThereAlready(memory);
  return absl::OkStatus();
}

std::string LedgerFolder::Mark() const { return data_dir_ / kMarkName; }

std::vector<std::string> LedgerFolder::KeyFilesToMake() const {
  std::vector<std::string> paths = {key_file_};
  if (!IsThere(checkpoint_key_file_)) {
    paths.push_back(checkpoint_key_file_);
    paths.push_back(CheckpointMemoryPath(checkpoint_key_file_));
    paths.push_back(CheckpointLockPath(checkpoint_key_file_));
  }
  return paths;
}

absl::Status LedgerFolder::MarkUnfinished() const {
  std::error_code error;
  const fs::path directory = fs::absolute(data_dir_, error);
  const std::shared_ptr<rocksdb::FileSystem> files = rocksdb::FileSystem::Default();
  const absl::Status made = CreateDirectoriesDurably(*files, directory.string());
  if (!made.ok()) {
    return absl::UnavailableError(absl::StrCat("the data directory ", data_dir_.string(),
                                               " cannot be created: ", made.message()));
  }
  std::string lines;
  for (const std::string& path : KeyFilesToMake()) {
    absl::StrAppend(&lines, fs::absolute(path).string(), "\n");
  }
  return CreateSecretFile(*files, Mark(), lines);
}

absl::Status LedgerFolder::RemoveMark() const { return RemoveFile(Mark()); }

}  // namespace bansos

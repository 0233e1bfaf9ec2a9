// LedgerFolder: the names under which a ledger lies on disk, and whether one is there. A ledger
// begins once (invariant 12): what looks like the remains of one is never begun over, and what is
// not there whole is never served or filled up.
//
//   data-dir/{log,anchor}  the truth        data-dir/vault  personal keys
//   data-dir/views         disposable       data-dir/unfinished  only while the ledger is begun
//   key-file               of the vault     checkpoint-key-file and ".newest": checkpoint_memory.h
//
// The checks read names only; they create and change nothing. Immutable. Owner: whoever opens.
#ifndef GRPC_LEDGER_FOLDER_H_
#define GRPC_LEDGER_FOLDER_H_

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace bansos {

class LedgerFolder {
 public:
  // An empty `checkpoint_key_file` is `key_file` and ".checkpoint".
  LedgerFolder(const std::string& data_dir, const std::string& key_file,
               const std::string& checkpoint_key_file);

  std::string data_dir() const { return data_dir_; }
  std::string log() const { return data_dir_ / "log"; }
  std::string anchor() const { return data_dir_ / "anchor"; }
  std::string vault() const { return data_dir_ / "vault"; }
  std::string vault_anchor() const { return data_dir_ / "vault.anchor"; }
  std::string views() const { return data_dir_ / "views"; }
  const std::string& key_file() const { return key_file_; }
  const std::string& checkpoint_key_file() const { return checkpoint_key_file_; }

  // FAILED_PRECONDITION names two of the paths that are the same file, by whatever names, or of
  // which one lies in the other: also of those beside the key files that are made with them.
  absl::Status CheckApart() const;

  // FAILED_PRECONDITION names what is missing, why that is no ledger to serve, and what to do.
  absl::Status CheckWhole() const;

  // FAILED_PRECONDITION names what is there of a ledger, finished or not, and what to do. A
  // checkpoint key that was made before its ledger may be there with what it remembers.
  absl::Status CheckNothing() const;

  // Makes the directory, and in it the mark that a ledger is being begun: what it makes is nothing
  // to serve, and may be removed. REQUIRES: CheckNothing.
  absl::Status MarkUnfinished() const;
  // The last step of beginning a ledger.
  absl::Status RemoveMark() const;

 private:
  std::string Mark() const;
  absl::Status CheckFinished() const;
  absl::Status CheckDataThere() const;
  // What an init would make beside the data directory and that is not there yet.
  std::vector<std::string> KeyFilesToMake() const;

  const std::filesystem::path data_dir_;
  const std::string key_file_;
  const std::string checkpoint_key_file_;
};

}  // namespace bansos

#endif  // GRPC_LEDGER_FOLDER_H_

// StoredLog: the files of a closed log that a test damages, opens and puts back. Entries are those
// of EntryFor; commit number n is recorded at time n.
#ifndef TESTS_LOG_STORED_LOG_H_
#define TESTS_LOG_STORED_LOG_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ledger/log/log_database.h"
#include "ledger/log/rocksdb_log.h"
#include "tests/log/faulty_files.h"
#include "tests/log/scratch_directory.h"

namespace bansos::testing {

class StoredLog {
 public:
  // Its files sync for free.
  StoredLog();

  absl::StatusOr<std::unique_ptr<RocksDbLog>> Open() { return RocksDbLog::Open(options_); }
  // Opens, appends one commit of each count, closes.
  void Commit(const std::vector<uint64_t>& counts);
  // As Commit, but as if the power went after the sync and before the anchor.
  void CommitUnanchored(uint64_t count);
  // Changes rows behind the log's back.
  void ChangeRows(const std::function<void(const LogDatabase&)>& change);

  // Keeps the files as they are now; Restore puts all of them back.
  void Keep();
  void Restore() const;

  // The files of the database with this extension that are not empty, by name.
  std::vector<std::filesystem::path> Files(const std::string& extension) const;
  // The write-ahead log that the last commit is in.
  std::filesystem::path Wal() const { return Files(".log").back(); }

  const RocksDbLogOptions& options() const { return options_; }
  RocksDbLogOptions& options() { return options_; }
  LogDatabaseOptions database_options() const;

 private:
  ScratchDirectory directory_;
  std::shared_ptr<FaultyFiles> files_ = std::make_shared<FaultyFiles>(directory_.path());
  std::unique_ptr<rocksdb::Env> env_ = rocksdb::NewCompositeEnv(files_);
  RocksDbLogOptions options_;
  std::map<std::filesystem::path, std::string> kept_;
};

std::string ReadFile(const std::filesystem::path& path);
void WriteFile(const std::filesystem::path& path, const std::string& bytes);
void FlipByte(const std::filesystem::path& path, uint64_t offset);

// Everything that the log serves is right: all `size` entries, in both directions, and times; or it
// says DATA_LOSS with a position and has served nothing wrong before. True when nothing was lost.
bool ServesOnlyWhatWasWritten(const RocksDbLog& log, uint64_t size);

}  // namespace bansos::testing

#endif  // TESTS_LOG_STORED_LOG_H_

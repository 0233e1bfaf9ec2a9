// FaultyFiles: a RocksDB file system over a real directory in which a chosen operation fails, or
// the power goes. It counts every operation that changes a file or makes a change durable.
//
// Threads: any. Give it to the log through rocksdb::NewCompositeEnv.
#ifndef TESTS_LOG_FAULTY_FILES_H_
#define TESTS_LOG_FAULTY_FILES_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <string>

#include "rocksdb/env.h"
#include "rocksdb/file_system.h"
#include "tests/log/volatile_disk.h"

namespace bansos::testing {

enum class Fault {
  kNotPersisted,  // the operation has no effect and fails
  kPersisted,     // the operation takes effect, and yet reports failure
  kPowerCut,      // the operation and all later ones have no effect and fail
};

inline std::string ToString(Fault fault) {
  switch (fault) {
    case Fault::kNotPersisted:
      return "NotPersisted";
    case Fault::kPersisted:
      return "Persisted";
    case Fault::kPowerCut:
      return "PowerCut";
  }
  return "";
}

class FaultyFiles : public rocksdb::FileSystemWrapper {
 public:
  using IOStatus = rocksdb::IOStatus;
  using IOOptions = rocksdb::IOOptions;
  using IODebugContext = rocksdb::IODebugContext;

  // `scratch` is a directory beside the files, for VolatileDisk's trash.
  explicit FaultyFiles(const std::string& scratch)
      : FileSystemWrapper(rocksdb::FileSystem::Default()), disk_(scratch + "/trash") {}

  const char* Name() const override { return "FaultyFiles"; }

  // The `number`-th operation from now on (from 1) meets `fault`.
  void FailOperation(uint64_t number, Fault fault);
  void FailNothing() { fail_at_ = 0; }
  bool fault_happened() const { return happened_; }

  // Ends a power cut: what was not durable is gone, and operations work again. REQUIRES: no log
  // open.
  void RestorePower(std::mt19937_64& random);

  // Runs a counted operation, or fails it.
  IOStatus Change(const std::function<IOStatus()>& operation);
  VolatileDisk& disk() { return disk_; }

  IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* file,
                           IODebugContext* dbg) override;
  IOStatus ReopenWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                              std::unique_ptr<rocksdb::FSWritableFile>* file,
                              IODebugContext* dbg) override;
  IOStatus NewRandomRWFile(const std::string& path, const rocksdb::FileOptions& options,
                           std::unique_ptr<rocksdb::FSRandomRWFile>* file,
                           IODebugContext* dbg) override;
  IOStatus NewDirectory(const std::string& path, const IOOptions& options,
                        std::unique_ptr<rocksdb::FSDirectory>* directory,
                        IODebugContext* dbg) override;
  IOStatus CreateDir(const std::string& path, const IOOptions& options,
                     IODebugContext* dbg) override;
  IOStatus CreateDirIfMissing(const std::string& path, const IOOptions& options,
                              IODebugContext* dbg) override;
  IOStatus DeleteFile(const std::string& path, const IOOptions& options,
                      IODebugContext* dbg) override;
  IOStatus DeleteDir(const std::string& path, const IOOptions& options,
                     IODebugContext* dbg) override;
  IOStatus LinkFile(const std::string& from, const std::string& to, const IOOptions& options,
                    IODebugContext* dbg) override;
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions& options,
                      IODebugContext* dbg) override;

 private:
  VolatileDisk disk_;
  std::atomic<uint64_t> count_ = 0;
  std::atomic<uint64_t> fail_at_ = 0;  // 0: never
  std::atomic<Fault> fault_ = Fault::kNotPersisted;
  std::atomic<bool> happened_ = false;
};

}  // namespace bansos::testing

#endif  // TESTS_LOG_FAULTY_FILES_H_

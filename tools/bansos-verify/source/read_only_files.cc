#include "tools/bansos-verify/source/read_only_files.h"

#include <string>

#include "rocksdb/file_system.h"

namespace bansos::verify {
namespace {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

IOStatus Refuse(const std::string& path) {
  return IOStatus::IOError("the verifier never writes", path);
}

class ReadOnlyFiles : public rocksdb::FileSystemWrapper {
 public:
  using FileSystemWrapper::FileSystemWrapper;

  const char* Name() const override { return "ReadOnlyFiles"; }
  IOStatus NewWritableFile(const std::string& path, const FileOptions&,
                           std::unique_ptr<rocksdb::FSWritableFile>*, IODebugContext*) override {
    return Refuse(path);
  }
  IOStatus ReopenWritableFile(const std::string& path, const FileOptions&,
                              std::unique_ptr<rocksdb::FSWritableFile>*, IODebugContext*) override {
    return Refuse(path);
  }
  IOStatus ReuseWritableFile(const std::string& path, const std::string&, const FileOptions&,
                             std::unique_ptr<rocksdb::FSWritableFile>*, IODebugContext*) override {
    return Refuse(path);
  }
  IOStatus NewRandomRWFile(const std::string& path, const FileOptions&,
                           std::unique_ptr<rocksdb::FSRandomRWFile>*, IODebugContext*) override {
    return Refuse(path);
  }
  IOStatus NewLogger(const std::string& path, const IOOptions&, std::shared_ptr<rocksdb::Logger>*,
                     IODebugContext*) override {
    return Refuse(path);
  }
  IOStatus DeleteFile(const std::string& path, const IOOptions&, IODebugContext*) override {
    return Refuse(path);
  }
  IOStatus Truncate(const std::string& path, size_t, const IOOptions&, IODebugContext*) override {
    return Refuse(path);
  }
  IOStatus CreateDir(const std::string& path, const IOOptions&, IODebugContext*) override {
    return Refuse(path);
  }
  // RocksDB asks for its directory although it reads only; a directory that is there is enough.
  IOStatus CreateDirIfMissing(const std::string& path, const IOOptions& options,
                              IODebugContext* debug) override {
    const IOStatus exists = FileExists(path, options, debug);
    return exists.ok() ? exists : Refuse(path);
  }
  IOStatus DeleteDir(const std::string& path, const IOOptions&, IODebugContext*) override {
    return Refuse(path);
  }
  IOStatus RenameFile(const std::string& path, const std::string&, const IOOptions&,
                      IODebugContext*) override {
    return Refuse(path);
  }
  IOStatus LinkFile(const std::string&, const std::string& path, const IOOptions&,
                    IODebugContext*) override {
    return Refuse(path);
  }
};

}  // namespace

std::unique_ptr<rocksdb::Env> MakeReadOnlyEnv() {
  return rocksdb::NewCompositeEnv(std::make_shared<ReadOnlyFiles>(rocksdb::FileSystem::Default()));
}

}  // namespace bansos::verify

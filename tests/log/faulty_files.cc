#include "tests/log/faulty_files.h"

#include <utility>

namespace bansos::testing {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

class FaultyWritableFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultyWritableFile(FaultyFiles* files, std::string path,
                     std::unique_ptr<rocksdb::FSWritableFile> target)
      : FSWritableFileOwnerWrapper(std::move(target)), files_(files), path_(std::move(path)) {}

  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* dbg) override {
    return Resize([&] { return FSWritableFileOwnerWrapper::Append(data, options, dbg); });
  }
  IOStatus Append(const Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo& info, IODebugContext* dbg) override {
    return Resize([&] { return FSWritableFileOwnerWrapper::Append(data, options, info, dbg); });
  }
  IOStatus Truncate(uint64_t size, const IOOptions& options, IODebugContext* dbg) override {
    return Resize([&] { return FSWritableFileOwnerWrapper::Truncate(size, options, dbg); });
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* dbg) override {
    return files_->Change([&] {
      files_->disk().FileSynced(path_);
      return IOStatus::OK();
    });
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* dbg) override {
    return Sync(options, dbg);
  }

 private:
  IOStatus Resize(const std::function<IOStatus()>& operation) {
    return files_->Change([&] {
      IOStatus status = operation();
      files_->disk().Resized(path_);
      return status;
    });
  }

  FaultyFiles* files_;
  std::string path_;
};

class FaultyRandomRWFile : public rocksdb::FSRandomRWFileOwnerWrapper {
 public:
  FaultyRandomRWFile(FaultyFiles* files, std::string path,
                     std::unique_ptr<rocksdb::FSRandomRWFile> target)
      : FSRandomRWFileOwnerWrapper(std::move(target)), files_(files), path_(std::move(path)) {}

  IOStatus Write(uint64_t offset, const Slice& data, const IOOptions& options,
                 IODebugContext* dbg) override {
    return files_->Change([&] {
      files_->disk().BeforeOverwrite(path_, offset, data.ToString());
      return FSRandomRWFileOwnerWrapper::Write(offset, data, options, dbg);
    });
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* dbg) override {
    return files_->Change([&] {
      files_->disk().FileSynced(path_);
      return IOStatus::OK();
    });
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* dbg) override {
    return Sync(options, dbg);
  }

 private:
  FaultyFiles* files_;
  std::string path_;
};

class FaultyDirectory : public rocksdb::FSDirectoryWrapper {
 public:
  FaultyDirectory(FaultyFiles* files, std::string path,
                  std::unique_ptr<rocksdb::FSDirectory> target)
      : FSDirectoryWrapper(std::move(target)), files_(files), path_(std::move(path)) {}

  IOStatus Fsync(const IOOptions& options, IODebugContext* dbg) override {
    return files_->Change([&] {
      files_->disk().DirectorySynced(path_);
      return IOStatus::OK();
    });
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* dbg,
                               const rocksdb::DirFsyncOptions&) override {
    return Fsync(options, dbg);
  }

 private:
  FaultyFiles* files_;
  std::string path_;
};

}  // namespace

void FaultyFiles::FailOperation(uint64_t number, Fault fault) {
  happened_ = false;
  fault_ = fault;
  fail_at_ = count_ + number;
}

void FaultyFiles::RestorePower(std::mt19937_64& random) {
  fail_at_ = 0;
  happened_ = false;
  disk_.CutPower(random);
}

IOStatus FaultyFiles::Change(const std::function<IOStatus()>& operation) {
  const uint64_t number = ++count_;
  const uint64_t fail_at = fail_at_;
  const bool hit = fail_at != 0 && number == fail_at;
  const bool dark = fail_at != 0 && number > fail_at && fault_ == Fault::kPowerCut;
  if (!hit && !dark) return operation();
  happened_ = true;
  if (fault_ == Fault::kPersisted) operation().PermitUncheckedError();
  return IOStatus::IOError("injected fault");
}

IOStatus FaultyFiles::NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* file,
                                      IODebugContext* dbg) {
  return Change([&] {
    disk_.BeforeCreate(path);
    std::unique_ptr<rocksdb::FSWritableFile> target;
    IOStatus status = FileSystemWrapper::NewWritableFile(path, options, &target, dbg);
    if (status.ok()) *file = std::make_unique<FaultyWritableFile>(this, path, std::move(target));
    return status;
  });
}

IOStatus FaultyFiles::ReopenWritableFile(const std::string& path,
                                         const rocksdb::FileOptions& options,
                                         std::unique_ptr<rocksdb::FSWritableFile>* file,
                                         IODebugContext* dbg) {
  return Change([&] {
    std::unique_ptr<rocksdb::FSWritableFile> target;
    IOStatus status = FileSystemWrapper::ReopenWritableFile(path, options, &target, dbg);
    if (!status.ok()) return status;
    disk_.Opened(path);
    *file = std::make_unique<FaultyWritableFile>(this, path, std::move(target));
    return status;
  });
}

IOStatus FaultyFiles::NewRandomRWFile(const std::string& path, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSRandomRWFile>* file,
                                      IODebugContext* dbg) {
  std::unique_ptr<rocksdb::FSRandomRWFile> target;
  IOStatus status = FileSystemWrapper::NewRandomRWFile(path, options, &target, dbg);
  if (status.ok()) *file = std::make_unique<FaultyRandomRWFile>(this, path, std::move(target));
  return status;
}

IOStatus FaultyFiles::NewDirectory(const std::string& path, const IOOptions& options,
                                   std::unique_ptr<rocksdb::FSDirectory>* directory,
                                   IODebugContext* dbg) {
  std::unique_ptr<rocksdb::FSDirectory> target;
  IOStatus status = FileSystemWrapper::NewDirectory(path, options, &target, dbg);
  if (status.ok()) *directory = std::make_unique<FaultyDirectory>(this, path, std::move(target));
  return status;
}

IOStatus FaultyFiles::CreateDir(const std::string& path, const IOOptions& options,
                                IODebugContext* dbg) {
  return Change([&] {
    disk_.BeforeCreateDirectory(path);
    return FileSystemWrapper::CreateDir(path, options, dbg);
  });
}

IOStatus FaultyFiles::CreateDirIfMissing(const std::string& path, const IOOptions& options,
                                         IODebugContext* dbg) {
  return Change([&] {
    disk_.BeforeCreateDirectory(path);
    return FileSystemWrapper::CreateDirIfMissing(path, options, dbg);
  });
}

IOStatus FaultyFiles::DeleteFile(const std::string& path, const IOOptions& options,
                                 IODebugContext* dbg) {
  return Change([&] {
    disk_.BeforeDelete(path);
    return FileSystemWrapper::DeleteFile(path, options, dbg);
  });
}

IOStatus FaultyFiles::DeleteDir(const std::string& path, const IOOptions& options,
                                IODebugContext* dbg) {
  return Change([&] {
    disk_.BeforeDeleteDirectory(path);
    return FileSystemWrapper::DeleteDir(path, options, dbg);
  });
}

IOStatus FaultyFiles::LinkFile(const std::string& from, const std::string& to,
                               const IOOptions& options, IODebugContext* dbg) {
  return Change([&] {
    disk_.BeforeLink(from, to);
    return FileSystemWrapper::LinkFile(from, to, options, dbg);
  });
}

IOStatus FaultyFiles::RenameFile(const std::string& from, const std::string& to,
                                 const IOOptions& options, IODebugContext* dbg) {
  return Change([&] {
    disk_.BeforeRename(from, to);
    return FileSystemWrapper::RenameFile(from, to, options, dbg);
  });
}

}  // namespace bansos::testing

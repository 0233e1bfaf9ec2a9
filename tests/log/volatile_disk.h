// VolatileDisk: remembers which writes and names a real directory tree has not made durable yet,
// and takes them away when the power is cut: unsynced bytes are lost, torn or turned to garbage;
// names created, renamed or deleted since the last sync of their directory come and go.
//
// The files themselves are real, so that RocksDB runs on them. Syncing costs nothing here.
// Threads: any. Owner: FaultyFiles.
#ifndef TESTS_LOG_VOLATILE_DISK_H_
#define TESTS_LOG_VOLATILE_DISK_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace bansos::testing {

class VolatileDisk {
 public:
  // `trash` (created) holds what a cut may have to bring back; on the file system of the files.
  explicit VolatileDisk(std::string trash);

  // Before the change is made, where the name says so; else after it.
  void BeforeCreate(const std::string& path);
  void BeforeDelete(const std::string& path);
  void BeforeRename(const std::string& from, const std::string& to);
  void BeforeLink(const std::string& from, const std::string& to);
  void BeforeCreateDirectory(const std::string& path);
  void BeforeDeleteDirectory(const std::string& path);
  void BeforeOverwrite(const std::string& path, uint64_t offset, const std::string& bytes);
  void Opened(const std::string& path);
  void Resized(const std::string& path);
  void FileSynced(const std::string& path);
  void DirectorySynced(const std::string& path);

  // REQUIRES: nobody has the files open. What is left is durable.
  void CutPower(std::mt19937_64& random);

 private:
  struct Overwrite {
    uint64_t offset;
    std::string before;
    std::string after;
  };
  struct Content {
    uint64_t size = 0;
    uint64_t synced_size = 0;
    std::vector<Overwrite> overwrites;
  };
  using ContentPtr = std::shared_ptr<Content>;
  struct NameChange {
    std::string directory;
    std::function<void()> undo;
  };

  static ContentPtr DurableContent(const std::string& path);
  std::string KeepInTrash(const std::string& path);
  static void LoseBytes(const std::string& path, const Content& content, std::mt19937_64& random);

  std::mutex mutex_;
  const std::string trash_;
  uint64_t trashed_ = 0;
  std::map<std::string, ContentPtr> contents_;  // files not in it are durable as they are
  std::vector<NameChange> name_changes_;
};

}  // namespace bansos::testing

#endif  // TESTS_LOG_VOLATILE_DISK_H_

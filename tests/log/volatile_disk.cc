#include "tests/log/volatile_disk.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace bansos::testing {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kSectorBytes = 512;

std::string ParentOf(const std::string& path) {
  return fs::path(path).lexically_normal().parent_path().string();
}

std::string ReadAt(const std::string& path, uint64_t offset, size_t length) {
  std::string bytes(length, '\0');
  std::ifstream file(path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(offset));
  file.read(bytes.data(), static_cast<std::streamsize>(length));
  bytes.resize(static_cast<size_t>(file.gcount()));
  return bytes;
}

void WriteAt(const std::string& path, uint64_t offset, const std::string& bytes) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(static_cast<std::streamoff>(offset));
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

VolatileDisk::VolatileDisk(std::string trash) : trash_(std::move(trash)) {
  fs::create_directories(trash_);
}

void VolatileDisk::BeforeCreate(const std::string& path) {
  if (fs::exists(path)) BeforeDelete(path);
  std::lock_guard lock(mutex_);
  contents_[path] = std::make_shared<Content>();
  name_changes_.push_back({ParentOf(path), [this, path] {
                             fs::remove(path);
                             contents_.erase(path);
                           }});
}

void VolatileDisk::BeforeDelete(const std::string& path) {
  std::lock_guard lock(mutex_);
  if (!fs::exists(path)) return;
  const std::string kept = KeepInTrash(path);
  const auto node = contents_.extract(path);
  const ContentPtr content = node ? node.mapped() : nullptr;
  name_changes_.push_back({ParentOf(path), [this, path, kept, content] {
                             fs::rename(kept, path);
                             if (content) contents_[path] = content;
                           }});
}

void VolatileDisk::BeforeRename(const std::string& from, const std::string& to) {
  if (!fs::exists(from)) return;
  std::lock_guard lock(mutex_);
  // One change: what is replaced is never away without its successor.
  std::string replaced;
  ContentPtr replaced_content;
  if (fs::exists(to)) {
    replaced = KeepInTrash(to);
    if (auto node = contents_.extract(to)) replaced_content = node.mapped();
  }
  if (auto node = contents_.extract(from)) {
    node.key() = to;
    contents_.insert(std::move(node));
  }
  name_changes_.push_back({ParentOf(to), [this, from, to, replaced, replaced_content] {
                             fs::rename(to, from);
                             if (auto node = contents_.extract(to)) {
                               node.key() = from;
                               contents_.insert(std::move(node));
                             }
                             if (!replaced.empty()) fs::rename(replaced, to);
                             if (replaced_content) contents_[to] = replaced_content;
                           }});
}

void VolatileDisk::BeforeCreateDirectory(const std::string& path) {
  if (fs::exists(path)) return;
  std::lock_guard lock(mutex_);
  name_changes_.push_back({ParentOf(path), [this, path] {
                             fs::remove_all(path);
                             std::erase_if(contents_, [&path](const auto& item) {
                               return item.first.starts_with(path + "/");
                             });
                           }});
}

void VolatileDisk::BeforeOverwrite(const std::string& path, uint64_t offset,
                                   const std::string& bytes) {
  std::lock_guard lock(mutex_);
  ContentPtr& content = contents_[path];
  if (!content) content = DurableContent(path);
  content->overwrites.push_back({offset, ReadAt(path, offset, bytes.size()), bytes});
}

void VolatileDisk::Opened(const std::string& path) {
  std::lock_guard lock(mutex_);
  ContentPtr& content = contents_[path];
  if (!content) content = DurableContent(path);
}

void VolatileDisk::Resized(const std::string& path) {
  std::lock_guard lock(mutex_);
  const auto found = contents_.find(path);
  if (found != contents_.end()) found->second->size = fs::file_size(path);
}

void VolatileDisk::FileSynced(const std::string& path) {
  std::lock_guard lock(mutex_);
  const auto found = contents_.find(path);
  if (found == contents_.end()) return;
  found->second->synced_size = found->second->size;
  found->second->overwrites.clear();
}

void VolatileDisk::DirectorySynced(const std::string& path) {
  std::lock_guard lock(mutex_);
  const std::string directory = ParentOf(path + "/x");
  std::erase_if(name_changes_,
                [&directory](const NameChange& change) { return change.directory == directory; });
}

void VolatileDisk::CutPower(std::mt19937_64& random) {
  std::lock_guard lock(mutex_);
  // A journal keeps the order of names: some prefix of the changes survives.
  for (size_t kept = random() % (name_changes_.size() + 1); name_changes_.size() > kept;) {
    const auto undo = std::move(name_changes_.back().undo);
    name_changes_.pop_back();
    undo();
  }
  for (const auto& [path, content] : contents_) {
    if (fs::exists(path)) LoseBytes(path, *content, random);
  }
  name_changes_.clear();
  contents_.clear();
  fs::remove_all(trash_);
  fs::create_directories(trash_);
}

VolatileDisk::ContentPtr VolatileDisk::DurableContent(const std::string& path) {
  auto content = std::make_shared<Content>();
  content->size = content->synced_size = fs::file_size(path);
  return content;
}

std::string VolatileDisk::KeepInTrash(const std::string& path) {
  const std::string kept = trash_ + "/" + std::to_string(trashed_++);
  fs::create_hard_link(path, kept);
  return kept;
}

void VolatileDisk::LoseBytes(const std::string& path, const Content& content,
                             std::mt19937_64& random) {
  for (const Overwrite& write : content.overwrites) {
    const size_t torn_at = random() % (write.after.size() + 1);  // at the ends: all or nothing
    WriteAt(path, write.offset, write.after.substr(0, torn_at) + write.before.substr(torn_at));
  }
  const uint64_t size = fs::file_size(path);
  if (size <= content.synced_size) return;
  const uint64_t left = content.synced_size + random() % (size - content.synced_size + 1);
  fs::resize_file(path, left);
  if (left == content.synced_size || random() % 3 != 0) return;
  std::string garbage(std::min(kSectorBytes, left - content.synced_size), '\0');
  if (random() % 2 == 0) {
    for (char& byte : garbage) byte = static_cast<char>(random());
  }
  WriteAt(path, left - garbage.size(), garbage);
}

}  // namespace bansos::testing

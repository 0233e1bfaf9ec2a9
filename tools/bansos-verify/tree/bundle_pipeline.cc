#include "tools/bansos-verify/tree/bundle_pipeline.h"

#include <algorithm>
#include <utility>

#include "tools/bansos-verify/tree/bundle.h"

namespace bansos::verify {
namespace {

// Enough to keep the threads busy while one of them is held up; bounds the memory.
constexpr size_t kMaxBundlesUnderWay = 64;
constexpr uint64_t kMaxBytesUnderWay = uint64_t{64} * 1024 * 1024;

}  // namespace

BundlePipeline::BundlePipeline(uint64_t size, Read read, unsigned hashing_threads)
    : size_(size), read_(std::move(read)) {
  threads_.emplace_back([this] { ReadAll(); });
  for (unsigned i = 0; i < std::max(1u, hashing_threads); ++i) {
    threads_.emplace_back([this] { HashAll(); });
  }
}

BundlePipeline::~BundlePipeline() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void BundlePipeline::ReadAll() {
  for (uint64_t first = 0; first < size_; first += kTileWidth) {
    auto slot = std::make_shared<Slot>();
    slot->bundle->first = first;
    absl::StatusOr<RawBundle> raw = read_(first / kTileWidth);
    if (raw.ok()) {
      slot->bundle->raw = *std::move(raw);
    } else {
      slot->status = raw.status();
      slot->done = true;
    }
    if (!Enqueue(slot) || !slot->status.ok()) break;
    if (size_ - first <= kTileWidth) break;  // near 2^64 the position would wrap
  }
  {
    const std::lock_guard lock(mutex_);
    all_read_ = true;
  }
  changed_.notify_all();
}

bool BundlePipeline::Enqueue(const std::shared_ptr<Slot>& slot) {
  const uint64_t bytes = slot->bundle->raw.bytes.size();
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this, bytes] {
      return stopping_ || in_order_.empty() ||
             (in_order_.size() < kMaxBundlesUnderWay &&
              bytes_under_way_ + bytes <= kMaxBytesUnderWay);
    });
    if (stopping_) return false;
    bytes_under_way_ += bytes;
    in_order_.push_back(slot);
    if (!slot->done) to_hash_.push_back(slot);
  }
  changed_.notify_all();
  return true;
}

void BundlePipeline::HashAll() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || all_read_ || !to_hash_.empty(); });
    if (stopping_ || to_hash_.empty()) return;
    const std::shared_ptr<Slot> slot = std::move(to_hash_.front());
    to_hash_.pop_front();
    lock.unlock();
    Hash(*slot);
    lock.lock();
    slot->done = true;
    changed_.notify_all();
  }
}

void BundlePipeline::Hash(Slot& slot) const {
  HashedBundle& bundle = *slot.bundle;
  const uint64_t count = std::min(kTileWidth, size_ - bundle.first);
  auto entries = ParseBundle(bundle.raw.bytes, bundle.first, count, bundle.raw.name);
  if (!entries.ok()) {
    slot.status = entries.status();
    return;
  }
  bundle.entries = *std::move(entries);
  bundle.leaves.reserve(count);
  for (const std::string_view entry : bundle.entries) bundle.leaves.push_back(LeafHash(entry));
  if (count == kTileWidth) bundle.root = PerfectRoot(bundle.leaves);
}

absl::StatusOr<std::unique_ptr<HashedBundle>> BundlePipeline::Next() {
  std::shared_ptr<Slot> slot;
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return in_order_.empty() ? all_read_ : in_order_.front()->done; });
    if (in_order_.empty()) return nullptr;
    slot = std::move(in_order_.front());
    in_order_.pop_front();
    bytes_under_way_ -= slot->bundle->raw.bytes.size();
  }
  changed_.notify_all();
  if (!slot->status.ok()) return slot->status;
  return std::move(slot->bundle);
}

}  // namespace bansos::verify

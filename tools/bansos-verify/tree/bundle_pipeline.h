// BundlePipeline: reads the bundles of a log in order on one thread, parses and hashes them on
// several, and gives them out in order again. The first thing that is wrong, by order of bundles,
// is what Next returns; after it nothing more may be asked for.
//
// One thread calls Next. Bundles under way are bounded in number and bytes.
#ifndef TOOLS_BANSOS_VERIFY_TREE_BUNDLE_PIPELINE_H_
#define TOOLS_BANSOS_VERIFY_TREE_BUNDLE_PIPELINE_H_

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tools/bansos-verify/tree/merkle.h"

namespace bansos::verify {

// The bytes of a bundle and what to call it in a fault.
struct RawBundle {
  std::string bytes;
  std::string name;
};

struct HashedBundle {
  uint64_t first = 0;  // position of its first entry
  RawBundle raw;
  std::vector<std::string_view> entries;  // into raw.bytes
  std::vector<Hash> leaves;
  std::optional<Hash> root = std::nullopt;  // when full
};

class BundlePipeline {
 public:
  // Called for 0, 1, ... on the reading thread.
  using Read = std::function<absl::StatusOr<RawBundle>(uint64_t index)>;

  BundlePipeline(uint64_t size, Read read, unsigned hashing_threads);
  ~BundlePipeline();
  BundlePipeline(const BundlePipeline&) = delete;
  BundlePipeline& operator=(const BundlePipeline&) = delete;

  // The next bundle; null after the last.
  absl::StatusOr<std::unique_ptr<HashedBundle>> Next();

 private:
  struct Slot {
    // On the heap, and never moved: its entries point into it.
    std::unique_ptr<HashedBundle> bundle = std::make_unique<HashedBundle>();
    absl::Status status;
    bool done = false;
  };

  void ReadAll();
  // False when the pipeline stops.
  bool Enqueue(const std::shared_ptr<Slot>& slot);
  void HashAll();
  void Hash(Slot& slot) const;

  const uint64_t size_;
  const Read read_;

  std::mutex
      mutex_;  // guards what follows; Slot::bundle and status belong to whoever holds the slot
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Slot>> in_order_;
  std::deque<std::shared_ptr<Slot>> to_hash_;
  uint64_t bytes_under_way_ = 0;
  bool all_read_ = false;
  bool stopping_ = false;

  std::vector<std::thread> threads_;
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_TREE_BUNDLE_PIPELINE_H_

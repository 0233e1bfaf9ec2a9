#include "tools/bansos-verify/program/log_check.h"

#include <algorithm>
#include <memory>
#include <thread>

#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/tree/bundle_pipeline.h"

namespace bansos::verify {
namespace {

absl::Status FromEventCheck(const std::optional<Fault>& fault) {
  if (!fault) return absl::OkStatus();
  return FaultAt(fault->position, fault->rule, ": ", fault->reason);
}

class Run {
 public:
  Run(LogSource& source, const LogCheckRequest& request)
      : source_(source), request_(request), stated_(source.StatedRoots()) {
    stated_.insert(stated_.end(), request.stated_roots.begin(), request.stated_roots.end());
    std::ranges::stable_sort(stated_, {}, &StatedRoot::size);
  }

  absl::StatusOr<Hash> Go() {
    BundlePipeline pipeline(
        source_.size(), [this](uint64_t index) { return source_.ReadBundle(index); },
        std::thread::hardware_concurrency());
    TRY(CheckRoots(RootsUpTo(0, {})));
    while (true) {
      TRY_ASSIGN(const std::unique_ptr<HashedBundle> bundle, pipeline.Next());
      if (bundle == nullptr) break;
      TRY(Take(*bundle));
      request_.on_progress(bundle->first + bundle->entries.size());
    }
    const std::vector<Hash> edge = tree_.Edge();
    TRY(source_.CheckEnd(edge));
    if (request_.events != nullptr) TRY(FromEventCheck(request_.events->Finish(source_.size())));
    return RootOfEdge(edge);
  }

 private:
  struct ComparedRoot {
    StatedRoot stated;
    Hash computed;
  };

  // Tiles before entries before roots: the first of them that is wrong is the nearest to the cause.
  absl::Status Take(const HashedBundle& bundle) {
    const std::vector<ComparedRoot> roots = RootsUpTo(bundle.first, bundle.leaves);
    TRY(tree_.AddBundle(bundle.leaves, bundle.root));
    if (bundle.first + bundle.entries.size() == source_.size()) TRY(tree_.Finish());
    uint64_t position = bundle.first;
    for (const std::string_view entry : bundle.entries) {
      TRY(source_.CheckEntry(position, entry));
      if (request_.events != nullptr) {
        TRY(FromEventCheck(request_.events->Check(position, entry)));
      }
      ++position;
    }
    return CheckRoots(roots);
  }

  // The stated roots whose sizes end within these leaves, which follow the first `first` entries.
  std::vector<ComparedRoot> RootsUpTo(uint64_t first, std::span<const Hash> leaves) {
    std::vector<ComparedRoot> roots;
    for (; next_ < stated_.size() && stated_[next_].size <= first + leaves.size(); ++next_) {
      const std::span<const Hash> before = leaves.first(stated_[next_].size - first);
      roots.push_back({stated_[next_], RootOfEdge(tree_.EdgeWith(before))});
    }
    return roots;
  }

  static absl::Status CheckRoots(const std::vector<ComparedRoot>& roots) {
    for (const auto& [stated, computed] : roots) {
      if (stated.root == computed) continue;
      return FaultIn(stated.where, "the first ", stated.size, " entries have the root ",
                     Hex(computed), ", and it says ", Hex(stated.root));
    }
    return absl::OkStatus();
  }

  LogSource& source_;
  const LogCheckRequest& request_;
  std::vector<StatedRoot> stated_;
  size_t next_ = 0;
  TreeBuilder tree_{[this](const Tile& tile) { return source_.CheckTile(tile); }};
};

}  // namespace

absl::StatusOr<Hash> CheckLog(LogSource& source, const LogCheckRequest& request) {
  return Run(source, request).Go();
}

}  // namespace bansos::verify

// StreamRegistry: the streams that are open, so that there are not too many (invariant 9) and a
// stopping server can end them; they would not end by themselves. Thread-safe. Owned by the server.
#ifndef GRPC_STREAM_REGISTRY_H_
#define GRPC_STREAM_REGISTRY_H_

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"

namespace bansos {

// A stream that the server can end.
class EndableStream {
 public:
  virtual ~EndableStream() = default;
  // Ends the stream with this status, soon; thread-safe, at most the first call counts.
  virtual void End(const absl::Status& status) = 0;
};

class StreamRegistry {
 public:
  explicit StreamRegistry(size_t max_streams) : max_streams_(max_streams) {}

  // RESOURCE_EXHAUSTED when too many are open, UNAVAILABLE when the server stops. The number takes
  // it out again.
  absl::Status Add(const std::shared_ptr<EndableStream>& stream, uint64_t& number) {
    absl::MutexLock lock(&mutex_);
    if (stopping_) return absl::UnavailableError("the server is stopping");
    if (streams_.size() >= max_streams_) {
      return absl::ResourceExhaustedError("too many streams are open; end one and try again");
    }
    number = next_number_++;
    streams_[number] = stream;
    return absl::OkStatus();
  }

  void Remove(uint64_t number) {
    absl::MutexLock lock(&mutex_);
    streams_.erase(number);
  }

  // Ends all, and every one to come.
  void EndAll() {
    std::vector<std::shared_ptr<EndableStream>> streams;
    {
      absl::MutexLock lock(&mutex_);
      stopping_ = true;
      for (const auto& [number, stream] : streams_) {
        if (auto alive = stream.lock(); alive != nullptr) streams.push_back(std::move(alive));
      }
    }
    for (const auto& stream : streams) {
      stream->End(absl::UnavailableError("the server is stopping; connect again and resume"));
    }
  }

 private:
  const size_t max_streams_;
  absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  uint64_t next_number_ ABSL_GUARDED_BY(mutex_) = 1;
  absl::flat_hash_map<uint64_t, std::weak_ptr<EndableStream>> streams_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bansos

#endif  // GRPC_STREAM_REGISTRY_H_

// KeptAnswers: whole answers of queries whose pages must all be true at one position, from the
// first page to the last. Bounded: the answer asked for longest ago goes first. Lost at a restart.
// Thread-safe. Owned by the server.
#ifndef GRPC_KEPT_ANSWERS_H_
#define GRPC_KEPT_ANSWERS_H_

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "google/protobuf/message.h"

namespace bansos {

class KeptAnswers {
 public:
  KeptAnswers(size_t max_answers, size_t max_bytes)
      : max_answers_(max_answers), max_bytes_(max_bytes) {}

  // The number by which the answer, true at `position`, is found again.
  uint64_t Keep(const std::string& scope, uint64_t position,
                std::shared_ptr<const google::protobuf::Message> answer);

  // Null when this answer of the query `scope` is kept no longer.
  std::shared_ptr<const google::protobuf::Message> Find(const std::string& scope, uint64_t position,
                                                        uint64_t number);

 private:
  struct Kept {
    uint64_t number = 0;
    uint64_t position = 0;
    size_t bytes = 0;
    std::string scope;
    std::shared_ptr<const google::protobuf::Message> answer;
  };

  const size_t max_answers_;
  const size_t max_bytes_;
  absl::Mutex mutex_;
  std::list<Kept> kept_ ABSL_GUARDED_BY(mutex_);  // Most recently asked for first.
  absl::flat_hash_map<uint64_t, std::list<Kept>::iterator> by_number_ ABSL_GUARDED_BY(mutex_);
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t next_number_ ABSL_GUARDED_BY(mutex_) = 1;
};

}  // namespace bansos

#endif  // GRPC_KEPT_ANSWERS_H_

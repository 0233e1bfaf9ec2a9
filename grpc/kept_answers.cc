#include "grpc/kept_answers.h"

#include <utility>

namespace bansos {

uint64_t KeptAnswers::Keep(const std::string& scope, uint64_t position,
                           std::shared_ptr<const google::protobuf::Message> answer) {
  const size_t bytes = answer->SpaceUsedLong() + scope.size();
  absl::MutexLock lock(&mutex_);
  const uint64_t number = next_number_++;
  kept_.push_front(Kept{number, position, bytes, scope, std::move(answer)});
  by_number_[number] = kept_.begin();
  bytes_ += bytes;
  // The newest stays whatever its size, or its caller could never see the second page.
  while (kept_.size() > 1 && (kept_.size() > max_answers_ || bytes_ > max_bytes_)) {
    bytes_ -= kept_.back().bytes;
    by_number_.erase(kept_.back().number);
    kept_.pop_back();
  }
  return number;
}

std::shared_ptr<const google::protobuf::Message> KeptAnswers::Find(const std::string& scope,
                                                                   uint64_t position,
                                                                   uint64_t number) {
  absl::MutexLock lock(&mutex_);
  const auto it = by_number_.find(number);
  if (it == by_number_.end() || it->second->scope != scope || it->second->position != position) {
    return nullptr;
  }
  kept_.splice(kept_.begin(), kept_, it->second);
  return it->second->answer;
}

}  // namespace bansos

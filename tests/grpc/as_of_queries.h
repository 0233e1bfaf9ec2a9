// Random questions of every kind, which can be asked of any server at any moment. An answer is the
// whole of all pages as text, so that answers can be compared; only page tokens, which belong to
// the asking, are left out.
#ifndef TESTS_GRPC_AS_OF_QUERIES_H_
#define TESTS_GRPC_AS_OF_QUERIES_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bansos/v1/common.pb.h"
#include "grpcpp/channel.h"

namespace bansos::testing {

struct AsOfAnswer {
  std::string text;          // Status code and answers.
  uint64_t position = 0;     // At which all pages are true; 0 when the call failed.
  bool one_position = true;  // All pages are true at it.
};

struct AsOfQuery {
  std::string name;
  std::function<AsOfAnswer(const std::shared_ptr<grpc::Channel>&, const v1::ReadOptions&)> ask;
};

using PickBelow = std::function<uint64_t(uint64_t below)>;

// One of each kind, with random arguments around `people` registered people.
std::vector<AsOfQuery> RandomQueries(const PickBelow& pick, int people);

}  // namespace bansos::testing

#endif  // TESTS_GRPC_AS_OF_QUERIES_H_

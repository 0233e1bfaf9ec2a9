// EveryCommand: an office in which one command of every kind that the API takes is told, and after
// each of them all earlier ones are sent again byte for byte (rule 7).
#ifndef TESTS_GRPC_EVERY_COMMAND_H_
#define TESTS_GRPC_EVERY_COMMAND_H_

#include <gmock/gmock.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "tests/grpc/office_fixture.h"

namespace bansos::testing {

// What a call said of each of its items, by index.
struct Answered {
  std::vector<uint64_t> positions;
  bool all_already = true;
  std::string fault;  // Of a failed call or a refused item.
};

inline void ReadOutcomes(const v1::Outcomes& outcomes, Answered& answered) {
  for (const v1::AcceptedRange& range : outcomes.accepted()) {
    answered.all_already &= range.already_recorded();
    for (uint64_t i = 0; i < range.count(); ++i) {
      answered.positions.push_back(range.first_position() + i);
    }
  }
  for (const v1::Refusal& refusal : outcomes.refusals()) answered.fault = refusal.message();
}

template <typename Response>
Answered ReadAnswer(const grpc::Status& status, const Response& response) {
  Answered answered;
  if (!status.ok()) {
    answered.fault = status.error_message();
  } else if constexpr (requires { response.outcomes(); }) {
    ReadOutcomes(response.outcomes(), answered);
  } else {
    answered.positions = {response.recorded().position()};
    answered.all_already = response.recorded().already_recorded();
  }
  return answered;
}

class EveryCommand : public OfficeFixture {
 protected:
  // Records what was never recorded, then repeats all that was told so far.
  template <typename Stub, typename Request, typename Response>
  Response Tell(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                const Request& request, const std::string& actor = "operator-1") {
    BeforeTold(request, actor);
    Response response;
    const grpc::Status status = Try(method, request, response, actor);
    const Answered first = ReadAnswer(status, response);
    const std::string name(Request::descriptor()->name());
    EXPECT_THAT(first.fault, ::testing::IsEmpty()) << name;
    EXPECT_FALSE(first.all_already) << name << " was recorded before";
    told_.push_back({name, first, [this, method, request, actor] {
                       Response again;
                       const grpc::Status repeated = Try(method, request, again, actor);
                       return ReadAnswer(repeated, again);
                     }});
    RepeatAll(name);
    return response;
  }

  // Called with each command before it is told.
  virtual void BeforeTold(const google::protobuf::Message& request, const std::string& actor) {}

  void RepeatAll(const std::string& after) {
    const uint64_t size = parts().log().Head().size;
    for (const Told& told : told_) {
      const Answered again = told.repeat();
      EXPECT_THAT(again.fault, ::testing::IsEmpty()) << told.name << " repeated after " << after;
      EXPECT_TRUE(again.all_already) << told.name << " repeated after " << after;
      EXPECT_EQ(again.positions, told.first.positions) << told.name << " repeated after " << after;
    }
    ASSERT_EQ(parts().log().Head().size, size) << "a retry was recorded after " << after;
  }

  // The story, in the order of the office.
  void TellAll();

  // The kinds of event that the log holds.
  std::set<std::string> KindsInLog();

 private:
  void TellTheOffice();
  void TellReportsOfStrangers();
  std::vector<uint64_t> TellPeople();
  void TellFacts(const std::vector<uint64_t>& people);
  void TellDecree(const std::vector<uint64_t>& people);
  void TellBatch(const std::vector<uint64_t>& people);
  void TellBank();
  void TellEnds(const std::vector<uint64_t>& people);

  struct Told {
    std::string name;
    Answered first;
    std::function<Answered()> repeat;
  };
  std::vector<Told> told_;
};

}  // namespace bansos::testing

#endif  // TESTS_GRPC_EVERY_COMMAND_H_

// A retry is a retry, whatever came between (rule 7): what the first call answered is the answer
// for ever, and the log stays as it is.
#include <variant>

#include "ledger/domain/event.h"
#include "tests/grpc/every_command.h"

namespace bansos::testing {
namespace {

constexpr int64_t kDayUs = int64_t{24} * 3600 * 1'000'000;

using EveryCommandTest = EveryCommand;

TEST_F(EveryCommandTest, IsAnsweredWithItsFirstAnswerWhateverCameBetween) {
  TellAll();
  Restart();
  RepeatAll("a restart");
  // Another day: what is not stated and is taken from the day would be another.
  clock().AdvanceMicros(kDayUs);
  RepeatAll("a day");
  // All kinds that the API can record; of the rules there is only one version to adopt.
  constexpr size_t kKindsNotTold = 1;
  EXPECT_EQ(KindsInLog().size(), std::variant_size_v<EventBody> - kKindsNotTold);
}

}  // namespace
}  // namespace bansos::testing

#include "projections/timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/event/codec.h"
#include "ledger/log/memory_log.h"
#include "tests/projections/story.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::IsOk;
using ::bansos::testing::Key;
using ::bansos::testing::StatusIs;
using ::bansos::testing::Story;
using ::testing::ElementsAre;

TEST(TimelineTest, WalksOneSubjectNewestFirstInPages) {
  Story story;
  story.OpenProgram("KJS");
  story.Appropriate("KJS", 1'000'000);
  const Position registered = story.Register(1);
  story.Register(2);
  const Position instructed = story.Instruct(Key("KJS", 1, 1), 1000);
  story.Instruct(Key("KJS", 1, 2), 1000);
  const Position sent = story.Send(Key("KJS", 1, 1));
  MemoryLog log;
  story.AppendTo(log);

  ASSERT_OK_AND_ASSIGN(const TimelinePage first, ReadTimeline(log, sent, 2));
  ASSERT_EQ(first.events.size(), 2u);
  EXPECT_EQ(first.events[0].position, sent);
  EXPECT_EQ(first.events[1].position, instructed);
  EXPECT_TRUE(std::holds_alternative<PaymentInstructed>(first.events[1].event.body));
  ASSERT_EQ(first.next, registered);
  ASSERT_OK_AND_ASSIGN(const TimelinePage second, ReadTimeline(log, *first.next, 2));
  ASSERT_EQ(second.events.size(), 1u);
  EXPECT_EQ(second.events[0].position, registered);
  EXPECT_EQ(second.next, std::nullopt);
}

TEST(TimelineTest, BadHeadsAndChainsAreErrors) {
  MemoryLog log;
  Event event{.body = LedgerOpened{.ledger_id = "test", .rules_version = 1}};
  event.envelope.recorded_time_us = 1;
  event.envelope.actor = "tester";
  event.envelope.back = 5;
  ASSERT_OK(log.Append(0, 1, {EncodeEvent(event), "garbage"}).status());
  EXPECT_THAT(ReadTimeline(log, Position(0), 9), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(ReadTimeline(log, Position(1), 9), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(ReadTimeline(log, Position(2), 9), StatusIs(absl::StatusCode::kOutOfRange));
}

}  // namespace
}  // namespace bansos

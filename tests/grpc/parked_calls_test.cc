#include "grpc/parked_calls.h"

#include <gmock/gmock.h>

#include <map>
#include <utility>
#include <vector>

#include "grpc/limits.h"

namespace bansos {
namespace {

// Of each call that waits.
constexpr size_t kBytes = 1;

// A log of which only the size is known; callbacks run like those of EventLog.
class FakeSource {
 public:
  void Grow(uint64_t by) {
    size_ += by;
    std::vector<std::function<void()>> ready;
    while (!waiting_.empty() && waiting_.begin()->first <= size_) {
      ready.push_back(std::move(waiting_.begin()->second));
      waiting_.erase(waiting_.begin());
    }
    for (const auto& callback : ready) callback();
  }
  // Runs everything that waits, as a stopping projector does.
  void Close() {
    closed_ = true;
    auto waiting = std::exchange(waiting_, {});
    for (const auto& [size, callback] : waiting) callback();
  }
  ParkedCalls Make() {
    return ParkedCalls([this] { return size_; },
                       [this](uint64_t size, std::function<void()> callback) {
                         if (closed_ || size <= size_) return callback();
                         waiting_.emplace(size, std::move(callback));
                       });
  }
  size_t registered() const { return waiting_.size(); }

 private:
  uint64_t size_ = 10;
  bool closed_ = false;
  std::multimap<uint64_t, std::function<void()>> waiting_;
};

class ParkedCallsTest : public ::testing::Test {
 protected:
  bool Wait(uint64_t size, CallLife& life, int& woken) { return Wait(size, kBytes, life, woken); }
  bool Wait(uint64_t size, size_t bytes, CallLife& life, int& woken) {
    return parked_.Wait(size, bytes, life, [&woken] { ++woken; }).ok();
  }

  FakeSource source_;
  ParkedCalls parked_ = source_.Make();
  CallLife life_;
  int woken_ = 0;
};

TEST_F(ParkedCallsTest, WakesAtOnceWhenReached) {
  EXPECT_TRUE(Wait(10, life_, woken_));
  EXPECT_EQ(woken_, 1);
  EXPECT_EQ(source_.registered(), 0u);
}

TEST_F(ParkedCallsTest, WakesOnceAtItsSize) {
  EXPECT_TRUE(Wait(13, life_, woken_));
  source_.Grow(1);
  source_.Grow(1);
  EXPECT_EQ(woken_, 0);
  source_.Grow(1);
  EXPECT_EQ(woken_, 1);
  source_.Grow(5);
  EXPECT_EQ(woken_, 1);
}

TEST_F(ParkedCallsTest, CallThatEndedIsNotWoken) {
  EXPECT_TRUE(Wait(11, life_, woken_));
  life_.End();
  source_.Grow(1);
  EXPECT_EQ(woken_, 0);
}

TEST_F(ParkedCallsTest, CallThatEndedBeforeIsNotWoken) {
  life_.End();
  EXPECT_TRUE(Wait(11, life_, woken_));
  source_.Grow(1);
  EXPECT_EQ(woken_, 0);
}

TEST_F(ParkedCallsTest, OneCallbackIsRegisteredForAll) {
  std::vector<CallLife> lives(100);
  for (size_t i = 0; i < lives.size(); ++i) EXPECT_TRUE(Wait(11 + i, lives[i], woken_));
  EXPECT_EQ(source_.registered(), 1u);
  for (CallLife& life : lives) life.End();
  source_.Grow(200);
  EXPECT_EQ(woken_, 0);
  EXPECT_EQ(source_.registered(), 0u);
}

TEST_F(ParkedCallsTest, EverybodyIsWokenWhenNothingMoreComes) {
  EXPECT_TRUE(Wait(1'000'000, life_, woken_));
  source_.Close();
  EXPECT_EQ(woken_, 1);
}

TEST_F(ParkedCallsTest, TooManyAreRefused) {
  std::vector<CallLife> lives(kMaxWaitingCalls);
  for (CallLife& life : lives) EXPECT_TRUE(Wait(11, life, woken_));
  EXPECT_FALSE(Wait(11, life_, woken_));
  lives[0].End();
  EXPECT_TRUE(Wait(11, life_, woken_));
}

TEST_F(ParkedCallsTest, WhatTheyHoldTogetherIsBounded) {
  CallLife large;
  EXPECT_TRUE(Wait(11, kMaxWaitingBytes - 1, large, woken_));
  EXPECT_TRUE(Wait(12, 1, life_, woken_));
  EXPECT_FALSE(Wait(13, 1, life_, woken_));
  large.End();
  EXPECT_TRUE(Wait(13, kMaxWaitingBytes - 1, life_, woken_));
  EXPECT_FALSE(Wait(13, 1, life_, woken_));
  source_.Grow(3);
  EXPECT_EQ(woken_, 2);
  EXPECT_TRUE(Wait(14, kMaxWaitingBytes, life_, woken_));
}

TEST_F(ParkedCallsTest, CallbackThatOutlivesItDoesNothing) {
  {
    ParkedCalls parked = source_.Make();
    EXPECT_TRUE(parked.Wait(11, kBytes, life_, [this] { ++woken_; }).ok());
  }
  source_.Grow(1);
  EXPECT_EQ(woken_, 0);
}

}  // namespace
}  // namespace bansos

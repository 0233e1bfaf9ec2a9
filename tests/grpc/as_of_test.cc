// A question as of a position is answered as it would have been answered then. Three witnesses: the
// answers that were given then, while the log grew; a second server over a log that ends there; and
// for the empty ledger, what can be said of it.
#include <gmock/gmock.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/hash.h"
#include "ledger/event/codec.h"
#include "ledger/log/checkpoint_key.h"
#include "ledger/log/rocksdb_log.h"
#include "tests/grpc/as_of_office.h"
#include "tests/grpc/as_of_queries.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

namespace fs = std::filesystem;

// A server over the first entries of another's log, with a copy of its vault.
class ShortServer {
 public:
  ShortServer(const EventLog& whole, uint64_t size, const fs::path& vault_and_key, fs::path home)
      : home_(std::move(home)) {
    fs::create_directories(home_ / "data");
    fs::copy(vault_and_key / "vault", home_ / "data" / "vault", fs::copy_options::recursive);
    fs::copy(vault_and_key / "vault.anchor", home_ / "data" / "vault.anchor");
    fs::copy(vault_and_key / "key", home_ / "key");
    CHECK_OK(CreateCheckpointKey(home_ / "key.checkpoint", kDefaultLedgerId).status());
    CopyLog(whole, size);
    LedgerOptions options;
    options.data_dir = home_ / "data";
    options.key_file = home_ / "key";
    options.clock = &clock_;
    auto parts = LedgerParts::Open(std::move(options));
    CHECK_OK(parts.status());
    parts_ = *std::move(parts);
    auto server = Server::Start(*parts_, "127.0.0.1:0");
    CHECK_OK(server.status());
    server_ = *std::move(server);
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(16 * 1024 * 1024);
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    channel_ = grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(server_->port()),
                                         grpc::InsecureChannelCredentials(), arguments);
  }
  ~ShortServer() {
    channel_.reset();
    server_->Stop();
    parts_->Stop();
    server_.reset();
    parts_.reset();
    fs::remove_all(home_);
  }

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  // Commit by commit, as far as recorded times tell commits apart.
  void CopyLog(const EventLog& whole, uint64_t size) {
    RocksDbLogOptions options;
    options.directory = home_ / "data" / "log";
    options.anchor_path = home_ / "data" / "anchor";
    options.create_if_missing = true;
    auto log = RocksDbLog::Open(options);
    CHECK_OK(log.status());
    std::vector<std::string> commit;
    int64_t time_us = 0;
    const auto write = [&] {
      if (!commit.empty()) {
        CHECK_OK((*log)->Append((*log)->Head().size, time_us, commit).status());
      }
      commit.clear();
    };
    CHECK_OK(whole.ReadForward(Position(0), Position(size), [&](Position, std::string_view entry) {
      const auto event = DecodeEvent(entry);
      CHECK_OK(event.status());
      if (event->envelope.recorded_time_us != time_us) write();
      time_us = event->envelope.recorded_time_us;
      commit.emplace_back(entry);
      return true;
    }));
    write();
    clock_.AdvanceMicros(time_us - kStartTimeUs);  // no start under a clock behind its log
  }

  const fs::path home_;
  ManualClock clock_{kStartTimeUs};
  std::unique_ptr<LedgerParts> parts_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

v1::ReadOptions AsOf(uint64_t position) {
  v1::ReadOptions read;
  read.set_as_of_position(position);
  return read;
}

v1::ReadOptions AsOfTime(int64_t time_us, int32_t extra_nanos = 0) {
  v1::ReadOptions read;
  read.mutable_as_of_time()->set_seconds(time_us / 1'000'000);
  read.mutable_as_of_time()->set_nanos(static_cast<int32_t>(time_us % 1'000'000 * 1000) +
                                       extra_nanos);
  return read;
}

class AsOfTest : public AsOfOffice {
 protected:
  AsOfTest() : AsOfOffice(20250602) {}

  PickBelow pick() {
    return [this](uint64_t below) { return Pick(below); };
  }

  int64_t TimeAt(uint64_t position) {
    const auto entry = parts().log().Read(Position(position));
    CHECK_OK(entry.status());
    const auto event = DecodeEvent(*entry);
    CHECK_OK(event.status());
    return event->envelope.recorded_time_us;
  }

  // A position as such, or, where a time can name it, as a time.
  v1::ReadOptions SomeAsOf(uint64_t position) {
    const uint64_t size = parts().log().Head().size;
    const int64_t last_us = TimeAt(position - 1);
    if (position == size || TimeAt(position) == last_us || Pick(2) == 0) return AsOf(position);
    return AsOfTime(last_us, static_cast<int32_t>(Pick(1000)));
  }
};

struct Given {
  AsOfQuery query;
  AsOfAnswer answer;
};

TEST_F(AsOfTest, AnswersAreThoseGivenThen) {
  Begin();
  std::vector<Given> given;
  while (parts().log().Head().size < 3000) {
    Act();
    const std::vector<AsOfQuery> queries = RandomQueries(pick(), people());
    for (int i = 0; i < 8; ++i) {
      const AsOfQuery& query = queries[Pick(queries.size())];
      AsOfAnswer answer = query.ask(channel(), v1::ReadOptions());
      if (answer.position == 0) answer.position = parts().log().Head().size;
      ASSERT_TRUE(answer.one_position) << query.name;
      given.push_back({query, std::move(answer)});
    }
  }
  // From the snapshots of a stop, and later from what is kept.
  Restart();
  ASSERT_GE(given.size(), 500u);
  for (int round = 0; round < 1000; ++round) {
    const Given& one = given[Pick(given.size())];
    const v1::ReadOptions read = SomeAsOf(one.answer.position);
    const AsOfAnswer now = one.query.ask(channel(), read);
    ASSERT_EQ(now.text, one.answer.text) << one.query.name << " as of " << read.ShortDebugString();
    ASSERT_TRUE(now.one_position) << one.query.name;
  }
}

TEST_F(AsOfTest, AnswersAreThoseOfALogThatEndsThere) {
  Begin();
  while (parts().log().Head().size < 3000) Act();
  StopServer();
  const fs::path kept = directory() / "kept";
  fs::create_directories(kept);
  fs::copy(directory() / "data" / "vault", kept / "vault", fs::copy_options::recursive);
  fs::copy(directory() / "data" / "vault.anchor", kept / "vault.anchor");
  fs::copy(directory() / "wrapping.key", kept / "key");
  StartServer();

  const uint64_t size = parts().log().Head().size;
  for (int moment = 0; moment < 40; ++moment) {
    const uint64_t position = moment == 0 ? 1 : 1 + Pick(size);
    const ShortServer then(parts().log(), position, kept, directory() / "short");
    std::vector<AsOfQuery> queries = RandomQueries(pick(), people());
    for (const AsOfQuery& query : queries) {
      const AsOfAnswer answer = query.ask(then.channel(), v1::ReadOptions());
      const v1::ReadOptions read = SomeAsOf(position);
      const AsOfAnswer now = query.ask(channel(), read);
      ASSERT_EQ(now.text, answer.text) << query.name << " as of " << read.ShortDebugString();
    }
  }
}

TEST_F(AsOfTest, BeforeTheFirstEventTheLedgerIsEmpty) {
  Begin();
  for (const AsOfQuery& query : RandomQueries(pick(), people())) {
    const AsOfAnswer by_time = query.ask(channel(), AsOfTime(TimeAt(0) - 1, 999));
    EXPECT_EQ(by_time.text, query.ask(channel(), AsOf(0)).text) << query.name;
    EXPECT_EQ(by_time.position, 0u) << query.name;
    EXPECT_THAT(by_time.text, ::testing::AnyOf(::testing::StartsWith("status 0"),
                                               ::testing::StartsWith("status 5")))
        << query.name;
  }
  v1::GetHeadRequest head;
  *head.mutable_read() = AsOf(0);
  const auto answer = Call(&v1::LogService::Stub::GetHead, head);
  EXPECT_EQ(answer.root(), std::string(AsBytes(Sha256(""))));
  EXPECT_FALSE(answer.true_at().has_recorded_time());
}

TEST_F(AsOfTest, WhatCannotBeAskedIsRefusedByEveryQuery) {
  OpenOffice();
  v1::ReadOptions both = AsOf(1);
  both.set_min_position(1);
  v1::ReadOptions garbage = AsOfTime(kStartTimeUs);
  garbage.mutable_as_of_time()->set_nanos(-1);
  v1::ReadOptions year_10000;
  year_10000.mutable_as_of_time()->set_seconds(253'402'300'800);
  for (const AsOfQuery& query : RandomQueries(pick(), 1)) {
    for (const v1::ReadOptions& wrong : {both, garbage, year_10000}) {
      EXPECT_EQ(query.ask(channel(), wrong).text, "status 3\n")
          << query.name << " as of " << wrong.ShortDebugString();
    }
    EXPECT_EQ(query.ask(channel(), AsOf(parts().log().Head().size + 1)).text, "status 11\n")
        << query.name;
  }
}

TEST_F(AsOfTest, LaterPagesAreOfTheFirstPagesPosition) {
  OpenOffice();
  Register(0, 30);
  v1::GetTimelineRequest request;
  request.set_ledger(true);
  request.set_page_size(1);
  // A time to come: more is recorded between the pages, and is not on them.
  *request.mutable_read() = AsOfTime(kStartTimeUs + 3'600'000'000);
  const auto first = Call(&v1::AuditService::Stub::GetTimeline, request);
  clock().AdvanceMicros(60'000'000);
  Register(30, 5);
  request.set_page_token(first.next_page_token());
  const auto second = Call(&v1::AuditService::Stub::GetTimeline, request);
  EXPECT_EQ(second.true_at().position(), first.true_at().position());
  // The token belongs to the question as it was asked.
  request.clear_read();
  v1::GetTimelineResponse other;
  EXPECT_EQ(Try(&v1::AuditService::Stub::GetTimeline, request, other).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

// The whole answer is not kept over a restart, but can be found again.
TEST_F(AsOfTest, PagesGoOnAfterARestart) {
  Begin();
  v1::GetBalancesRequest request;
  request.set_group_by(v1::BALANCE_GROUP_AREA);
  request.set_page_size(1);
  PayBatch();
  *request.mutable_read() = AsOf(parts().log().Head().size - 1);
  const auto first = Call(&v1::BalanceService::Stub::GetBalances, request);
  ASSERT_NE(first.next_page_token(), "");
  Restart();
  request.set_page_token(first.next_page_token());
  const auto second = Call(&v1::BalanceService::Stub::GetBalances, request);
  EXPECT_EQ(second.true_at().position(), first.true_at().position());
  ASSERT_EQ(second.rows_size(), 1);
  EXPECT_NE(second.rows(0).area(), first.rows(0).area());
}

}  // namespace
}  // namespace bansos::testing

// Replay over real gRPC: views built from nothing have the digests of the served ones, a served
// view that is wrong is found, and the log alone gives the same ledger in another directory.
#include <gmock/gmock.h>

#include <filesystem>
#include <thread>

#include "projections/balance_view.h"
#include "projections/fold_run.h"
#include "projections/payment_move.h"
#include "projections/snapshot_store.h"
#include "tests/grpc/random_office.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

using ::testing::HasSubstr;

constexpr uint32_t kSeed = 20250602;
constexpr int kPeople = 20;

class ReplayTest : public RandomOfficeFixture {
 protected:
  ReplayTest() { TellYear(kSeed, kPeople); }

  // Follows one replay to its end.
  struct Replayed {
    grpc::Status status;
    std::vector<v1::ReplayProgress> progress;
    v1::ReplayResult result;
  };
  Replayed Replay(const v1::ReplayRequest& request) {
    grpc::ClientContext context;
    Prepare(context, "", std::chrono::seconds(60));
    v1::AdminService::Stub stub(channel());
    const auto stream = stub.Replay(&context, request);
    Replayed replayed;
    v1::ReplayResponse message;
    while (stream->Read(&message)) {
      EXPECT_FALSE(replayed.result.has_true_at()) << "something follows the result";
      if (message.has_progress()) replayed.progress.push_back(message.progress());
      if (message.has_result()) replayed.result = message.result();
    }
    replayed.status = stream->Finish();
    return replayed;
  }

  // Saves a snapshot of the balances that lacks the last movement of money.
  void SpoilBalances() {
    const uint64_t size = parts().log().Head().size;
    BalanceView spoilt;
    const std::vector<Event> events = Events();
    uint64_t last_move = 0;
    for (uint64_t i = 0; i < size; ++i) {
      if (PaymentMoveOf(events[i].body)) last_move = i;
    }
    for (uint64_t i = 0; i < size; ++i) {
      if (i == last_move) continue;
      ASSERT_OK(spoilt.Apply(Position(i), events[i]));
    }
    const absl::StatusOr<SnapshotPoint> point = PointAt(parts().log(), size);
    ASSERT_OK(point);
    StopServer();
    auto store = SnapshotStore::Open(directory() / "data/views");
    ASSERT_OK(store);
    ASSERT_OK((*store)->Save(spoilt, *point));
    store->reset();
    StartServer();
  }
};

TEST_F(ReplayTest, GivesTheDigestsOfTheServedViews) {
  const Replayed replayed = Replay({});
  ASSERT_TRUE(replayed.status.ok()) << replayed.status.error_message();
  EXPECT_TRUE(replayed.result.equal());
  const v1::GetStatusResponse status = StatusNow();
  EXPECT_EQ(replayed.result.true_at().position(), status.true_at().position());
  ASSERT_EQ(replayed.result.views_size(), status.views_size());
  ASSERT_EQ(status.views_size(), 4);
  for (int i = 0; i < status.views_size(); ++i) {
    const v1::ReplayedView& view = replayed.result.views(i);
    EXPECT_EQ(view.name(), status.views(i).name());
    EXPECT_EQ(view.version(), status.views(i).version());
    EXPECT_EQ(view.replayed(), status.views(i).digest());
    EXPECT_EQ(view.served(), status.views(i).digest());
  }
  ASSERT_FALSE(replayed.progress.empty());
  EXPECT_EQ(replayed.progress.back().events(), status.true_at().position());
  EXPECT_EQ(replayed.progress.back().of_events(), status.true_at().position());
}

TEST_F(ReplayTest, AsOfAnOlderPosition) {
  const uint64_t size = parts().log().Head().size;
  std::string last;
  for (const uint64_t position : {uint64_t{1}, size / 3, size - 1, size}) {
    v1::ReplayRequest request;
    request.mutable_read()->set_as_of_position(position);
    const Replayed replayed = Replay(request);
    ASSERT_TRUE(replayed.status.ok()) << replayed.status.error_message();
    EXPECT_TRUE(replayed.result.equal()) << position;
    EXPECT_EQ(replayed.result.true_at().position(), position);
    ASSERT_EQ(replayed.result.views_size(), 4);
    EXPECT_NE(replayed.result.views(3).replayed(), last);
    last = replayed.result.views(3).replayed();
  }
  v1::ReplayRequest beyond;
  beyond.mutable_read()->set_as_of_position(size + 1);
  EXPECT_EQ(Replay(beyond).status.error_code(), grpc::OUT_OF_RANGE);
}

TEST_F(ReplayTest, StaysAtOnePositionWhileTheLogGrows) {
  std::thread writer([this] {
    for (int i = 0; i < 3; ++i) TellRound();
  });
  for (int i = 0; i < 5; ++i) {
    const Replayed replayed = Replay({});
    EXPECT_TRUE(replayed.status.ok()) << replayed.status.error_message();
    EXPECT_TRUE(replayed.result.equal());
  }
  writer.join();
}

TEST_F(ReplayTest, OneAtATime) {
  // The first waits for an event that does not come. It may itself meet a second one that is under
  // way, and is then refused: it comes again.
  v1::ReplayRequest waiting;
  waiting.mutable_read()->set_min_position(parts().log().Head().size + 1);
  v1::AdminService::Stub stub(channel());
  std::unique_ptr<grpc::ClientContext> context;
  std::unique_ptr<grpc::ClientReader<v1::ReplayResponse>> first;
  Replayed second;
  while (second.status.ok()) {
    context = std::make_unique<grpc::ClientContext>();
    Prepare(*context, "", std::chrono::seconds(60));
    first = stub.Replay(context.get(), waiting);
    for (int i = 0; i < 50 && second.status.ok(); ++i) second = Replay({});
    if (!second.status.ok()) break;
    context->TryCancel();
    first->Finish();
    do {
      second = Replay({});  // Until the server has heard that it waits no more.
    } while (!second.status.ok());
  }
  EXPECT_EQ(second.status.error_code(), grpc::RESOURCE_EXHAUSTED);
  EXPECT_THAT(second.status.error_message(), HasSubstr("another replay"));
  v1::StatusDetail detail;
  ASSERT_TRUE(detail.ParseFromString(second.status.error_details()));
  ASSERT_EQ(detail.details_size(), 1);
  EXPECT_TRUE(detail.details(0).Is<v1::RetryHint>());
  context->TryCancel();
  EXPECT_EQ(first->Finish().error_code(), grpc::CANCELLED);
  do {
    second = Replay({});  // Until the server has heard that nobody waits any more.
  } while (second.status.error_code() == grpc::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(second.status.ok()) << second.status.error_message();
}

TEST_F(ReplayTest, FindsAServedViewThatIsWrong) {
  ASSERT_NO_FATAL_FAILURE(SpoilBalances());
  const Replayed replayed = Replay({});
  ASSERT_TRUE(replayed.status.ok()) << replayed.status.error_message();
  EXPECT_FALSE(replayed.result.equal());
  for (const v1::ReplayedView& view : replayed.result.views()) {
    EXPECT_EQ(view.replayed() == view.served(), view.name() != "balances") << view.name();
  }
}

TEST_F(ReplayTest, AnExplanationFindsItToo) {
  v1::ExplainRequest request;
  request.set_program("KJS");
  int differences = 0;
  ASSERT_NO_FATAL_FAILURE(SpoilBalances());
  for (int figure = v1::BALANCE_FIGURE_OBLIGATED; figure <= v1::BALANCE_FIGURE_REMITTED; ++figure) {
    request.set_figure(static_cast<v1::BalanceFigure>(figure));
    v1::ExplainResponse response;
    const grpc::Status status = Try(&v1::AuditService::Stub::Explain, request, response);
    if (status.ok()) continue;
    EXPECT_EQ(status.error_code(), grpc::DATA_LOSS) << status.error_message();
    ++differences;
  }
  // The movement that is missing left one bucket and entered another.
  EXPECT_EQ(differences, 2);
}

TEST_F(ReplayTest, TheLogAloneGivesTheSameLedgerInAnotherDirectory) {
  const v1::GetStatusResponse before = StatusNow();
  StopServer();
  std::filesystem::rename(directory() / "data", directory() / "first");
  std::filesystem::create_directory(directory() / "data");
  for (const char* kept : {"log", "anchor", "vault", "vault.anchor"}) {
    std::filesystem::copy(directory() / "first" / kept, directory() / "data" / kept,
                          std::filesystem::copy_options::recursive);
  }
  StartServer();
  const v1::GetStatusResponse after = StatusNow();
  EXPECT_EQ(after.root(), before.root());
  ASSERT_EQ(after.views_size(), before.views_size());
  for (int i = 0; i < before.views_size(); ++i) {
    EXPECT_EQ(after.views(i).SerializeAsString(), before.views(i).SerializeAsString());
  }
}

}  // namespace
}  // namespace bansos::testing

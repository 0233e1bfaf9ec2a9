// The server says that it serves exactly when it does, a view that fails takes the writes with it,
// and digests are made at nobody's cost.
#include <gmock/gmock.h>

#include <atomic>
#include <future>

#include "absl/synchronization/notification.h"
#include "tests/grpc/office_fixture.h"

namespace bansos::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

// A view of nothing that does what the test says.
class ScriptedView final : public Fold {
 public:
  struct Script {
    std::function<absl::Status(const Event&)> apply = [](const Event&) { return absl::OkStatus(); };
    std::function<void(SnapshotWriter&)> save = [](SnapshotWriter&) {};
  };
  explicit ScriptedView(Script script) : script_(std::move(script)) {}

  std::string_view name() const override { return "scripted"; }
  uint32_t version() const override { return 1; }
  absl::Status Apply(Position, const Event& event) override { return script_.apply(event); }
  void Save(SnapshotWriter& writer) const override { script_.save(writer); }
  absl::Status Load(SnapshotReader&) override { return absl::DataLossError("always anew"); }
  void Reset() override {}

 private:
  const Script script_;
};

class HealthTest : public OfficeFixture {
 protected:
  ~HealthTest() override { StopServer(); }

  void RestartWith(const ScriptedView::Script& script) {
    AddView([script] { return std::make_unique<ScriptedView>(script); });
    Restart();
  }

  // Waits until the views have seen `size` events, or stopped.
  void AwaitViews(uint64_t size) {
    absl::Notification there;
    parts().projector().CallAtPosition(size, [&] { there.Notify(); });
    there.WaitForNotification();
  }
};

TEST_F(HealthTest, NotServingBeforeTheViewsHaveSeenTheLog) {
  OpenOffice(1);
  absl::Notification gate;
  RestartWith({.apply = [&](const Event&) {
    gate.WaitForNotification();
    return absl::OkStatus();
  }});
  EXPECT_FALSE(Serving());
  gate.Notify();
  AwaitViews(parts().log().Head().size);
  EXPECT_TRUE(Serving());
  StopServer();
}

TEST_F(HealthTest, AViewThatFailsStopsTheWrites) {
  RestartWith({.apply = [](const Event& event) {
    return std::holds_alternative<RecipientRegistered>(event.body)
               ? absl::DataLossError("made to fail")
               : absl::OkStatus();
  }});
  OpenOffice();
  AwaitViews(parts().log().Head().size);
  EXPECT_TRUE(Serving());
  Register(0, 1);  // Durable before any view sees it.
  AwaitViews(~uint64_t{0});
  EXPECT_FALSE(Serving());

  const uint64_t size = parts().log().Head().size;
  v1::RegisterRecipientsResponse response;
  const grpc::Status write =
      Try(&v1::RecipientService::Stub::RegisterRecipients, Registrations(1, 1), response);
  EXPECT_EQ(write.error_code(), grpc::UNAVAILABLE);
  EXPECT_THAT(write.error_message(), HasSubstr("made to fail"));
  v1::ListProgramsResponse programs;
  const grpc::Status read =
      Try(&v1::ProgramService::Stub::ListPrograms, v1::ListProgramsRequest(), programs);
  EXPECT_EQ(read.error_code(), grpc::UNAVAILABLE);
  EXPECT_THAT(read.error_message(), HasSubstr("made to fail"));
  EXPECT_EQ(parts().log().Head().size, size);

  RestartWith({});
  AwaitViews(size);
  EXPECT_TRUE(Serving());
  Register(1, 1);
}

TEST_F(HealthTest, AnOpeningThatIsNotWantedAnyMoreEnds) {
  OpenOffice(1);
  StopServer();
  LedgerOptions options;
  options.data_dir = directory() / "data";
  options.key_file = directory() / "wrapping.key";
  options.clock = &clock();
  options.keep_opening = [] { return false; };
  EXPECT_TRUE(absl::IsCancelled(LedgerParts::Open(std::move(options)).status()));
  StartServer();
  Register(0, 1);
}

// Digests of views that take for ever: a write and what reads it go on all the same.
TEST_F(HealthTest, DigestsDelayNobody) {
  std::atomic<bool> endless = true;
  RestartWith({.save = [&](SnapshotWriter& writer) {
    while (endless && writer.ok()) writer.U64(1);
  }});
  auto status = std::async(std::launch::async, [this] { return StatusNow(); });
  OpenOffice();
  const std::vector<uint64_t> people = Register(0, 2);
  v1::GetRecipientRequest request;
  request.mutable_recipient()->set_number(people.back());
  EXPECT_EQ(Call(&v1::RecipientService::Stub::GetRecipient, request).recipient().number(),
            people.back());
  endless = false;
  EXPECT_EQ(status.get().views_size(), 5);
  StopServer();
}

}  // namespace
}  // namespace bansos::testing

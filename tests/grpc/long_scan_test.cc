// Scans of a log that is long enough to tell how far they are.
#include <gmock/gmock.h>

#include "grpc/scan_stream.h"
#include "tests/grpc/office_fixture.h"

namespace bansos::testing {
namespace {

class LongScanTest : public OfficeFixture {
 protected:
  // So many events that a scan tells twice.
  LongScanTest() {
    OpenOffice();
    for (int first = 0; parts().log().Head().size <= 2 * kProgressEvents; first += kPerCall) {
      Call(&v1::RecipientService::Stub::RegisterRecipients, Registrations(first, kPerCall));
    }
  }

  // What is told before the answer.
  template <typename Request, typename Response>
  std::vector<v1::ScanProgress> Told(ScanMethod<v1::AuditService::Stub, Request, Response> method,
                                     const Request& request, Response& answer) {
    grpc::ClientContext context;
    Prepare(context, "auditor-1", std::chrono::seconds(60));
    v1::AuditService::Stub stub(channel());
    std::vector<v1::ScanProgress> told;
    const grpc::Status status = ReadAnswer(*(stub.*method)(&context, request), answer, &told);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return told;
  }

  void ExpectRising(const std::vector<v1::ScanProgress>& told) {
    ASSERT_FALSE(told.empty());
    uint64_t before = 0;
    for (const v1::ScanProgress& progress : told) {
      EXPECT_GE(progress.events(), before + kProgressEvents);
      EXPECT_LT(progress.events(), progress.of_events());
      EXPECT_EQ(progress.of_events(), parts().log().Head().size);
      before = progress.events();
    }
  }

 private:
  static constexpr int kPerCall = 8192;
};

TEST_F(LongScanTest, TellsHowFarItIsAndThenTheAnswer) {
  v1::GetTrialBalanceResponse trial;
  ExpectRising(Told(&v1::AuditService::Stub::GetTrialBalance, v1::GetTrialBalanceRequest(), trial));
  EXPECT_EQ(trial.movements(), 1u);
  EXPECT_EQ(trial.true_at().position(), parts().log().Head().size);
  // The next one goes on where this one ended.
  EXPECT_TRUE(
      Told(&v1::AuditService::Stub::GetTrialBalance, v1::GetTrialBalanceRequest(), trial).empty());
  EXPECT_EQ(trial.movements(), 1u);

  v1::ExplainRequest request;
  request.set_program("KJS");
  request.set_figure(v1::BALANCE_FIGURE_APPROPRIATED);
  v1::ExplainResponse explained;
  ExpectRising(Told(&v1::AuditService::Stub::Explain, request, explained));
  EXPECT_EQ(explained.event_count(), 1u);
  EXPECT_EQ(explained.true_at().position(), parts().log().Head().size);
}

}  // namespace
}  // namespace bansos::testing

// Story: one ledger from its opening to the judgement of the verifier. Commands of every kind are
// sent over gRPC to a real server, each once made odd (oddities.h) and mostly once as it should
// be, so that the story goes on; what the server accepts is in its log.
//
// What to do next is read from the log, folded by the server's own rules. The same seed tells the
// same story. Not thread-safe.
#ifndef TESTS_AGREEMENT_STORY_H_
#define TESTS_AGREEMENT_STORY_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/domain/state.h"
#include "tests/agreement/oddities.h"
#include "tests/grpc/api_fixture.h"

namespace bansos::testing {

// What became of the items of a kind of command, over all stories.
struct Outcome3 {
  uint64_t accepted = 0;
  uint64_t accepted_odd = 0;  // of a request that was made odd
  uint64_t refused = 0;
};
// By the name of the request.
using Coverage = std::map<std::string, Outcome3>;

class Story : public ApiFixture {
 public:
  Story(uint64_t seed, Coverage& coverage);

  // Opens an office, then does `acts` random acts.
  void Tell(int acts);

  // Stops the server, and lets the verifier judge the log with keys. What it found, and the command
  // of that position; nullopt: no fault.
  std::optional<std::string> Judge();

  uint64_t events() const { return written_by_.size(); }

 private:
  void TestBody() override {}

  static constexpr uint64_t kMostOdd = 12;

  // Sends the request made odd, some times; then as it is, mostly.
  template <typename Stub, typename Request, typename Response>
  void Do(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
          const Request& request, const std::string& actor = "operator-1") {
    // What is refused costs little, so there are several until one is accepted.
    const uint64_t size = state_.next.value();
    for (uint64_t i = odd_.Below(kMostOdd); i > 0 && state_.next.value() == size; --i) {
      Request changed = request;
      odd_.Change(changed);
      Send(method, changed, odd_.OneIn(12) ? odd_.Actor() : actor, /*odd=*/true);
    }
    if (!odd_.OneIn(8)) Send(method, request, actor, /*odd=*/false);
  }

  template <typename Stub, typename Request, typename Response>
  void Send(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
            const Request& request, const std::string& actor, bool odd) {
    Response response;
    const grpc::Status status = Try(method, request, response, actor);
    const std::string name(Request::descriptor()->name());
    if (!status.ok()) {
      Refused(name, 1);
    } else if constexpr (requires { response.outcomes(); }) {
      Refused(name, response.outcomes().refusals_size());
    } else {
      Refused(name, response.recorded().already_recorded() ? 1 : 0);
    }
    CatchUp(
        name, [&] { return actor + ": " + request.ShortDebugString(); }, odd);
  }

  void Refused(const std::string& name, uint64_t count) { coverage_[name].refused += count; }
  // Folds what was written since, as written by this command.
  void CatchUp(const std::string& name, const std::function<std::string()>& command, bool odd);

  // story_office.cc
  void OpenOffice();
  void PublishAreas();
  void PublishCatalogue();
  void SetPolicy();
  void AdoptRules();
  void OpenProgram(const std::string& code);
  void AmendProgram();
  void PublishRules(bool plain);
  void Appropriate();

  // story_people.cc
  void Register();
  void Correct();
  void AssignPayees(const std::vector<uint64_t>& recipients);
  void Assess(const std::vector<uint64_t>& recipients);
  void RecordDeaths();
  void Propose(const ProgramState& program, const std::vector<uint64_t>& recipients);
  void DecideSome(const ProgramState& program);
  void DecreeSome(const ProgramState& program);
  void EndSome();
  void Entitle();
  void ChangeFacts();

  // story_batches.cc
  void Draft();
  void StepBatch();
  void StepOf(const BatchState& batch);
  void Instruct(const BatchState& batch);
  void Withdraw(const BatchState& batch);

  // story_bank.cc
  void SendSome();
  void WriteOrders();
  void ReceiveFile();
  void ReportSome();
  void SettleHeld();
  void Reissue();
  void Remit();
  void Resolve();

  v1::Basis Letter(const std::string& kind);
  std::string Day(int days_ago);
  // Mostly one of the first two, so that something comes of what is begun.
  const ProgramState& AnyProgram() {
    const size_t most = odd_.OneIn(5) ? state_.programs.size() : 2;
    return state_.programs[odd_.Below(most)];
  }
  // A registered recipient; 0 when there is none.
  uint64_t AnyRecipient();
  std::vector<uint64_t> SomeRecipients(size_t most);
  // One of the payments in any of these phases; nullptr when there is none.
  const PaymentState* AnyPayment(std::initializer_list<PaymentPhase> phases);
  ledger::v1::PaymentKey KeyOf(const PaymentState& payment) const;
  ledger::v1::BatchKey KeyOf(const BatchState& batch) const;
  std::optional<uint64_t> AnyOpenReport();

  Oddities odd_;
  Coverage& coverage_;
  // Whom to decree is left to the ranking, whose order the profile with-keys checks.
  const bool decrees_by_rank_;
  State state_;
  std::vector<std::shared_ptr<const std::string>> written_by_;  // By position.
  int people_ = 0;
  int letters_ = 0;
  uint64_t lines_ = 0;
};

}  // namespace bansos::testing

#endif  // TESTS_AGREEMENT_STORY_H_

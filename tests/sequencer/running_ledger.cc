#include "tests/sequencer/running_ledger.h"

#include <string_view>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/event/codec.h"
#include "ledger/sequencer/start_up.h"

namespace bansos::testing {

RunningLedger::RunningLedger(EventLog& log) : log_(log) { Start(); }

RunningLedger::~RunningLedger() = default;

void RunningLedger::Start() {
  absl::StatusOr<State> state = FoldState(log_, State(), nullptr);
  CHECK_OK(state.status());
  SequencerOptions options;
  options.log = &log_;
  options.clock = &clock_;
  options.workers = &workers_;
  options.bulk_workers = &bulk_workers_;
  options.state = *std::move(state);
  options.on_fatal = [this](absl::Status status) {
    absl::MutexLock lock(&mutex_);
    fatal_.push_back(std::move(status));
  };
  absl::StatusOr<std::unique_ptr<Sequencer>> sequencer = Sequencer::Start(std::move(options));
  CHECK_OK(sequencer.status());
  sequencer_ = *std::move(sequencer);
}

void RunningLedger::Restart() {
  sequencer_.reset();
  Start();
}

std::future<Answer> RunningLedger::Submit(WriteRequest request) {
  auto promise = std::make_shared<std::promise<Answer>>();
  std::future<Answer> answer = promise->get_future();
  sequencer_->Submit(std::move(request),
                     [promise](Answer result) { promise->set_value(std::move(result)); });
  return answer;
}

std::vector<Position> RunningLedger::Record(std::vector<Command> commands) {
  const Answer answer = Ask(std::move(commands));
  CHECK_OK(answer.status());
  std::vector<Position> positions;
  for (size_t i = 0; i < answer->outcomes.size(); ++i) {
    const CommandOutcome& outcome = answer->outcomes[i];
    CHECK(!outcome.refusal) << "command " << i << ": " << Message(*outcome.refusal);
    CHECK(outcome.position && !outcome.already_recorded) << "command " << i;
    positions.push_back(*outcome.position);
  }
  return positions;
}

std::vector<absl::Status> RunningLedger::fatal() const {
  absl::MutexLock lock(&mutex_);
  return fatal_;
}

std::vector<std::string> EntriesOf(const EventLog& log) {
  std::vector<std::string> entries;
  CHECK_OK(log.ReadForward(Position(0), Position(log.Head().size),
                           [&](Position, std::string_view entry) {
                             entries.emplace_back(entry);
                             return true;
                           }));
  return entries;
}

std::vector<Event> EventsOf(const EventLog& log) {
  std::vector<Event> events;
  for (const std::string& entry : EntriesOf(log)) {
    absl::StatusOr<Event> event = DecodeEvent(entry);
    CHECK_OK(event.status());
    events.push_back(*std::move(event));
  }
  return events;
}

std::vector<std::string> Words(const Answer& answer) {
  CHECK_OK(answer.status());
  std::vector<std::string> words;
  for (const CommandOutcome& outcome : answer->outcomes) {
    if (outcome.refusal) {
      words.emplace_back(TextOf(outcome.refusal->code).name);
    } else if (outcome.position) {
      words.push_back(absl::StrCat(outcome.position->value(), outcome.already_recorded ? "*" : ""));
    } else {
      words.push_back("-");
    }
  }
  return words;
}

}  // namespace bansos::testing

#include "ledger/sequencer/decider.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/event/codec.h"
#include "ledger/log/event_log.h"
#include "ledger/sequencer/atomic_request.h"

namespace bansos {
namespace {

// `back` grows when an atomic request is decided anew behind its other commands: a varint has at
// most 10 bytes.
constexpr size_t kMaxFactBytes = kMaxEntryBytes - 10;

}  // namespace

CommitGroup Decider::Begin(int64_t now_us) const {
  CommitGroup group;
  group.first = state_.next;
  group.time_us = std::max(now_us, state_.last_time_us);
  return group;
}

void Decider::Decide(PendingRequest pending, CommitGroup& group) {
  DecidedRequest& decided = group.requests.emplace_back();
  decided.pending = std::move(pending);
  decided.result.outcomes.resize(decided.pending.request.commands.size());
  group.commands += decided.pending.request.commands.size();
  if (decided.pending.request.atomic) {
    DecideAtomic(decided, group);
  } else {
    DecideEach(decided, group);
  }
}

void Decider::DecideEach(DecidedRequest& decided, CommitGroup& group) {
  const WriteRequest& request = decided.pending.request;
  for (uint32_t i = 0; i < request.commands.size(); ++i) {
    CommandOutcome& outcome = decided.result.outcomes[i];
    Verdict verdict = Judge(request.commands[i], group.time_us);
    if (auto* refusal = std::get_if<Refusal>(&verdict)) {
      outcome.refusal = std::move(*refusal);
    } else if (const auto* recorded = std::get_if<AlreadyRecorded>(&verdict)) {
      decided.retries.push_back({i, recorded->walk_from});
    } else if (request.dry_run) {
      const auto* held = std::get_if<ReportHeld>(&std::get<Fact>(verdict).event.body);
      if (held != nullptr) outcome.would_hold = held->rule;
    } else {
      outcome.position = Record(std::get<Fact>(std::move(verdict)), group);
    }
  }
}

void Decider::DecideAtomic(DecidedRequest& decided, CommitGroup& group) {
  const WriteRequest& request = decided.pending.request;
  if (!MayRecordAll(decided, group.time_us) || request.dry_run) return;
  for (size_t i = 0; i < request.commands.size(); ++i) {
    Verdict verdict = Judge(request.commands[i], group.time_us);
    CHECK(std::holds_alternative<Fact>(verdict))
        << "command " << i << " of an atomic request hangs on another one of it";
    decided.result.outcomes[i].position = Record(std::get<Fact>(std::move(verdict)), group);
  }
}

bool Decider::MayRecordAll(DecidedRequest& decided, int64_t time_us) const {
  const WriteRequest& request = decided.pending.request;
  std::vector<Event> events;
  events.reserve(request.commands.size());
  for (uint32_t i = 0; i < request.commands.size(); ++i) {
    Verdict verdict = Judge(request.commands[i], time_us);
    if (auto* fact = std::get_if<Fact>(&verdict)) {
      events.push_back(std::move(fact->event));
    } else if (const auto* recorded = std::get_if<AlreadyRecorded>(&verdict)) {
      decided.retries.push_back({i, recorded->walk_from});
    } else {
      decided.result.outcomes[i].refusal = std::get<Refusal>(std::move(verdict));
    }
  }
  if (RefuseOthers(decided.result.outcomes)) {
    decided.retries.clear();
    return false;
  }
  if (events.empty()) return false;  // All recorded already.
  if (!decided.retries.empty()) {
    RefuseMix(decided);
    return false;
  }
  if (const Check dependent = CheckIndependent(state_, request.commands, events)) {
    for (CommandOutcome& outcome : decided.result.outcomes) outcome.refusal = dependent;
    return false;
  }
  return true;
}

Decider::Verdict Decider::Judge(const Command& command, int64_t time_us) const {
  Decision decision = bansos::Decide(state_, command, time_us);
  if (auto* refusal = std::get_if<Refusal>(&decision)) return std::move(*refusal);
  if (const auto* recorded = std::get_if<AlreadyRecorded>(&decision)) return *recorded;
  Fact fact{std::get<Event>(std::move(decision)), ""};
  fact.entry = EncodeEvent(fact.event);
  if (fact.entry.size() > kMaxFactBytes) {
    return Refusal{RefusalCode::kEntryTooLarge,
                   absl::StrCat(fact.entry.size(), " bytes of ", kMaxFactBytes)};
  }
  return fact;
}

Position Decider::Record(Fact fact, CommitGroup& group) {
  const Position position = state_.next;
  CHECK(position.value() == group.first.value() + group.entries.size()) << position;
  CHECK_OK(Evolve(state_, fact.event)) << "our own event does not fit at position " << position;
  CHECK(state_.next.value() == position.value() + 1);
  group.entry_bytes += fact.entry.size();
  group.entries.push_back(std::move(fact.entry));
  return position;
}

}  // namespace bansos

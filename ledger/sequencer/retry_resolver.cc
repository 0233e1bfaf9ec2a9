#include "ledger/sequencer/retry_resolver.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/key.h"
#include "ledger/event/codec.h"
#include "ledger/event/compare.h"
#include "ledger/sequencer/atomic_request.h"

namespace bansos {
namespace {

// Passing over an entry costs less than a new seek as long as it is not further than this.
constexpr uint64_t kMaxReadGap = 32;

// One retry on its way back along a chain.
struct Walk {
  uint32_t command;
  uint64_t position;  // To look at next.
  std::string key;    // Business key of the fact that it looks for.
};

// All walks go back one hop a round, so that a round reads each position once, in order.
class ChainWalks {
 public:
  ChainWalks(const EventLog& log, DecidedRequest& decided) : log_(log), decided_(decided) {
    walks_.reserve(decided.retries.size());
    for (const Retry& retry : decided.retries) {
      const Event stated = AsStated(CommandOf(retry.command), nullptr);
      walks_.push_back({retry.command, retry.walk_from.value(), BusinessKey(stated)});
    }
  }

  absl::Status Run() {
    for (int hop = 0; !walks_.empty(); ++hop) {
      if (hop == kMaxChainHops) {
        return absl::DataLossError(absl::StrCat("a chain of more than ", kMaxChainHops,
                                                " hops leads to position ", walks_[0].position));
      }
      RETURN_IF_ERROR(Round());
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Round() {
    std::vector<Walk> walks = std::exchange(walks_, {});
    std::sort(walks.begin(), walks.end(),
              [](const Walk& a, const Walk& b) { return a.position < b.position; });
    for (size_t begin = 0, end = 0; begin < walks.size(); begin = end) {
      while (++end < walks.size() && walks[end].position - walks[end - 1].position <= kMaxReadGap) {
      }
      RETURN_IF_ERROR(VisitRun(absl::MakeSpan(walks).subspan(begin, end - begin)));
    }
    return absl::OkStatus();
  }

  // The walks of a run stand so close together that one reading serves all.
  absl::Status VisitRun(absl::Span<Walk> run) {
    size_t next = 0;
    absl::Status visited;
    const Position from(run.front().position), to(run.back().position + 1);
    RETURN_IF_ERROR(log_.ReadForward(from, to, [&](Position position, std::string_view entry) {
      size_t same = 0;
      while (next + same < run.size() && run[next + same].position == position.value()) ++same;
      if (same > 0) visited = VisitEntry(position, entry, run.subspan(next, same));
      next += same;
      return visited.ok();
    }));
    RETURN_IF_ERROR(visited);
    if (next == run.size()) return absl::OkStatus();
    return absl::DataLossError(
        absl::StrCat("a chain leads to position ", run[next].position, ", past the log's end"));
  }

  absl::Status VisitEntry(Position position, std::string_view entry, absl::Span<Walk> walks) {
    absl::StatusOr<Event> event = DecodeEvent(entry);
    if (!event.ok()) {
      return absl::DataLossError(
          absl::StrCat("position ", position.value(), ": ", event.status().message()));
    }
    const std::string key = BusinessKey(*event);
    for (Walk& walk : walks) {
      if (walk.key == key) {
        Compare(walk.command, position, *event);
      } else {
        RETURN_IF_ERROR(StepBack(std::move(walk), event->envelope.back));
      }
    }
    return absl::OkStatus();
  }

  absl::Status StepBack(Walk walk, uint64_t back) {
    if (back == 0 || back > walk.position) {
      return absl::DataLossError(absl::StrCat("the chain ends at position ", walk.position,
                                              " without the recorded fact ", walk.key));
    }
    walk.position -= back;
    walks_.push_back(std::move(walk));
    return absl::OkStatus();
  }

  void Compare(uint32_t command, Position position, const Event& recorded) {
    CommandOutcome& outcome = decided_.result.outcomes[command];
    const Event stated = AsStated(CommandOf(command), &recorded.body);
    const std::optional<std::string> differing = FirstDifferingField(stated, recorded);
    if (!differing) {
      outcome = {position, true, std::nullopt};
      return;
    }
    outcome.refusal = Refusal{
        RefusalCode::kKeyTaken,
        absl::StrCat("field ", *differing, " differs from the fact at position ", position.value()),
        *differing};
  }

  const Command& CommandOf(uint32_t index) const {
    return decided_.pending.request.commands[index];
  }

  const EventLog& log_;
  DecidedRequest& decided_;
  std::vector<Walk> walks_;  // Of the round to come.
};

}  // namespace

absl::Status ResolveRetries(const EventLog& log, DecidedRequest& decided) {
  RETURN_IF_ERROR(ChainWalks(log, decided).Run());
  decided.retries.clear();
  if (decided.pending.request.atomic) RefuseOthers(decided.result.outcomes);
  return absl::OkStatus();
}

}  // namespace bansos

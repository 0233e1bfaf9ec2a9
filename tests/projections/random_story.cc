#include "tests/projections/random_story.h"

#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace bansos::testing {
namespace {

const std::string kPrograms[] = {"KJS", "BLT", "KJS-2026"};
constexpr uint32_t kRecipients = 12;

class Teller {
 public:
  explicit Teller(uint32_t seed) : random_(seed) {
    story_.OpenProgram("KJS");
    story_.OpenProgram("BLT");
    story_.OpenProgram("KJS-2026", 2026);
    for (const std::string& program : kPrograms) story_.Appropriate(program, 1'000'000'000);
    for (uint64_t recipient = 1; recipient <= kRecipients; ++recipient) {
      story_.Register(recipient, 1 + Below(5));
    }
  }

  Story Tell(int steps) {
    for (int i = 0; i < steps; ++i) {
      if (Below(4) == 0) story_.EndCommit();
      Step();
    }
    return std::move(story_);
  }

 private:
  uint32_t Below(uint32_t bound) {
    return std::uniform_int_distribution<uint32_t>(0, bound - 1)(random_);
  }
  uint64_t Recipient() { return 1 + Below(kRecipients); }
  const std::string& Program() { return kPrograms[Below(3)]; }
  Date SomeDate() { return static_cast<Date>(20250101 + 100 * Below(6) + Below(28)); }

  void Step() {
    switch (Below(13)) {
      case 0:
        return Decree();
      case 1:
        return End();
      case 2:
        story_.Tell(PayeeAssigned{.recipient = RecipientNumber(Recipient()),
                                  .account_token = AccountToken(Below(6)),
                                  .sealed_details = "sealed",
                                  .shared_account_reason = SharedAccountReason::kSameGuardian,
                                  .name_confirmed = Below(3) == 0,
                                  .name_differs = Below(3) == 0});
        return;
      case 3:
        story_.Die(Recipient(), Below(3) == 0 ? 0 : SomeDate());
        return;
      case 4:
        story_.Tell(IdentityCorrected{.recipient = RecipientNumber(Recipient()),
                                      .area = 3301,
                                      .kk_token = KkToken(1 + Below(5))});
        return;
      case 5:
        return Report();
      case 6:
        return Instruct();
      case 7:
        return ReceiveFile();
      default:
        return MoveMoney();
    }
  }

  void Decree() {
    const uint64_t recipient = Recipient();
    const std::string& program = Program();
    for (const auto& [slot, holder] : running_) {
      if (holder == std::pair(program, recipient)) return;
    }
    story_.Decree(program, recipient, ++last_slot_);
    running_[last_slot_] = {program, recipient};
  }

  void End() {
    if (running_.empty()) return;
    const auto it = std::next(running_.begin(), Below(running_.size()));
    story_.End(it->second.first, it->second.second, it->first);
    running_.erase(it);
  }

  void Report() {
    if (!held_.empty() && Below(2) == 0) {
      const size_t index = Below(held_.size());
      story_.Resolve(held_[index]);
      held_.erase(held_.begin() + index);
      return;
    }
    CountLine();
    const HoldRule rule = Below(3) == 0 ? HoldRule::kRepeated : HoldRule::kContradicts;
    const Position held = story_.Hold(Key(Program(), 1, Recipient()), rule, 5, SomeDate());
    if (!ResolvedAtBirth(rule)) held_.push_back(held);
  }

  void Instruct() {
    PaymentKey key = Key(Program(), 1 + Below(2), Recipient());
    for (auto it = story_.payments().find(key); it != story_.payments().end();
         it = story_.payments().find(key)) {
      const Bucket bucket = it->second.bucket;
      if (bucket != Bucket::kAvailable && bucket != Bucket::kRemitted) return;
      ++key.number;
    }
    story_.Instruct(key, 1 + Below(1000), 1 + Below(3), 3301 + Below(3));
  }

  // Some files state their totals rightly, some not, some not at all; most end whole.
  void ReceiveFile() {
    const uint32_t lines = 1 + Below(6);
    lines_left_ = Below(3) == 0 ? lines - 1 : lines;
    story_.ReportFrom(story_.ReceiveFile(lines, Below(3) * 500, Below(2) * 5));
  }

  // Before each report: the file has taken all it will.
  void CountLine() {
    if (lines_left_ == 0) {
      story_.ReportFrom(std::nullopt);
    } else {
      --lines_left_;
    }
  }

  void MoveMoney() {
    if (story_.payments().empty()) return;
    const auto& [key, payment] =
        *std::next(story_.payments().begin(), Below(story_.payments().size()));
    switch (payment.bucket) {
      case Bucket::kObligated:
        if (payment.attempt == 1 && Below(5) == 0) {
          story_.Withdraw(key);
        } else {
          story_.Send(key);
        }
        return;
      case Bucket::kInTransit:
        CountLine();
        Below(3) == 0 ? story_.Return(key, SomeDate()) : story_.Settle(key, SomeDate());
        return;
      case Bucket::kPaid:
        if (Below(3) != 0) return;
        CountLine();
        story_.Return(key, AfterValueDate(payment));
        return;
      case Bucket::kReturned:
        if (Below(3) == 0) {
          CountLine();
          story_.Settle(key, AfterValueDate(payment));
        } else {
          Below(2) == 0 ? story_.Reissue(key) : story_.Remit(key);
        }
        return;
      default:
        return;
    }
  }

  static Date AfterValueDate(const ToldPayment& payment) {
    return payment.value_date % 100 < 28 ? payment.value_date + 1 : payment.value_date + 73;
  }

  std::mt19937 random_;
  Story story_;
  std::map<uint32_t, std::pair<std::string, uint64_t>> running_;  // by slot
  uint32_t last_slot_ = 0;
  uint32_t lines_left_ = 0;  // of the file that reports come from
  std::vector<Position> held_;
};

}  // namespace

Story RandomStory(uint32_t seed, int steps) { return Teller(seed).Tell(steps); }

}  // namespace bansos::testing

#include "tools/bansosctl/generate/order_answer.h"

#include "absl/strings/str_format.h"
#include "tools/bansosctl/generate/prng.h"

namespace bansos {
namespace {

struct KindShape {  // NOLINT: in the order in which it is read
  AnswerKind kind;
  std::string_view name;
  uint16_t per_20k;  // orders of 20,000; what is left is settled
};

// Returns 1.5 %; late 0.8 %; of each contradiction a few in a tranche of 82,000.
constexpr KindShape kKinds[] = {
    {AnswerKind::kSettled, "settled", 19'518},
    {AnswerKind::kReturned, "returned", 300},
    {AnswerKind::kLate, "late", 160},
    {AnswerKind::kReturnedAfterSettled, "returned_after_settled", 6},
    {AnswerKind::kSettledAfterReturned, "settled_after_returned", 4},
    {AnswerKind::kRepeatedLine, "repeated_line", 8},
    {AnswerKind::kContradicting, "contradicting", 2},
    {AnswerKind::kOtherAmount, "other_amount", 1},
    {AnswerKind::kUnknownReference, "unknown_reference", 1},
};

constexpr uint64_t kLateReturnedPer10k = 1500;
constexpr int64_t kOtherAmountBy = 50'000;  // rupiah

struct ReasonShape {
  std::string_view code;
  uint16_t account_weight;
  uint16_t cash_weight;
};
constexpr ReasonShape kReasons[] = {
    {"AC01", 24, 0}, {"AC04", 18, 0}, {"AC06", 22, 0}, {"BE01", 12, 6}, {"RC04", 4, 0},
    {"CNPC", 0, 70}, {"MD07", 6, 14}, {"NOAS", 4, 8},  {"DS28", 7, 2},  {"AM02", 3, 0},
};

// Draws the lines about one order.
class Answerer {
 public:
  Answerer(uint64_t seed, const Order& order)
      : prng_(seed, HashText(order.reference)), order_(order) {}

  OrderAnswer Answer() {
    OrderAnswer answer;
    answer.kind = DrawKind();
    const absl::CivilDay first_date = order_.order_date + prng_.Between(0, 2);
    const absl::CivilDay late_date = order_.order_date + prng_.Between(5, 20);
    switch (answer.kind) {
      case AnswerKind::kReturned:
        answer.first = {Returned(first_date)};
        break;
      case AnswerKind::kLate:
        answer.late = {prng_.Chance(kLateReturnedPer10k) ? Returned(late_date)
                                                         : Settled(late_date)};
        break;
      case AnswerKind::kReturnedAfterSettled:
        answer.first = {Settled(first_date)};
        answer.late = {Returned(late_date)};
        break;
      case AnswerKind::kSettledAfterReturned:
        answer.first = {Returned(first_date)};
        answer.late = {Settled(late_date)};
        break;
      case AnswerKind::kContradicting:
        answer.first = {Settled(first_date)};
        answer.first.push_back(Returned(first_date));
        break;
      case AnswerKind::kSettled:
      case AnswerKind::kRepeatedLine:
      case AnswerKind::kOtherAmount:
      case AnswerKind::kUnknownReference:
        answer.first = {Settled(first_date)};
        AddOddity(answer);
    }
    return answer;
  }

 private:
  AnswerKind DrawKind() {
    uint16_t weights[std::size(kKinds)];
    for (size_t i = 0; i < std::size(kKinds); ++i) weights[i] = kKinds[i].per_20k;
    return kKinds[prng_.PickWeighted(weights)].kind;
  }

  void AddOddity(OrderAnswer& answer) {
    ReportLine& line = answer.first[0];
    if (answer.kind == AnswerKind::kRepeatedLine) {
      // Half of the repetitions come with the later file.
      auto& repeated_in = prng_.Chance(5000) ? answer.late : answer.first;
      const ReportLine repeated = line;
      repeated_in.push_back(repeated);
    } else if (answer.kind == AnswerKind::kOtherAmount) {
      line.amount += kOtherAmountBy;
    } else if (answer.kind == AnswerKind::kUnknownReference) {
      ReportLine unknown = Settled(line.value_date);
      unknown.reference = absl::StrFormat("MISC-%012u", prng_.Below(1'000'000'000'000));
      answer.first.push_back(unknown);
    }
  }

  ReportLine Settled(absl::CivilDay value_date) {
    ReportLine line;
    line.reference = order_.reference;
    line.amount = order_.amount;
    line.value_date = value_date;
    line.bank_reference =
        absl::StrFormat("BJT%04d%02d%02d%010u", value_date.year(), value_date.month(),
                        value_date.day(), prng_.Below(10'000'000'000));
    return line;
  }

  ReportLine Returned(absl::CivilDay value_date) {
    ReportLine line = Settled(value_date);
    line.settled = false;
    uint16_t weights[std::size(kReasons)];
    for (size_t i = 0; i < std::size(kReasons); ++i) {
      weights[i] = order_.is_cash ? kReasons[i].cash_weight : kReasons[i].account_weight;
    }
    line.reason = kReasons[prng_.PickWeighted(weights)].code;
    return line;
  }

  Prng prng_;
  const Order& order_;
};

}  // namespace

OrderAnswer AnswerOrder(uint64_t seed, const Order& order) {
  return Answerer(seed, order).Answer();
}

std::string_view NameOf(AnswerKind kind) {
  for (const KindShape& shape : kKinds) {
    if (shape.kind == kind) return shape.name;
  }
  CHECK(false) << "answer without a name: " << static_cast<int>(kind);
  return "";
}

}  // namespace bansos

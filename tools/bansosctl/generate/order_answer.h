// AnswerOrder: what the bank reports of one order, at once and late. Pure: seed and order decide.
#ifndef TOOLS_BANSOSCTL_GENERATE_ORDER_ANSWER_H_
#define TOOLS_BANSOSCTL_GENERATE_ORDER_ANSWER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"

namespace bansos {

struct Order {
  std::string reference;
  int64_t amount = 0;
  bool is_cash = false;
  absl::CivilDay order_date;
};

struct ReportLine {
  std::string reference;
  bool settled = true;
  int64_t amount = 0;
  absl::CivilDay value_date;
  std::string_view reason;  // of a return
  std::string bank_reference;
};

enum class AnswerKind {
  kSettled,
  kReturned,
  kLate,                  // no line at first
  kReturnedAfterSettled,  // settled at first, returned with a later value date
  kSettledAfterReturned,
  kRepeatedLine,
  kContradicting,  // settled and returned on the same date
  kOtherAmount,
  kUnknownReference,  // settled, and a line about an order that nobody sent
};

struct OrderAnswer {
  AnswerKind kind = AnswerKind::kSettled;
  std::vector<ReportLine> first;
  std::vector<ReportLine> late;
};

OrderAnswer AnswerOrder(uint64_t seed, const Order& order);

// "late", "other_amount" and so on.
std::string_view NameOf(AnswerKind kind);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_GENERATE_ORDER_ANSWER_H_

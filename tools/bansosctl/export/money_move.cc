#include "tools/bansosctl/export/money_move.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kMovementField[] = "movement";
constexpr char kPaymentField[] = "payment";

const google::protobuf::OneofDescriptor* BodyOneof() {
  static const auto* const body = ledger::v1::Event::descriptor()->FindOneofByName("body");
  return body;
}

const Message* BodyOf(const ledger::v1::Event& event) {
  const FieldDescriptor* field = event.GetReflection()->GetOneofFieldDescriptor(event, BodyOneof());
  return field == nullptr ? nullptr : &event.GetReflection()->GetMessage(event, field);
}

bool HasMovement(const Descriptor& body) {
  return body.FindFieldByName(kMovementField) != nullptr &&
         body.FindFieldByName(kPaymentField) != nullptr;
}

template <typename Part>
const Part& PartOf(const Message& body, const char* field) {
  return static_cast<const Part&>(
      body.GetReflection()->GetMessage(body, body.GetDescriptor()->FindFieldByName(field)));
}

// What an account name is made of must not be able to end it.
bool IsProgramCode(std::string_view code) {
  return !code.empty() && std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

absl::Status CheckMove(const MoneyMove& move) {
  if (!IsProgramCode(move.program)) return absl::DataLossError("names no programme code");
  if (move.amount <= 0) {
    return absl::DataLossError(absl::StrCat("moves an amount of ", move.amount, " rupiah"));
  }
  for (const MoneyPlace& place : {move.from, move.to}) {
    const bool of_payment = place.bucket > ledger::v1::BUCKET_AVAILABLE;
    if (!ledger::v1::Bucket_IsValid(place.bucket) ||
        of_payment != (place.tranche > 0 && place.batch > 0)) {
      return absl::DataLossError("moves money of no tranche, batch or bucket");
    }
  }
  if (move.from.bucket == move.to.bucket) {
    return absl::DataLossError("moves money from a bucket to itself");
  }
  return absl::OkStatus();
}

MoneyMove MoveOf(const ledger::v1::BudgetAppropriated& budget) {
  MoneyMove move{.program = budget.program(), .amount = budget.amount()};
  move.to.bucket = ledger::v1::BUCKET_AVAILABLE;
  if (budget.amount() < 0) {
    std::swap(move.from, move.to);
    // The one number without an opposite becomes 0, which CheckMove refuses.
    if (__builtin_sub_overflow(int64_t{0}, budget.amount(), &move.amount)) move.amount = 0;
  }
  return move;
}

MoneyMove MoveOf(const ledger::v1::PaymentKey& payment, const ledger::v1::Movement& movement) {
  const auto place = [&](ledger::v1::Bucket bucket) {
    if (bucket <= ledger::v1::BUCKET_AVAILABLE) return MoneyPlace{.bucket = bucket};
    return MoneyPlace{bucket, payment.tranche(), movement.batch()};
  };
  return {.program = payment.program(),
          .recipient = payment.recipient(),
          .amount = movement.amount(),
          .from = place(movement.from()),
          .to = place(movement.to())};
}

}  // namespace

std::vector<std::string> MoneyEventTypes() {
  std::vector<std::string> types;
  for (int i = 0; i < BodyOneof()->field_count(); ++i) {
    const Descriptor* body = BodyOneof()->field(i)->message_type();
    if (HasMovement(*body) || body == ledger::v1::BudgetAppropriated::descriptor()) {
      types.push_back(body->name());
    }
  }
  return types;
}

std::string EventTypeOf(const ledger::v1::Event& event) {
  const Message* body = BodyOf(event);
  return body == nullptr ? "" : body->GetDescriptor()->name();
}

absl::StatusOr<MoneyMove> MoneyMoveOf(const ledger::v1::Event& event) {
  const Message* body = BodyOf(event);
  MoneyMove move;
  if (event.has_budget_appropriated()) {
    move = MoveOf(event.budget_appropriated());
  } else if (body != nullptr && HasMovement(*body->GetDescriptor())) {
    move = MoveOf(PartOf<ledger::v1::PaymentKey>(*body, kPaymentField),
                  PartOf<ledger::v1::Movement>(*body, kMovementField));
  } else {
    return absl::DataLossError("is no event that moves money");
  }
  RETURN_IF_ERROR(CheckMove(move));
  return move;
}

}  // namespace bansos

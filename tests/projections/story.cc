#include "tests/projections/story.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "ledger/base/status_macros.h"
#include "ledger/event/codec.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

int64_t NoonInWib(Date date) {
  const absl::CivilHour noon(date / 10000, date / 100 % 100, date % 100, 12);
  return absl::ToUnixMicros(absl::FromCivil(noon, absl::FixedTimeZone(7 * 3600)));
}

// Only what the views' tests need: the recipient, or else everything is about the ledger.
std::string SubjectOf(const EventBody& body) {
  return std::visit(
      [](const auto& event) -> std::string {
        if constexpr (requires { event.recipient.value(); }) {
          return absl::StrCat(event.recipient.value());
        } else if constexpr (requires { event.payment.recipient.value(); }) {
          return absl::StrCat(event.payment.recipient.value());
        } else if constexpr (requires { event.payment->recipient.value(); }) {
          return event.payment ? absl::StrCat(event.payment->recipient.value()) : "ledger";
        } else {
          return "ledger";
        }
      },
      body);
}

}  // namespace

Story::Story() : start_us_(NoonInWib(20250101)) {
  Tell(LedgerOpened{.ledger_id = "test", .rules_version = 1});
}

void Story::SetDate(Date date) {
  start_us_ = NoonInWib(date);
  EndCommit();
}

Position Story::Tell(EventBody body) {
  const Position position(events_.size());
  Event event{.body = std::move(body)};
  event.envelope.recorded_time_us = start_us_ + commit_;
  event.envelope.actor = "tester";
  const std::string subject = SubjectOf(event.body);
  if (const auto last = last_of_subject_.find(subject); last != last_of_subject_.end()) {
    event.envelope.back = position.value() - last->second.value();
  }
  last_of_subject_[subject] = position;
  events_.push_back(std::move(event));
  return position;
}

Position Story::OpenProgram(const std::string& code, uint32_t fiscal_year, uint32_t tranches) {
  ProgramOpened opened{.program = code,
                       .name = code,
                       .fiscal_year = fiscal_year,
                       .fiscal_year_end = static_cast<Date>(fiscal_year * 10000 + 1231),
                       .quota = 100,
                       .recipient_kinds = {RecipientKind::kPerson}};
  for (uint32_t number = 1; number <= tranches; ++number) {
    opened.tranches.push_back({.number = number,
                               .amount = 600'000,
                               .entitlement_date = static_cast<Date>(fiscal_year * 10000 + 301)});
  }
  return Tell(std::move(opened));
}

Position Story::Appropriate(const std::string& program, Rupiah amount) {
  return Tell(BudgetAppropriated{.program = program, .amount = amount});
}

Position Story::Register(uint64_t recipient, uint64_t kk, AreaCode area) {
  return Tell(RecipientRegistered{.recipient = RecipientNumber(recipient),
                                  .area = area,
                                  .kk_token = KkToken(kk == 0 ? 100'000 + recipient : kk),
                                  .sealed_identity = "sealed",
                                  .key_commitment = std::string(32, 'k')});
}

Position Story::AssignPayee(uint64_t recipient, uint64_t account, SharedAccountReason reason) {
  return Tell(PayeeAssigned{.recipient = RecipientNumber(recipient),
                            .account_token = AccountToken(account),
                            .sealed_details = "sealed",
                            .shared_account_reason = reason});
}

Position Story::Die(uint64_t recipient, Date died_on) {
  return Tell(RecipientDied{.recipient = RecipientNumber(recipient),
                            .died_on = died_on,
                            .source = DeathSource::kVillage});
}

Position Story::Decree(const std::string& program, uint64_t recipient, uint32_t slot,
                       uint32_t holder) {
  return Tell(RecipientDecreed{.program = program,
                               .recipient = RecipientNumber(recipient),
                               .slot = slot,
                               .holder = holder,
                               .first_tranche = 1});
}

Position Story::End(const std::string& program, uint64_t recipient, uint32_t slot,
                    uint32_t holder) {
  return Tell(EntitlementEnded{.program = program,
                               .recipient = RecipientNumber(recipient),
                               .slot = slot,
                               .holder = holder,
                               .ended_on = 20250601});
}

Position Story::SetPolicy(const std::string& name, uint32_t version, int64_t value, Date in_force) {
  return Tell(
      PolicySet{.name = name, .version = version, .value = value, .date_in_force = in_force});
}

Movement Story::Move(const PaymentKey& key, Bucket to) {
  ToldPayment& payment = payments_.at(key);
  payment.position = Position(events_.size());
  return {.batch = payment.batch,
          .area = payment.area,
          .amount = payment.amount,
          .from = std::exchange(payment.bucket, to),
          .to = to};
}

Position Story::Instruct(const PaymentKey& key, Rupiah amount, uint32_t batch, AreaCode area) {
  payments_[key] = {.batch = batch, .area = area, .amount = amount};
  return Tell(PaymentInstructed{.payment = key,
                                .batch = batch,
                                .amount = amount,
                                .slot = 1,
                                .movement = Move(key, Bucket::kObligated)});
}

Position Story::Withdraw(const PaymentKey& key) {
  return Tell(PaymentWithdrawn{.payment = key, .movement = Move(key, Bucket::kAvailable)});
}

Position Story::Send(const PaymentKey& key) {
  return Tell(TransferSent{.payment = key,
                           .attempt = payments_.at(key).attempt,
                           .reference = "reference",
                           .movement = Move(key, Bucket::kInTransit)});
}

Position Story::Settle(const PaymentKey& key, Date value_date, std::optional<Position> cites) {
  ToldPayment& payment = payments_.at(key);
  payment.value_date = value_date;
  payment.settled_at = Position(events_.size());
  return Tell(TransferSettled{
      .payment = key,
      .attempt = payment.attempt,
      .value_date = value_date,
      .amount = payment.amount,
      .source = cites ? Source{.sender = "OFFICE", .line = events_.size()} : FromBank(),
      .cites = cites,
      .movement = Move(key, Bucket::kPaid)});
}

Position Story::Return(const PaymentKey& key, Date value_date, ReturnReason reason) {
  ToldPayment& payment = payments_.at(key);
  payment.value_date = value_date;
  return Tell(TransferReturned{.payment = key,
                               .attempt = payment.attempt,
                               .value_date = value_date,
                               .amount = payment.amount,
                               .reason = reason,
                               .source = FromBank(),
                               .movement = Move(key, Bucket::kReturned)});
}

Position Story::Reissue(const PaymentKey& key) {
  return Tell(PaymentReissued{.payment = key,
                              .attempt = ++payments_.at(key).attempt,
                              .movement = Move(key, Bucket::kObligated)});
}

Position Story::Remit(const PaymentKey& key) {
  return Tell(PaymentRemitted{.payment = key, .movement = Move(key, Bucket::kRemitted)});
}

Position Story::Pay(const PaymentKey& key, Rupiah amount, Date value_date, AreaCode area) {
  Instruct(key, amount, /*batch=*/1, area);
  Send(key);
  return Settle(key, value_date);
}

Position Story::Hold(const std::optional<PaymentKey>& payment, HoldRule rule, Rupiah amount,
                     Date value_date) {
  return Tell(ReportHeld{.payment = payment,
                         .attempt = payment ? 1u : 0u,
                         .sealed_reference = "sealed",
                         .amount = amount,
                         .value_date = value_date,
                         .source = FromBank(),
                         .rule = rule});
}

Position Story::Resolve(Position held) {
  const auto& report = std::get<ReportHeld>(events_[held.value()].body);
  return Tell(ReportResolved{.held_position = held, .payment = report.payment});
}

Position Story::ReceiveFile(uint32_t lines, Rupiah settled_total, Rupiah returned_total) {
  return Tell(ResultFileReceived{.kind = "MIXED",
                                 .sender = "BANK",
                                 .sha256 = std::string(32, 'f'),
                                 .lines = lines,
                                 .settled_total = settled_total,
                                 .returned_total = returned_total});
}

void Story::AppendTo(EventLog& log, uint64_t size) const {
  const uint64_t end = std::min<uint64_t>(size, events_.size());
  for (uint64_t i = log.Head().size; i < end;) {
    const int64_t time_us = events_[i].envelope.recorded_time_us;
    const uint64_t first = i;
    std::vector<std::string> entries;
    for (; i < end && events_[i].envelope.recorded_time_us == time_us; ++i) {
      entries.push_back(EncodeEvent(events_[i]));
    }
    ASSERT_OK(log.Append(first, time_us, entries).status());
  }
}

absl::Status Story::ApplyTo(Fold& fold) const {
  for (size_t i = 0; i < events_.size(); ++i) {
    RETURN_IF_ERROR(fold.Apply(Position(i), events_[i]));
  }
  return absl::OkStatus();
}

}  // namespace bansos::testing

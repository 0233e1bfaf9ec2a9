#include "tests/agreement/story.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ledger/base/check.h"
#include "ledger/domain/date.h"
#include "ledger/domain/decide.h"
#include "ledger/event/codec.h"
#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/program/verify.h"

namespace bansos::testing {
namespace {

constexpr int64_t kSecondUs = 1'000'000;
constexpr int64_t kDayUs = 24 * 3600 * kSecondUs;

}  // namespace

Story::Story(uint64_t seed, Coverage& coverage)
    : odd_(seed), coverage_(coverage), decrees_by_rank_(seed % 2 == 0) {
  CatchUp(
      "LedgerOpened", [] { return std::string("the start of the server"); }, false);
}

void Story::Tell(int acts) {
  OpenOffice();
  using Act = void (Story::*)();
  const std::vector<std::pair<int, Act>> weighed = {
      {2, &Story::PublishAreas}, {2, &Story::PublishCatalogue}, {2, &Story::SetPolicy},
      {1, &Story::AdoptRules},   {3, &Story::AmendProgram},     {2, &Story::Appropriate},
      {5, &Story::Register},     {2, &Story::Correct},          {6, &Story::ChangeFacts},
      {1, &Story::RecordDeaths}, {14, &Story::Entitle},         {2, &Story::EndSome},
      {2, &Story::Draft},        {30, &Story::StepBatch},       {14, &Story::SendSome},
      {6, &Story::WriteOrders},  {3, &Story::ReceiveFile},      {18, &Story::ReportSome},
      {8, &Story::SettleHeld},   {8, &Story::Reissue},          {5, &Story::Remit},
      {10, &Story::Resolve},
  };
  int sum = 0;
  for (const auto& [weight, act] : weighed) sum += weight;
  for (int i = 0; i < acts; ++i) {
    int at = static_cast<int>(odd_.Below(sum));
    for (const auto& [weight, act] : weighed) {
      if ((at -= weight) >= 0) continue;
      (this->*act)();
      break;
    }
    if (odd_.OneIn(15)) PublishRules(/*plain=*/odd_.OneIn(2));
    if (odd_.OneIn(40)) OpenProgram(odd_.Pick<std::string>({"A", "Z-9", "ABCDEFGHIJKL", "KJS-"}));
    clock().AdvanceMicros(odd_.OneIn(30) ? kDayUs * static_cast<int64_t>(odd_.Below(20))
                                         : kSecondUs * static_cast<int64_t>(odd_.Below(100)));
  }
}

void Story::CatchUp(const std::string& name, const std::function<std::string()>& command,
                    bool odd) {
  const uint64_t size = parts().log().Head().size;
  if (size == written_by_.size()) return;
  const auto text = std::make_shared<const std::string>(absl::StrCat(name, " ", command()));
  Outcome3& outcome = coverage_[name];
  CHECK_OK(parts().log().ReadForward(Position(written_by_.size()), Position(size),
                                     [&](Position, std::string_view entry) {
                                       const absl::StatusOr<Event> event = DecodeEvent(entry);
                                       CHECK_OK(event.status());
                                       CHECK_OK(Evolve(state_, *event));
                                       written_by_.push_back(text);
                                       ++(odd ? outcome.accepted_odd : outcome.accepted);
                                       return true;
                                     }));
}

std::optional<std::string> Story::Judge() {
  StopServer();
  verify::Options options;
  options.path = (directory() / "data").string();
  options.key_file = (directory() / "wrapping.key").string();
  if (decrees_by_rank_) options.profile = verify::Profile::kWithKeys;
  verify::ProgressLine silent(false);
  const verify::Report report = verify::Verify(options, silent);
  if (report.status.ok()) return std::nullopt;
  const std::optional<uint64_t> position = verify::PositionOf(report.status);
  return absl::StrCat(std::string(report.status.message()), "\nwritten by: ",
                      position && *position < written_by_.size() ? *written_by_[*position] : "?");
}

v1::Basis Story::Letter(const std::string& kind) {
  v1::Basis basis;
  basis.mutable_document()->set_kind(kind);
  // Some a second time.
  const int number = odd_.OneIn(10) ? letters_ : ++letters_;
  basis.mutable_document()->set_number(absl::StrCat(kind, "/", number, "/2025"));
  basis.mutable_document()->set_date("2025-01-15");
  return basis;
}

std::string Story::Day(int days_ago) {
  const int date = AddDays(WibDate(clock().NowMicros()), -days_ago);
  return absl::StrFormat("%04d-%02d-%02d", date / 10000, date / 100 % 100, date % 100);
}

uint64_t Story::AnyRecipient() {
  std::vector<uint64_t> all;
  state_.recipients.ForEach(
      [&all](RecipientNumber number, const RecipientState&) { all.push_back(number.value()); });
  return all.empty() ? 0 : odd_.Pick(all);
}

std::vector<uint64_t> Story::SomeRecipients(size_t most) {
  std::vector<uint64_t> some;
  for (size_t i = 0; i < 1 + odd_.Below(most); ++i) {
    if (const uint64_t recipient = AnyRecipient()) some.push_back(recipient);
  }
  return some;
}

const PaymentState* Story::AnyPayment(std::initializer_list<PaymentPhase> phases) {
  std::vector<const PaymentState*> found;
  for (const PaymentState& payment : state_.payments) {
    for (const PaymentPhase phase : phases) {
      if (payment.phase == phase) found.push_back(&payment);
    }
  }
  return found.empty() ? nullptr : odd_.Pick(found);
}

ledger::v1::PaymentKey Story::KeyOf(const PaymentState& payment) const {
  ledger::v1::PaymentKey key;
  key.set_program(state_.at(payment.program).terms.program);
  key.set_tranche(payment.tranche);
  key.set_recipient(payment.recipient.value());
  key.set_number(payment.number);
  return key;
}

ledger::v1::BatchKey Story::KeyOf(const BatchState& batch) const {
  ledger::v1::BatchKey key;
  key.set_program(state_.at(batch.program).terms.program);
  key.set_tranche(batch.tranche);
  key.set_number(batch.number);
  return key;
}

}  // namespace bansos::testing

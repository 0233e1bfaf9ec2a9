#include "ledger/sequencer/atomic_request.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "ledger/domain/key.h"

namespace bansos {
namespace {

std::string Describe(const Subject& subject) {
  if (const auto* recipient = std::get_if<RecipientNumber>(&subject)) {
    return absl::StrCat("recipient ", recipient->value());
  }
  if (const auto* batch = std::get_if<BatchKey>(&subject)) {
    return absl::StrCat("batch ", batch->program, "/", batch->tranche, "/", batch->number);
  }
  if (const auto* program = std::get_if<ProgramSubject>(&subject)) {
    return "programme " + program->program;
  }
  return "the ledger itself";
}

// The kind of a command: its event, or a report.
size_t KindOf(const Command& command) {
  const auto* body = std::get_if<EventBody>(&command.body);
  return body == nullptr ? std::variant_size_v<EventBody> : body->index();
}

// Remembers which command claimed what, and refuses a second claim on it.
class Claims {
 public:
  Check Claim(std::string what, size_t command) {  // NOLINT: moved into the map
    const auto [first, is_new] = command_of_.try_emplace(std::move(what), command);
    REFUSE_IF(!is_new, RefusalCode::kAtomicOverlap,
              absl::StrCat("commands ", first->second, " and ", command, ": ", first->first));
    return std::nullopt;
  }

 private:
  absl::flat_hash_map<std::string, size_t> command_of_;
};

// The slot that the event takes or pays, and the held report that it resolves by citing.
Check ClaimPlaces(Claims& claims, const EventBody& body, size_t command) {
  if (const auto* decree = std::get_if<RecipientDecreed>(&body)) {
    return claims.Claim(absl::StrCat(decree->program, " slot ", decree->slot), command);
  }
  if (const auto* payment = std::get_if<PaymentInstructed>(&body)) {
    return claims.Claim(absl::StrCat(payment->payment.program, " tranche ",
                                     payment->payment.tranche, " slot ", payment->slot),
                        command);
  }
  if (const auto* settled = std::get_if<TransferSettled>(&body); settled && settled->cites) {
    return claims.Claim(absl::StrCat("held report at ", settled->cites->value()), command);
  }
  return std::nullopt;
}

Check CheckClaims(absl::Span<const Event> events) {
  Claims claims;
  for (size_t i = 0; i < events.size(); ++i) {
    RETURN_IF_REFUSED(claims.Claim(Describe(SubjectOf(events[i].body)), i));
    RETURN_IF_REFUSED(claims.Claim("key " + BusinessKey(events[i]), i));
    RETURN_IF_REFUSED(ClaimPlaces(claims, events[i].body, i));
  }
  return std::nullopt;
}

// An account may be named twice only if every naming states why it is shared.
Check CheckAccounts(absl::Span<const Event> events) {
  struct Use {
    size_t command;
    bool explained;
  };
  absl::flat_hash_map<AccountToken, Use> use_of;
  for (size_t i = 0; i < events.size(); ++i) {
    const auto* payee = std::get_if<PayeeAssigned>(&events[i].body);
    if (payee == nullptr || payee->account_token.value() == 0) continue;
    const bool explained = payee->shared_account_reason != SharedAccountReason::kNone;
    const auto [first, is_new] = use_of.try_emplace(payee->account_token, Use{i, explained});
    if (is_new) continue;
    REFUSE_IF(!explained || !first->second.explained, RefusalCode::kAtomicOverlap,
              absl::StrCat("commands ", first->second.command, " and ", i, ": account token ",
                           payee->account_token.value()));
  }
  return std::nullopt;
}

// Sums stay in range: at most kMaxRequestCommands times kMaxRupiah is below 2^63.
static_assert(kMaxRequestCommands < INT64_MAX / kMaxRupiah);

// The quota needs no such sum: distinct free slots within it never pass it together.
Check CheckMoney(const State& state, absl::Span<const Event> events) {
  std::map<std::string, Rupiah> instructed;
  for (const Event& event : events) {
    const auto* payment = std::get_if<PaymentInstructed>(&event.body);
    if (payment != nullptr) instructed[payment->payment.program] += payment->amount;
  }
  for (const auto& [code, total] : instructed) {
    const Rupiah available =
        state.FindProgram(code)->buckets[static_cast<size_t>(Bucket::kAvailable)];
    REFUSE_IF(
        total > available, RefusalCode::kNotEnoughAvailable,
        absl::StrCat(code, ": all together need Rp ", total, ", available is Rp ", available));
  }
  return std::nullopt;
}

}  // namespace

bool RefuseOthers(std::vector<CommandOutcome>& outcomes) {
  const auto refused = std::find_if(outcomes.begin(), outcomes.end(), [](const auto& outcome) {
    return outcome.refusal.has_value();
  });
  if (refused == outcomes.end()) return false;
  const std::string_view name = TextOf(refused->refusal->code).name;
  const Refusal for_others{RefusalCode::kAtomicRefused,
                           absl::StrCat("command ", refused - outcomes.begin(), " is refused, ",
                                        absl::string_view(name.data(), name.size()))};
  for (CommandOutcome& outcome : outcomes) {
    if (!outcome.refusal) outcome = {std::nullopt, false, for_others};
  }
  return true;
}

void RefuseMix(DecidedRequest& decided) {
  auto& outcomes = decided.result.outcomes;
  const auto& retries = decided.retries;
  // Retries rise, so the first new command is the first index that they leave out.
  size_t first_new = 0;
  while (first_new < retries.size() && retries[first_new].command == first_new) ++first_new;
  const Refusal for_new{RefusalCode::kAtomicRefused,
                        absl::StrCat("this one is new, but command ", retries.front().command,
                                     " is recorded already")};
  const Refusal for_recorded{
      RefusalCode::kAtomicRefused,
      absl::StrCat("this one is recorded already, but command ", first_new, " is new")};
  for (CommandOutcome& outcome : outcomes) outcome.refusal = for_new;
  for (const Retry& retry : retries) outcomes[retry.command].refusal = for_recorded;
  decided.retries.clear();
}

Check CheckIndependent(const State& state, absl::Span<const Command> commands,
                       absl::Span<const Event> events) {
  for (size_t i = 1; i < commands.size(); ++i) {
    REFUSE_IF(KindOf(commands[i]) != KindOf(commands[0]), RefusalCode::kAtomicOverlap,
              absl::StrCat("commands 0 and ", i, " are of different kinds"));
  }
  RETURN_IF_REFUSED(CheckClaims(events));
  RETURN_IF_REFUSED(CheckAccounts(events));
  return CheckMoney(state, events);
}

}  // namespace bansos

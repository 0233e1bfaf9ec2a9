#include "tests/projections/recount.h"

#include <numeric>
#include <utility>

#include "ledger/domain/date.h"

namespace bansos::testing {
namespace {

using Pairs = std::set<std::pair<uint64_t, uint64_t>>;

Pairs Groups(const std::map<uint64_t, uint64_t>& token_of, size_t allowed) {
  Pairs pairs;
  for (const auto& [recipient, token] : token_of) {
    size_t members = 0;
    for (const auto& [other, other_token] : token_of) members += token == other_token;
    if (token != 0 && members > allowed) pairs.insert({token, recipient});
  }
  return pairs;
}

// Takes the money events; false for any other.
bool CountMoney(uint64_t position, const EventBody& body, Recount& count) {
  return std::visit(
      [&]<typename Body>(const Body& event) {
        if constexpr (requires { event.movement.from; }) {
          CountedPayment& payment = count.payments[event.payment];
          payment = {.bucket = event.movement.to, .movement = event.movement, .position = position};
          if constexpr (requires { event.value_date; }) payment.value_date = event.value_date;
          if constexpr (requires { event.cites; }) {
            if (event.cites) count.open_reports.erase(event.cites->value());
          }
          return true;
        }
        return false;
      },
      body);
}

void CountLine(const EventBody& body, Recount& count) {
  const auto add = [&](const Source& source, ReportKind kind, Rupiah amount) {
    if (!source.file_position) return;
    auto& lines = kind == ReportKind::kSettled ? count.settled : count.returned;
    lines[source.file_position->value()].push_back(amount);
  };
  if (const auto* settled = std::get_if<TransferSettled>(&body)) {
    add(settled->source, ReportKind::kSettled, settled->amount);
  } else if (const auto* returned = std::get_if<TransferReturned>(&body)) {
    add(returned->source, ReportKind::kReturned, returned->amount);
  } else if (const auto* held = std::get_if<ReportHeld>(&body)) {
    add(held->source, held->kind, held->amount);
  }
}

}  // namespace

Recount::Recount(const std::vector<Event>& events) {
  for (uint64_t position = 0; position < events.size(); ++position) {
    const EventBody& body = events[position].body;
    CountLine(body, *this);
    if (std::holds_alternative<TransferSent>(body)) {
      const Date stated = events[position].envelope.effective_date;
      const int64_t recorded_us = events[position].envelope.recorded_time_us;
      sent_on[position] = stated != 0 ? stated : WibDate(recorded_us);
    }
    if (CountMoney(position, body, *this)) continue;
    if (const auto* opened = std::get_if<ProgramOpened>(&body)) {
      fiscal_year[opened->program] = opened->fiscal_year;
    } else if (const auto* budget = std::get_if<BudgetAppropriated>(&body)) {
      appropriated[budget->program] += budget->amount;
    } else if (const auto* registered = std::get_if<RecipientRegistered>(&body)) {
      kk[registered->recipient.value()] = registered->kk_token.value();
    } else if (const auto* corrected = std::get_if<IdentityCorrected>(&body)) {
      kk[corrected->recipient.value()] = corrected->kk_token.value();
    } else if (const auto* payee = std::get_if<PayeeAssigned>(&body)) {
      account[payee->recipient.value()] = payee->account_token.value();
      name_differs[payee->recipient.value()] = payee->name_differs && !payee->name_confirmed;
    } else if (const auto* died = std::get_if<RecipientDied>(&body)) {
      died_on[died->recipient.value()] = died->died_on;
    } else if (const auto* decreed = std::get_if<RecipientDecreed>(&body)) {
      entitlements.insert({decreed->recipient.value(), decreed->program, decreed->slot});
    } else if (const auto* ended = std::get_if<EntitlementEnded>(&body)) {
      entitlements.erase({ended->recipient.value(), ended->program, ended->slot});
    } else if (const auto* file = std::get_if<ResultFileReceived>(&body)) {
      files[position] = *file;
    } else if (const auto* held = std::get_if<ReportHeld>(&body)) {
      if (!ResolvedAtBirth(held->rule)) open_reports.insert(position);
    } else if (const auto* resolved = std::get_if<ReportResolved>(&body)) {
      open_reports.erase(resolved->held_position->value());
    }
  }
}

Pairs Recount::PaidToTheDead() const {
  Pairs pairs;
  for (const auto& [key, payment] : payments) {
    const auto death = died_on.find(key.recipient.value());
    if (payment.bucket == Bucket::kPaid && death != died_on.end() && death->second != 0 &&
        payment.value_date > death->second) {
      pairs.insert({key.recipient.value(), payment.position});
    }
  }
  return pairs;
}

Pairs Recount::SharedAccounts() const { return Groups(account, 1); }

Pairs Recount::TwoPrograms() const {
  Pairs pairs;
  for (const auto& [recipient, program, slot] : entitlements) {
    for (const auto& [other, other_program, other_slot] : entitlements) {
      if (recipient == other && program != other_program &&
          fiscal_year.at(program) == fiscal_year.at(other_program)) {
        pairs.insert({recipient, fiscal_year.at(program)});
      }
    }
  }
  for (const auto& [key, payment] : payments) {
    for (const auto& [other, other_payment] : payments) {
      if (key.recipient == other.recipient && key.program != other.program &&
          fiscal_year.at(key.program) == fiscal_year.at(other.program) &&
          payment.bucket == Bucket::kPaid && other_payment.bucket == Bucket::kPaid) {
        pairs.insert({key.recipient.value(), fiscal_year.at(key.program)});
      }
    }
  }
  return pairs;
}

Pairs Recount::CrowdedKks(size_t allowed) const {
  std::map<uint64_t, uint64_t> entitled;
  for (const auto& [recipient, program, slot] : entitlements)
    entitled[recipient] = kk.at(recipient);
  return Groups(entitled, allowed);
}

Pairs Recount::Names() const {
  Pairs pairs;
  for (const auto& [recipient, differs] : name_differs) {
    if (differs) pairs.insert({recipient, 0});
  }
  return pairs;
}

Pairs Recount::Orders() const {
  Pairs pairs;
  for (const auto& [key, payment] : payments) {
    if (payment.bucket != Bucket::kInTransit) continue;
    pairs.insert({static_cast<uint64_t>(sent_on.at(payment.position)), payment.position});
  }
  return pairs;
}

Pairs Recount::OpenFiles() const {
  const auto lines = [](const std::map<uint64_t, std::vector<Rupiah>>& of, uint64_t file) {
    const auto it = of.find(file);
    return it == of.end() ? std::vector<Rupiah>() : it->second;
  };
  Pairs pairs;
  for (const auto& [position, file] : files) {
    const std::vector<Rupiah> in = lines(settled, position), back = lines(returned, position);
    const bool stated = file.settled_total + file.returned_total > 0;
    const bool adds_up =
        std::accumulate(in.begin(), in.end(), Rupiah{0}) == file.settled_total &&
        std::accumulate(back.begin(), back.end(), Rupiah{0}) == file.returned_total;
    if (in.size() + back.size() < file.lines || (stated && !adds_up)) pairs.insert({position, 0});
  }
  return pairs;
}

Pairs Recount::Returns() const {
  Pairs pairs;
  for (const auto& [key, payment] : payments) {
    if (payment.bucket == Bucket::kReturned) {
      pairs.insert({static_cast<uint64_t>(payment.value_date), payment.position});
    }
  }
  return pairs;
}

}  // namespace bansos::testing

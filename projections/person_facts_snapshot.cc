// How PersonFacts is saved and loaded.
#include <utility>
#include <vector>

#include "projections/person_facts.h"

namespace bansos {

void PersonFacts::Save(SnapshotWriter& writer) const {
  programs_.Save(writer);
  writer.List(lots_, [&](const Lot& lot) {
    writer.U64(lot.program);
    writer.U64(lot.tranche);
    writer.U64(lot.batch);
    writer.I64(lot.amount);
  });
  ForEachRecipient([&](uint32_t recipient) {
    writer.U64(recipient);
    SavePerson(recipient, writer);
    return writer.ok();
  });
  writer.U64(0);  // no such recipient: the end
  writer.List(deaths_, [&](const auto& entry) {
    const auto& [recipient, death] = entry;
    writer.U64(recipient);
    writer.U64(death.position);
    writer.I64(death.died_on);
    writer.U64(static_cast<uint64_t>(death.source));
  });
}

void PersonFacts::SavePerson(uint32_t recipient, SnapshotWriter& writer) const {
  const Person& row = person(recipient);
  writer.U64(row.payee_position);
  writer.U64(row.account_token);
  writer.U64(row.kk_token);
  writer.U64(static_cast<uint64_t>(row.reason));
  writer.U64(row.name_differs ? 1 : 0);
  writer.List(RunningOf(recipient), [&](const Running& running) {
    writer.U64(running.decree_position);
    writer.U64(running.program);
    writer.U64(running.slot);
    writer.U64(running.holder);
  });
  // A lot is of one programme and tranche, and a number is used once in them.
  const std::vector<Payment> payments =
      payments_.Sorted(recipient, [](const Payment& a, const Payment& b) {
        return std::pair(a.lot, a.number) < std::pair(b.lot, b.number);
      });
  writer.List(payments, [&](const Payment& payment) {
    writer.U64(payment.settled_at);
    writer.U64(payment.lot);
    writer.U64(payment.number);
    writer.I64(payment.value_date);
  });
}

void PersonFacts::Load(SnapshotReader& reader) {
  programs_.Load(reader);
  const uint64_t lots = reader.U64();
  for (uint64_t i = 0; i < lots && reader.ok(); ++i) {
    Lot lot;
    lot.program = programs_.LoadNumber(reader);
    lot.tranche = reader.U32();
    lot.batch = reader.U32();
    lot.amount = reader.I64();
    InternLot(lot);
  }
  for (uint32_t recipient = reader.U32(); recipient != 0; recipient = reader.U32()) {
    LoadPerson(recipient, reader);
  }
  const uint64_t deaths = reader.U64();
  for (uint64_t i = 0; i < deaths && reader.ok(); ++i) {
    Death& death = deaths_[reader.U32()];
    death.position = reader.U64();
    death.died_on = reader.I32();
    death.source = static_cast<DeathSource>(reader.U64());
  }
}

void PersonFacts::LoadPerson(uint32_t recipient, SnapshotReader& reader) {
  Person& row = people_.At(recipient);
  row.registered = true;
  row.payee_position = reader.U64();
  row.account_token = reader.U32();
  row.kk_token = reader.U32();
  row.reason = static_cast<SharedAccountReason>(reader.U64());
  row.name_differs = reader.U64() != 0;
  const uint64_t entitlements = reader.U64();
  for (uint64_t i = 0; i < entitlements && reader.ok(); ++i) {
    Running running;
    running.decree_position = reader.U64();
    running.program = programs_.LoadNumber(reader);
    running.slot = reader.U32();
    running.holder = reader.U32();
    if (reader.ok()) running_.Add(recipient, running);
  }
  const uint64_t payments = reader.U64();
  for (uint64_t i = 0; i < payments && reader.ok(); ++i) {
    Payment payment;
    payment.settled_at = reader.U64();
    payment.lot = reader.U32();
    payment.number = reader.U32();
    payment.value_date = reader.I32();
    if (payment.lot >= lots_.size()) reader.Fail("an unknown lot of payments");
    if (reader.ok()) payments_.Add(recipient, payment);
  }
}

}  // namespace bansos

// The events of a payment: their fields, and what is true of each (event_traits.h).
#ifndef LEDGER_DOMAIN_PAYMENT_EVENTS_H_
#define LEDGER_DOMAIN_PAYMENT_EVENTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/ids.h"
#include "ledger/domain/event_traits.h"
#include "ledger/domain/values.h"

namespace bansos {

struct PaymentInstructed {
  static constexpr EventTraits kTraits = {.name = "PaymentInstructed",
                                          .creates = Creates::kPayment,
                                          .key_place = KeyPlace::kState,
                                          .moves_to = Bucket::kObligated};

  PaymentKey payment;
  uint32_t batch = 0;
  Rupiah amount = 0;
  uint32_t slot = 0;
  std::optional<Position> decree_position;
  std::optional<Position> payee_position;
  Movement movement;

  Named Names() const { return {.payment = &payment}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<PaymentInstructed> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "payment", x.payment);
    visit(2, "batch", x.batch);
    visit(3, "amount", x.amount);
    visit.Decided(4, "slot", x.slot);
    visit.Decided(5, "decree_position", x.decree_position);
    visit.Decided(6, "payee_position", x.payee_position);
    visit.Decided(7, "movement", x.movement);
  }
};

struct PaymentWithdrawn {
  static constexpr EventTraits kTraits = {
      .name = "PaymentWithdrawn", .key_place = KeyPlace::kState, .moves_to = Bucket::kAvailable};

  PaymentKey payment;
  Movement movement;

  Named Names() const { return {.payment = &payment}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<PaymentWithdrawn> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "payment", x.payment);
    visit.Decided(2, "movement", x.movement);
  }
};

struct TransferSent {
  static constexpr EventTraits kTraits = {
      .name = "TransferSent", .key_place = KeyPlace::kState, .moves_to = Bucket::kInTransit};

  PaymentKey payment;
  uint32_t attempt = 0;
  std::optional<Position> payee_position;
  std::string reference;
  Movement movement;

  Named Names() const { return {.payment = &payment}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<TransferSent> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "payment", x.payment);
    visit(2, "attempt", x.attempt);
    visit(3, "payee_position", x.payee_position);
    visit.Decided(4, "reference", x.reference);
    visit.Decided(5, "movement", x.movement);
  }
};

struct PaymentReissued {
  static constexpr EventTraits kTraits = {
      .name = "PaymentReissued", .key_place = KeyPlace::kState, .moves_to = Bucket::kObligated};

  PaymentKey payment;
  uint32_t attempt = 0;
  std::optional<Position> payee_position;
  Movement movement;

  Named Names() const { return {.payment = &payment}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<PaymentReissued> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "payment", x.payment);
    visit(2, "attempt", x.attempt);
    visit.Decided(3, "payee_position", x.payee_position);
    visit.Decided(4, "movement", x.movement);
  }
};

struct PaymentRemitted {
  static constexpr EventTraits kTraits = {
      .name = "PaymentRemitted", .needs_document = true, .moves_to = Bucket::kRemitted};

  PaymentKey payment;
  Movement movement;

  Named Names() const { return {.payment = &payment}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<PaymentRemitted> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "payment", x.payment);
    visit.Decided(2, "movement", x.movement);
  }
};

}  // namespace bansos

#endif  // LEDGER_DOMAIN_PAYMENT_EVENTS_H_

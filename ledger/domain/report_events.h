// The events of what the bank reports: their fields, and what is true of each (event_traits.h).
#ifndef LEDGER_DOMAIN_REPORT_EVENTS_H_
#define LEDGER_DOMAIN_REPORT_EVENTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/ids.h"
#include "ledger/domain/event_traits.h"
#include "ledger/domain/values.h"

namespace bansos {

struct ResultFileReceived {
  static constexpr EventTraits kTraits = {.name = "ResultFileReceived"};

  std::string kind;
  std::string sender;
  std::string sha256;
  uint32_t lines = 0;
  Rupiah settled_total = 0;
  Rupiah returned_total = 0;

  Named Names() const { return {}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<ResultFileReceived> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "kind", x.kind);
    visit(2, "sender", x.sender);
    visit(3, "sha256", x.sha256);
    visit(4, "lines", x.lines);
    visit(5, "settled_total", x.settled_total);
    visit(6, "returned_total", x.returned_total);
  }
};

struct TransferSettled {
  static constexpr EventTraits kTraits = {
      .name = "TransferSettled", .key_place = KeyPlace::kState, .moves_to = Bucket::kPaid};

  PaymentKey payment;
  uint32_t attempt = 0;
  Date value_date = 0;
  Rupiah amount = 0;
  Source source;
  std::string sealed_bank_reference;
  std::optional<Position> cites;
  Movement movement;

  Named Names() const { return {.payment = &payment}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<TransferSettled> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "payment", x.payment);
    visit(2, "attempt", x.attempt);
    visit(3, "value_date", x.value_date);
    visit(4, "amount", x.amount);
    visit(5, "source", x.source);
    visit(6, "sealed_bank_reference", x.sealed_bank_reference);
    visit(7, "cites", x.cites);
    visit.Decided(8, "movement", x.movement);
  }
};

struct TransferReturned {
  static constexpr EventTraits kTraits = {.name = "TransferReturned",
                                          .is_command = false,
                                          .key_place = KeyPlace::kState,
                                          .moves_to = Bucket::kReturned};

  PaymentKey payment;
  uint32_t attempt = 0;
  Date value_date = 0;
  Rupiah amount = 0;
  ReturnReason reason = ReturnReason::kNone;
  Source source;
  std::string sealed_bank_reference;
  Movement movement;

  Named Names() const { return {.payment = &payment}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<TransferReturned> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "payment", x.payment);
    visit(2, "attempt", x.attempt);
    visit(3, "value_date", x.value_date);
    visit(4, "amount", x.amount);
    visit(5, "reason", x.reason);
    visit(6, "source", x.source);
    visit(7, "sealed_bank_reference", x.sealed_bank_reference);
    visit.Decided(8, "movement", x.movement);
  }
};

struct ReportHeld {
  static constexpr EventTraits kTraits = {
      .name = "ReportHeld", .is_command = false, .key_place = KeyPlace::kState};

  std::optional<PaymentKey> payment;
  uint32_t attempt = 0;
  std::string sealed_reference;
  ReportKind kind = ReportKind::kSettled;
  Rupiah amount = 0;
  Date value_date = 0;
  ReturnReason reason = ReturnReason::kNone;
  Source source;
  HoldRule rule = HoldRule::kUnspecified;
  std::string sealed_bank_reference;

  Named Names() const { return {.payment = payment ? &*payment : nullptr, .may_be_unknown = true}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<ReportHeld> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "payment", x.payment);
    visit(2, "attempt", x.attempt);
    visit(3, "sealed_reference", x.sealed_reference);
    visit(4, "kind", x.kind);
    visit(5, "amount", x.amount);
    visit(6, "value_date", x.value_date);
    visit(7, "reason", x.reason);
    visit(8, "source", x.source);
    visit.Decided(9, "rule", x.rule);
    visit(10, "sealed_bank_reference", x.sealed_bank_reference);
  }
};

struct ReportResolved {
  static constexpr EventTraits kTraits = {.name = "ReportResolved"};

  std::optional<Position> held_position;
  std::vector<Position> carried_by;
  std::optional<PaymentKey> payment;

  Named Names() const { return {.payment = payment ? &*payment : nullptr, .may_be_unknown = true}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<ReportResolved> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "held_position", x.held_position);
    visit(2, "carried_by", x.carried_by);
    visit.Decided(3, "payment", x.payment);
  }
};

// ---- The command ----

// A result that the bank reports. Becomes TransferSettled, TransferReturned or ReportHeld; never
// refused for what it says (rule 9). `payment` is empty when the reference cannot be parsed.
struct ReportTransfer {
  std::optional<PaymentKey> payment;
  uint32_t attempt = 0;
  ReportKind kind = ReportKind::kSettled;
  Rupiah amount = 0;
  Date value_date = 0;
  ReturnReason reason = ReturnReason::kNone;
  Source source;
  std::string sealed_reference;  // Under the ledger key; used only when held.
  // The bank's reference in both forms, each empty when the bank gave none. Which one is kept
  // follows from the event: the recipient's key where it names a payment, else the ledger's. So
  // what a retry states never depends on who is known when.
  std::string sealed_bank_reference;  // Empty too while the recipient has no key.
  std::string sealed_strangers_bank_reference;

  Check Shape() const;
};

}  // namespace bansos

#endif  // LEDGER_DOMAIN_REPORT_EVENTS_H_

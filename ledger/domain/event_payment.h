// The events of batches, payments and reports (see event.h).
#ifndef LEDGER_DOMAIN_EVENT_PAYMENT_H_
#define LEDGER_DOMAIN_EVENT_PAYMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/ids.h"
#include "ledger/domain/values.h"

namespace bansos {

// ---- Batches ----

struct BatchList {
  uint32_t count = 0;
  Rupiah total = 0;
  std::string digest;
};

struct BatchDrafted {
  BatchKey batch;
};

struct BatchSubmitted {
  BatchKey batch;
  uint32_t round = 0;
  BatchList list;
};

struct BatchVerified {
  BatchKey batch;
  uint32_t round = 0;
  BatchList list;
};

struct BatchApproved {
  BatchKey batch;
  uint32_t round = 0;
  BatchList list;
};

struct BatchSentBack {
  BatchKey batch;
  uint32_t round = 0;
  BatchList list;
};

struct BatchReleased {
  BatchKey batch;
  uint32_t round = 0;
  BatchList list;
};

struct BatchClosed {
  BatchKey batch;
  uint32_t round = 0;
};

// ---- Payments ----

struct PaymentInstructed {
  PaymentKey payment;
  uint32_t batch = 0;
  Rupiah amount = 0;
  uint32_t slot = 0;
  std::optional<Position> decree_position;
  std::optional<Position> payee_position;
  Movement movement;
};

struct PaymentWithdrawn {
  PaymentKey payment;
  Movement movement;
};

struct TransferSent {
  PaymentKey payment;
  uint32_t attempt = 0;
  std::optional<Position> payee_position;
  std::string reference;
  Movement movement;
};

struct PaymentReissued {
  PaymentKey payment;
  uint32_t attempt = 0;
  std::optional<Position> payee_position;
  Movement movement;
};

struct PaymentRemitted {
  PaymentKey payment;
  Movement movement;
};

// A file of orders for the bank, before it is handed over.
struct OrderFileWritten {
  BatchKey batch;
  uint32_t number = 0;
  uint32_t attempt = 0;
  uint32_t again = 0;
  std::string sha256;
  uint32_t count = 0;
  Rupiah total = 0;
};

// ---- Reports of the bank ----

struct ResultFileReceived {
  std::string kind;
  std::string sender;
  std::string sha256;
  uint32_t lines = 0;
  Rupiah settled_total = 0;
  Rupiah returned_total = 0;
};

struct TransferSettled {
  PaymentKey payment;
  uint32_t attempt = 0;
  Date value_date = 0;
  Rupiah amount = 0;
  Source source;
  std::string sealed_bank_reference;
  std::optional<Position> cites;
  Movement movement;
};

struct TransferReturned {
  PaymentKey payment;
  uint32_t attempt = 0;
  Date value_date = 0;
  Rupiah amount = 0;
  ReturnReason reason = ReturnReason::kNone;
  Source source;
  std::string sealed_bank_reference;
  Movement movement;
};

struct ReportHeld {
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
};

struct ReportResolved {
  std::optional<Position> held_position;
  std::vector<Position> carried_by;
  std::optional<PaymentKey> payment;
};

}  // namespace bansos

#endif  // LEDGER_DOMAIN_EVENT_PAYMENT_H_

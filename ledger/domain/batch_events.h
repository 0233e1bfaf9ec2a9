// The events of a batch, and of its files of orders: their fields, and what is true of each
// (event_traits.h).
#ifndef LEDGER_DOMAIN_BATCH_EVENTS_H_
#define LEDGER_DOMAIN_BATCH_EVENTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/ids.h"
#include "ledger/domain/event_traits.h"
#include "ledger/domain/values.h"

namespace bansos {

struct BatchDrafted {
  static constexpr EventTraits kTraits = {.name = "BatchDrafted", .creates = Creates::kBatch};

  BatchKey batch;

  Named Names() const { return {.batch = &batch}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<BatchDrafted> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "batch", x.batch);
  }
};

struct BatchList {
  uint32_t count = 0;
  Rupiah total = 0;
  std::string digest;

  template <typename V, FieldsOf<BatchList> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "count", x.count);
    visit(2, "total", x.total);
    visit.Decided(3, "digest", x.digest);
  }
};

struct BatchSubmitted {
  static constexpr EventTraits kTraits = {
      .name = "BatchSubmitted", .needs_document = true, .actor_is_content = true};

  BatchKey batch;
  uint32_t round = 0;
  BatchList list;

  Named Names() const { return {.batch = &batch}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<BatchSubmitted> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "batch", x.batch);
    visit(2, "round", x.round);
    visit(3, "list", x.list);
  }
};

struct BatchVerified {
  static constexpr EventTraits kTraits = {.name = "BatchVerified", .actor_is_content = true};

  BatchKey batch;
  uint32_t round = 0;
  BatchList list;

  Named Names() const { return {.batch = &batch}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<BatchVerified> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "batch", x.batch);
    visit(2, "round", x.round);
    visit(3, "list", x.list);
  }
};

struct BatchApproved {
  static constexpr EventTraits kTraits = {
      .name = "BatchApproved", .needs_document = true, .actor_is_content = true};

  BatchKey batch;
  uint32_t round = 0;
  BatchList list;

  Named Names() const { return {.batch = &batch}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<BatchApproved> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "batch", x.batch);
    visit(2, "round", x.round);
    visit(3, "list", x.list);
  }
};

struct BatchSentBack {
  static constexpr EventTraits kTraits = {.name = "BatchSentBack", .actor_is_content = true};

  BatchKey batch;
  uint32_t round = 0;
  BatchList list;

  Named Names() const { return {.batch = &batch}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<BatchSentBack> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "batch", x.batch);
    visit(2, "round", x.round);
    visit(3, "list", x.list);
  }
};

struct BatchReleased {
  static constexpr EventTraits kTraits = {
      .name = "BatchReleased", .needs_document = true, .actor_is_content = true};

  BatchKey batch;
  uint32_t round = 0;
  BatchList list;

  Named Names() const { return {.batch = &batch}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<BatchReleased> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "batch", x.batch);
    visit(2, "round", x.round);
    visit(3, "list", x.list);
  }
};

struct BatchClosed {
  static constexpr EventTraits kTraits = {.name = "BatchClosed", .actor_is_content = true};

  BatchKey batch;
  uint32_t round = 0;

  Named Names() const { return {.batch = &batch}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<BatchClosed> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "batch", x.batch);
    visit(2, "round", x.round);
  }
};

// A file of orders for the bank, before it is handed over.
struct OrderFileWritten {
  static constexpr EventTraits kTraits = {.name = "OrderFileWritten"};

  BatchKey batch;
  uint32_t number = 0;
  uint32_t attempt = 0;
  uint32_t again = 0;
  std::string sha256;
  uint32_t count = 0;
  Rupiah total = 0;

  Named Names() const { return {.batch = &batch}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<OrderFileWritten> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "batch", x.batch);
    visit(2, "number", x.number);
    visit(3, "attempt", x.attempt);
    visit(4, "again", x.again);
    visit(5, "sha256", x.sha256);
    visit(6, "count", x.count);
    visit(7, "total", x.total);
  }
};

}  // namespace bansos

#endif  // LEDGER_DOMAIN_BATCH_EVENTS_H_

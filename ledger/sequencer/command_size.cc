#include "ledger/sequencer/command_size.h"

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "ledger/domain/event.h"
#include "ledger/event/encoder.h"

namespace bansos {
namespace {

// A tag of at most 2 bytes and a varint of at most 10, or the length of a text or message.
constexpr size_t kFieldBytes = 12;

// A field visitor that adds up what each field can take at most.
class SizeOfFields {
 public:
  template <typename T>
  void operator()(uint32_t, const char*, const T& value) {
    Add(value);
  }
  template <typename T>
  void Decided(uint32_t, const char*, const T& value) {
    Add(value);
  }
  size_t bytes() const { return bytes_; }

 private:
  void Add(const std::string& text) { bytes_ += kFieldBytes + text.size(); }
  template <VarintLike T>
  void Add(const T&) {
    bytes_ += kFieldBytes;
  }
  template <typename T>
  void Add(const std::optional<T>& value) {
    if (value) Add(*value);
  }
  template <typename T>
  void Add(const std::vector<T>& values) {
    bytes_ += kFieldBytes;
    for (const T& value : values) Add(value);
  }
  template <typename T>
  requires(!VarintLike<T>) void Add(const T& message) {
    bytes_ += kFieldBytes;
    VisitFields(*this, message);
  }

  size_t bytes_ = 0;
};

}  // namespace

size_t EstimateBytes(const Command& command) {
  SizeOfFields size;
  VisitFields(size, command.envelope);
  if (const auto* body = std::get_if<EventBody>(&command.body)) {
    std::visit([&](const auto& event) { VisitFields(size, event); }, *body);
    return size.bytes();
  }
  const auto& report = std::get<ReportTransfer>(command.body);
  ReportHeld longest;  // Of the three events that a report can become.
  VisitFields(size, longest);
  if (report.payment) VisitFields(size, *report.payment);
  return size.bytes() + report.source.sender.size() + report.sealed_reference.size() +
         report.sealed_bank_reference.size() + report.sealed_strangers_bank_reference.size();
}

}  // namespace bansos

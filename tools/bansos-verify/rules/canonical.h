// Canonical bytes of an entry (docs/formats/event.md): the entry is what protobuf writes again for
// the event that it reads, with no field that this version does not know and no empty message where
// one must be left out.
//
// Faults: kEntryTooLong, kNotReadable, kNotCanonical, kUnknownField. Keeps its buffers from one
// entry to the next; not thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_RULES_CANONICAL_H_
#define TOOLS_BANSOS_VERIFY_RULES_CANONICAL_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "bansos/ledger/v1/event.pb.h"
#include "tools/bansos-verify/replay/fault.h"
#include "tools/bansos-verify/rules/known_fields.h"

namespace bansos::verify {

// The most that a log takes (docs/formats/log.md).
inline constexpr size_t kMaxEntryBytes = 60 * 1024;

class CanonicalReader {
 public:
  CanonicalReader();

  // Reads the entry into `event`; after a fault `event` is worthless.
  replay::Verdict Read(std::string_view entry, ledger::v1::Event& event);

 private:
  KnownFields known_;
  std::string again_;
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_RULES_CANONICAL_H_

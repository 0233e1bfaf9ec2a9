#include "tools/bansos-verify/rules/canonical.h"

#include <algorithm>

namespace bansos::verify {
namespace {

size_t FirstDifference(std::string_view a, std::string_view b) {
  const size_t common = std::min(a.size(), b.size());
  return std::mismatch(a.begin(), a.begin() + common, b.begin()).first - a.begin();
}

}  // namespace

CanonicalReader::CanonicalReader() : known_(*ledger::v1::Event::descriptor()) {}

replay::Verdict CanonicalReader::Read(std::string_view entry, ledger::v1::Event& event) {
  FAULT_UNLESS(entry.size() <= kMaxEntryBytes, "kEntryTooLong", "the entry has ", entry.size(),
               " bytes, more than ", kMaxEntryBytes);
  FAULT_UNLESS(event.ParseFromArray(entry.data(), static_cast<int>(entry.size())), "kNotReadable",
               "the entry is no event of bansos.ledger.v1");
  again_.resize(event.ByteSizeLong());
  event.SerializeWithCachedSizesToArray(reinterpret_cast<uint8_t*>(again_.data()));
  FAULT_UNLESS(again_ == entry, "kNotCanonical",
               "the entry is not the canonical encoding of its event, from byte ",
               FirstDifference(entry, again_), " on");
  return known_.Check(entry);
}

}  // namespace bansos::verify

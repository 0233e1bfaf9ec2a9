#include "grpc/receipt.h"

#include <string_view>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace bansos {
namespace {

constexpr char kFirstLine[] = "c2sp.org/tlog-proof@v1";

std::string Base64(std::string_view bytes) {
  return absl::Base64Escape({bytes.data(), bytes.size()});
}

}  // namespace

std::string FormatReceipt(Position position, const InclusionProof& inclusion,
                          const Checkpoint& checkpoint) {
  std::string receipt = absl::StrCat(kFirstLine, "\nextra ", Base64(inclusion.entry), "\nindex ",
                                     position.value(), "\n");
  for (const Hash& hash : inclusion.proof) {
    absl::StrAppend(&receipt, Base64(AsBytes(hash)), "\n");
  }
  absl::StrAppend(&receipt, "\n", checkpoint.note);
  return receipt;
}

}  // namespace bansos

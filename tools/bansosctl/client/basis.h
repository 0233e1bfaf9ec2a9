// What a fact rests on, as the command line states it: --document KIND/NUMBER/DATE and
// --effective-date; and the keys of batches and payments. Pure functions, thread-safe.
#ifndef TOOLS_BANSOSCTL_CLIENT_BASIS_H_
#define TOOLS_BANSOSCTL_CLIENT_BASIS_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "bansos/ledger/v1/event.pb.h"
#include "bansos/v1/common.pb.h"

namespace bansos {

struct BasisOptions {
  std::string document = {};  // KIND/NUMBER/DATE; the number may hold slashes
  std::string signatory = {};
  std::string effective_date = {};
};

// Errors: InvalidArgument naming the option and its form.
absl::StatusOr<v1::Basis> ToBasis(const BasisOptions& options);

// "YYYY-MM-DD" from a date as people write it; `option` names it in the error.
absl::StatusOr<std::string> ToIsoDate(std::string_view option, std::string_view text);

// "KJS/1/2": programme, tranche, batch.
absl::StatusOr<ledger::v1::BatchKey> ParseBatchKey(std::string_view text);
// "KJS/1/4711/1": programme, tranche, recipient, number.
absl::StatusOr<ledger::v1::PaymentKey> ParsePaymentKey(std::string_view text);

std::string FormatBatchKey(const ledger::v1::BatchKey& key);
std::string FormatPaymentKey(const ledger::v1::PaymentKey& key);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CLIENT_BASIS_H_

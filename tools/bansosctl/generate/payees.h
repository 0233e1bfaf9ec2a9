// Payees: where each candidate's money goes: accounts of Bank Jateng, virtual accounts, cash; with
// the accounts that several people share, for a stated reason or for none.
#ifndef TOOLS_BANSOSCTL_GENERATE_PAYEES_H_
#define TOOLS_BANSOSCTL_GENERATE_PAYEES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "tools/bansosctl/generate/population.h"

namespace bansos {

struct PayeeRow {
  std::string nik;
  std::string_view channel;
  std::string account_number;  // empty for cash
  std::string_view bank;
  std::string account_holder;
  std::string_view holder;
  std::string document_number;
  absl::CivilDay document_date;
  std::string_view shared_account_reason;  // mostly empty
};

// One row for each candidate with a sound NIK, then corrections of most accounts that were shared
// without a reason. Accounts are drawn once each but for the deliberate sharing.
std::vector<PayeeRow> MakePayees(const RegistryOptions& options, const Population& population,
                                 Summary& summary);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_GENERATE_PAYEES_H_

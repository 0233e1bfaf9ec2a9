// NikAgreement: whether the birth dates and sexes of a file's rows are those of their NIK.
//
// One row that differs is a warning: a NIK is kept when a birth date is corrected. A column of NIK
// that was sorted alone or filled down differs nearly everywhere, and then the file is refused
// until somebody says on the record that it is right. Not thread-safe; memory is constant.
#ifndef TOOLS_BANSOSCTL_IMPORT_NIK_AGREEMENT_H_
#define TOOLS_BANSOSCTL_IMPORT_NIK_AGREEMENT_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "bansos/v1/person.pb.h"
#include "tools/bansosctl/csv/rare_rows.h"

namespace bansos {

// `birth_date` is YYYY-MM-DD; what is not stated agrees. REQUIRES: CheckNik passed.
bool AgreesWithNik(std::string_view nik, std::string_view birth_date, v1::Sex sex);

class NikAgreement {
 public:
  // A row that has a NIK and a birth date or a sex.
  void Add(uint64_t row, bool agrees) { differing_.Add(row, !agrees); }
  // IsUnlikelyFile when far more rows differ than in real life.
  absl::Status Check() const;

 private:
  // More than registers that were matched with the civil registry have.
  static constexpr double kDifferingInRealLife = 0.05;
  RareRows differing_{kDifferingInRealLife};
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_IMPORT_NIK_AGREEMENT_H_

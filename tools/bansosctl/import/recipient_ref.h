// How rows name a recipient that is registered already: by NIK, by an institution's registration
// number or by recipient number; exactly one of them. Shared by all kinds but recipients.
#ifndef TOOLS_BANSOSCTL_IMPORT_RECIPIENT_REF_H_
#define TOOLS_BANSOSCTL_IMPORT_RECIPIENT_REF_H_

#include <string>
#include <vector>

#include "bansos/v1/common.pb.h"
#include "tools/bansosctl/import/import_kind.h"

namespace bansos {

// They come first in the columns of a kind, in this order.
enum RecipientColumn : size_t { kRefNik, kRefRegistrationNumber, kRefNumber, kRefColumnCount };

std::vector<ImportColumn> RecipientColumns();

// InvalidArgument when the file has none of them.
absl::Status CheckRecipientHeader(const CsvReader& reader);

// Also the row's order key.
void ReadRecipient(RowReading& row, v1::RecipientRef& recipient);

// Columns of the document that a row rests on, and how they become a basis. `kind` is what stands
// when the row names no kind.
struct DocumentColumns {
  size_t kind = 0;
  size_t number = 0;
  size_t date = 0;
};
std::vector<ImportColumn> DocumentColumnList(const std::string& default_kind, bool date_required);
// `fallback_date` stands for a missing date where that is allowed.
void ReadDocument(RowReading& row, const DocumentColumns& columns, const std::string& default_kind,
                  const std::string& fallback_date, v1::Basis& basis);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_IMPORT_RECIPIENT_REF_H_

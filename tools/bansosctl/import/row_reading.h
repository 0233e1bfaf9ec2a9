// RowReading: takes the values of one row, each by the rules of its column, and notes the first
// fault. After a fault the values that follow are read on but mean nothing.
//
// Columns are named by their index in the columns of the reader. A fault never holds a value of a
// personal column. Not thread-safe; lives as long as the row.
#ifndef TOOLS_BANSOSCTL_IMPORT_ROW_READING_H_
#define TOOLS_BANSOSCTL_IMPORT_ROW_READING_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bansos/v1/common.pb.h"
#include "google/protobuf/descriptor.h"
#include "tools/bansosctl/csv/csv_reader.h"
#include "tools/bansosctl/csv/fields.h"

namespace bansos {

// The values of an enum of the API as files write them: without the prefix of the enum's name.
class EnumNames {
 public:
  // `prefix` as in "CHANNEL_". The first value (not stated) is left out.
  EnumNames(const google::protobuf::EnumDescriptor* descriptor, std::string_view prefix);
  const std::vector<std::string_view>& names() const { return names_; }
  int number(size_t index) const { return numbers_[index]; }
  std::string_view NameOf(int number) const;  // "?" for an unknown one
  // "BANK_ACCOUNT, POST_CASH".
  std::string Listed() const;

 private:
  std::vector<std::string_view> names_;  // of the descriptor, which lives for ever
  std::vector<int> numbers_;
};

enum class Need { kRequired, kOptional };

class RowReading {
 public:
  explicit RowReading(const CsvReader& reader) : reader_(reader) {}

  bool ok() const { return !fault_.has_value(); }
  const RowError& fault() const { return *fault_; }
  void Fail(size_t column, std::string reason, std::string what_to_do);

  bool Has(size_t column) const { return !reader_.Get(column).empty(); }
  // Empty when the row states none.
  std::string Text(size_t column, Need need = Need::kRequired);
  std::string Date(size_t column, Need need = Need::kRequired);  // YYYY-MM-DD
  std::string Area(size_t column, Need need = Need::kRequired);
  int64_t Rupiah(size_t column);
  int64_t Integer(size_t column, int64_t min, int64_t max);
  // A count or a number of the ledger, from 1 on.
  uint64_t Count(size_t column, uint64_t max);
  int Enum(size_t column, const EnumNames& names, Need need = Need::kRequired);
  std::string Nik(size_t column);
  std::string Kk(size_t column);

  // Values of the row whose order against other rows matters (a NIK, an account): requests that
  // share one are never in flight together.
  void AddOrderKey(std::string_view key) {
    order_keys_.push_back(std::hash<std::string_view>()(key));
  }
  const std::vector<size_t>& order_keys() const { return order_keys_; }

  const CsvReader& reader() const { return reader_; }

 private:
  template <typename T>
  T Value(size_t column, const Parsed<T>& parsed);
  bool Missing(size_t column, Need need);
  std::string CheckedNumber(size_t column, bool is_nik);

  const CsvReader& reader_;
  std::optional<RowError> fault_;
  std::vector<size_t> order_keys_;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_IMPORT_ROW_READING_H_

#include "tools/bansosctl/import/row_reading.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/domain/nik.h"
#include "tools/bansosctl/format/number.h"

namespace bansos {
namespace {

// Longer texts than any real name, address or document number; the server's bound.
constexpr size_t kTextBytesMax = 512;

}  // namespace

EnumNames::EnumNames(const google::protobuf::EnumDescriptor* descriptor, std::string_view prefix) {
  for (int i = 0; i < descriptor->value_count(); ++i) {
    const google::protobuf::EnumValueDescriptor* value = descriptor->value(i);
    if (value->number() == 0) continue;
    std::string_view name = value->name();
    if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
    names_.push_back(name);
    numbers_.push_back(value->number());
  }
}

std::string_view EnumNames::NameOf(int number) const {
  for (size_t i = 0; i < numbers_.size(); ++i) {
    if (numbers_[i] == number) return names_[i];
  }
  return "?";
}

std::string EnumNames::Listed() const {
  std::string listed;
  for (const std::string_view name : names_) {
    if (!listed.empty()) listed += ", ";
    listed += name;
  }
  return listed;
}

void RowReading::Fail(size_t column, std::string reason, std::string what_to_do) {
  if (!fault_.has_value()) {
    fault_ = reader_.ErrorAt(column, std::move(reason), std::move(what_to_do));
  }
}

bool RowReading::Missing(size_t column, Need need) {
  if (Has(column)) return false;
  if (need == Need::kRequired) {
    const FieldError empty(FieldFault::kEmpty);
    Fail(column, empty.reason, empty.what_to_do);
  }
  return true;
}

template <typename T>
T RowReading::Value(size_t column, const Parsed<T>& parsed) {
  if (parsed.ok()) return *parsed;
  Fail(column, parsed.error().reason, parsed.error().what_to_do);
  return T();
}

std::string RowReading::Text(size_t column, Need need) {
  if (Missing(column, need)) return "";
  const std::string_view text = reader_.Get(column);
  if (text.size() > kTextBytesMax) {
    Fail(column, absl::StrCat("the text is longer than ", kTextBytesMax, " bytes"), "shorten it");
  }
  return std::string(text);
}

std::string RowReading::Date(size_t column, Need need) {
  if (Missing(column, need)) return "";
  const Parsed<absl::CivilDay> day = ParseDate(reader_.Get(column));
  if (!day.ok()) {
    Value(column, day);
    return "";
  }
  return FormatDate(*day);
}

std::string RowReading::Area(size_t column, Need need) {
  return Missing(column, need) ? "" : Value(column, ParseAreaCode(reader_.Get(column)));
}

int64_t RowReading::Rupiah(size_t column) {
  return Missing(column, Need::kRequired) ? 0 : Value(column, ParseRupiah(reader_.Get(column)));
}

int64_t RowReading::Integer(size_t column, int64_t min, int64_t max) {
  if (Missing(column, Need::kRequired)) return 0;
  return Value(column, ParseInteger(reader_.Get(column), min, max));
}

uint64_t RowReading::Count(size_t column, uint64_t max) {
  if (Missing(column, Need::kRequired)) return 0;
  return Value(column, ParseCount(reader_.Get(column), 1, max));
}

int RowReading::Enum(size_t column, const EnumNames& names, Need need) {
  if (Missing(column, need)) return 0;
  const Parsed<size_t> index = ParseName(reader_.Get(column), names.names());
  if (!index.ok()) {
    Value(column, index);
    return 0;
  }
  return names.number(*index);
}

std::string RowReading::Nik(size_t column) { return CheckedNumber(column, true); }

std::string RowReading::Kk(size_t column) { return CheckedNumber(column, false); }

std::string RowReading::CheckedNumber(size_t column, bool is_nik) {
  if (Missing(column, Need::kRequired)) return "";
  const std::string_view number = reader_.Get(column);
  const std::optional<NikFault> fault = is_nik ? CheckNik(number) : CheckKk(number);
  if (fault.has_value()) {
    const std::string_view explained = Explain(*fault);
    const size_t advice = explained.find("; ");
    Fail(column, std::string(explained.substr(0, advice)),
         absl::StrCat(std::string(explained.substr(advice + 2)), " and import the row again"));
    return "";
  }
  return std::string(number);
}

}  // namespace bansos

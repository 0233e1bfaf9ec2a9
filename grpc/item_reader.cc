#include "grpc/item_reader.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ledger/domain/date.h"
#include "ledger/domain/ledger_root.h"

namespace bansos {
namespace {

// nullopt unless `text` is digits with hyphens at the right places.
std::optional<Date> ParseDate(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  Date date = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i == 4 || i == 7) continue;
    if (!absl::ascii_isdigit(text[i])) return std::nullopt;
    date = date * 10 + (text[i] - '0');
  }
  if (!IsValidDate(date)) return std::nullopt;
  return date;
}

std::string AsText(std::string_view text) { return std::string(text); }

}  // namespace

Date ItemReader::ReadDate(std::string_view field, const std::string& text) {
  if (text.empty()) return 0;
  const std::optional<Date> date = ParseDate(text);
  if (!date.has_value()) {
    Refuse(RefusalCode::kBadDate, field, "write it as YYYY-MM-DD");
    return 0;
  }
  return *date;
}

AreaCode ItemReader::ReadArea(std::string_view field, const std::string& text) {
  if (text.empty()) return 0;
  const AreaCode area = text.size() == 5 ? ParseAreaCode(text) : 0;
  if (area == 0) {
    RefuseShape("BAD_AREA", field,
                "it is not the code of a kabupaten or kota. Write it as 33.74, with the dot.");
  }
  return area;
}

std::optional<Document> ItemReader::ReadDocument(const v1::Basis* own, const v1::Basis& request) {
  const v1::Basis& basis = own != nullptr && own->has_document() ? *own : request;
  if (!basis.has_document()) return std::nullopt;
  const v1::Document& document = basis.document();
  return Document{.kind = document.kind(),
                  .number = document.number(),
                  .date = ReadDate("basis.document.date", document.date()),
                  .signatory = document.signatory()};
}

Date ItemReader::ReadEffectiveDate(const v1::Basis* own, const v1::Basis& request) {
  const v1::Basis& basis = own != nullptr && !own->effective_date().empty() ? *own : request;
  return ReadDate("basis.effective_date", basis.effective_date());
}

const std::string& ItemReader::ReadSealedText(std::string_view field, const std::string& text,
                                              size_t max_bytes) {
  if (text.size() > max_bytes) {
    RefuseShape("TEXT_TOO_LONG", field,
                absl::StrCat("it has ", text.size(), " bytes; at most ", max_bytes,
                             " are kept. Shorten it."));
  }
  for (const char c : text) {
    if (absl::ascii_iscntrl(c)) {
      RefuseShape("BAD_TEXT", field, "it holds a control character. Remove it.");
      break;
    }
  }
  return text;
}

void ItemReader::Refuse(RefusalCode code, std::string_view field, std::string_view detail) {
  if (fault_.has_value()) return;
  fault_ = FaultOf(Refusal{code, absl::StrCat(AsText(field), ": ", AsText(detail))}, AsText(field));
}

void ItemReader::RefuseShape(std::string_view code, std::string_view field,
                             std::string_view message) {
  if (fault_.has_value()) return;
  fault_ = Fault{.code = AsText(code),
                 .message = absl::StrCat(AsText(field), ": ", AsText(message)),
                 .field = AsText(field)};
}

std::string FormatArea(AreaCode area) {
  return area == 0 ? std::string() : absl::StrFormat("%02d.%02d", area / 100, area % 100);
}

std::string FormatDate(Date date) {
  if (date == 0) return {};
  return absl::StrFormat("%04d-%02d-%02d", date / 10000, date / 100 % 100, date % 100);
}

v1::Document ToProto(const Document& document) {
  v1::Document proto;
  proto.set_kind(document.kind);
  proto.set_number(document.number);
  proto.set_date(FormatDate(document.date));
  proto.set_signatory(document.signatory);
  return proto;
}

}  // namespace bansos

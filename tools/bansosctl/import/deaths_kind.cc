#include "absl/strings/ascii.h"
#include "bansos/v1/recipient_service.grpc.pb.h"
#include "tools/bansosctl/import/kinds.h"
#include "tools/bansosctl/import/recipient_ref.h"

namespace bansos {
namespace {

constexpr char kDeathDocumentKind[] = "AKTA";

enum : size_t {
  kDiedOn = kRefColumnCount,
  kLives,
  kSource,
  kDeathDocumentNumber,
  kDeathDocumentDate,
  kDeathDocumentKindColumn,
};

const EnumNames& SourceNames() {
  static const auto* const kNames =
      new EnumNames(ledger::v1::DeathSource_descriptor(), "DEATH_SOURCE_");
  return *kNames;
}

class DeathsKind final : public MethodKind<v1::RecipientService::Stub, v1::RecordDeathsRequest,
                                           v1::RecordDeathsResponse> {
 public:
  DeathsKind(ImportContext context, std::string until)
      : MethodKind(std::move(context), &v1::RecipientService::Stub::RecordDeaths),
        until_(std::move(until)) {}

  const std::vector<ImportColumn>& columns() const override { return DeathsColumns(); }
  absl::Status CheckHeader(const CsvReader& reader) const override {
    return CheckRecipientHeader(reader);
  }

  bool Add(RowReading& row) override {
    v1::Death& item = *request_.add_items();
    ReadRecipient(row, *item.mutable_recipient());
    item.set_lives(ReadLives(row));
    item.set_died_on(row.Date(kDiedOn, Need::kOptional));
    if (item.lives() == !item.died_on().empty() && row.ok()) {
      row.Fail(kDiedOn, "the row must say when the person died, or that the person lives",
               "fill exactly one of died_on and lives");
    }
    item.set_source(static_cast<ledger::v1::DeathSource>(row.Enum(kSource, SourceNames())));
    ReadDocument(row, {kDeathDocumentKindColumn, kDeathDocumentNumber, kDeathDocumentDate},
                 kDeathDocumentKind, "", *item.mutable_basis());
    if (!KeepItem(row)) return false;
    // ISO dates compare like text.
    if (until_.empty() || item.basis().document().date() <= until_) return true;
    request_.mutable_items()->RemoveLast();
    return false;
  }

 private:
  static bool ReadLives(RowReading& row) {
    const std::string lives = absl::AsciiStrToUpper(row.Text(kLives, Need::kOptional));
    if (lives.empty() || lives == "NO" || lives == "TIDAK") return false;
    if (lives != "YES" && lives != "YA") {
      row.Fail(kLives, "the value is not a known one", "use YES, or leave it empty");
    }
    return true;
  }

  const std::string until_;
};

}  // namespace

const std::vector<ImportColumn>& DeathsColumns() {
  static const auto* const kColumns = [] {
    auto* columns = new std::vector<ImportColumn>(RecipientColumns());
    columns->push_back({{.name = "died_on", .required = false, .dates = true},
                        "day of death; empty exactly when lives is YES",
                        "YYYY-MM-DD or DD/MM/YYYY"});
    columns->push_back({{.name = "lives", .required = false},
                        "the document says that the person lives",
                        "YES or YA; NO, TIDAK or empty"});
    columns->push_back({{.name = "source"}, "who said so", SourceNames().Listed()});
    for (ImportColumn& column : DocumentColumnList(kDeathDocumentKind, true)) {
      columns->push_back(std::move(column));
    }
    return columns;
  }();
  return *kColumns;
}

std::unique_ptr<ImportKind> NewDeathsKind(ImportContext context, std::string until) {
  return std::make_unique<DeathsKind>(std::move(context), std::move(until));
}

}  // namespace bansos

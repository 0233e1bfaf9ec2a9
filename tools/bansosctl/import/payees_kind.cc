#include "absl/strings/ascii.h"
#include "bansos/v1/recipient_service.grpc.pb.h"
#include "tools/bansosctl/import/kinds.h"
#include "tools/bansosctl/import/recipient_ref.h"

namespace bansos {
namespace {

constexpr char kPayeeDocumentKind[] = "SPTJM";
constexpr char kNamesDiffer[] = "holder's name is far from the registered one";
constexpr size_t kAccountDigitsMin = 5;
constexpr size_t kAccountDigitsMax = 34;

enum : size_t {
  kChannel = kRefColumnCount,
  kAccountNumber,
  kBank,
  kAccountHolder,
  kHolder,
  kSharedAccountReason,
  kNameConfirmed,
  kPayeeDocumentNumber,
  kPayeeDocumentDate,
  kPayeeDocumentKindColumn,
};

const EnumNames& ChannelNames() {
  static const auto* const kNames = new EnumNames(ledger::v1::Channel_descriptor(), "CHANNEL_");
  return *kNames;
}

const EnumNames& HolderNames() {
  static const auto* const kNames = new EnumNames(ledger::v1::Holder_descriptor(), "HOLDER_");
  return *kNames;
}

const EnumNames& SharedReasonNames() {
  static const auto* const kNames =
      new EnumNames(ledger::v1::SharedAccountReason_descriptor(), "SHARED_ACCOUNT_REASON_");
  return *kNames;
}

class PayeesKind final : public MethodKind<v1::RecipientService::Stub, v1::AssignPayeesRequest,
                                           v1::AssignPayeesResponse> {
 public:
  explicit PayeesKind(ImportContext context)
      : MethodKind(std::move(context), &v1::RecipientService::Stub::AssignPayees) {}

  const std::vector<ImportColumn>& columns() const override { return PayeesColumns(); }
  absl::Status CheckHeader(const CsvReader& reader) const override {
    return CheckRecipientHeader(reader);
  }

  bool Add(RowReading& row) override {
    v1::PayeeAssignment& item = *request_.add_items();
    ReadRecipient(row, *item.mutable_recipient());
    item.set_channel(static_cast<ledger::v1::Channel>(row.Enum(kChannel, ChannelNames())));
    item.set_holder(static_cast<ledger::v1::Holder>(row.Enum(kHolder, HolderNames())));
    item.set_shared_account_reason(static_cast<ledger::v1::SharedAccountReason>(
        row.Enum(kSharedAccountReason, SharedReasonNames(), Need::kOptional)));
    item.set_name_confirmed(ReadConfirmed(row));
    v1::PayeeDetails& details = *item.mutable_details();
    details.set_account_number(ReadAccount(row, item.channel()));
    details.set_bank(row.Text(kBank, Need::kOptional));
    details.set_holder_name(row.Text(kAccountHolder));
    ReadDocument(row, {kPayeeDocumentKindColumn, kPayeeDocumentNumber, kPayeeDocumentDate},
                 kPayeeDocumentKind, "", *item.mutable_basis());
    return KeepItem(row);
  }

  ImportCall Take() override {
    return TakeWith([](const v1::AssignPayeesResponse& response, ImportAnswer& answer) {
      if (response.names_differ().empty()) return;
      answer.counts[kNamesDiffer] += response.names_differ_size();
      answer.warned.assign(response.names_differ().begin(), response.names_differ().end());
    });
  }

  std::string IfWarned() const override {
    return "the account is the recipient's own, and its holder's name is far from the registered "
           "one: the bank will return the money (BE01). They stand in exceptions --kind "
           "PAYEE_NAME_DIFFERS until a payee with the right name, or with name_confirmed YES and "
           "the document that confirms it, is recorded.";
  }

 private:
  static bool ReadConfirmed(RowReading& row) {
    const std::string confirmed = absl::AsciiStrToUpper(row.Text(kNameConfirmed, Need::kOptional));
    if (confirmed.empty() || confirmed == "NO" || confirmed == "TIDAK") return false;
    if (confirmed != "YES" && confirmed != "YA") {
      row.Fail(kNameConfirmed, "the value is not a known one", "use YES, or leave it empty");
    }
    return true;
  }

  // Digits; a number that a spreadsheet has damaged is refused, not repaired.
  static std::string ReadAccount(RowReading& row, ledger::v1::Channel channel) {
    const bool account = channel == ledger::v1::CHANNEL_BANK_ACCOUNT ||
                         channel == ledger::v1::CHANNEL_VIRTUAL_ACCOUNT;
    if (!row.Has(kAccountNumber)) {
      if (account) {
        row.Fail(kAccountNumber, "the value is empty", "give the account, or a channel of cash");
      }
      return "";
    }
    if (!account) {
      row.Fail(kAccountNumber, "cash goes to no account", "leave it empty, or correct the channel");
      return "";
    }
    const Parsed<std::string> number =
        ParseDigits(row.reader().Get(kAccountNumber), kAccountDigitsMin, kAccountDigitsMax);
    if (!number.ok()) {
      row.Fail(kAccountNumber, number.error().reason, number.error().what_to_do);
      return "";
    }
    if (!row.Has(kBank)) {
      row.Fail(kBank, "the value is empty", "name the bank that has the account");
    }
    row.AddOrderKey(*number);
    return *number;
  }
};

}  // namespace

const std::vector<ImportColumn>& PayeesColumns() {
  static const auto* const kColumns = [] {
    auto* columns = new std::vector<ImportColumn>(RecipientColumns());
    columns->push_back({{.name = "channel"}, "how the money is paid", ChannelNames().Listed()});
    columns->push_back(
        {{.name = "account_number", .required = false, .personal = true, .long_numbers = true},
         "account or virtual account; empty for cash",
         "5 to 34 digits"});
    columns->push_back({{.name = "bank", .required = false},
                        "bank or office that pays; may be empty for cash only",
                        "text"});
    columns->push_back({{.name = "account_holder", .personal = true},
                        "name of the account's holder, or of who collects the cash",
                        "text"});
    columns->push_back({{.name = "holder"}, "whose account it is", HolderNames().Listed()});
    columns->push_back({{.name = "shared_account_reason", .required = false},
                        "why an account that another recipient has may be used",
                        SharedReasonNames().Listed() + "; empty when it is not shared"});
    columns->push_back({{.name = "name_confirmed", .required = false},
                        "the document confirms the holder's name, though it is not the registered "
                        "one",
                        "YES or YA; NO, TIDAK or empty"});
    for (ImportColumn& column : DocumentColumnList(kPayeeDocumentKind, true)) {
      columns->push_back(std::move(column));
    }
    return columns;
  }();
  return *kColumns;
}

std::unique_ptr<ImportKind> NewPayeesKind(ImportContext context) {
  return std::make_unique<PayeesKind>(std::move(context));
}

}  // namespace bansos

#include "tools/bansosctl/import/results_kind.h"

#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "bansos/v1/payment_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/values.h"
#include "tools/bansosctl/csv/field_fault.h"
#include "tools/bansosctl/format/number.h"

namespace bansos {
namespace {

enum : size_t {
  kLine,
  kReference,
  kStatus,
  kAmount,
  kValueDate,
  kReason,
  kBankReference,
  kRejectedLine
};

// Lines are 32-bit numbers of the API.
constexpr uint64_t kMaxLines = std::numeric_limits<uint32_t>::max();

const EnumNames& StatusNames() {
  static const auto* const kNames =
      new EnumNames(ledger::v1::ReportKind_descriptor(), "REPORT_KIND_");
  return *kNames;
}

const EnumNames& ReasonNames() {
  static const auto* const kNames =
      new EnumNames(ledger::v1::ReturnReason_descriptor(), "RETURN_REASON_");
  return *kNames;
}

const EnumNames& RuleNames() {
  static const auto* const kNames = new EnumNames(ledger::v1::HoldRule_descriptor(), "HOLD_RULE_");
  return *kNames;
}

std::string Lower(std::string_view name) { return absl::AsciiStrToLower(std::string(name)); }

}  // namespace

void ReadResult(RowReading& row, uint64_t line, v1::Result& result) {
  result.set_line(line);
  result.set_reference(row.Text(kReference));
  result.set_kind(static_cast<ledger::v1::ReportKind>(row.Enum(kStatus, StatusNames())));
  result.set_amount(row.Rupiah(kAmount));
  if (result.amount() > kMaxRupiah) {
    const FieldError large(FieldFault::kAmountTooLarge);
    row.Fail(kAmount, large.reason, large.what_to_do);
  }
  result.set_value_date(row.Date(kValueDate));
  const bool returned = result.kind() == ledger::v1::REPORT_KIND_RETURNED;
  result.set_reason(static_cast<ledger::v1::ReturnReason>(
      row.Enum(kReason, ReasonNames(), returned ? Need::kRequired : Need::kOptional)));
  if (!returned && result.reason() != 0) {
    row.Fail(kReason, "a settlement has no reason of return", "leave it empty");
  }
  result.set_bank_reference(row.Text(kBankReference, Need::kOptional));
  row.AddOrderKey(result.reference());
}

namespace {

// A row in its place among the rows of the file.
void CheckLine(RowReading& row, uint64_t line) {
  if (row.Has(kLine) && row.Count(kLine, kMaxLines) != line) {
    row.Fail(kLine, "the number is not that of the row's place in the file",
             "ask the sender for a whole file, or leave the column out");
  }
}

// The line of the first file that a corrected row is; 0 with a fault when it does not say.
uint64_t ReadCorrectedLine(RowReading& row) {
  const uint64_t stated = row.Has(kLine) ? row.Count(kLine, kMaxLines) : 0;
  const uint64_t rejected = row.Has(kRejectedLine) ? row.Count(kRejectedLine, kMaxLines) : stated;
  if (rejected == 0) {
    row.Fail(kLine, "the row does not say which line of the first file it corrects",
             "correct the rejects file itself, whose rejected_line says it, or fill in line");
  } else if (stated != 0 && stated != rejected) {
    row.Fail(kLine, "the number is not that of rejected_line",
             "leave line empty, or write that number");
  }
  return rejected;
}

class ResultsKind final : public ImportKind {
 public:
  ResultsKind(ImportContext context, ResultsSource source)
      : context_(std::move(context)), source_(std::move(source)) {
    request_ = NewRequest();
  }

  const std::vector<ImportColumn>& columns() const override { return ResultsColumns(); }
  absl::Status CheckHeader(const CsvReader& reader) const override {
    if (!source_.corrects || reader.HasColumn(kLine) || reader.HasColumn(kRejectedLine)) {
      return absl::OkStatus();
    }
    return absl::InvalidArgumentError(
        "the header: a file that completes another needs the column rejected_line, as the rejects "
        "file has it, or line");
  }
  int pending() const override { return request_.items_size(); }
  bool numbers_lines() const override { return true; }
  uint64_t line() const override { return line_; }
  // Its place among the lines stays its own.
  void Skip() override { line_ = source_.corrects ? 0 : line_ + 1; }

  bool Add(RowReading& row) override {
    if (source_.corrects) {
      line_ = ReadCorrectedLine(row);
    } else {
      CheckLine(row, ++line_);
    }
    ReadResult(row, line_, *request_.add_items());
    if (row.ok()) return true;
    request_.mutable_items()->RemoveLast();
    return false;
  }

  ImportCall Take() override {
    auto request = std::make_shared<v1::RecordResultsRequest>(std::move(request_));
    request_ = NewRequest();
    return [connection = context_.connection, request]() -> absl::StatusOr<ImportAnswer> {
      ASSIGN_OR_RETURN(v1::RecordResultsResponse response,
                       connection->Call(&v1::PaymentService::Stub::RecordResults, *request));
      ImportAnswer answer;
      CountRules(*request, response, answer);
      answer.outcomes = std::move(*response.mutable_outcomes());
      return answer;
    };
  }

  std::string CopyOr(const std::string& path) const override {
    return source_.file == nullptr ? path : source_.file->path();
  }
  std::string IfRejected() const override {
    if (!source_.file_position.has_value()) return "";
    return absl::StrCat(
        "Money may have moved by the rejected lines, and the ledger knows nothing of it: the file "
        "at position ",
        *source_.file_position,
        " stands in exceptions --kind FILE_INCOMPLETE until all its lines are in. Correct them in "
        "the rejects file and import that file with --completes ",
        *source_.file_position, " and the --document by which the sender corrects them.");
  }

 private:
  v1::RecordResultsRequest NewRequest() const {
    v1::RecordResultsRequest request;
    *request.mutable_options() = context_.options;
    *request.mutable_basis() = context_.basis;
    if (source_.file_position.has_value()) request.set_file_position(*source_.file_position);
    return request;
  }

  // How many settled, returned, and were held by which rule.
  static void CountRules(const v1::RecordResultsRequest& request,
                         const v1::RecordResultsResponse& response, ImportAnswer& answer) {
    std::vector<bool> counted(request.items_size(), false);
    for (const v1::HeldResult& held : response.held()) {
      const std::string rule = Lower(RuleNames().NameOf(held.rule()));
      ++answer.counts[absl::StrCat(kHeldPrefix, rule)];
      if (held.index() >= counted.size()) continue;
      counted[held.index()] = true;
      const v1::Result& result = request.items(static_cast<int>(held.index()));
      answer.examples.push_back(
          absl::StrCat("line ", result.line(), ": ", FormatRupiah(result.amount()), ": ", rule));
    }
    for (const v1::Refusal& refusal : response.outcomes().refusals()) {
      if (refusal.index() < counted.size()) counted[refusal.index()] = true;
    }
    for (int i = 0; i < request.items_size(); ++i) {
      if (!counted[i]) ++answer.counts[Lower(StatusNames().NameOf(request.items(i).kind()))];
    }
  }

  const ImportContext context_;
  const ResultsSource source_;
  v1::RecordResultsRequest request_;
  uint64_t line_ = 0;
};

}  // namespace

const std::vector<ImportColumn>& ResultsColumns() {
  static const auto* const kColumns = new std::vector<ImportColumn>{
      {{.name = "line", .required = false},
       "number of the row among the result rows, to see that none is missing",
       "1, 2, 3 ..."},
      {{.name = "reference"}, "end-to-end reference of the order", "as the orders file had it"},
      {{.name = "status"}, "what became of the order", StatusNames().Listed()},
      {{.name = "amount"}, "whole rupiah", "1200000 or 1.200.000,00"},
      {{.name = "value_date", .dates = true}, "value date", "YYYY-MM-DD or DD/MM/YYYY"},
      {{.name = "reason", .required = false},
       "why it was returned; empty for settlements",
       ReasonNames().Listed()},
      {{.name = "bank_reference", .required = false, .personal = true},
       "the bank's own reference",
       "text"},
      {{.name = "rejected_line", .required = false},
       "line of the first file, as the rejects file has it; read only with --completes",
       "1, 2, 3 ..."},
  };
  return *kColumns;
}

std::unique_ptr<ImportKind> NewResultsKind(ImportContext context, ResultsSource source) {
  return std::make_unique<ResultsKind>(std::move(context), std::move(source));
}

}  // namespace bansos

#include "tools/bansosctl/import/results_kind.h"

#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "bansos/v1/payment_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/values.h"
#include "tools/bansosctl/csv/field_fault.h"
#include "tools/bansosctl/import/file_digest.h"

namespace bansos {
namespace {

enum : size_t { kLine, kReference, kStatus, kAmount, kValueDate, kReason, kBankReference };

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
  if (row.Has(kLine) &&
      row.Integer(kLine, 1, std::numeric_limits<uint32_t>::max()) != static_cast<int64_t>(line)) {
    row.Fail(kLine, absl::StrCat("this is line ", line, " of the file"),
             "ask the sender for a whole file, or leave the column out");
  }
  row.AddOrderKey(result.reference());
}

ImportCall CountOnly(v1::RecordResultsRequest request) {
  return [request = std::move(request)]() -> absl::StatusOr<ImportAnswer> {
    ImportAnswer answer;
    if (request.items_size() > 0) {
      answer.outcomes.add_accepted()->set_count(static_cast<uint32_t>(request.items_size()));
    }
    return answer;
  };
}

class ResultsKind final : public ImportKind {
 public:
  ResultsKind(ImportContext context, std::optional<uint64_t> file_position)
      : context_(std::move(context)), file_position_(file_position) {
    request_ = NewRequest();
  }

  const std::vector<ImportColumn>& columns() const override { return ResultsColumns(); }
  int pending() const override { return request_.items_size(); }
  // Its place among the lines stays its own.
  void Skip() override { ++line_; }

  bool Add(RowReading& row) override {
    ReadResult(row, ++line_, *request_.add_items());
    if (row.ok()) return true;
    request_.mutable_items()->RemoveLast();
    return false;
  }

  ImportCall Take() override {
    auto request = std::make_shared<v1::RecordResultsRequest>(std::move(request_));
    request_ = NewRequest();
    if (!file_position_.has_value()) return CountOnly(std::move(*request));
    return [connection = context_.connection, request]() -> absl::StatusOr<ImportAnswer> {
      ASSIGN_OR_RETURN(v1::RecordResultsResponse response,
                       connection->Call(&v1::PaymentService::Stub::RecordResults, *request));
      ImportAnswer answer;
      CountRules(*request, response, answer);
      answer.outcomes = std::move(*response.mutable_outcomes());
      return answer;
    };
  }

 private:
  v1::RecordResultsRequest NewRequest() const {
    v1::RecordResultsRequest request;
    *request.mutable_options() = context_.options;
    *request.mutable_basis() = context_.basis;
    request.set_file_position(file_position_.value_or(0));
    return request;
  }

  // How many settled, returned, and were held by which rule.
  static void CountRules(const v1::RecordResultsRequest& request,
                         const v1::RecordResultsResponse& response, ImportAnswer& answer) {
    std::vector<bool> counted(request.items_size(), false);
    for (const v1::HeldResult& held : response.held()) {
      ++answer.counts[absl::StrCat("held_", Lower(RuleNames().NameOf(held.rule())))];
      if (held.index() < counted.size()) counted[held.index()] = true;
    }
    for (const v1::Refusal& refusal : response.outcomes().refusals()) {
      if (refusal.index() < counted.size()) counted[refusal.index()] = true;
    }
    for (int i = 0; i < request.items_size(); ++i) {
      if (!counted[i]) ++answer.counts[Lower(StatusNames().NameOf(request.items(i).kind()))];
    }
  }

  const ImportContext context_;
  const std::optional<uint64_t> file_position_;
  v1::RecordResultsRequest request_;
  uint64_t line_ = 0;
};

// The kind of a file by what it holds.
const char* FileKind(const ResultFileFacts& facts) {
  if (facts.returned == 0) return "SETTLEMENT";
  return facts.settled == 0 ? "RETURNS" : "MIXED";
}

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
  };
  return *kColumns;
}

absl::StatusOr<ResultFileFacts> LookThrough(const std::string& path) {
  ResultFileFacts facts;
  ASSIGN_OR_RETURN(facts.sha256, FileSha256(path));
  ASSIGN_OR_RETURN(const std::unique_ptr<CsvReader> reader,
                   CsvReader::Open(path, ColumnsOf(ResultsColumns())));
  while (true) {
    ASSIGN_OR_RETURN(const CsvReader::Step step, reader->Next());
    if (step == CsvReader::Step::kEnd) return facts;
    ++facts.lines;
    if (step == CsvReader::Step::kRejected) continue;
    RowReading row(*reader);
    v1::Result result;
    ReadResult(row, facts.lines, result);
    if (!row.ok()) continue;
    const bool settled = result.kind() == ledger::v1::REPORT_KIND_SETTLED;
    ++(settled ? facts.settled : facts.returned);
    int64_t& total = settled ? facts.settled_total : facts.returned_total;
    if (__builtin_add_overflow(total, result.amount(), &total)) {
      return absl::InvalidArgumentError(
          absl::StrCat("row ", reader->row(),
                       ": the amounts up to here exceed what money can be: "
                       "check the column amount"));
    }
  }
}

absl::StatusOr<std::optional<uint64_t>> ReceiveFile(const ImportContext& context,
                                                    const ResultFileFacts& facts,
                                                    const std::string& sender) {
  v1::ReceiveResultFileRequest request;
  *request.mutable_options() = context.options;
  *request.mutable_basis() = context.basis;
  request.set_kind(FileKind(facts));
  request.set_sender(sender);
  request.set_sha256(facts.sha256);
  request.set_lines(facts.lines);
  request.set_settled_total(facts.settled_total);
  request.set_returned_total(facts.returned_total);
  ASSIGN_OR_RETURN(const v1::ReceiveResultFileResponse response,
                   context.connection->Call(&v1::PaymentService::Stub::ReceiveResultFile, request));
  if (!response.recorded().has_position()) return std::optional<uint64_t>();
  return std::optional<uint64_t>(response.recorded().position());
}

std::unique_ptr<ImportKind> NewResultsKind(ImportContext context,
                                           std::optional<uint64_t> file_position) {
  return std::make_unique<ResultsKind>(std::move(context), file_position);
}

}  // namespace bansos

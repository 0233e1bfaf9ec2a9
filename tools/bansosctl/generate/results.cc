#include "tools/bansosctl/generate/results.h"

#include <memory>
#include <string_view>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/csv/atomic_file.h"
#include "tools/bansosctl/csv/csv_reader.h"
#include "tools/bansosctl/csv/fields.h"
#include "tools/bansosctl/format/csv_row.h"
#include "tools/bansosctl/format/number.h"
#include "tools/bansosctl/generate/order_answer.h"

namespace bansos {
namespace {

enum OrderColumn : size_t { kReference, kRecipient, kAmount, kChannel, kOrderDate };

const std::vector<Column>& OrderColumns() {
  static const auto* const kColumns = new std::vector<Column>{
      {.name = "reference"},  {.name = "recipient"},
      {.name = "amount"},     {.name = "channel"},
      {.name = "order_date"}, {.name = "account_number", .personal = true},
      {.name = "bank"},       {.name = "holder_name", .personal = true},
  };
  return *kColumns;
}

constexpr std::string_view kOrderChannels[] = {"BANK_ACCOUNT", "VIRTUAL_ACCOUNT", "POST_CASH",
                                               "COUNTER_CASH", "EMPLOYER_CASH"};
constexpr size_t kFirstCashChannel = 2;

absl::Status RowFault(const RowError& error) {
  return absl::InvalidArgumentError(
      absl::StrCat("orders, row ", error.row, error.column.empty() ? "" : ", column ", error.column,
                   ": ", error.reason, ": ", error.what_to_do));
}

template <typename T>
absl::Status Take(const CsvReader& reader, size_t column, const Parsed<T>& parsed, T& value) {
  if (!parsed.ok()) {
    return RowFault(reader.ErrorAt(column, parsed.error().reason, parsed.error().what_to_do));
  }
  value = *parsed;
  return absl::OkStatus();
}

absl::StatusOr<Order> ReadOrder(const CsvReader& reader) {
  Order order;
  order.reference = std::string(reader.Get(kReference));
  if (order.reference.empty()) {
    const FieldError empty(FieldFault::kEmpty);
    return RowFault(reader.ErrorAt(kReference, empty.reason, empty.what_to_do));
  }
  RETURN_IF_ERROR(Take(reader, kAmount, ParseRupiah(reader.Get(kAmount)), order.amount));
  RETURN_IF_ERROR(Take(reader, kOrderDate, ParseDate(reader.Get(kOrderDate)), order.order_date));
  size_t channel = 0;
  RETURN_IF_ERROR(Take(reader, kChannel, ParseName(reader.Get(kChannel), kOrderChannels), channel));
  order.is_cash = channel >= kFirstCashChannel;
  return order;
}

// One result file; numbers its lines.
class ResultFile {
 public:
  ResultFile(std::string section, Summary& summary)
      : section_(std::move(section)), summary_(summary) {}

  absl::Status Open(const std::string& path) {
    ASSIGN_OR_RETURN(file_, AtomicFile::Create(path, Existing::kKept));
    return file_->Append("line,reference,status,amount,value_date,reason,bank_reference\n");
  }

  absl::Status Add(const std::vector<ReportLine>& lines) {
    for (const ReportLine& line : lines) {
      text_.clear();
      AppendCsvRow(text_, {std::to_string(++lines_), line.reference,
                           line.settled ? "SETTLED" : "RETURNED", std::to_string(line.amount),
                           FormatDate(line.value_date), line.reason, line.bank_reference});
      if (file_ != nullptr) RETURN_IF_ERROR(file_->Append(text_));
      summary_.Add(section_, "lines");
      summary_.Add(section_, line.settled ? "settled" : "returned");
      if (!line.settled)
        summary_.Add(section_, absl::StrCat("returned_", std::string(line.reason)));
    }
    return absl::OkStatus();
  }

  absl::Status Commit() { return file_ == nullptr ? absl::OkStatus() : file_->Commit(); }

 private:
  const std::string section_;
  Summary& summary_;
  std::unique_ptr<AtomicFile> file_;  // null when this part is not wanted
  std::string text_;
  uint64_t lines_ = 0;
};

}  // namespace

std::string LatePathOf(const std::string& out_path) {
  return absl::StrCat(absl::StripSuffix(out_path, ".csv"), ".late.csv");
}

absl::StatusOr<Summary> GenerateResults(const ResultsOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<CsvReader> reader,
                   CsvReader::Open(options.orders_path, OrderColumns()));
  Summary summary;
  ResultFile first("first", summary);
  ResultFile late("late", summary);
  if (options.part != ResultsPart::kLate) RETURN_IF_ERROR(first.Open(options.out_path));
  if (options.part != ResultsPart::kFirst) RETURN_IF_ERROR(late.Open(LatePathOf(options.out_path)));
  while (true) {
    ASSIGN_OR_RETURN(const CsvReader::Step step, reader->Next());
    if (step == CsvReader::Step::kEnd) break;
    if (step == CsvReader::Step::kRejected) return RowFault(reader->rejected());
    ASSIGN_OR_RETURN(const Order order, ReadOrder(*reader));
    const OrderAnswer answer = AnswerOrder(options.seed, order);
    summary.Add("orders", "orders");
    summary.Add("orders", std::string(NameOf(answer.kind)));
    RETURN_IF_ERROR(first.Add(answer.first));
    RETURN_IF_ERROR(late.Add(answer.late));
  }
  RETURN_IF_ERROR(first.Commit());
  RETURN_IF_ERROR(late.Commit());
  return summary;
}

}  // namespace bansos

#include "tools/bansosctl/import/importer.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/call_error.h"
#include "tools/bansosctl/csv/column_checks.h"
#include "tools/bansosctl/csv/rejects_writer.h"
#include "tools/bansosctl/format/progress_bar.h"

namespace bansos {
namespace {

// Rows of one request in bytes of the file. Far below the server's 16 MiB a message, so that rows
// as long as they may be (kCsvRowBytesMax) do not become 512 MiB of requests in flight.
constexpr uint64_t kRequestBytesMax = 4 * 1024 * 1024;

// More lines would hide what they are examples of.
constexpr size_t kExamplesTold = 5;

// Of a long file the list of exceptions tells the others.
constexpr size_t kWarnedRowsTold = 100;

// A row that was sent; its cells only where rejected rows are written down.
struct SentRow {
  uint64_t row = 0;
  uint64_t line = 0;
  std::vector<std::string> cells;
};

// The rows that one request stands for, with the faulty ones between them.
struct Batch {
  std::vector<SentRow> rows;  // by index of the item
  std::vector<RejectedRow> faults;
  absl::flat_hash_set<size_t> order_keys;
  uint64_t begins_at_byte = 0;
};

class Import {
 public:
  Import(ImportKind& kind, CsvReader& reader, RejectsWriter* rejects, Tally& tally)
      : kind_(kind),
        reader_(reader),
        rejects_(rejects),
        tally_(tally),
        window_(kind.requests_in_flight()) {}

  absl::Status Run(ProgressBar& progress) {
    while (true) {
      ASSIGN_OR_RETURN(const CsvReader::Step step, reader_.Next());
      if (step == CsvReader::Step::kEnd) break;
      ++tally_.items;
      if (step == CsvReader::Step::kRejected) {
        kind_.Skip();
        Reject(reader_.rejected());
      } else {
        TakeRow();
      }
      if (batch_.rows.size() + batch_.faults.size() >= kRequestItemsMax ||
          reader_.bytes_consumed() - batch_.begins_at_byte >= kRequestBytesMax) {
        RETURN_IF_ERROR(Send());
      }
      progress.Update(reader_.bytes_consumed(), tally_.items);
    }
    RETURN_IF_ERROR(Send());
    return window_.Finish();
  }

 private:
  void TakeRow() {
    RowReading row(reader_);
    const bool wanted = kind_.Add(row);
    if (!row.ok()) {
      Reject(row.fault());
    } else if (!wanted) {
      ++tally_.counts["left for later"];
    } else {
      batch_.rows.push_back({reader_.row(), kind_.line(), Cells()});
      batch_.order_keys.insert(row.order_keys().begin(), row.order_keys().end());
    }
  }

  void Reject(const RowError& error) { batch_.faults.push_back({error, kind_.line(), Cells()}); }
  std::vector<std::string> Cells() const {
    return rejects_ == nullptr ? std::vector<std::string>() : reader_.OwnCells();
  }

  absl::Status Send() {
    if (batch_.rows.empty() && batch_.faults.empty()) return absl::OkStatus();
    if (SharesOrderKey()) RETURN_IF_ERROR(window_.Finish());
    keys_in_flight_ = std::move(batch_.order_keys);
    ImportCall call = batch_.rows.empty()
                          ? [] { return absl::StatusOr<ImportAnswer>(ImportAnswer()); }
                          : kind_.Take();
    auto sent = std::make_shared<Batch>(std::move(batch_));
    batch_ = Batch();
    batch_.begins_at_byte = reader_.bytes_consumed();
    return window_.Submit(std::move(call),
                          [this, sent](const ImportAnswer& answer) { return Take(*sent, answer); });
  }

  // Of the last request, which may still be in flight when the next one is sent.
  bool SharesOrderKey() const {
    return std::any_of(batch_.order_keys.begin(), batch_.order_keys.end(),
                       [this](size_t key) { return keys_in_flight_.contains(key); });
  }

  absl::Status Take(Batch& batch, const ImportAnswer& answer) {
    for (const RejectedRow& fault : batch.faults) {
      const RowError& error = fault.error;
      tally_.Reject(error.column.empty() ? error.reason
                                         : absl::StrCat(error.column, ": ", error.reason));
    }
    tally_.Add(answer.outcomes);
    for (const auto& [name, count] : answer.counts) tally_.counts[name] += count;
    for (const std::string& example : answer.examples) {
      if (tally_.examples.size() < kExamplesTold) tally_.examples.push_back(example);
    }
    for (const uint32_t index : answer.warned) {
      if (index >= batch.rows.size()) {
        return absl::InternalError("the server spoke of an item that was not sent");
      }
      if (tally_.warned_rows.size() < kWarnedRowsTold) {
        tally_.warned_rows.push_back(batch.rows[index].row);
      }
    }
    for (const v1::Refusal& refusal : answer.outcomes.refusals()) {
      if (refusal.index() >= batch.rows.size()) {
        return absl::InternalError("the server refused an item that was not sent");
      }
      const RefusalParts parts = SplitMessage(refusal.message());
      SentRow& row = batch.rows[refusal.index()];
      batch.faults.push_back({{row.row, kind_.ColumnOf(refusal, reader_), "",
                               absl::StrCat(refusal.code(), ": ", parts.reason), parts.advice},
                              row.line,
                              std::move(row.cells)});
    }
    return WriteRejects(batch.faults);
  }

  absl::Status WriteRejects(std::vector<RejectedRow>& faults) {
    if (rejects_ == nullptr) return absl::OkStatus();
    std::stable_sort(faults.begin(), faults.end(), [](const RejectedRow& a, const RejectedRow& b) {
      return a.error.row < b.error.row;
    });
    for (const RejectedRow& fault : faults) RETURN_IF_ERROR(rejects_->Add(fault));
    return absl::OkStatus();
  }

  ImportKind& kind_;
  CsvReader& reader_;
  RejectsWriter* const rejects_;
  Tally& tally_;
  RequestWindow<ImportAnswer> window_;
  Batch batch_;
  absl::flat_hash_set<size_t> keys_in_flight_;
};

absl::StatusOr<std::unique_ptr<CsvReader>> OpenChecked(const ImportFileOptions& options,
                                                       const ImportKind& kind) {
  const Unlikely unlikely = options.accept_unlikely ? Unlikely::kAccepted : Unlikely::kRefused;
  ASSIGN_OR_RETURN(std::unique_ptr<CsvReader> reader,
                   CsvReader::Open(options.path, ColumnsOf(kind.columns()), unlikely));
  RETURN_IF_ERROR(kind.CheckHeader(*reader));
  ASSIGN_OR_RETURN(const std::unique_ptr<CsvReader> rows, reader->Again());
  const absl::Status checked = kind.CheckRows(*rows);
  if (!checked.ok() && !(options.accept_unlikely && IsUnlikelyFile(checked))) return checked;
  return reader;
}

}  // namespace

absl::Status WrongFile(const std::string& name, const absl::Status& status) {
  std::string message = absl::StrCat(name, ": ", status.message());
  if (IsUnlikelyFile(status)) {
    absl::StrAppend(&message,
                    ". If it is right as it is, import it with --accept-unlikely REASON, which "
                    "stands with each event in the log");
  }
  return absl::Status(status.code(), message);
}

absl::StatusOr<Tally> ImportFile(const ImportFileOptions& options, ImportKind& kind, Clock& clock) {
  absl::StatusOr<std::unique_ptr<CsvReader>> reader = OpenChecked(options, kind);
  if (!reader.ok()) return WrongFile(options.name, reader.status());
  std::unique_ptr<RejectsWriter> rejects;
  if (!options.rejects_path.empty()) {
    ASSIGN_OR_RETURN(rejects, RejectsWriter::Create(options.rejects_path,
                                                    {.delimiter = (*reader)->delimiter(),
                                                     .headings = (*reader)->own_headings(),
                                                     .numbers_lines = kind.numbers_lines()}));
  }
  Tally tally{.job = options.job, .unit = "rows", .dry_run = options.dry_run};
  const int64_t started_us = clock.NowMicros();
  ProgressBar progress =
      ProgressBar::OnStderr({options.job, "rows", (*reader)->bytes_total()}, clock);
  const absl::Status run = Import(kind, **reader, rejects.get(), tally).Run(progress);
  progress.Finish();
  if (!run.ok() && !IsFromCall(run)) {
    return absl::Status(run.code(), absl::StrCat(options.name, ": ", run.message()));
  }
  RETURN_IF_ERROR(run);
  if (rejects != nullptr) RETURN_IF_ERROR(rejects->Commit());
  tally.elapsed_ms = (clock.NowMicros() - started_us) / 1000;
  return tally;
}

}  // namespace bansos

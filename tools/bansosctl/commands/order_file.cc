#include "tools/bansosctl/commands/order_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <memory>
#include <random>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "bansos/v1/batch_service.grpc.pb.h"
#include "bansos/v1/log_service.grpc.pb.h"
#include "bansos/v1/payment_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/basis.h"
#include "tools/bansosctl/client/pages.h"
#include "tools/bansosctl/commands/names.h"
#include "tools/bansosctl/csv/atomic_file.h"
#include "tools/bansosctl/format/csv_row.h"
#include "tools/bansosctl/import/file_digest.h"

namespace bansos {
namespace {

constexpr char kOrdersHeader[] =
    "reference,recipient,amount,channel,account_number,bank,holder_name,order_date\n";

bool IsIn(const v1::Payment& payment, const OrderSpan& span) {
  return payment.state() == v1::PAYMENT_STATE_SENT && payment.attempt() == span.attempt &&
         payment.sent_position() > span.after && payment.sent_position() < span.before;
}

void AppendOrder(const v1::Payment& payment, const std::string& order_date, std::string& line) {
  const v1::PayeeDetails& details = payment.payee().details();
  AppendCsvRow(line,
               {payment.reference(), std::to_string(payment.payment().recipient()),
                std::to_string(payment.amount()), NameOf(payment.payee().channel(), "CHANNEL_"),
                details.account_number(), details.bank(), details.holder_name(), order_date});
}

// Tells this run's event from the same one of another run. Too short to hold 16 digits.
std::string RunId() {
  std::random_device random;
  return absl::StrFormat("orders-%08x", random());
}

// A name that lasts after a power cut.
absl::Status SyncFolder(const std::string& path) {
  std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) folder = ".";
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", folder));
  const int synced = ::fsync(fd);
  const int error = errno;
  ::close(fd);
  if (synced == 0) return absl::OkStatus();
  return absl::ErrnoToStatus(error, absl::StrCat("cannot sync ", folder));
}

}  // namespace

OrderSpan NewOrders(const v1::Batch& batch, uint32_t attempt) {
  OrderSpan span{.attempt = attempt};
  for (const v1::OrderFile& file : batch.order_files()) {
    if (file.attempt() == attempt && file.again() == 0) span.after = file.position();
  }
  return span;
}

OrderSpan OrdersOf(const v1::Batch& batch, uint32_t number) {
  const auto file = [&](uint32_t of) -> const v1::OrderFile& {
    return batch.order_files(static_cast<int>(of) - 1);
  };
  while (file(number).again() != 0) number = file(number).again();
  OrderSpan span{.attempt = file(number).attempt(), .before = file(number).position()};
  for (uint32_t older = 1; older < number; ++older) {
    if (file(older).attempt() == span.attempt && file(older).again() == 0) {
      span.after = file(older).position();
    }
  }
  return span;
}

uint32_t FileWith(const v1::Batch& batch, const std::string& sha256) {
  for (int i = 0; i < batch.order_files_size(); ++i) {
    if (batch.order_files(i).sha256() == sha256) return static_cast<uint32_t>(i + 1);
  }
  return 0;
}

bool IsFile(const v1::Batch& batch, uint32_t number, const std::string& sha256) {
  return number <= static_cast<uint32_t>(batch.order_files_size()) &&
         batch.order_files(static_cast<int>(number) - 1).sha256() == sha256;
}

uint32_t RepetitionOf(const v1::Batch& batch, uint32_t number) {
  for (int i = 0; i < batch.order_files_size(); ++i) {
    if (batch.order_files(i).again() == number) return static_cast<uint32_t>(i + 1);
  }
  return 0;
}

absl::StatusOr<uint64_t> CountOrders(Connection& connection, const v1::Batch& batch,
                                     const OrderSpan& span) {
  uint64_t count = 0;
  v1::ListBatchPaymentsRequest request;
  *request.mutable_batch() = batch.batch();
  request.add_states(v1::PAYMENT_STATE_SENT);
  request.set_page_size(kPageRowsMax);
  RETURN_IF_ERROR(ForEachPage<v1::BatchService::Stub>(
      connection, &v1::BatchService::Stub::ListBatchPayments, request,
      [&](const v1::ListBatchPaymentsResponse& page) -> absl::StatusOr<bool> {
        for (const v1::Payment& payment : page.payments()) count += IsIn(payment, span);
        return true;
      }));
  return count;
}

absl::StatusOr<std::optional<std::string>> Sha256IfThere(const std::string& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::symlink_status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) return std::nullopt;
  ASSIGN_OR_RETURN(std::string sha256, FileSha256(path));
  return std::optional<std::string>(std::move(sha256));
}

// The part's name holds batch and attempt: a run for another batch never takes it for its own.
OrderFile::OrderFile(Session& session, const v1::Batch& batch, uint32_t attempt, std::string path,
                     v1::Basis basis)
    : session_(session),
      batch_(batch),
      attempt_(attempt),
      path_(std::move(path)),
      part_path_(absl::StrCat(path_, ".",
                              absl::StrReplaceAll(FormatBatchKey(batch.batch()), {{"/", "-"}}),
                              "-attempt-", attempt, ".part")),
      basis_(std::move(basis)) {}

absl::StatusOr<bool> OrderFile::FinishEarlier(uint32_t number) {
  ASSIGN_OR_RETURN(const std::optional<std::string> sha256, Sha256IfThere(part_path_));
  if (!sha256.has_value()) return false;
  if (number == 0) number = FileWith(batch_, *sha256);
  // Never recorded: it is written anew.
  if (number == 0 || !IsFile(batch_, number, *sha256)) return false;
  RETURN_IF_ERROR(NamePart());
  Tell(number);
  return true;
}

absl::Status OrderFile::Write(const OrderSpan& span, uint32_t again, const std::string& order_date,
                              Tally& tally) {
  RETURN_IF_ERROR(WritePart(span, order_date));
  if (count_ == 0) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::string sha256, FileSha256(part_path_));
  RETURN_IF_ERROR(Record(again, sha256));
  RETURN_IF_ERROR(NamePart());
  tally.counts["orders in the file"] = count_;
  tally.counts["rupiah in the file"] = static_cast<uint64_t>(total_);
  Tell(static_cast<uint32_t>(batch_.order_files_size()));
  return absl::OkStatus();
}

absl::Status OrderFile::WritePart(const OrderSpan& span, const std::string& order_date) {
  v1::ListBatchPaymentsRequest request;
  *request.mutable_batch() = batch_.batch();
  request.add_states(v1::PAYMENT_STATE_SENT);
  request.set_include_payee(true);
  request.set_page_size(kPageRowsMax);
  std::unique_ptr<AtomicFile> file;
  std::string lines;
  RETURN_IF_ERROR(ForEachPage<v1::BatchService::Stub>(
      session_.connection(), &v1::BatchService::Stub::ListBatchPayments, request,
      [&](const v1::ListBatchPaymentsResponse& page) -> absl::StatusOr<bool> {
        lines.clear();
        for (const v1::Payment& payment : page.payments()) {
          if (!IsIn(payment, span)) continue;
          ++count_;
          total_ += payment.amount();
          AppendOrder(payment, order_date, lines);
        }
        if (lines.empty()) return true;
        if (file == nullptr) {
          ASSIGN_OR_RETURN(file, AtomicFile::Create(part_path_));
          RETURN_IF_ERROR(file->Append(kOrdersHeader));
        }
        RETURN_IF_ERROR(file->Append(lines));
        return true;
      }));
  return file == nullptr ? absl::OkStatus() : file->Commit();
}

absl::Status OrderFile::Record(uint32_t again, const std::string& sha256) {
  v1::RecordOrderFileRequest request;
  *request.mutable_options() = session_.connection().write_options();
  if (request.options().request_id().empty()) request.mutable_options()->set_request_id(RunId());
  *request.mutable_basis() = basis_;
  *request.mutable_batch() = batch_.batch();
  request.set_number(static_cast<uint32_t>(batch_.order_files_size()) + 1);
  request.set_attempt(attempt_);
  request.set_again(again);
  request.set_sha256(sha256);
  request.set_count(static_cast<uint32_t>(count_));
  request.set_total(total_);
  ASSIGN_OR_RETURN(const v1::RecordOrderFileResponse response,
                   session_.connection().Call(&v1::PaymentService::Stub::RecordOrderFile, request));
  const v1::Recorded& fact = response.recorded();
  v1::OrderFile& recorded = *batch_.add_order_files();
  recorded.set_position(fact.position());
  recorded.set_attempt(attempt_);
  recorded.set_again(again);
  recorded.set_sha256(sha256);
  recorded.set_count(request.count());
  recorded.set_total(total_);
  return fact.already_recorded() ? CheckOurs(fact.position(), request.options().request_id())
                                 : absl::OkStatus();
}

// A try that was made again finds its own event; another run's is another file of the same orders.
absl::Status OrderFile::CheckOurs(uint64_t position, const std::string& request_id) {
  v1::ReadEventsRequest request;
  request.set_from_position(position);
  request.set_limit(1);
  ASSIGN_OR_RETURN(const v1::ReadEventsResponse page,
                   session_.connection().Call(&v1::LogService::Stub::ReadEvents, request));
  const bool ours = page.events_size() == 1 && page.events(0).event().request_id() == request_id;
  if (ours) return absl::OkStatus();
  ::unlink(part_path_.c_str());  // Or the next run would take it for one that was cut off.
  return absl::AbortedError(
      absl::StrCat("another run recorded a file of the same orders just now, at position ",
                   position, ": that run writes it, and this one wrote nothing"));
}

absl::Status OrderFile::NamePart() {
  if (::renameat2(AT_FDCWD, part_path_.c_str(), AT_FDCWD, path_.c_str(), RENAME_NOREPLACE) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("the orders are recorded and stand in ",
                                                   part_path_, ", which cannot be named ", path_));
  }
  return SyncFolder(path_);
}

void OrderFile::Tell(uint32_t number) const {
  const v1::OrderFile& file = batch_.order_files(static_cast<int>(number) - 1);
  session_.Say(absl::StrCat(path_, " is orders file ", number, " of ",
                            FormatBatchKey(batch_.batch()), ", recorded at position ",
                            file.position(), ": ", file.count(), " orders of Rp ", file.total(),
                            ", SHA-256 ", absl::BytesToHexString(file.sha256()), "."));
}

}  // namespace bansos

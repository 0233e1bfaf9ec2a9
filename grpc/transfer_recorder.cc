#include "grpc/transfer_recorder.h"

#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "grpc/event_reader.h"
#include "grpc/limits.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/reference.h"

namespace bansos {
namespace {

// Stands for the sender of reports that a dry run judges before their file is recorded.
constexpr char kJudgedSender[] = "NOT-RECORDED";

Source SourceOf(const v1::RecordResultsRequest& request, uint64_t line) {
  Source source;
  if (request.has_file_position()) source.file_position = Position(request.file_position());
  const bool judged = request.source_case() == v1::RecordResultsRequest::SOURCE_NOT_SET;
  source.sender = judged ? kJudgedSender : request.sender();
  source.line = line;
  return source;
}

std::string TakeSealed(absl::StatusOr<std::string> sealed, ItemReader& reader) {
  if (sealed.ok()) return *std::move(sealed);
  reader.Fail(sealed.status());
  return {};
}

}  // namespace

void TransferRecorder::Send(const v1::SendTransfersRequest& request, const Caller& caller,
                            Answer<v1::SendTransfersResponse> answer) const {
  parts_.writes.RecordItems(
      request, caller,
      [&request](const v1::Transfer& item, ItemReader&) -> EventBody {
        TransferSent event;
        event.payment = PaymentKey{request.program(), request.tranche(),
                                   RecipientNumber(item.recipient()), item.number()};
        event.attempt = item.attempt();
        event.payee_position = Position(item.payee_position());
        return event;
      },
      std::move(answer));
}

ReportTransfer TransferRecorder::ToReport(const v1::RecordResultsRequest& request,
                                          const v1::Result& item, ItemReader& reader) const {
  ReportTransfer report;
  if (const std::optional<Reference> ours = ParseReference(item.reference()); ours.has_value()) {
    report.payment = ours->payment;
    report.attempt = ours->attempt;
  }
  report.kind = reader.ReadEnum<ReportKind>("kind", item.kind());
  report.amount = item.amount();
  report.value_date = reader.ReadDate("value_date", item.value_date());
  report.reason = reader.ReadOptionalEnum<ReturnReason>("reason", item.reason());
  if ((report.kind == ReportKind::kReturned) != (report.reason != ReturnReason::kNone)) {
    reader.Refuse(RefusalCode::kBadEnum, "reason",
                  "a return states one (NARR when the bank gives none), a settlement does not");
  }
  report.source = SourceOf(request, item.line());
  reader.ReadSealedText("reference", item.reference(), kMaxBankReferenceBytes);
  reader.ReadSealedText("bank_reference", item.bank_reference(), kMaxBankReferenceBytes);
  if (!reader.ok()) return report;
  const RecipientNumber recipient =
      report.payment.has_value() ? report.payment->recipient : RecipientNumber();
  report.sealed_reference =
      TakeSealed(sealing_.SealReportedReference(report.source, item.reference()), reader);
  report.sealed_bank_reference =
      TakeSealed(sealing_.SealBankReference(recipient, item.bank_reference()), reader);
  report.sealed_strangers_bank_reference =
      TakeSealed(sealing_.SealStrangersBankReference(report.source, item.bank_reference()), reader);
  return report;
}

void TransferRecorder::RecordResults(const v1::RecordResultsRequest& request, const Caller& caller,
                                     Answer<v1::RecordResultsResponse> answer) const {
  const absl::StatusOr<RequestHead> head = ReadHead(request.options(), request.basis(), caller);
  if (!head.ok()) return answer(head.status());
  if (request.source_case() == v1::RecordResultsRequest::SOURCE_NOT_SET && !head->dry_run) {
    return answer(absl::InvalidArgumentError(
        "source is not stated. Name the received file by file_position, or the sender of numbered "
        "messages."));
  }
  absl::StatusOr<std::vector<PreparedItem>> items = PrepareItems(
      *head, request.items(),
      [&](const v1::Result& item, ItemReader& reader) { return ToReport(request, item, reader); });
  if (!items.ok()) return answer(items.status());
  parts_.writes.Record(
      *head, *std::move(items),
      [this, lane = caller.lane, answer = std::move(answer)](absl::StatusOr<Recording> recording) {
        if (!recording.ok()) return answer(recording.status());
        // The log is read on a worker, never on the sequencer's thread.
        lane->Run([this, answer, recording = *std::move(recording)] {
          answer(AnswerResults(recording));
        });
      });
}

absl::StatusOr<v1::RecordResultsResponse> TransferRecorder::AnswerResults(
    const Recording& recording) const {
  absl::flat_hash_map<Position, std::vector<uint32_t>> items_of;
  std::vector<Position> positions;
  std::vector<HoldRule> rules(recording.items.size(), HoldRule::kUnspecified);
  for (uint32_t i = 0; i < recording.items.size(); ++i) {
    rules[i] = recording.items[i].would_hold;
    const std::optional<Position>& position = recording.items[i].position;
    if (!position.has_value()) continue;
    items_of[*position].push_back(i);
    positions.push_back(*position);
  }
  RETURN_IF_ERROR(
      ReadEventsAt(parts_.log, std::move(positions), [&](Position position, const Event& event) {
        if (const auto* held = std::get_if<ReportHeld>(&event.body)) {
          for (const uint32_t item : items_of[position]) rules[item] = held->rule;
        }
        return absl::OkStatus();
      }));
  v1::RecordResultsResponse response;
  *response.mutable_outcomes() = ToOutcomes(recording.items, recording.log_size);
  for (uint32_t i = 0; i < rules.size(); ++i) {
    if (rules[i] == HoldRule::kUnspecified) continue;
    v1::HeldResult& held = *response.add_held();
    held.set_index(i);
    held.set_rule(static_cast<ledger::v1::HoldRule>(rules[i]));
  }
  return response;
}

}  // namespace bansos

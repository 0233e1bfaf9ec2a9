// The exception reports of AuditService.
#include <algorithm>
#include <vector>

#include "grpc/audit_answers.h"
#include "grpc/convert_records.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/date.h"

namespace bansos {
namespace {

// Exceptions of one answer. More than this is no list that anyone repairs row by row.
constexpr size_t kMaxExceptions = 1'000'000;

// Recipients and positions named in one exception.
constexpr int kMaxNamed = 100;

// Kinds of which one exception is about a group (an account, a family card), not about one member.
bool IsAboutGroup(ExceptionKind kind) {
  return kind == ExceptionKind::kSharedAccount || kind == ExceptionKind::kCrowdedKk;
}

void AddMember(const ExceptionRow& row, v1::Exception& proto) {
  if (row.recipient.value() != 0 && proto.recipients_size() < kMaxNamed) {
    proto.add_recipients(row.recipient.value());
  }
  for (const Position position : row.positions) {
    if (proto.positions_size() < kMaxNamed) proto.add_positions(position.value());
  }
  std::sort(proto.mutable_positions()->begin(), proto.mutable_positions()->end());
  for (const std::string& program : row.programs) {
    const auto& programs = proto.programs();
    if (std::find(programs.begin(), programs.end(), program) == programs.end()) {
      proto.add_programs(program);
    }
  }
}

v1::Exception ToException(const ExceptionRow& row) {
  v1::Exception proto;
  proto.set_kind(static_cast<v1::ExceptionKind>(row.key.kind));
  if (row.tranche != 0 && !row.programs.empty()) {
    *proto.mutable_payment() =
        ToProto(PaymentKey{row.programs.front(), row.tranche, row.recipient, row.payment_number});
  }
  proto.set_amount(row.amount);
  proto.set_days(static_cast<uint32_t>(std::max<int64_t>(row.days, 0)));
  if (row.key.kind == ExceptionKind::kHeldReport) {
    proto.set_rule(static_cast<ledger::v1::HoldRule>(row.detail));
  }
  proto.set_token(row.group);
  proto.set_lines(row.lines);
  proto.set_lines_missing(row.lines_missing);
  AddMember(row, proto);
  return proto;
}

// The kinds asked for, in their order.
absl::StatusOr<std::vector<ExceptionKind>> ReadKinds(const v1::ListExceptionsRequest& request) {
  ItemReader reader;
  std::vector<ExceptionKind> kinds;
  for (const int kind : request.kinds()) {
    kinds.push_back(reader.ReadEnum<ExceptionKind>("kinds", static_cast<v1::ExceptionKind>(kind)));
  }
  if (!reader.ok()) return ToStatus(*reader.fault());
  if (kinds.empty()) kinds.assign(std::begin(kAllExceptionKinds), std::end(kAllExceptionKinds));
  std::sort(kinds.begin(), kinds.end());
  kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
  return kinds;
}

absl::Status AddKind(const ExceptionView& view, ExceptionKind kind, Date date,
                     v1::ListExceptionsResponse& response) {
  const size_t room = kMaxExceptions - std::min<size_t>(kMaxExceptions, response.exceptions_size());
  ASSIGN_OR_RETURN(const ExceptionPage page,
                   view.Page({.date = date, .kind = kind, .limit = room}));
  if (page.more) {
    return absl::ResourceExhaustedError(
        "there are more exceptions than one answer can hold. Ask for fewer kinds.");
  }
  const ExceptionRow* before = nullptr;
  for (const ExceptionRow& row : page.rows) {
    if (IsAboutGroup(kind) && before != nullptr && before->group == row.group) {
      AddMember(row, *response.mutable_exceptions()->rbegin());
    } else {
      *response.add_exceptions() = ToException(row);
    }
    before = &row;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ListExceptionsResponse> ExceptionAnswer(
    const Views& views, const v1::ListExceptionsRequest& request) {
  ASSIGN_OR_RETURN(const std::vector<ExceptionKind> kinds, ReadKinds(request));
  ItemReader reader;
  Date date = reader.ReadDate("as_of_date", request.as_of_date());
  if (!reader.ok()) return ToStatus(*reader.fault());
  if (date == 0) date = WibDate(views.head.last_time_us);

  v1::ListExceptionsResponse response;
  response.set_as_of_date(FormatDate(date));
  ASSIGN_OR_RETURN(const std::vector<ExceptionCount> counts, views.set.exceptions().Count(date));
  for (const ExceptionCount& count : counts) {
    if (std::find(kinds.begin(), kinds.end(), count.kind) == kinds.end()) continue;
    v1::ExceptionCount& added = *response.add_counts();
    added.set_kind(static_cast<v1::ExceptionKind>(count.kind));
    added.set_count(IsAboutGroup(count.kind) ? count.groups : count.rows);
  }
  for (const ExceptionKind kind : kinds) {
    RETURN_IF_ERROR(AddKind(views.set.exceptions(), kind, date, response));
  }
  return response;
}

}  // namespace bansos

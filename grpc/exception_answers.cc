// The exception reports of AuditService.
#include <algorithm>
#include <limits>
#include <vector>

#include "grpc/audit_answers.h"
#include "grpc/convert_records.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/date.h"

namespace bansos {
namespace {

// Recipients and positions named in one exception.
constexpr size_t kMaxNamed = 100;

// Kinds of which one exception is about a group (an account, a family card), not about one member.
bool IsAboutGroup(ExceptionKind kind) {
  return kind == ExceptionKind::kSharedAccount || kind == ExceptionKind::kCrowdedKk;
}

void AddMember(const ExceptionRow& row, v1::Exception& proto) {
  if (row.recipient.value() != 0 && proto.recipients_size() < static_cast<int>(kMaxNamed)) {
    proto.add_recipients(row.recipient.value());
  }
  for (const Position position : row.positions) {
    if (proto.positions_size() < static_cast<int>(kMaxNamed)) proto.add_positions(position.value());
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
  proto.set_recipient_count(IsAboutGroup(row.key.kind) ? row.group_size
                                                       : (row.recipient.value() != 0 ? 1 : 0));
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

// One exception about a group follows from rows of its members; it is named behind all of them.
PageKey KeyOf(const ExceptionRow& row) {
  const auto kind = static_cast<uint64_t>(row.key.kind);
  if (IsAboutGroup(row.key.kind)) return {kind, row.group, std::numeric_limits<uint64_t>::max()};
  return {kind, row.key.first, row.key.second};
}

// Adds the page's exceptions of the query's kind.
absl::Status AddKind(const ExceptionView& view, const ExceptionQuery& query, PageScan& scan,
                     v1::ListExceptionsResponse& response) {
  v1::Exception* group = nullptr;
  return view.ForEach(query, [&](const ExceptionRow& row) {
    if (group != nullptr && group->token() == row.group) {
      scan.LookCloser();
      AddMember(row, *group);
      return true;
    }
    if (!scan.Look(KeyOf(row)) || !scan.Take()) return false;
    v1::Exception& added = *response.add_exceptions();
    added = ToException(row);
    if (IsAboutGroup(row.key.kind)) group = &added;
    return true;
  });
}

absl::Status AddCounts(const ExceptionView& view, Date date,
                       const std::vector<ExceptionKind>& kinds,
                       v1::ListExceptionsResponse& response) {
  ASSIGN_OR_RETURN(const std::vector<ExceptionCount> counts, view.Count(date));
  for (const ExceptionCount& count : counts) {
    if (std::find(kinds.begin(), kinds.end(), count.kind) == kinds.end()) continue;
    v1::ExceptionCount& added = *response.add_counts();
    added.set_kind(static_cast<v1::ExceptionKind>(count.kind));
    added.set_count(IsAboutGroup(count.kind) ? count.groups : count.rows);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ListExceptionsResponse> ExceptionPageAnswer(
    const Views& views, const v1::ListExceptionsRequest& request, PageScan& scan) {
  ASSIGN_OR_RETURN(const std::vector<ExceptionKind> kinds, ReadKinds(request));
  ItemReader reader;
  Date date = reader.ReadDate("as_of_date", request.as_of_date());
  if (!reader.ok()) return ToStatus(*reader.fault());
  if (date == 0) date = WibDate(scan.first().value_or(views.head).last_time_us);
  const ExceptionView& view = views.set.exceptions();
  v1::ListExceptionsResponse response;
  if (scan.first().has_value() && view.ChangedSince(scan.first()->size) &&
      !scan.DependsOnAll(views.head.size)) {
    return response;
  }
  response.set_as_of_date(FormatDate(date));
  RETURN_IF_ERROR(AddCounts(view, date, kinds, response));
  ExceptionQuery query{.date = date, .max_members = kMaxNamed};
  if (scan.after().has_value()) {
    const auto [kind, first, second] = *scan.after();
    query.after = ExceptionKey{static_cast<ExceptionKind>(kind), first, second};
  }
  for (const ExceptionKind kind : kinds) {
    query.kind = kind;
    RETURN_IF_ERROR(AddKind(view, query, scan, response));
    if (scan.more()) break;
  }
  return response;
}

}  // namespace bansos

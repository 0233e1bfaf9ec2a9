#include "projections/recipient_view.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "projections/dense_number.h"
#include "projections/timeline.h"

namespace bansos {

absl::Status RecipientView::Apply(Position, const Event& event) {
  if (const std::optional<PaymentMove> move = PaymentMoveOf(event.body)) return Book(*move);
  if (const auto* opened = std::get_if<ProgramOpened>(&event.body)) {
    return programs_.Open(*opened).status();
  }
  return absl::OkStatus();
}

absl::Status RecipientView::Book(const PaymentMove& move) {
  RETURN_IF_ERROR(CheckMove(move));
  ASSIGN_OR_RETURN(const uint32_t program, programs_.Find(move.payment->program));
  ASSIGN_OR_RETURN(const uint32_t recipient, DenseNumber(move.payment->recipient));
  const AreaCode area = move.movement->area;
  Node* node = lists_.Find(
      recipient, [&](const Node& other) { return other.program == program && other.area == area; });
  if (node == nullptr) node = &lists_.Add(recipient, {.program = program, .area = area});
  RETURN_IF_ERROR(node->money.Book(move));
  if (move.movement->from == Bucket::kPaid) {
    if (node->payments_paid == 0) return absl::DataLossError("a payment leaves paid twice");
    if (--node->payments_paid == 0) CountPerson(recipient, *node, -1);
  }
  if (move.movement->to == Bucket::kPaid && ++node->payments_paid == 1) {
    CountPerson(recipient, *node, 1);
  }
  return absl::OkStatus();
}

void RecipientView::CountPerson(uint32_t recipient, const Node& node, int64_t by) {
  for (const Scope scope : {Scope{}, Scope{.program = node.program}, Scope{.area = node.area},
                            Scope{.program = node.program, .area = node.area}}) {
    const bool elsewhere = lists_.Find(recipient, [&](const Node& other) {
      return other.payments_paid > 0 && scope.Holds(other) &&
             Less(other, node) != Less(node, other);
    }) != nullptr;
    if (elsewhere) continue;
    int64_t& people = people_paid_[scope];
    people += by;
    if (people == 0) people_paid_.erase(scope);
  }
}

uint64_t RecipientView::PeoplePaid(const std::string& program, AreaCode area) const {
  Scope scope;
  if (!program.empty()) {
    const absl::StatusOr<uint32_t> number = programs_.Find(program);
    if (!number.ok()) return 0;
    scope.program = *number;
  }
  if (area != 0) scope.area = area;
  const auto it = people_paid_.find(scope);
  return it == people_paid_.end() ? 0 : static_cast<uint64_t>(it->second);
}

RecipientRow RecipientView::ToRow(uint32_t recipient, const Node& node) const {
  return {.recipient = RecipientNumber(recipient),
          .program = programs_.code(node.program),
          .area = node.area,
          .money = node.money,
          .payments_paid = node.payments_paid};
}

void RecipientView::AppendRows(uint32_t recipient, const Scope& scope,
                               std::vector<RecipientRow>& rows) const {
  const size_t first = rows.size();
  lists_.ForEach(recipient, [&](const Node& node) {
    if (scope.Holds(node)) rows.push_back(ToRow(recipient, node));
  });
  std::sort(rows.begin() + first, rows.end(), [](const RecipientRow& a, const RecipientRow& b) {
    return std::tie(a.program, a.area) < std::tie(b.program, b.area);
  });
}

std::vector<RecipientRow> RecipientView::Rows(RecipientNumber recipient) const {
  std::vector<RecipientRow> rows;
  const absl::StatusOr<uint32_t> number = DenseNumber(recipient);
  if (number.ok()) AppendRows(*number, Scope(), rows);
  return rows;
}

absl::StatusOr<RecipientPage> RecipientView::Page(const RecipientQuery& query) const {
  uint32_t program = Scope::kAll;
  if (!query.program.empty()) {
    const absl::StatusOr<uint32_t> number = programs_.Find(query.program);
    if (!number.ok()) {
      return absl::NotFoundError(
          absl::StrCat("programme ", query.program, " is not in the ledger"));
    }
    program = *number;
  }
  const Scope wanted{.program = program, .area = query.area == 0 ? Scope::kAll : query.area};
  RecipientPage page{.last = query.after};
  size_t recipients = 0, looks = 0;
  if (query.after.value() > kMaxDenseNumber) return page;
  lists_.ForEachRecipientFrom(query.after.value() + 1, [&](uint32_t recipient) {
    if (looks++ == query.looks) {
      page.more = true;
      return false;
    }
    const size_t first = page.rows.size();
    AppendRows(recipient, wanted, page.rows);
    if (page.rows.size() == first) {
      page.last = RecipientNumber(recipient);
      return true;
    }
    if (recipients == query.limit) {
      page.rows.resize(first);
      page.more = true;
      return false;
    }
    ++recipients;
    page.last = RecipientNumber(recipient);
    return true;
  });
  return page;
}

void RecipientView::Save(SnapshotWriter& writer) const {
  programs_.Save(writer);
  lists_.ForEachRecipientFrom(1, [&](uint32_t recipient) {
    writer.U64(recipient);
    writer.List(lists_.Sorted(recipient, Less), [&](const Node& node) {
      writer.U64(node.program);
      writer.U64(node.area);
      writer.U64(node.payments_paid);
      node.money.Save(writer);
    });
    return writer.ok();
  });
  writer.U64(0);  // no such recipient: the end
}

absl::Status RecipientView::Load(SnapshotReader& reader) {
  programs_.Load(reader);
  for (uint32_t recipient = reader.U32(); recipient != 0; recipient = reader.U32()) {
    const uint64_t count = reader.U64();
    for (uint64_t i = 0; i < count && reader.ok(); ++i) {
      Node node;
      node.program = programs_.LoadNumber(reader);
      node.area = reader.U32();
      node.payments_paid = reader.U32();
      node.money.Load(reader);
      if (!reader.ok()) break;
      const Node& added = lists_.Add(recipient, node);
      if (added.payments_paid > 0) CountPerson(recipient, added, 1);
    }
  }
  return reader.Finish();
}

absl::StatusOr<std::vector<RecipientRow>> RecipientRowsAt(
    const EventLog& log, RecipientNumber recipient, Position chain, uint64_t size,
    absl::FunctionRef<absl::Status(const Event&)> visit) {
  std::vector<Event> moves;  // newest first
  absl::Status visited;
  RETURN_IF_ERROR(WalkChain(log, chain, [&](Position position, const Event& event) {
    if (position.value() >= size) return true;
    visited = visit(event);
    if (PaymentMoveOf(event.body)) moves.push_back(event);
    return visited.ok();
  }));
  RETURN_IF_ERROR(visited);
  std::map<std::pair<std::string, AreaCode>, RecipientRow> rows;
  for (auto event = moves.rbegin(); event != moves.rend(); ++event) {
    const PaymentMove move = *PaymentMoveOf(event->body);
    if (move.payment->recipient != recipient) {
      return absl::DataLossError(absl::StrCat("the chain of recipient ", recipient.value(),
                                              " leads to recipient ",
                                              move.payment->recipient.value()));
    }
    RETURN_IF_ERROR(CheckMove(move));
    RecipientRow& row = rows[{move.payment->program, move.movement->area}];
    row.recipient = recipient;
    row.program = move.payment->program;
    row.area = move.movement->area;
    RETURN_IF_ERROR(row.money.Book(move));
    if (move.movement->from == Bucket::kPaid) --row.payments_paid;
    if (move.movement->to == Bucket::kPaid) ++row.payments_paid;
  }
  std::vector<RecipientRow> result;
  result.reserve(rows.size());
  for (auto& [key, row] : rows) result.push_back(std::move(row));
  return result;
}

}  // namespace bansos

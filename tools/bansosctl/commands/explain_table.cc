#include "tools/bansosctl/commands/explain_table.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "ledger/base/hash.h"
#include "ledger/base/hex.h"
#include "tools/bansosctl/commands/event_lines.h"
#include "tools/bansosctl/commands/names.h"

namespace bansos {
namespace {

// Beside the API's own names: the tables' headings and the office's words (DOMAIN 3).
constexpr std::pair<const char*, v1::BalanceFigure> kOtherNames[] = {
    {"SETTLED", v1::BALANCE_FIGURE_PAYMENTS_PAID},
    {"PEOPLE_PAID", v1::BALANCE_FIGURE_RECIPIENTS_PAID},
    {"TERSEDIA", v1::BALANCE_FIGURE_AVAILABLE},
    {"DIKOMITMENKAN", v1::BALANCE_FIGURE_OBLIGATED},
    {"DALAM_PROSES_BANK", v1::BALANCE_FIGURE_IN_TRANSIT},
    {"TERSALUR", v1::BALANCE_FIGURE_PAID},
    {"RETUR", v1::BALANCE_FIGURE_RETURNED},
    {"DISETOR_KEMBALI", v1::BALANCE_FIGURE_REMITTED},
    {"PIUTANG", v1::BALANCE_FIGURE_RECEIVABLE},
};

std::string AsEnumerator(std::string_view name) {
  return absl::StrReplaceAll(absl::AsciiStrToUpper(std::string(name)), {{"-", "_"}, {" ", "_"}});
}

bool IsRupiah(v1::BalanceFigure figure) {
  return figure != v1::BALANCE_FIGURE_PAYMENTS && figure != v1::BALANCE_FIGURE_PAYMENTS_PAID &&
         figure != v1::BALANCE_FIGURE_RECIPIENTS_PAID;
}

std::string WibTime(int64_t time_us) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", absl::FromUnixMicros(time_us),
                          absl::FixedTimeZone(7 * 60 * 60));
}

// The line of a received file, or a sender's numbered message.
std::string SourceOf(const ledger::v1::Source& source) {
  return source.has_file_position()
             ? absl::StrCat("file at ", source.file_position(), ", line ", source.line())
             : absl::StrCat(source.sender(), " message ", source.line());
}

// The document, or what a report of the bank rests on instead.
std::string DocumentOf(const ledger::v1::Event& event) {
  if (event.has_document()) {
    return absl::StrCat(event.document().kind(), "/", event.document().number());
  }
  if (event.has_transfer_settled()) return SourceOf(event.transfer_settled().source());
  if (event.has_transfer_returned()) return SourceOf(event.transfer_returned().source());
  return "";
}

// RFC 6962: what the proof starts from.
std::string LeafHashOf(const std::string& entry) {
  return HexEncode(AsBytes(Sha256(std::string(1, '\0') + entry)));
}

std::vector<TableColumn> Columns(bool proofs) {
  std::vector<TableColumn> columns = {
      {"position", Align::kRight}, {"recorded (WIB)"},       {"event"}, {"actor"},
      {"document or source"},      {"change", Align::kRight}};
  if (proofs) {
    columns.push_back({"leaf hash"});
    columns.push_back({"proof hashes", Align::kRight});
  }
  return columns;
}

}  // namespace

absl::StatusOr<v1::BalanceFigure> ParseBalanceFigure(std::string_view name) {
  const std::string enumerator = AsEnumerator(name);
  v1::BalanceFigure figure;
  if (v1::BalanceFigure_Parse("BALANCE_FIGURE_" + enumerator, &figure) &&
      figure != v1::BALANCE_FIGURE_UNSPECIFIED) {
    return figure;
  }
  for (const auto& [other, named] : kOtherNames) {
    if (enumerator == other) return named;
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "--figure ", std::string(name),
      ": use available, obligated, in-transit, paid, returned, remitted, receivable, appropriated, "
      "instructed, withdrawn, payments, settled or people-paid"));
}

absl::StatusOr<v1::BalanceGroup> ParseBalanceGroup(std::string_view name) {
  v1::BalanceGroup group;
  if (v1::BalanceGroup_Parse("BALANCE_GROUP_" + AsEnumerator(name), &group) &&
      group != v1::BALANCE_GROUP_UNSPECIFIED) {
    return group;
  }
  return absl::InvalidArgumentError("--by: use program, tranche, batch, area or recipient");
}

ExplainTable::ExplainTable(Session& session, v1::BalanceFigure figure, bool proofs)
    : session_(session), figure_(figure), proofs_(proofs), table_(Columns(proofs)) {}

std::string ExplainTable::Amount(int64_t amount) const {
  return IsRupiah(figure_) ? session_.Rupiah(amount) : session_.Count(amount);
}

void ExplainTable::Add(const v1::ExplainResponse& page) {
  for (const v1::ExplainedEvent& explained : page.events()) AddEvent(explained);
  last_ = page;
  last_.clear_events();
}

void ExplainTable::AddEvent(const v1::ExplainedEvent& explained) {
  const ledger::v1::Event& event = explained.event().event();
  std::vector<std::string> cells = {
      session_.Count(static_cast<int64_t>(explained.event().position())),
      WibTime(event.recorded_time_us()),
      EventName(event),
      event.actor(),
      DocumentOf(event),
      Amount(explained.change())};
  if (proofs_) {
    cells.push_back(LeafHashOf(explained.event().entry()));
    cells.push_back(std::to_string(explained.proof_size()));
  }
  table_.AddRow(std::move(cells));
  ++shown_;
}

void ExplainTable::AddSums() {
  const auto add = [this](const std::string& title, const std::string& amount) {
    std::vector<std::string> cells(Columns(proofs_).size());
    cells[1] = title;
    cells[5] = amount;
    table_.AddRow(std::move(cells));
  };
  const uint64_t more = last_.event_count() - shown_;
  if (more > 0) {
    add(absl::StrCat("... and ", session_.Count(static_cast<int64_t>(more)), " more"), "");
  }
  table_.AddRule();
  add(absl::StrCat("sum of ", session_.Count(static_cast<int64_t>(last_.event_count())),
                   last_.event_count() == 1 ? " event" : " events"),
      Amount(last_.sum()));
  add(absl::StrCat("figure \"",
                   absl::StrReplaceAll(absl::AsciiStrToLower(NameOf(figure_, "BALANCE_FIGURE_")),
                                       {{"_", " "}}),
                   "\" of the balances"),
      Amount(last_.figure()));
}

void ExplainTable::Print() {
  // In CSV a sum among the rows would be counted twice.
  if (session_.output() == OutputFormat::kTable) AddSums();
  session_.Print(table_);
  if (session_.output() != OutputFormat::kTable) return;
  session_.Say(absl::StrCat("-- true at position ",
                            session_.Count(static_cast<int64_t>(last_.true_at().position())),
                            proofs_ ? ", root " + HexEncode(last_.root()) : ""));
}

}  // namespace bansos

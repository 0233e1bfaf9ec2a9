#include "tools/bansosctl/export/hledger_journal.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/date.h"

namespace bansos {
namespace {

// By number of Bucket.
constexpr std::array<const char*, 8> kBucketNames = {"outside",    "available", "obligated",
                                                     "in_transit", "paid",      "returned",
                                                     "remitted",   "receivable"};

std::string FormatDay(int32_t yyyymmdd) {
  return absl::StrFormat("%04d-%02d-%02d", yyyymmdd / 10000, yyyymmdd / 100 % 100, yyyymmdd % 100);
}

std::string TagValue(std::string text) {
  for (char& c : text) {
    if (c == ',' || (c >= 0 && c < ' ') || c == '\x7f') c = '_';
  }
  return text;
}

std::string Tags(const ledger::v1::Event& event, const MoneyMove& move) {
  std::string tags = absl::StrCat("actor:", TagValue(event.actor()));
  if (move.recipient != 0) absl::StrAppend(&tags, ", recipient:", move.recipient);
  if (event.has_document()) {
    absl::StrAppend(&tags, ", document:", TagValue(event.document().kind()), " ",
                    TagValue(event.document().number()), " ", FormatDay(event.document().date()));
  }
  return tags;
}

}  // namespace

std::string HledgerJournal::Head(std::string_view ledger_id, uint64_t end_position) {
  return absl::StrCat("; Journal of the ledger ", TagValue(std::string(ledger_id)),
                      ": every event before position ", end_position,
                      " that moves money.\n"
                      "; (N) is the position. The date is the effective date, else the day of "
                      "recording in WIB.\n"
                      "commodity 1. IDR\n\n");
}

std::string HledgerJournal::Tail() const {
  return absl::StrCat("; End of the journal: ", transactions_, " transactions.\n");
}

std::string HledgerJournal::Account(const std::string& program, const MoneyPlace& place,
                                    std::string& out) {
  std::string account = absl::StrCat(program, ":", kBucketNames[place.bucket]);
  if (place.tranche != 0) {
    absl::StrAppend(&account, ":tranche ", place.tranche, ":batch ", place.batch);
  }
  if (declared_.insert(account).second) absl::StrAppend(&out, "account ", account, "\n");
  return account;
}

absl::Status HledgerJournal::AppendParsed(uint64_t position, const ledger::v1::Event& event,
                                          std::string& out) {
  ASSIGN_OR_RETURN(const MoneyMove move, MoneyMoveOf(event));
  const int32_t date =
      event.effective_date() != 0 ? event.effective_date() : WibDate(event.recorded_time_us());
  if (!IsValidDate(date)) return absl::DataLossError(absl::StrCat("has no date: ", date));
  const std::string to = Account(move.program, move.to, out);
  const std::string from = Account(move.program, move.from, out);
  absl::StrAppend(&out, FormatDay(date), " (", position, ") ", EventTypeOf(event), "  ; ",
                  Tags(event, move), "\n    ", to, "  ", move.amount, " IDR\n    ", from, "  ",
                  -move.amount, " IDR\n");
  return absl::OkStatus();
}

absl::Status HledgerJournal::Append(uint64_t position, std::string_view entry, std::string& out) {
  ledger::v1::Event event;
  absl::Status status;
  if (position < next_position_) {
    status = absl::DataLossError("comes after a later one");
  } else if (!event.ParseFromArray(entry.data(), static_cast<int>(entry.size()))) {
    status = absl::DataLossError("is no event in the ledger's format");
  } else {
    status = AppendParsed(position, event, out);
  }
  if (!status.ok()) {
    return absl::DataLossError(
        absl::StrCat("the entry at position ", position, " ", status.message(),
                     ": the journal would be wrong. Verify the ledger with bansos-verify."));
  }
  next_position_ = position + 1;
  ++transactions_;
  return absl::OkStatus();
}

}  // namespace bansos

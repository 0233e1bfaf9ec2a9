#include "ledger/domain/refusal.h"

#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"

namespace bansos {
namespace {

using enum absl::StatusCode;

// In the order of RefusalCode.
constexpr std::array<RefusalText, kRefusalCount> kTable = {{
    {"ACTOR_MISSING", kInvalidArgument, "an opaque id of a person is missing or malformed",
     "use 1-64 characters of a-z 0-9 . _ - @ (the caller's goes into the metadata bansos-actor)"},
    {"ACTOR_IS_PERSONAL", kInvalidArgument, "an identifier holds 16 digits that could be a NIK",
     "use an opaque id; personal data is never stored in clear"},
    {"BAD_DATE", kInvalidArgument, "a date is missing or is no calendar date",
     "give a date between 1900-01-01 and 2999-12-31"},
    {"BAD_CODE", kInvalidArgument, "a code is missing or malformed",
     "use capitals, digits, hyphen, underscore and dot, at most 31 characters"},
    {"BAD_TEXT", kInvalidArgument,
     "a text is empty or holds what is not to be seen (a line break, another control character, a "
     "change of writing direction), or is not UTF-8",
     "write it on one line, in letters, digits and signs"},
    {"TEXT_TOO_LONG", kInvalidArgument, "a text is too long", "shorten it to 200 bytes"},
    {"BAD_AMOUNT", kInvalidArgument, "an amount is out of range",
     "give whole rupiah, at most 1000000000000000 (10^15)"},
    {"BAD_ENUM", kInvalidArgument, "an enumeration value is unknown",
     "use one of the published values"},
    {"BAD_NUMBER", kInvalidArgument, "a number is out of range, or a list is empty or too long",
     "number from 1; docs/LIMITS.md has the bounds"},
    {"BAD_SEALED", kInvalidArgument, "a sealed value or hash is missing or has the wrong length",
     "this is a fault of the caller inside the server"},
    {"REFERENCE_TOO_LONG", kInvalidArgument,
     "the payment's end-to-end reference would have more than 35 characters",
     "check tranche, recipient and number"},
    {"DOCUMENT_REQUIRED", kInvalidArgument, "this event needs a document",
     "give the document's kind, number and date"},
    {"NOT_A_COMMAND", kInvalidArgument, "the ledger alone writes this event",
     "use the call for it"},
    {"LEDGER_NOT_OPEN", kFailedPrecondition, "the ledger is not open",
     "the first event must open it"},
    {"LEDGER_ALREADY_OPEN", kAlreadyExists, "the ledger is open already", "nothing to do"},
    {"PROGRAM_UNKNOWN", kNotFound, "there is no such programme", "open the programme first"},
    {"RECIPIENT_UNKNOWN", kNotFound, "there is no such recipient", "register the recipient first"},
    {"BATCH_UNKNOWN", kNotFound, "there is no such batch", "draft the batch first"},
    {"PAYMENT_UNKNOWN", kNotFound, "there is no such payment", "instruct the payment first"},
    {"KEY_TAKEN", kAlreadyExists, "this fact is recorded already with other content",
     "compare the named field with the recorded event"},
    {"VERSION_OUT_OF_ORDER", kFailedPrecondition, "the version does not follow the last one",
     "use the last version plus one"},
    {"RULES_VERSION_UNKNOWN", kFailedPrecondition,
     "this program does not know that version of the rules", "update the program first"},
    {"DOUBLED_ENTRY", kInvalidArgument, "a list holds the same entry twice", "remove one of them"},
    {"AREA_NOT_BELOW_PARENT", kInvalidArgument, "an area is not directly below the parent",
     "check its code"},
    {"TRANCHE_NUMBERING", kInvalidArgument, "the tranches are not numbered 1, 2, 3 ...",
     "number them without gaps"},
    {"QUOTA_BELOW_ENTITLEMENTS", kFailedPrecondition, "the quota is below the running entitlements",
     "end entitlements first"},
    {"TRANCHE_IN_USE", kFailedPrecondition, "payments of that tranche are instructed already",
     "keep the tranche and its amount"},
    {"DATE_OUT_OF_ORDER", kFailedPrecondition, "it would be in force before the version before it",
     "give the same or a later date"},
    {"BAD_CRITERION", kInvalidArgument, "a criterion is not well formed",
     "check operator, operand and values"},
    {"MIXED_CRITERION", kInvalidArgument, "a criterion mixes indicators and ledger facts",
     "split it in two"},
    {"INDICATOR_UNKNOWN", kFailedPrecondition,
     "a criterion uses an indicator that no catalogue offers",
     "publish the catalogue first, or correct the id"},
    {"TAKES_PROMISED_MONEY", kFailedPrecondition,
     "the revision would take money that is promised already",
     "reduce the revision to what is available"},
    {"AREA_UNKNOWN", kFailedPrecondition, "the area is not published",
     "publish the areas or correct the code"},
    {"BAD_KK", kInvalidArgument, "a person needs a family card and an institution has none",
     "give or remove the KK"},
    {"BAD_ACCOUNT", kInvalidArgument, "an account goes with bank and virtual accounts only",
     "give or remove the account number"},
    {"ACCOUNT_SHARED", kFailedPrecondition, "another recipient is paid into this account",
     "state a shared account reason, or correct the account"},
    {"CATALOGUE_UNKNOWN", kFailedPrecondition, "the catalogue or its version is not published",
     "publish it first"},
    {"DATE_IN_FUTURE", kInvalidArgument, "the date is in the future",
     "give a date up to today (WIB)"},
    {"NOT_DEAD", kFailedPrecondition, "no death stands for this recipient", "nothing to correct"},
    {"KIND_NOT_ALLOWED", kFailedPrecondition, "the programme does not serve this kind of recipient",
     "choose another programme"},
    {"NOT_PROPOSED", kFailedPrecondition, "the recipient is not proposed for this programme",
     "record the proposal first"},
    {"RULE_SET_NOT_IN_FORCE", kFailedPrecondition,
     "that rule set is not the one in force on the effective date", "use the version in force"},
    {"FACTS_CHANGED", kAborted, "the recipient's facts have changed since",
     "evaluate again and decide anew"},
    {"ASSESSMENT_NOT_LATEST", kAborted, "that is not the latest assessment",
     "evaluate the latest assessment"},
    {"BAD_TRUTHS", kInvalidArgument, "the truth values do not match the criteria",
     "give one for each criterion over indicators"},
    {"NOT_DECIDED", kFailedPrecondition, "eligibility is not decided", "decide it first"},
    {"NOT_ELIGIBLE", kFailedPrecondition, "the latest decision is not eligible",
     "only eligible candidates can be decreed"},
    {"DECISION_STALE", kFailedPrecondition, "facts have changed since the decision",
     "decide again"},
    {"ALREADY_ENTITLED", kFailedPrecondition,
     "the recipient has a running entitlement in this programme", "end it first"},
    {"QUOTA_EXCEEDED", kFailedPrecondition, "the quota is full",
     "end an entitlement, or amend the quota"},
    {"SLOT_TAKEN", kFailedPrecondition, "the slot has a running holder", "choose a free slot"},
    {"HOLDER_OUT_OF_ORDER", kFailedPrecondition, "the holder number does not follow the last one",
     "use the last holder number plus one"},
    {"WRONG_PREDECESSOR", kFailedPrecondition, "that is not whom the slot's last holder was",
     "name the last holder, or none for the first"},
    {"TRANCHE_UNKNOWN", kFailedPrecondition, "the programme has no such tranche here",
     "check the tranche number"},
    {"AMOUNT_NOT_TRANCHE", kFailedPrecondition, "the amount is not the tranche's or the decree's",
     "use that amount"},
    {"NOT_ENTITLED", kFailedPrecondition, "no such entitlement is running",
     "check slot, holder and recipient"},
    {"BATCH_NOT_DRAFT", kFailedPrecondition, "the batch is not in draft",
     "its list is frozen; send it back or use another batch"},
    {"BATCH_FULL", kFailedPrecondition, "the batch holds as many payments as one may",
     "draft another batch of the tranche"},
    {"RECIPIENT_DEAD", kFailedPrecondition, "the recipient has died",
     "do not pay; remit and replace"},
    {"TRANCHE_NOT_OWED", kFailedPrecondition, "no entitlement owes this tranche",
     "check the decree and its end"},
    {"PAYMENT_EXISTS", kFailedPrecondition,
     "a payment of this tranche to this recipient is under way or done",
     "withdraw or remit it first"},
    {"NUMBER_OUT_OF_ORDER", kFailedPrecondition, "the payment number does not follow the last one",
     "use the last number plus one"},
    {"SLOT_ALREADY_PAID", kFailedPrecondition, "this slot has a payment for this tranche",
     "withdraw or remit it first"},
    {"PAYEE_MISSING", kFailedPrecondition, "the recipient has no payee", "assign one first"},
    {"REPORT_OPEN", kFailedPrecondition, "a held report about this payment or slot is open",
     "resolve the report first"},
    {"NOT_ENOUGH_AVAILABLE", kFailedPrecondition, "the programme has not enough money available",
     "appropriate more, or remit"},
    {"WRONG_STATE", kFailedPrecondition, "the payment is not in a state that allows this",
     "look at the payment's history"},
    {"BATCH_EMPTY", kFailedPrecondition, "the batch has no payments", "instruct payments first"},
    {"LIST_DIFFERS", kFailedPrecondition, "count or total differ from the list",
     "compare the document with the list"},
    {"ROUND_OUT_OF_ORDER", kFailedPrecondition, "that is not the present round of the batch",
     "use the present round"},
    {"WRONG_BATCH_STATE", kFailedPrecondition, "the batch is not in a state that allows this",
     "look at the batch's history"},
    {"FOUR_EYES", kPermissionDenied, "the same person may not do both steps",
     "another person must do this step"},
    {"PAYEE_RECORDER", kPermissionDenied, "who recorded a payee may not approve or reissue to it",
     "another person must do this step"},
    {"BATCH_OPEN_MONEY", kFailedPrecondition,
     "money of the batch is obligated, in transit or returned",
     "settle, reissue or remit it first"},
    {"BATCH_NOT_RELEASED", kFailedPrecondition, "the batch is not released",
     "release it first (SP2D)"},
    {"ATTEMPT_OUT_OF_ORDER", kFailedPrecondition, "that is not the attempt that comes now",
     "use the present attempt"},
    {"PAYEE_NOT_PINNED", kFailedPrecondition, "the order does not name the pinned payee",
     "pay only to the pinned payee"},
    {"PAYEE_UNCHANGED", kFailedPrecondition,
     "the payee is unchanged and the return reason does not allow that", "correct the payee first"},
    {"FILE_UNKNOWN", kNotFound, "there is no such result file", "record the file first"},
    {"LINE_UNKNOWN", kInvalidArgument, "the file has no such line", "check the line number"},
    {"REPORT_NOT_OPEN", kFailedPrecondition, "there is no such open held report",
     "list the open reports"},
    {"CITED_REPORT_DIFFERS", kFailedPrecondition, "the cited report does not fit the payment",
     "cite a settlement of this payment and amount"},
    {"POSITION_UNKNOWN", kFailedPrecondition, "a position is not in the log yet",
     "name recorded events"},
    {"ENTRY_TOO_LARGE", kInvalidArgument, "the fact does not fit into one entry of the log",
     "shorten its texts and lists, or state it in several parts"},
    {"ATOMIC_REFUSED", kFailedPrecondition,
     "another command of the atomic request stands in the way",
     "look at the other outcomes; nothing of the request was recorded"},
    {"ATOMIC_OVERLAP", kInvalidArgument,
     "the commands of an atomic request are not of one kind and independent of each other",
     "send them in separate requests"},
}};

}  // namespace

const RefusalText& TextOf(RefusalCode code) {
  const auto index = static_cast<size_t>(code);
  CHECK(index < kTable.size()) << index;
  return kTable[index];
}

Refusal RefusalOfField(RefusalCode code, std::string field, const std::string& value) {
  std::string detail = value.empty() ? field : absl::StrCat(field, " ", value);
  return {code, std::move(detail), std::move(field)};
}

std::string Message(const Refusal& refusal) {
  const RefusalText& text = TextOf(refusal.code);
  const auto view = [](std::string_view s) { return absl::string_view(s.data(), s.size()); };
  std::string advice(text.advice);
  advice[0] = absl::ascii_toupper(static_cast<unsigned char>(advice[0]));
  return absl::StrCat(view(text.sentence), refusal.detail.empty() ? "" : ": ", refusal.detail, ". ",
                      advice, ".");
}

}  // namespace bansos

#include "tests/support/rule_statement.h"

#include <functional>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/base/hash.h"
#include "ledger/domain/criterion.h"
#include "tests/support/commands.h"
#include "tests/support/setting_up_sentences.h"

namespace bansos::testing {
namespace {

uint32_t Small(uint64_t number) { return static_cast<uint32_t>(number); }

// "KJS/1/2" -> batch; "KJS/1/7/1" -> payment of recipient 7.
BatchKey Batch(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, '/');
  if (parts.size() != 3) return {};
  return {parts[0], Small(NumberIn(parts[1])), Small(NumberIn(parts[2]))};
}
PaymentKey Payment(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, '/');
  if (parts.size() != 4) return {};
  return {parts[0], Small(NumberIn(parts[1])), RecipientNumber(NumberIn(parts[2])),
          Small(NumberIn(parts[3]))};
}

const PaymentState* Find(const State& state, const PaymentKey& key) {
  const auto index = state.FindPayment(key);
  return index ? &state.at(*index) : nullptr;
}

std::string Bytes32(const std::string& of) { return std::string(AsBytes(Sha256(of))); }

// The position of the file that was received with that name.
std::optional<Position> FileNamed(const State& state, const std::string& name) {
  const uint64_t number = NumberIn(name);
  if (number == 0 || number > state.files.size()) return Position(999'999);
  return state.files[number - 1].received_at;
}

EventBody RegisterBody(const Sentence& s) {
  RecipientRegistered e;
  e.recipient = RecipientNumber(NumberIn(s.words.At(1)));
  e.kind = static_cast<RecipientKind>(s.words.Number("kind", s.words.Has("institution") ? 2 : 1));
  e.area = Small(s.words.Number("area", kTestArea));
  if (!s.words.Has("no-kk")) e.kk_token = KkToken(s.words.Number("kk", e.recipient.value()));
  if (!s.words.Has("unsealed")) e.sealed_identity = absl::StrCat("sealed ", s.words.At(1));
  e.key_commitment = Bytes32(s.words.At(1));
  return e;
}

EventBody PayeeBody(const Sentence& s) {
  PayeeAssigned e;
  e.recipient = RecipientNumber(NumberIn(s.words.At(1)));
  e.account_token = AccountToken(s.words.Number("account"));
  if (e.account_token.value() == 0 || s.words.Has("cash")) e.channel = Channel::kPostCash;
  e.sealed_details = absl::StrCat("sealed ", s.words.At(1));
  if (s.words.Has("same-guardian")) e.shared_account_reason = SharedAccountReason::kSameGuardian;
  return e;
}

EventBody DecideBody(const Sentence& s) {
  EligibilityDecided e;
  e.recipient = RecipientNumber(NumberIn(s.words.At(1)));
  e.program = s.words.After("for");
  const RecipientState* recipient = s.state.FindRecipient(e.recipient);
  const ProgramState* program = s.state.FindProgram(e.program);
  e.fact_version =
      Small(s.words.Number("facts", recipient == nullptr ? 1 : recipient->fact_version));
  if (recipient != nullptr) e.assessment_position = recipient->assessment_position;
  if (s.words.Has("assessment")) e.assessment_position = Position(s.words.Number("assessment"));
  const size_t rule_sets = program == nullptr ? 1 : program->rule_sets.size();
  e.rule_set_version = Small(s.words.Number("rules", rule_sets));
  if (program != nullptr && e.rule_set_version >= 1 && e.rule_set_version <= rule_sets) {
    const RuleSetPublished& rules = program->rule_sets[e.rule_set_version - 1];
    const Truth truth = s.words.Has("true")    ? Truth::kTrue
                        : s.words.Has("false") ? Truth::kFalse
                                               : Truth::kUnknown;
    e.indicator_truths.assign(CountIndicatorCriteria(rules), truth);
  }
  return e;
}

EventBody DecreeBody(const Sentence& s) {
  RecipientDecreed e;
  e.recipient = RecipientNumber(NumberIn(s.words.At(1)));
  e.program = s.words.After("for");
  e.slot = Small(s.words.Number("slot", 1));
  e.holder = Small(s.words.Number("holder", 1));
  e.first_tranche = Small(s.words.Number("first", 1));
  e.replaces = RecipientNumber(s.words.Number("replaces"));
  e.amount = Rupiah(s.words.Number("amount"));
  return e;
}

EventBody EndBody(const Sentence& s) {
  EntitlementEnded e;
  e.recipient = RecipientNumber(NumberIn(s.words.At(1)));
  e.program = s.words.After("in");
  e.slot = Small(s.words.Number("slot", 1));
  e.holder = Small(s.words.Number("holder", 1));
  e.ended_on = 20250301;
  e.last_tranche = Small(s.words.Number("last"));
  return e;
}

EventBody InstructBody(const Sentence& s) {
  PaymentInstructed e;
  const BatchKey batch = Batch(s.words.After("in"));
  e.payment = {batch.program, batch.tranche, RecipientNumber(NumberIn(s.words.At(1))),
               Small(s.words.Number("number", 1))};
  e.batch = batch.number;
  e.amount = Rupiah(s.words.Number("amount", kTableAmount));
  return e;
}

EventBody SendBody(const Sentence& s) {
  TransferSent e;
  e.payment = Payment(s.words.At(1));
  e.attempt = Small(s.words.Number("attempt", 1));
  const PaymentState* payment = Find(s.state, e.payment);
  if (payment != nullptr) e.payee_position = payment->payee_position;
  if (s.words.Has("payee")) e.payee_position = Position(s.words.Number("payee"));
  return e;
}

template <typename Step>
EventBody StepBody(const Sentence& s) {
  Step e;
  e.batch = Batch(s.words.At(1));
  e.round = Small(s.words.Number("round", 1));
  if constexpr (requires { e.list; }) {
    e.list.count = Small(s.words.Number("count"));
    e.list.total = Rupiah(s.words.Number("total", e.list.count * kTableAmount));
  }
  return e;
}

EventBody OrderFileBody(const Sentence& s) {
  OrderFileWritten e;
  e.batch = Batch(s.words.At(1));
  e.number = Small(s.words.Number("file", 1));
  e.attempt = Small(s.words.Number("attempt", 1));
  e.again = Small(s.words.Number("again"));
  e.sha256 = Bytes32(absl::StrCat("orders ", e.number));
  e.count = Small(s.words.Number("count"));
  e.total = Rupiah(s.words.Number("total", e.count * kTableAmount));
  return e;
}

EventBody FileBody(const Sentence& s) {
  ResultFileReceived e{"MIXED", "BANKJATENG", Bytes32("file " + s.words.At(1)), 0, 0, 0};
  e.lines = Small(s.words.Number("lines", 1));
  return e;
}

EventBody CiteBody(const Sentence& s) {
  TransferSettled e;
  e.payment = Payment(s.words.At(1));
  e.attempt = Small(s.words.Number("attempt", 1));
  e.amount = Rupiah(s.words.Number("amount", kTableAmount));
  e.value_date = static_cast<Date>(s.words.Number("on", 20250305));
  e.source = {std::nullopt, "OFFICER", s.words.Number("letter", 1)};
  e.cites = Position(s.words.Number("citing"));
  return e;
}

EventBody ResolveBody(const Sentence& s) {
  ReportResolved e;
  e.held_position = Position(NumberIn(s.words.At(1)));
  if (s.words.Has("carried-by")) e.carried_by = {Position(s.words.Number("carried-by"))};
  return e;
}

// "reads 1 line 2 settled KJS/1/7/1 attempt 1 amount 100 on 20250305 [because AC01]"
ReportTransfer ReportBody(const Sentence& s) {
  ReportTransfer e;
  e.source.file_position = FileNamed(s.state, s.words.At(1));
  e.source.line = s.words.Number("line");
  const bool settled = s.words.Has("settled");
  e.kind = settled ? ReportKind::kSettled : ReportKind::kReturned;
  const std::string payment = s.words.After(settled ? "settled" : "returned");
  if (payment != "nonsense") e.payment = Payment(payment);
  e.attempt = Small(s.words.Number("attempt", e.payment ? 1 : 0));
  e.amount = Rupiah(s.words.Number("amount", kTableAmount));
  e.value_date = static_cast<Date>(s.words.Number("on", 20250305));
  if (!settled) e.reason = s.words.Has("DS28") ? ReturnReason::kDS28 : ReturnReason::kAC01;
  e.sealed_reference = "sealed reference";
  return e;
}

EventBody AliveBody(const Sentence& s) {
  return RecipientDied{RecipientNumber(NumberIn(s.words.At(1))), 0, DeathSource::kVillage};
}

using Maker = std::function<CommandBody(const Sentence&)>;

template <typename Body>
Maker Paying() {
  return [](const Sentence& s) -> CommandBody {
    Body body;
    body.payment = Payment(s.words.At(1));
    if constexpr (requires { body.attempt; }) body.attempt = Small(s.words.Number("attempt", 2));
    return EventBody(body);
  };
}

const std::map<std::string, Maker>& Makers() {
  static const auto* makers = new std::map<std::string, Maker>{
      {"opens-ledger", OpenLedgerBody},
      {"adopts-rules", AdoptRulesBody},
      {"publishes-areas", AreasBody},
      {"publishes-catalogue", CatalogueBody},
      {"opens", OpenProgramBody},
      {"amends", AmendBody},
      {"publishes-rules", RuleSetBody},
      {"appropriates",
       [](const Sentence& s) {
         const std::string amount = s.words.At(1);
         const bool negative = !amount.empty() && amount[0] == '-';
         const auto size = static_cast<Rupiah>(NumberIn(negative ? amount.substr(1) : amount));
         return EventBody(BudgetAppropriated{s.words.After("to"), negative ? -size : size});
       }},
      {"registers", RegisterBody},
      {"moves",
       [](const Sentence& s) {
         const uint64_t number = NumberIn(s.words.At(1));
         return EventBody(IdentityCorrected{RecipientNumber(number), Small(s.words.Number("area")),
                                            KkToken(number), "sealed"});
       }},
      {"assigns-payee", PayeeBody},
      {"assesses",
       [](const Sentence& s) {
         return EventBody(AssessmentRecorded{RecipientNumber(NumberIn(s.words.At(1))), "DT-JATENG",
                                             Small(s.words.Number("catalogue-version", 1)),
                                             static_cast<Date>(s.words.Number("on", 20250104)),
                                             "sealed"});
       }},
      {"reports-death",
       [](const Sentence& s) {
         return EventBody(RecipientDied{RecipientNumber(NumberIn(s.words.At(1))),
                                        static_cast<Date>(s.words.Number("on", 20250220)),
                                        DeathSource::kVillage});
       }},
      {"reports-alive", AliveBody},
      {"proposes",
       [](const Sentence& s) {
         return EventBody(CandidateProposed{s.words.After("for"),
                                            RecipientNumber(NumberIn(s.words.At(1))), "DINSOS",
                                            s.words.After("class", "DESTITUTE"), 0});
       }},
      {"decides", DecideBody},
      {"decrees", DecreeBody},
      {"ends", EndBody},
      {"drafts", [](const Sentence& s) { return EventBody(BatchDrafted{Batch(s.words.At(1))}); }},
      {"submits", StepBody<BatchSubmitted>},
      {"verifies", StepBody<BatchVerified>},
      {"approves", StepBody<BatchApproved>},
      {"sends-back", StepBody<BatchSentBack>},
      {"releases", StepBody<BatchReleased>},
      {"closes", StepBody<BatchClosed>},
      {"instructs", InstructBody},
      {"withdraws", Paying<PaymentWithdrawn>()},
      {"sends", SendBody},
      {"reissues", Paying<PaymentReissued>()},
      {"remits", Paying<PaymentRemitted>()},
      {"writes-orders", OrderFileBody},
      {"receives", FileBody},
      {"reads", ReportBody},
      {"settles", CiteBody},
      {"resolves", ResolveBody},
  };
  return *makers;
}

}  // namespace

absl::StatusOr<Command> ParseStatement(const std::string& actor, const std::string& sentence,
                                       int row, const State& state) {
  const Words words(sentence);
  const auto it = Makers().find(words.verb());
  if (it == Makers().end()) {
    return absl::InvalidArgumentError(absl::StrCat("row ", row, ": unknown verb ", words.verb()));
  }
  Command command;
  command.envelope.actor = actor;
  command.envelope.effective_date = static_cast<Date>(words.Number("effective"));
  if (!words.Has("without-document")) {
    command.envelope.document =
        Document{words.After("document-kind", "SK"),
                 words.After("document", absl::StrCat("row ", row)), 20250101, ""};
  }
  command.body = it->second({words, state});
  return command;
}

}  // namespace bansos::testing

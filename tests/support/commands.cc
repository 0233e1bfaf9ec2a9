#include "tests/support/commands.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ledger/base/hash.h"

namespace bansos::testing {
namespace {

constexpr Date kDocumentDate = 20250102;
constexpr Date kInForce = 20250101;
constexpr Date kValueDate = 20250108;
constexpr char kLegalBasis[] = "Pergub 1/2025";

Command Make(std::string actor, EventBody body) {
  Command command;
  command.envelope.actor = std::move(actor);
  command.body = std::move(body);
  return command;
}

Command Make(std::string actor, EventBody body, Document document) {
  Command command = Make(std::move(actor), std::move(body));
  command.envelope.document = std::move(document);
  return command;
}

std::string Bytes32(const std::string& of) { return std::string(AsBytes(Sha256(of))); }

template <typename Step>
Step MakeStep(uint32_t count, uint32_t number, uint32_t tranche) {
  return {{kTestProgram, tranche, number}, 1, {count, count * kTestAmount, ""}};
}

Command Report(uint64_t recipient, Position file, uint64_t line, uint32_t tranche, ReportKind kind,
               ReturnReason reason) {
  ReportTransfer report;
  report.payment = PaymentOf(recipient, tranche);
  report.attempt = 1;
  report.kind = kind;
  report.amount = kTestAmount;
  report.value_date = kValueDate;
  report.reason = reason;
  report.source = {file, "", line};
  report.sealed_reference = absl::StrCat("sealed reference ", recipient);
  report.sealed_bank_reference = absl::StrCat("sealed bank reference ", recipient);
  report.sealed_strangers_bank_reference = absl::StrCat("sealed for the ledger ", line);
  Command command;
  command.envelope.actor = "importer";
  command.body = report;
  return command;
}

}  // namespace

Document MakeDocument(std::string kind, std::string number) {
  return {std::move(kind), std::move(number), kDocumentDate, "signatory.1"};
}

Command OpenLedger() { return Make("operator", LedgerOpened{"test-ledger", 1}); }

Command PublishAreas() {
  AreasPublished areas{"KEMENDAGRI", 1, "33", kLegalBasis, kInForce, {}};
  for (int number = 1; number <= 76; ++number) {
    if (number > 29 && number < 71) continue;
    areas.areas.push_back({absl::StrFormat("33.%02d", number), absl::StrCat("Area ", number)});
  }
  return Make("operator", areas);
}

Command PublishCatalogue() {
  CataloguePublished catalogue{"DT-JATENG", 1, kLegalBasis, kInForce, {}};
  catalogue.indicators.push_back(
      {1, "desil", IndicatorKind::kNumber, "1-10", "decile", "DTKS", {{1, 10}}});
  return Make("operator", catalogue);
}

Command SetPolicy(uint32_t version, int64_t value) {
  return Make("operator", PolicySet{"retur_hari", version, value, kLegalBasis, kInForce});
}

Command OpenProgram(const std::string& program, uint32_t quota) {
  ProgramOpened opened{program,
                       "Test programme",
                       2025,
                       20251231,
                       quota,
                       Fund::kApbdGeneral,
                       {RecipientKind::kPerson},
                       {},
                       false};
  for (uint32_t number = 1; number <= kTestTranches; ++number) {
    opened.tranches.push_back({number, kTestAmount, static_cast<Date>(20250001 + number * 300)});
  }
  return Make("officer", opened);
}

Command PublishRuleSet(const std::string& program, uint32_t version) {
  Expression alive;
  alive.op = Operator::kEqual;
  alive.fact = LedgerFact::kAlive;
  alive.numbers = {1};
  return Make("officer", RuleSetPublished{
                             program, version, kLegalBasis, kInForce, {{"alive", "lives", alive}}});
}

Command Appropriate(Rupiah amount, const std::string& number, const std::string& program) {
  return Make("officer", BudgetAppropriated{program, amount}, MakeDocument("DPA", number));
}

std::vector<Command> FoundLedger(uint64_t payments, const std::string& program) {
  return {OpenLedger(),
          PublishAreas(),
          PublishCatalogue(),
          OpenProgram(program),
          PublishRuleSet(program),
          Appropriate(static_cast<Rupiah>(payments) * kTestAmount, "1", program)};
}

Command Register(uint64_t recipient) {
  return Make("registrar",
              RecipientRegistered{RecipientNumber(recipient), RecipientKind::kPerson, kTestArea,
                                  KkToken(recipient), absl::StrCat("sealed identity ", recipient),
                                  Bytes32(absl::StrCat("commitment ", recipient))});
}

Command AssignPayee(uint64_t recipient, const std::string& number) {
  return Make("payee.recorder",
              PayeeAssigned{RecipientNumber(recipient), Channel::kBankAccount,
                            AccountToken(recipient), Holder::kSelf,
                            absl::StrCat("sealed details ", recipient), SharedAccountReason::kNone},
              MakeDocument("REKENING", number));
}

Command Propose(uint64_t recipient, const std::string& program) {
  return Make("proposer",
              CandidateProposed{program, RecipientNumber(recipient), "DINSOS-3374", "POOR", 0},
              MakeDocument("USULAN", "1"));
}

Command DecideEligible(uint64_t recipient, uint32_t fact_version, const std::string& program) {
  EligibilityDecided decided;
  decided.program = program;
  decided.recipient = RecipientNumber(recipient);
  decided.rule_set_version = 1;
  decided.fact_version = fact_version;
  return Make("decider", decided);
}

Command Decree(uint64_t recipient, uint32_t slot, uint32_t holder, uint64_t replaces,
               const std::string& program) {
  return Make("officer",
              RecipientDecreed{program, RecipientNumber(recipient), slot, holder, 1,
                               RecipientNumber(replaces), 0, std::nullopt},
              MakeDocument("SK", "1"));
}

Command Die(uint64_t recipient, Date died_on) {
  return Make("registrar",
              RecipientDied{RecipientNumber(recipient), died_on, DeathSource::kCivilRegistry},
              MakeDocument("AKTA", absl::StrCat(died_on)));
}

Command EndEntitlement(uint64_t recipient, uint32_t slot, uint32_t holder, uint32_t last_tranche) {
  return Make("officer",
              EntitlementEnded{kTestProgram, RecipientNumber(recipient), slot, holder,
                               EndReason::kDied, 20250105, last_tranche},
              MakeDocument("SK", "2"));
}

std::vector<Command> Entitle(uint64_t recipient, const std::string& program) {
  return {Register(recipient), AssignPayee(recipient), Propose(recipient, program),
          DecideEligible(recipient, 2, program),
          Decree(recipient, static_cast<uint32_t>(recipient), 1, 0, program)};
}

Command DraftBatch(uint32_t number, uint32_t tranche) {
  return Make("drafter", BatchDrafted{{kTestProgram, tranche, number}});
}

Command SubmitBatch(uint32_t count, uint32_t number, uint32_t tranche) {
  return Make("submitter", MakeStep<BatchSubmitted>(count, number, tranche),
              MakeDocument("SPP", absl::StrCat(number)));
}

Command VerifyBatch(uint32_t count, uint32_t number, uint32_t tranche) {
  return Make("verifier", MakeStep<BatchVerified>(count, number, tranche));
}

Command ApproveBatch(uint32_t count, uint32_t number, uint32_t tranche) {
  return Make("approver", MakeStep<BatchApproved>(count, number, tranche),
              MakeDocument("SPM", absl::StrCat(number)));
}

Command ReleaseBatch(uint32_t count, uint32_t number, uint32_t tranche) {
  return Make("releaser", MakeStep<BatchReleased>(count, number, tranche),
              MakeDocument("SP2D", absl::StrCat(number)));
}

PaymentKey PaymentOf(uint64_t recipient, uint32_t tranche, uint32_t number) {
  return {kTestProgram, tranche, RecipientNumber(recipient), number};
}

Command Instruct(uint64_t recipient, uint32_t tranche, uint32_t batch) {
  PaymentInstructed instructed;
  instructed.payment = PaymentOf(recipient, tranche);
  instructed.batch = batch;
  instructed.amount = kTestAmount;
  return Make("drafter", instructed);
}

Command Withdraw(uint64_t recipient, uint32_t tranche) {
  return Make("drafter", PaymentWithdrawn{PaymentOf(recipient, tranche), {}});
}

Command Send(uint64_t recipient, Position payee_position, uint32_t tranche) {
  TransferSent sent;
  sent.payment = PaymentOf(recipient, tranche);
  sent.attempt = 1;
  sent.payee_position = payee_position;
  return Make("sender", sent);
}

Command WriteOrders(uint32_t count, uint32_t number, uint32_t again, uint32_t tranche) {
  return Make("sender", OrderFileWritten{{kTestProgram, tranche, 1},
                                         number,
                                         1,
                                         again,
                                         Bytes32(absl::StrCat("orders ", number)),
                                         count,
                                         count * kTestAmount});
}

Command ReceiveFile(uint32_t lines, const std::string& name) {
  return Make("importer", ResultFileReceived{"SP2D-RESULT", "BANK-JATENG",
                                             Bytes32("result file " + name), lines, 0, 0});
}

Command ReportSettled(uint64_t recipient, Position file, uint64_t line, uint32_t tranche) {
  return Report(recipient, file, line, tranche, ReportKind::kSettled, ReturnReason::kNone);
}

Command ReportReturned(uint64_t recipient, Position file, uint64_t line, ReturnReason reason,
                       uint32_t tranche) {
  return Report(recipient, file, line, tranche, ReportKind::kReturned, reason);
}

}  // namespace bansos::testing

// Commands that the rules accept when they come in order, for tests that need a ledger with
// something in it. Plain functions that return plain values: change a field to break a rule.
//
// The programme that OpenProgram opens asks of a recipient only to be alive. A recipient's way to
// money: Register, AssignPayee, Propose, DecideEligible, Decree, Instruct, Send; a batch's: Draft,
// then the steps. Each step has its own actor, so that four eyes never stands in the way.
#ifndef TESTS_SUPPORT_COMMANDS_H_
#define TESTS_SUPPORT_COMMANDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/base/ids.h"
#include "ledger/domain/event.h"

namespace bansos::testing {

// 2025-01-10 08:00 WIB: after every date that these commands state.
inline constexpr int64_t kTestTimeUs = 1'736'470'800'000'000;

inline constexpr char kTestProgram[] = "KJS";
inline constexpr Rupiah kTestAmount = 1'110'000;  // Of every tranche.
inline constexpr uint32_t kTestTranches = 4;
inline constexpr uint32_t kTestQuota = 100'000;
inline constexpr AreaCode kTestArea = 3374;

Document MakeDocument(std::string kind, std::string number);

// ---- The ledger and a programme ----

Command OpenLedger();
Command PublishAreas();      // All of 33.01 to 33.29 and 33.71 to 33.76.
Command PublishCatalogue();  // "DT-JATENG" version 1 with one indicator, "desil".
Command SetPolicy(uint32_t version, int64_t value);  // "retur_hari"
Command OpenProgram(const std::string& program = kTestProgram, uint32_t quota = kTestQuota);
Command PublishRuleSet(const std::string& program = kTestProgram, uint32_t version = 1);
Command Appropriate(Rupiah amount, const std::string& number = "1",
                    const std::string& program = kTestProgram);

// From nothing to a programme with money for `payments` payments: ledger, areas, catalogue,
// programme, rule set, budget.
std::vector<Command> FoundLedger(uint64_t payments = kTestQuota,
                                 const std::string& program = kTestProgram);

// ---- A recipient ----

Command Register(uint64_t recipient);
Command AssignPayee(uint64_t recipient,
                    const std::string& number = "1");  // Account token = number of the recipient.
Command Propose(uint64_t recipient, const std::string& program = kTestProgram);
// Fact version 2 is that of a recipient who was registered and proposed.
Command DecideEligible(uint64_t recipient, uint32_t fact_version = 2,
                       const std::string& program = kTestProgram);
Command Decree(uint64_t recipient, uint32_t slot, uint32_t holder = 1, uint64_t replaces = 0,
               const std::string& program = kTestProgram);
Command Die(uint64_t recipient, Date died_on = 20250105);
Command EndEntitlement(uint64_t recipient, uint32_t slot, uint32_t holder = 1,
                       uint32_t last_tranche = 0);

// From nothing to a recipient who is entitled, in slot = recipient number.
std::vector<Command> Entitle(uint64_t recipient, const std::string& program = kTestProgram);

// ---- A batch ----

Command DraftBatch(uint32_t number = 1, uint32_t tranche = 1);
Command SubmitBatch(uint32_t count, uint32_t number = 1, uint32_t tranche = 1);
Command VerifyBatch(uint32_t count, uint32_t number = 1, uint32_t tranche = 1);
Command ApproveBatch(uint32_t count, uint32_t number = 1, uint32_t tranche = 1);
Command ReleaseBatch(uint32_t count, uint32_t number = 1, uint32_t tranche = 1);

// ---- A payment ----

PaymentKey PaymentOf(uint64_t recipient, uint32_t tranche = 1, uint32_t number = 1);
Command Instruct(uint64_t recipient, uint32_t tranche = 1, uint32_t batch = 1);
Command Withdraw(uint64_t recipient, uint32_t tranche = 1);
// payee_position: of the recipient's PayeeAssigned.
Command Send(uint64_t recipient, Position payee_position, uint32_t tranche = 1);
// The orders of batch 1 in file `number`.
Command WriteOrders(uint32_t count, uint32_t number, uint32_t again, uint32_t tranche = 1);
Command ReceiveFile(uint32_t lines, const std::string& name = "1");
Command ReportSettled(uint64_t recipient, Position file, uint64_t line, uint32_t tranche = 1);
Command ReportReturned(uint64_t recipient, Position file, uint64_t line, ReturnReason reason,
                       uint32_t tranche = 1);

}  // namespace bansos::testing

#endif  // TESTS_SUPPORT_COMMANDS_H_

// Each bound of docs/LIMITS.md that a command meets: the bound is taken, one more and the type's
// largest are refused, by the ledger and by the verifier's reference ledger at once.
#include "ledger/domain/limits.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/commands.h"
#include "tests/support/paired_ledger.h"

namespace bansos::testing {
namespace {

// A ledger with a programme, recipient 1 entitled in it and batch 1 in draft.
std::unique_ptr<PairedLedger> Founded() {
  auto ledger = std::make_unique<PairedLedger>(kTestTimeUs);
  for (const Command& command : FoundLedger()) EXPECT_EQ(ledger->Do(command), "recorded");
  for (const Command& command : Entitle(1)) EXPECT_EQ(ledger->Do(command), "recorded");
  EXPECT_EQ(ledger->Do(DraftBatch()), "recorded");
  return ledger;
}

// The command with its body changed.
template <typename Body, typename Change>
Command With(Command command, Change change) {
  if constexpr (std::is_same_v<Body, ReportTransfer>) {
    change(std::get<Body>(command.body));
  } else {
    change(std::get<Body>(std::get<EventBody>(command.body)));
  }
  return command;
}

CataloguePublished& In(Command& command) {
  return std::get<CataloguePublished>(std::get<EventBody>(command.body));
}

Command CatalogueOf(size_t indicators) {
  Command command = PublishCatalogue();
  In(command).name = "ANOTHER";
  In(command).indicators.clear();
  for (size_t i = 1; i <= indicators; ++i) {
    In(command).indicators.push_back({static_cast<uint32_t>(i),
                                      "i" + std::to_string(i),
                                      IndicatorKind::kCoded,
                                      "",
                                      "",
                                      "",
                                      {{0, 1}}});
  }
  return command;
}

Command AreasOf(size_t count) {
  return With<AreasPublished>(PublishAreas(), [&](AreasPublished& e) {
    e.name = "ANOTHER";
    e.areas.clear();
    for (size_t i = 0; i < count; ++i) {
      e.areas.push_back({"33." + std::to_string(10 + i % 90), "Area"});
    }
  });
}

Command ProgramOf(size_t tranches) {
  return With<ProgramOpened>(OpenProgram("PKH"), [&](ProgramOpened& e) {
    e.tranches.clear();
    for (size_t i = 1; i <= tranches; ++i) {
      e.tranches.push_back({static_cast<uint32_t>(i), kTestAmount, 20250101});
    }
  });
}

Command RulesOf(size_t criteria, size_t values, int64_t value) {
  return With<RuleSetPublished>(PublishRuleSet(kTestProgram, 2), [&](RuleSetPublished& e) {
    Criterion criterion = e.criteria[0];
    criterion.expression.op = Operator::kIn;
    criterion.expression.numbers.assign(values, value);
    e.criteria.clear();
    for (size_t i = 1; i <= criteria; ++i) {
      criterion.id = "c" + std::to_string(i);
      e.criteria.push_back(criterion);
    }
  });
}

Command Message(uint64_t number) {
  return With<ReportTransfer>(ReportSettled(1, Position(0), 1), [&](ReportTransfer& r) {
    r.source = {std::nullopt, "BANK", number};
  });
}

Command Resolve(Position held, size_t carried_by) {
  Command command = Die(1);
  command.body =
      EventBody(ReportResolved{held, std::vector<Position>(carried_by, Position(1)), std::nullopt});
  return command;
}

struct Bound {
  const char* name;
  std::function<Command(uint64_t)> stating;
  uint64_t most;
  std::string refusal = "BAD_NUMBER";
  uint64_t least = 1;
  uint64_t largest = std::numeric_limits<uint32_t>::max();
};

void PrintTo(const Bound& bound, std::ostream* out) { *out << bound.name; }

uint32_t Small(uint64_t number) { return static_cast<uint32_t>(number); }

constexpr uint64_t kLargest64 = std::numeric_limits<uint64_t>::max();
// For lists: one more than the bound is the largest that is built.
constexpr uint64_t kNoLargest = 0;

std::vector<Bound> ProgramBounds() {
  return {
      {"Quota", [](uint64_t n) { return OpenProgram("PKH", Small(n)); }, kMaxQuota},
      {"Slot", [](uint64_t n) { return Decree(1, Small(n)); }, kMaxQuota},
      {"Holder", [](uint64_t n) { return Decree(1, 2, Small(n)); }, kMaxHolder},
      {"FirstTranche",
       [](uint64_t n) {
         return With<RecipientDecreed>(Decree(1, 2), [&](auto& e) { e.first_tranche = Small(n); });
       },
       kMaxTranches},
      {"LastTranche", [](uint64_t n) { return EndEntitlement(1, 1, 1, Small(n)); }, kMaxTranches,
       "BAD_NUMBER", 0},
      {"Replaces", [](uint64_t n) { return Decree(1, 2, 1, n); }, kMaxRecipientNumber, "BAD_NUMBER",
       0, kLargest64},
      {"Tranches", ProgramOf, kMaxTranches, "BAD_NUMBER", 1, kNoLargest},
      {"RecipientKinds",
       [](uint64_t n) {
         return With<ProgramOpened>(OpenProgram("PKH"), [&](ProgramOpened& e) {
           e.recipient_kinds.assign(n, RecipientKind::kPerson);
         });
       },
       kMaxRecipientKinds, "BAD_NUMBER", 1, kNoLargest},
      {"FiscalYear",
       [](uint64_t n) {
         return With<ProgramOpened>(OpenProgram("PKH"), [&](auto& e) { e.fiscal_year = Small(n); });
       },
       kMaxYear, "BAD_NUMBER", kMinYear},
      {"PolicyVersion", [](uint64_t n) { return SetPolicy(Small(n), 1); }, kMaxVersion},
      {"PolicyValue", [](uint64_t n) { return SetPolicy(1, static_cast<int64_t>(n)); },
       kMaxPolicyValue, "BAD_NUMBER", 0, kLargest64},
      {"RuleSetVersion", [](uint64_t n) { return PublishRuleSet(kTestProgram, Small(n)); },
       kMaxVersion},
      {"FactVersion", [](uint64_t n) { return DecideEligible(1, Small(n)); }, kMaxFactVersion},
      {"AssessmentPosition",
       [](uint64_t n) {
         return With<EligibilityDecided>(DecideEligible(1),
                                         [&](auto& e) { e.assessment_position = Position(n); });
       },
       kMaxPosition, "BAD_NUMBER", 0, kLargest64},
      {"IndicatorTruths",
       [](uint64_t n) {
         return With<EligibilityDecided>(
             DecideEligible(1), [&](auto& e) { e.indicator_truths.assign(n, Truth::kUnknown); });
       },
       kMaxCriteria, "BAD_NUMBER", 0, kNoLargest},
      {"Criteria", [](uint64_t n) { return RulesOf(n, 1, 1); }, kMaxCriteria, "BAD_NUMBER", 1,
       kNoLargest},
      {"CriterionValues", [](uint64_t n) { return RulesOf(1, n, 1); }, kMaxExpressionValues,
       "BAD_NUMBER", 0, kNoLargest},
      {"CriterionValue", [](uint64_t n) { return RulesOf(1, 1, static_cast<int64_t>(n)); },
       kMaxIndicatorValue, "BAD_NUMBER", 0, kLargest64 / 2},
  };
}

std::vector<Bound> CatalogueBounds() {
  return {
      {"Indicators", CatalogueOf, kMaxIndicators, "BAD_NUMBER", 1, kNoLargest},
      {"IndicatorNumber",
       [](uint64_t n) {
         Command command = CatalogueOf(1);
         In(command).indicators[0].number = Small(n);
         return command;
       },
       kMaxIndicatorNumber},
      {"ValueRanges",
       [](uint64_t n) {
         Command command = CatalogueOf(1);
         In(command).indicators[0].values.clear();
         for (size_t i = 0; i < n; ++i) {
           const auto code = static_cast<int64_t>(2 * i);
           In(command).indicators[0].values.push_back({code, code});
         }
         return command;
       },
       kMaxValueRanges, "BAD_NUMBER", 1, kNoLargest},
      {"LastValue",
       [](uint64_t n) {
         Command command = CatalogueOf(1);
         In(command).indicators[0].values = {{0, static_cast<int64_t>(n)}};
         return command;
       },
       kMaxIndicatorValue, "BAD_NUMBER", 0, kLargest64 / 2},
      {"FirstValue",
       [](uint64_t n) {
         Command command = CatalogueOf(1);
         In(command).indicators[0].values = {{-static_cast<int64_t>(n), 0}};
         return command;
       },
       kMaxIndicatorValue, "BAD_NUMBER", 0, kLargest64 / 2},
      {"Areas", AreasOf, kMaxAreas, "BAD_NUMBER", 1, kNoLargest},
  };
}

std::vector<Bound> PersonBounds() {
  return {
      {"Recipient", Register, kMaxRecipientGap + 1, "BAD_NUMBER", 1, kLargest64},
      {"NamedRecipient", [](uint64_t n) { return AssignPayee(n); }, kMaxRecipientNumber,
       "BAD_NUMBER", 1, kLargest64},
      {"KkToken",
       [](uint64_t n) {
         return With<RecipientRegistered>(Register(2), [&](auto& e) { e.kk_token = KkToken(n); });
       },
       kMaxToken, "BAD_NUMBER", 0, kLargest64},
      {"AccountToken",
       [](uint64_t n) {
         return With<PayeeAssigned>(AssignPayee(1, "2"),
                                    [&](auto& e) { e.account_token = AccountToken(n); });
       },
       kMaxToken, "BAD_NUMBER", 0, kLargest64},
      {"SealedValue",
       [](uint64_t n) {
         return With<PayeeAssigned>(AssignPayee(1, "2"),
                                    [&](auto& e) { e.sealed_details.assign(n, 'x'); });
       },
       kMaxSealedLength, "BAD_SEALED", 1, kNoLargest},
      {"DocumentNumber", [](uint64_t n) { return AssignPayee(1, std::string(n, 'x')); },
       kMaxTextLength, "TEXT_TOO_LONG", 0, kNoLargest},
      {"Actor",
       [](uint64_t n) {
         Command command = SetPolicy(1, 1);
         command.envelope.actor.assign(n, 'a');
         return command;
       },
       kMaxActorLength, "ACTOR_MISSING", 1, kNoLargest},
      {"Code",
       [](uint64_t n) {
         return With<CandidateProposed>(Propose(1),
                                        [&](auto& e) { e.candidate_class.assign(n, 'A'); });
       },
       kMaxCodeLength, "BAD_CODE", 1, kNoLargest},
      {"ProgramCode", [](uint64_t n) { return OpenProgram(std::string(n, 'A')); },
       kMaxProgramCodeLength, "BAD_CODE", 1, kNoLargest},
  };
}

std::vector<Bound> MoneyBounds() {
  return {
      {"BatchNumber", [](uint64_t n) { return DraftBatch(Small(n)); }, kMaxBatchNumber},
      {"Tranche", [](uint64_t n) { return DraftBatch(2, Small(n)); }, kMaxTranches},
      {"Round",
       [](uint64_t n) {
         return With<BatchVerified>(VerifyBatch(1), [&](auto& e) { e.round = Small(n); });
       },
       kMaxRound},
      {"ListCount",
       [](uint64_t n) {
         return With<BatchVerified>(VerifyBatch(1), [&](auto& e) { e.list.count = Small(n); });
       },
       kMaxBatchCount, "BAD_NUMBER", 0},
      {"ListTotal",
       [](uint64_t n) {
         return With<BatchVerified>(VerifyBatch(1),
                                    [&](auto& e) { e.list.total = static_cast<Rupiah>(n); });
       },
       kMaxRupiah, "BAD_AMOUNT", 0, kLargest64},
      {"PaymentNumber",
       [](uint64_t n) {
         return With<PaymentInstructed>(Instruct(1), [&](auto& e) { e.payment.number = Small(n); });
       },
       kMaxPaymentNumber},
      {"PaymentTranche", [](uint64_t n) { return Instruct(1, Small(n)); }, kMaxTranches},
      {"PaymentRecipient", [](uint64_t n) { return Instruct(n); }, kMaxRecipientNumber,
       "BAD_NUMBER", 1, kLargest64},
      {"Attempt",
       [](uint64_t n) {
         return With<TransferSent>(Send(1, Position(7)), [&](auto& e) { e.attempt = Small(n); });
       },
       kMaxAttempts, "ATTEMPT_OUT_OF_ORDER", 0},
      {"PayeePosition", [](uint64_t n) { return Send(1, Position(n)); }, kMaxPosition, "BAD_NUMBER",
       0, kLargest64},
      {"Amount",
       [](uint64_t n) {
         return With<ReportTransfer>(Message(1),
                                     [&](auto& e) { e.amount = static_cast<Rupiah>(n); });
       },
       kMaxRupiah, "BAD_AMOUNT", 1, kLargest64},
      {"DecreeAmount",
       [](uint64_t n) {
         return With<RecipientDecreed>(Decree(1, 2),
                                       [&](auto& e) { e.amount = static_cast<Rupiah>(n); });
       },
       kMaxRupiah, "BAD_AMOUNT", 0, kLargest64},
      {"FileLines", [](uint64_t n) { return ReceiveFile(Small(n)); }, kMaxFileLines},
      {"FileTotal",
       [](uint64_t n) {
         return With<ResultFileReceived>(
             ReceiveFile(1), [&](auto& e) { e.settled_total = static_cast<Rupiah>(n); });
       },
       kMaxRupiah, "BAD_AMOUNT", 0, kLargest64},
      {"FileLine", [](uint64_t n) { return ReportSettled(1, Position(2), n); }, kMaxFileLines,
       "BAD_NUMBER", 1, kLargest64},
      {"FilePosition", [](uint64_t n) { return ReportSettled(1, Position(n), 1); }, kMaxPosition,
       "BAD_NUMBER", 0, kLargest64},
      {"Message", Message, kMaxMessageNumber, "BAD_NUMBER", 1, kLargest64},
      {"HeldPosition", [](uint64_t n) { return Resolve(Position(n), 0); }, kMaxPosition,
       "BAD_NUMBER", 0, kLargest64},
      {"CarriedBy", [](uint64_t n) { return Resolve(Position(1), n); }, kMaxCarriedBy, "BAD_NUMBER",
       0, kNoLargest},
  };
}

class LimitTest : public ::testing::TestWithParam<Bound> {};

TEST_P(LimitTest, TheBoundIsTakenAndOneMoreIsNot) {
  const Bound& bound = GetParam();
  EXPECT_NE(Founded()->Do(bound.stating(bound.most)), bound.refusal);
  EXPECT_NE(Founded()->Do(bound.stating(bound.least)), bound.refusal);
  EXPECT_EQ(Founded()->Do(bound.stating(bound.most + 1)), bound.refusal);
  if (bound.largest != kNoLargest) {
    EXPECT_EQ(Founded()->Do(bound.stating(bound.largest)), bound.refusal);
  }
  if (bound.least > 0) {
    EXPECT_EQ(Founded()->Do(bound.stating(bound.least - 1)), bound.refusal);
  }
}

std::string NameOf(const ::testing::TestParamInfo<Bound>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Programs, LimitTest, ::testing::ValuesIn(ProgramBounds()), NameOf);
INSTANTIATE_TEST_SUITE_P(Catalogues, LimitTest, ::testing::ValuesIn(CatalogueBounds()), NameOf);
INSTANTIATE_TEST_SUITE_P(Persons, LimitTest, ::testing::ValuesIn(PersonBounds()), NameOf);
INSTANTIATE_TEST_SUITE_P(Money, LimitTest, ::testing::ValuesIn(MoneyBounds()), NameOf);

}  // namespace
}  // namespace bansos::testing

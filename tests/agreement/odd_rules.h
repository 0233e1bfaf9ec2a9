// Rule sets that are odd and mostly legal: deep chains, every operator, extreme numbers, long
// lists, combinations of one part; now and then one that is not legal.
#ifndef TESTS_AGREEMENT_ODD_RULES_H_
#define TESTS_AGREEMENT_ODD_RULES_H_

#include "bansos/v1/program_service.pb.h"
#include "tests/agreement/oddities.h"

namespace bansos::testing {

// Indicators of the catalogues of the stories, beside "nik", which is of kind IDENTITY.
inline constexpr const char* kOddIndicators[] = {"desil", "since", "bits", "Luas.m2"};

ledger::v1::Criterion OddCriterion(Oddities& odd, int number);

}  // namespace bansos::testing

#endif  // TESTS_AGREEMENT_ODD_RULES_H_

// What may not stand in clear in an id: the digits of a NIK, also as people space them.
#include "ledger/domain/shape_rules.h"

#include <gtest/gtest.h>

namespace bansos {
namespace {

TEST(ShapeRulesTest, ANikIsRefusedInEverySpacing) {
  for (const char* id : {"3374010101700001", "SK/3374010101700001/2025", "13374010101700001",
                         "3374.0101.0170.0001", "33 74 01 41 01 70 00 01", "3374010101-700001",
                         "SK/3374.010101700001", "no 3374-0101-0170-0001."}) {
    const Check found = shape::NotPersonal("document number", id);
    ASSERT_TRUE(found.has_value()) << id;
    EXPECT_EQ(found->code, RefusalCode::kActorIsPersonal);
    EXPECT_EQ(Message(*found).find("3374"), std::string::npos) << Message(*found);
  }
}

TEST(ShapeRulesTest, NumbersOfDocumentsAreNone) {
  for (const char* id : {"SK/460/12/2025", "900.1.14.5-0001.2025", "337401010170001",
                         "33.00/04.0/000001/LS/1.06.0.00.0.00.02.0000/PPR1/12/2025",
                         "3374.0101.0170.0000",     // serial 0000
                         "3374.0135.0170.0001",     // day 35
                         "3374.0101.1370.0001",     // month 13
                         "3374.0101.0170.00012",    // 17 digits
                         "3374..0101..0170..0001",  // not single
                         "3374/0101/0170/0001"}) {
    EXPECT_FALSE(shape::NotPersonal("document number", id).has_value()) << id;
  }
}

}  // namespace
}  // namespace bansos

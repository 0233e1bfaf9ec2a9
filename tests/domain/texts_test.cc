// Texts, codes and ids: one rule for all that stands in clear, held by the ledger and by the
// verifier's reference ledger at once; and what one of them once took and the other did not.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "ledger/domain/shape_rules.h"
#include "tests/support/commands.h"
#include "tests/support/paired_ledger.h"

namespace bansos::testing {
namespace {

using namespace std::string_literals;  // NOLINT: for a text with a zero byte.

const std::vector<std::string>& BadTexts() {
  static const auto* texts = new std::vector<std::string>{" ",
                                                          "\u00a0\u2003",
                                                          "a\nb",
                                                          "a\rb",
                                                          "a\tb",
                                                          "\x1b[2J",
                                                          "a\0b"s,
                                                          "a\x7f",
                                                          "a\u0085b",
                                                          "a\u009bb",
                                                          "a\u202eb",
                                                          "a\u2066b",
                                                          "a\u200fb",
                                                          "a\u061cb",
                                                          "a\u2028b",
                                                          "a\u2029b",
                                                          "\ufeff"
                                                          "a"};
  return *texts;
}

template <typename Body, typename Change>
Command Changed(Command command, Change change) {
  change(std::get<Body>(std::get<EventBody>(command.body)));
  return command;
}

struct TextField {
  const char* name;
  std::function<Command(const std::string&)> stating;
  bool required = true;
};

std::vector<TextField> TextFields() {
  const auto catalogue = [](std::string Indicator::*field) {
    return [field](const std::string& text) {
      return Changed<CataloguePublished>(PublishCatalogue(), [&](CataloguePublished& e) {
        e.name = "ANOTHER";
        e.indicators[0].*field = text;
      });
    };
  };
  return {
      {"ledger id",
       [](const std::string& text) {
         return Changed<LedgerOpened>(OpenLedger(), [&](auto& e) { e.ledger_id = text; });
       }},
      {"legal basis",
       [](const std::string& text) {
         return Changed<PolicySet>(SetPolicy(1, 1), [&](auto& e) { e.legal_basis = text; });
       }},
      {"indicator codes", catalogue(&Indicator::codes), false},
      {"indicator meaning", catalogue(&Indicator::meaning), false},
      {"indicator source", catalogue(&Indicator::source), false},
      {"area name",
       [](const std::string& text) {
         return Changed<AreasPublished>(PublishAreas(), [&](auto& e) {
           e.name = "ANOTHER";
           e.areas[0].name = text;
         });
       }},
      {"name",
       [](const std::string& text) {
         return Changed<ProgramOpened>(OpenProgram("PKH"), [&](auto& e) { e.name = text; });
       }},
      {"criterion title",
       [](const std::string& text) {
         return Changed<RuleSetPublished>(PublishRuleSet(kTestProgram, 2),
                                          [&](auto& e) { e.criteria[0].title = text; });
       }},
      {"criterion text",
       [](const std::string& text) {
         return Changed<RuleSetPublished>(PublishRuleSet(kTestProgram, 2), [&](auto& e) {
           e.criteria[0].expression.fact = LedgerFact::kClass;
           e.criteria[0].expression.numbers.clear();
           e.criteria[0].expression.texts = {text};
         });
       }},
      {"document number", [](const std::string& text) { return Appropriate(1, text); }},
      {"request id",
       [](const std::string& text) {
         Command command = SetPolicy(1, 1);
         command.envelope.request_id = text;
         return command;
       },
       false},
  };
}

TEST(TextsTest, WhatIsNotToBeSeenIsRefusedInEveryField) {
  PairedLedger ledger(kTestTimeUs);
  for (const Command& command : FoundLedger()) ASSERT_EQ(ledger.Do(command), "recorded");
  for (const TextField& field : TextFields()) {
    for (const std::string& text : BadTexts()) {
      ASSERT_EQ(ledger.Do(field.stating(text)), "BAD_TEXT") << field.name << ": " << text;
      EXPECT_EQ(ledger.last_refusal().field, field.name);
      EXPECT_EQ(Message(ledger.last_refusal()).find('\x1b'), std::string::npos);
    }
    EXPECT_EQ(ledger.Do(field.stating("")) == "BAD_TEXT", field.required) << field.name;
    EXPECT_EQ(ledger.Do(field.stating(std::string(201, 'x'))), "TEXT_TOO_LONG") << field.name;
  }
}

TEST(TextsTest, LettersOfAnyScriptAreTaken) {
  PairedLedger ledger(kTestTimeUs);
  for (const Command& command : FoundLedger()) ASSERT_EQ(ledger.Do(command), "recorded");
  int number = 0;
  for (const char* text : {"Kartu Jateng Sejahtera", "ꦏꦂꦠꦸ ꦗꦠꦼꦁ", "Perda 4/2024 § 3", "é — “x”"}) {
    Command command = OpenProgram("P-" + std::to_string(++number));
    std::get<ProgramOpened>(std::get<EventBody>(command.body)).name = text;
    EXPECT_EQ(ledger.Do(command), "recorded") << text;
  }
}

TEST(TextsTest, WhatIsNotUtf8IsRefused) {
  for (const char* text :
       {"\xc3", "\xe9", "a\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80"}) {
    const Check refused = shape::Text("name", text);
    ASSERT_TRUE(refused.has_value());
    EXPECT_EQ(refused->code, RefusalCode::kBadText);
  }
}

TEST(TextsTest, ALedgerIdHoldsNoPersonalNumber) {
  PairedLedger ledger(kTestTimeUs);
  for (const char* id : {"jateng/2025.0101.0112.0042", "bansos-3374010101700001"}) {
    EXPECT_EQ(ledger.Do(Changed<LedgerOpened>(OpenLedger(), [&](auto& e) { e.ledger_id = id; })),
              "ACTOR_IS_PERSONAL");
    EXPECT_EQ(ledger.last_refusal().field, "ledger id");
  }
  EXPECT_EQ(ledger.Do(OpenLedger()), "recorded");
}

TEST(TextsTest, ASignatoryIsAnOpaqueId) {
  PairedLedger ledger(kTestTimeUs);
  for (const Command& command : FoundLedger()) ASSERT_EQ(ledger.Do(command), "recorded");
  for (const char* signatory : {"Kadis Sosial", "a\n", "3374010101700001"}) {
    Command command = Appropriate(1, "2");
    command.envelope.document->signatory = signatory;
    EXPECT_NE(ledger.Do(command), "recorded") << signatory;
  }
}

TEST(TextsTest, AreaCodesAreThoseOfPlaces) {
  PairedLedger ledger(kTestTimeUs);
  ASSERT_EQ(ledger.Do(OpenLedger()), "recorded");
  const auto publish = [&](const std::string& parent, const std::string& code) {
    return ledger.Do(Changed<AreasPublished>(PublishAreas(), [&](AreasPublished& e) {
      e.name = "L" + parent + "-" + code;
      e.parent = parent;
      e.areas = {{code, "Area"}};
    }));
  };
  for (const char* code : {"33.AB", "33.1", "33.100", "33.74.", "33..74", "33-74", "3374"}) {
    EXPECT_EQ(publish("33", code), "BAD_CODE") << code;
    EXPECT_EQ(ledger.last_refusal().field, "area code");
  }
  EXPECT_EQ(publish("01", "01.01"), "BAD_CODE");
  EXPECT_EQ(ledger.last_refusal().field, "parent");
  EXPECT_EQ(publish("33", "33.74.01"), "AREA_NOT_BELOW_PARENT");
  EXPECT_EQ(publish("34", "33.74"), "AREA_NOT_BELOW_PARENT");
  EXPECT_EQ(publish("33", "33.74"), "recorded");
  EXPECT_EQ(publish("33.74", "33.74.01"), "recorded");
  EXPECT_EQ(publish("33.74.01", "33.74.01.1001"), "recorded");
}

// The kind of an indicator is the one of the newest version of its catalogue that lists it.
TEST(TextsTest, AnIndicatorThatBecameIdentityDataIsNoCriterion) {
  PairedLedger ledger(kTestTimeUs);
  for (const Command& command : FoundLedger()) ASSERT_EQ(ledger.Do(command), "recorded");
  const Command rules = Changed<RuleSetPublished>(PublishRuleSet(kTestProgram, 2), [&](auto& e) {
    e.criteria[0].expression.fact = LedgerFact::kNone;
    e.criteria[0].expression.indicator = "desil";
  });
  const auto publish = [&](uint32_t version, IndicatorKind kind) {
    return ledger.Do(Changed<CataloguePublished>(PublishCatalogue(), [&](auto& e) {
      e.version = version;
      e.indicators[0].kind = kind;
      if (kind == IndicatorKind::kIdentity) e.indicators[0].values.clear();
    }));
  };
  ASSERT_EQ(publish(2, IndicatorKind::kIdentity), "recorded");
  EXPECT_EQ(ledger.Do(rules), "INDICATOR_UNKNOWN");
  ASSERT_EQ(publish(3, IndicatorKind::kNumber), "recorded");
  EXPECT_EQ(ledger.Do(rules), "recorded");
}

}  // namespace
}  // namespace bansos::testing
